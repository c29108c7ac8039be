/**
 * Where carried characters came from. A split, a merge, a restore or the undo of a deletion gives the same words new
 * identities; the carry records lead back to the character that somebody typed.
 */
import type { Carry, IdRange } from "./model.ts";

/** Pieces of one client, sorted: clock, length, source client, source clock, … */
type Pieces = number[];
export type Roots = { readonly pieces: ReadonlyMap<number, Pieces>; readonly longestChain: number };

/** Pairs the ranges of both sides character by character. */
function pairs(carry: Carry, visit: (dst: IdRange, client: number, clock: number) => void): void {
  let index = 0;
  let used = 0;
  for (const [client, clock, length] of carry.dst) {
    let done = 0;
    while (done < length) {
      const source = carry.src[index];
      if (!source) return;
      const step = Math.min(length - done, source[2] - used);
      if (step > 0) visit([client, clock + done, step], source[0], source[1] + used);
      done += step;
      used += step;
      if (used >= source[2]) {
        index += 1;
        used = 0;
      }
    }
  }
}

/** The index of all carries of a text. Of two records for one character the first counts. */
export function rootsOf(carries: readonly Carry[]): Roots {
  const byClient = new Map<
    number,
    (readonly [clock: number, length: number, client: number, source: number])[]
  >();
  let longestChain = 0;
  for (const carry of carries) {
    pairs(carry, ([client, clock, length], sourceClient, sourceClock) => {
      longestChain += 1;
      const list = byClient.get(client) ?? [];
      byClient.set(client, list);
      list.push([clock, length, sourceClient, sourceClock]);
    });
  }
  const pieces = new Map<number, Pieces>();
  for (const [client, list] of byClient) {
    list.sort((a, b) => a[0] - b[0]);
    const flat: Pieces = [];
    let end = 0;
    for (const [clock, length, sourceClient, sourceClock] of list) {
      const skip = Math.max(0, end - clock);
      if (skip >= length) continue;
      flat.push(clock + skip, length - skip, sourceClient, sourceClock + skip);
      end = clock + length;
    }
    pieces.set(client, flat);
  }
  return { pieces, longestChain };
}

function firstBehind(pieces: Pieces, clock: number): number {
  let low = 0;
  let high = pieces.length / 4;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle * 4] ?? 0) + (pieces[middle * 4 + 1] ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  return low * 4;
}

/** Goes over the roots of a range in order; the visited lengths add up to the range's. */
export function eachRoot(roots: Roots, range: IdRange, visit: (root: IdRange) => void, depth = 0): void {
  const [client, clock, length] = range;
  const pieces = roots.pieces.get(client);
  // A record that leads back to itself can only be forged: stop where no honest chain could still go on.
  if (!pieces || depth > roots.longestChain) {
    visit(range);
    return;
  }
  const end = clock + length;
  let from = clock;
  for (let at = firstBehind(pieces, clock); from < end; at += 4) {
    const start = at < pieces.length ? Math.max(pieces[at] ?? end, clock) : end;
    if (start > from) {
      const stop = Math.min(start, end);
      visit([client, from, stop - from]);
      from = stop;
      if (from >= end) return;
    }
    const skip = from - (pieces[at] ?? 0);
    const stop = Math.min(end, (pieces[at] ?? 0) + (pieces[at + 1] ?? 0));
    eachRoot(roots, [pieces[at + 2] ?? 0, (pieces[at + 3] ?? 0) + skip, stop - from], visit, depth + 1);
    from = stop;
  }
}
