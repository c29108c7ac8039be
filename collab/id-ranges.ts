/** Runs of characters by identity. A character's identity is its Yjs client and clock and never changes. */
import type * as Y from "yjs";
import type { IdRange } from "./model.ts";
import { runsOf } from "./runs.ts";

/** Joins neighbours that continue each other; the order is kept. */
export function joinRanges(ranges: readonly IdRange[]): IdRange[] {
  const joined: IdRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (range[2] <= 0) continue;
    if (last !== undefined && last[0] === range[0] && last[1] + last[2] === range[1])
      joined[joined.length - 1] = [last[0], last[1], last[2] + range[2]];
    else joined.push(range);
  }
  return joined;
}

/** Characters (UTF-16 units, embeds count 1) covered by the ranges. */
export function lengthOf(ranges: readonly IdRange[]): number {
  return ranges.reduce((sum, range) => sum + range[2], 0);
}

/** The part of the ranges from `start` (inclusive) to `end` (exclusive), counted in characters. */
export function cutRanges(ranges: readonly IdRange[], start: number, end: number): IdRange[] {
  const cut: IdRange[] = [];
  let at = 0;
  for (const [client, clock, length] of ranges) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + length);
    if (to > from) cut.push([client, clock + from - at, to - from]);
    at += length;
  }
  return joinRanges(cut);
}

/** The ids of the visible characters [offset, offset + length) of a paragraph's words. */
export function idRangesOf(text: Y.Text, offset: number, length: number): IdRange[] {
  const ranges = runsOf(text).map((run): IdRange => [run.client, run.clock, run.length]);
  return cutRanges(ranges, offset, offset + length);
}

/** One character's identity as a map key. */
export type CharacterKey = `${number}:${number}`;

export function characterKey(client: number, clock: number): CharacterKey {
  return `${client}:${clock}`;
}

/** Every character of the ranges, in order. */
export function* charactersOf(ranges: readonly IdRange[]): Generator<readonly [number, number]> {
  for (const [client, clock, length] of ranges) for (let i = 0; i < length; i++) yield [client, clock + i];
}

/** Characters as ranges, in the order given. */
export function rangesOfCharacters(characters: Iterable<readonly [number, number]>): IdRange[] {
  return joinRanges([...characters].map(([client, clock]): IdRange => [client, clock, 1]));
}
