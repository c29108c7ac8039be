/** Wording that could not be taken, from one refused copy or several: all of it is offered until it is answered. */
import type { Untaken } from "#collab/client/replica/replay.ts";

/** What was refused and could not be done again; stays until answered. */
export type NotTaken = { readonly at: number; readonly code: string; readonly untaken: readonly Untaken[] };

export class Offers {
  #offers: (NotTaken & { readonly asideId: string | null })[] = [];

  /** `asideId`: the refused copy that the wording is from, where the browser could keep it. */
  add(asideId: string | null, { at, code, untaken }: NotTaken): void {
    if (untaken.length > 0) this.#offers.push({ asideId, at, code, untaken });
  }

  /** The same words of the same paragraph are offered once. */
  all(): NotTaken | null {
    const latest = this.#offers.at(-1);
    if (!latest) return null;
    const untaken = new Map<string, Untaken>();
    for (const each of this.#offers)
      for (const one of each.untaken) untaken.set(JSON.stringify([one.paragraphId, one.words]), one);
    return { at: latest.at, code: latest.code, untaken: [...untaken.values()] };
  }

  /** The person has seen them all; returns the refused copies that nobody needs any more. */
  answer(): readonly string[] {
    const ids = this.#offers.flatMap(({ asideId }) => asideId ?? []);
    this.#offers = [];
    return ids;
  }
}
