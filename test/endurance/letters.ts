/** The books about every character of a run: no two are the same, so each can be followed. */

import type { CharacterKey } from "#collab/id-ranges.ts";

/**
 * Who typed a character and into which paragraph. It has no home while it is in nobody's text, and two where a
 * restoration put a copy of it beside it.
 */
export type Typed = { readonly homes: Set<string>; readonly by: number };

/** What the page held on which somebody hid a paragraph; that of the first time where it was done again. */
export type Held = {
  /** That stood in the paragraph. */
  readonly letters: ReadonlySet<string>;
  /** Everything that the page had, as a state vector. */
  readonly ends: ReadonlyMap<number, number>;
};

/** Who wrote the first draft. */
export const NOBODY = -1;

export class Letters {
  readonly typed = new Map<string, Typed>();
  /** Those of which somebody has deleted a copy. */
  readonly deleted = new Set<string>();
  /** Those that a restoration put where the version had them although they stood elsewhere by then. */
  readonly copied = new Set<string>();
  /**
   * Those that stood in a locked paragraph: nothing takes them away there, so they are there twice when the paragraph
   * that they had come from is shown again.
   */
  readonly locked = new Set<string>();
  /** Those that neither the server nor the device had when their tab was killed, as the page had said. */
  readonly unkept = new Set<string>();
  /** Those that were put before their author as wording to copy. */
  readonly offered = new Set<string>();
  /** What pages held of paragraphs that they hid, by the identity of the hiding. */
  readonly held = new Map<CharacterKey, Held>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A character never used before in the run; one in ten is a surrogate pair. */
  next(by: number, home?: string): string {
    const count = this.typed.size;
    const letter = String.fromCodePoint((this.#random() < 0.1 ? 0x2_0000 : 0x3400) + count);
    this.typed.set(letter, { homes: new Set(home === undefined ? [] : [home]), by });
    return letter;
  }

  /** Letters of acts that were not done never got into the text. */
  forgetHomeless(): void {
    for (const [letter, { homes }] of this.typed) if (homes.size === 0) this.typed.delete(letter);
  }
}
