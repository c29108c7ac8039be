/**
 * Where carried characters came from. A split, a merge, a restore or the undo of a deletion gives the same words new
 * identities; the carry records lead back to the character that somebody typed.
 */
import type { Carry, IdRange } from "./model.ts";

/** Pieces of one client, sorted: clock, length, source client, source clock, … */
type Pieces = number[];
export type Roots = { readonly pieces: ReadonlyMap<number, Pieces>; readonly longestChain: number };

/** Pairs the ranges of both sides: which characters a stretch of carried ones was copied from. */
export function eachCarried(
  carry: Pick<Carry, "src" | "dst">,
  visit: (dst: IdRange, client: number, clock: number) => void,
): void {
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

/**
 * The index of all carries of a text. Of two records for one character the first counts.
 * @param known the index of the carries before these; it stays as it is
 */
export function rootsOf(carries: readonly Carry[], known?: Roots): Roots {
  const added = new Map<number, Piece[]>();
  let longestChain = known?.longestChain ?? 0;
  for (const carry of carries) {
    eachCarried(carry, ([client, clock, length], sourceClient, sourceClock) => {
      longestChain += 1;
      const piece = { clock, length, client: sourceClient, source: sourceClock };
      const list = added.get(client);
      if (list) list.push(piece);
      else added.set(client, [piece]);
    });
  }
  const pieces = new Map(known?.pieces);
  for (const [client, list] of added) {
    const before = pieces.get(client) ?? [];
    list.sort((a, b) => a.clock - b.clock);
    // Copies are new characters: most records only add to the end.
    const goesOn = (list[0]?.clock ?? 0) >= endOf(before);
    const flat: Pieces = goesOn ? before.slice() : [];
    const all = goesOn ? list : [...unpack(before), ...list].sort((a, b) => a.clock - b.clock);
    let end = endOf(flat);
    for (const piece of all) {
      const skip = Math.max(0, end - piece.clock);
      if (skip >= piece.length) continue;
      flat.push(piece.clock + skip, piece.length - skip, piece.client, piece.source + skip);
      end = piece.clock + piece.length;
    }
    pieces.set(client, flat);
  }
  return { pieces, longestChain };
}

type Piece = {
  readonly clock: number;
  readonly length: number;
  readonly client: number;
  readonly source: number;
};

function endOf(pieces: Pieces): number {
  return pieces.length === 0 ? 0 : (pieces.at(-4) ?? 0) + (pieces.at(-3) ?? 0);
}

function unpack(pieces: Pieces): Piece[] {
  const list: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 4) {
    const [clock = 0, length = 0, client = 0, source = 0] = pieces.slice(at, at + 4);
    list.push({ clock, length, client, source });
  }
  return list;
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
