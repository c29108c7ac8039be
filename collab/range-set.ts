/** A set of characters by identity: any order, any overlap goes in, and pieces are asked of it. */
import type { IdRange } from "./model.ts";

export type RangeSet = ReadonlyMap<number, readonly (readonly [from: number, to: number])[]>;

export function rangeSetOf(ranges: Iterable<IdRange>): RangeSet {
  const set = new Map<number, [number, number][]>();
  for (const [client, clock, length] of ranges) {
    if (length <= 0) continue;
    const list = set.get(client);
    if (list) list.push([clock, clock + length]);
    else set.set(client, [[clock, clock + length]]);
  }
  for (const [client, list] of set) {
    const merged: [number, number][] = [];
    for (const [from, to] of list.toSorted((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    set.set(client, merged);
  }
  return set;
}

/** The clocks within a range at which membership changes, and whether the range begins inside. */
export function splitBy(
  set: RangeSet,
  [client, clock, length]: IdRange,
  visit: (part: IdRange, isIn: boolean) => void,
): void {
  const end = clock + length;
  let at = clock;
  for (const [from, to] of set.get(client) ?? []) {
    if (to <= at) continue;
    if (from >= end) break;
    if (from > at) visit([client, at, from - at], false);
    const start = Math.max(from, at);
    at = Math.min(to, end);
    visit([client, start, at - start], true);
  }
  if (at < end) visit([client, at, end - at], false);
}
