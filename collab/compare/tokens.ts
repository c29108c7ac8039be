/** A paragraph as compare reads it: a string in which every character has one identity, cut into tokens. */
import type { Paragraph } from "#collab/document.ts";
import type { IdRange } from "#collab/model.ts";
import { tokensOf } from "#collab/words.ts";

/** Stands for a reference to a footnote or a paragraph, so that places in `text` are places in the paragraph. */
export const NOTE_SIGN = "\uFFFC";

export type Reading = {
  readonly paragraph: Paragraph;
  readonly text: string;
  /** References by their place in `text`: the footnote, or the paragraph behind "@". */
  readonly notes: ReadonlyMap<number, string>;
};

export function readingOf(paragraph: Paragraph): Reading {
  let text = "";
  const notes = new Map<number, string>();
  for (const span of paragraph.spans) {
    if (span.kind === "words") text += span.text;
    else if (span.kind === "bracket") text += span.side === "open" ? "[" : "]";
    else {
      notes.set(text.length, span.kind === "reference" ? `@${span.to}` : span.note);
      text += NOTE_SIGN;
    }
  }
  return { paragraph, text, notes };
}

/** Whether both read the same, footnotes included. */
export function readsLike(a: Reading, b: Reading): boolean {
  if (a.text !== b.text || a.notes.size !== b.notes.size) return false;
  for (const [at, note] of a.notes) if (b.notes.get(at) !== note) return false;
  return true;
}

/** One number for each different token, shared by everything compared at one time. */
export type Vocabulary = Map<string, number>;

export type Tokens = {
  readonly texts: string[];
  readonly keys: number[];
  /** Where each token begins in its paragraph. */
  readonly starts: number[];
};

/** Tokens of `text` between two places. */
export function tokensIn(
  reading: Pick<Reading, "text" | "notes">,
  from: number,
  to: number,
  vocabulary: Vocabulary,
): Tokens {
  const texts = tokensOf(reading.text.slice(from, to));
  const keys: number[] = [];
  const starts: number[] = [];
  let at = from;
  for (const text of texts) {
    const note = text === NOTE_SIGN ? reading.notes.get(at) : undefined;
    const word = note === undefined ? text : `${NOTE_SIGN}${note}`;
    let key = vocabulary.get(word);
    if (key === undefined) vocabulary.set(word, (key = vocabulary.size));
    keys.push(key);
    starts.push(at);
    at += text.length;
  }
  return { texts, keys, starts };
}

/** The identities of the characters between two places of a paragraph. */
export function idsBetween(paragraph: Paragraph, from: number, to: number): IdRange[] {
  const found: IdRange[] = [];
  let at = 0;
  for (const span of paragraph.spans) {
    for (const [client, clock, length] of span.ids) {
      const start = Math.max(from, at);
      const stop = Math.min(to, at + length);
      if (stop > start) found.push([client, clock + start - at, stop - start]);
      at += length;
      if (at >= to) return found;
    }
  }
  return found;
}

/** The characters of `ranges` that are not in `others`; both are short. */
export function without(ranges: readonly IdRange[], others: readonly IdRange[]): IdRange[] {
  let left: IdRange[] = [...ranges];
  for (const [client, clock, length] of others) {
    const end = clock + length;
    left = left.flatMap((range): IdRange[] => {
      if (range[0] !== client || range[1] >= end || range[1] + range[2] <= clock) return [range];
      const parts: IdRange[] = [];
      if (range[1] < clock) parts.push([client, range[1], clock - range[1]]);
      if (range[1] + range[2] > end) parts.push([client, end, range[1] + range[2] - end]);
      return parts;
    });
  }
  return left;
}
