/**
 * What a page has and the server lacks, as the smallest update. Yjs's own difference always carries every deletion of
 * the whole text; here only those are kept that the server does not know.
 */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

type Range = readonly [clock: number, length: number];
export type Deletions = ReadonlyMap<number, readonly Range[]>;

/** Where the deletions begin in an update: they stand behind the structs, and encode to the same bytes again. */
function splitUpdate(update: Uint8Array): { structs: Uint8Array; count: number; deletions: Deletions } {
  const { structs, ds } = Y.decodeUpdate(update);
  const deletions = new Map<number, Range[]>();
  for (const [client, items] of ds.clients) {
    deletions.set(
      client,
      items.map(({ clock, len }) => [clock, len] as const),
    );
  }
  const tail = encodeDeletions(deletions).length;
  return { structs: update.subarray(0, update.length - tail), count: structs.length, deletions };
}

/** Deletions that an update carries: the server's welcome carries all of the text. */
export function deletionsIn(update: Uint8Array): Deletions {
  return splitUpdate(update).deletions;
}

function encodeDeletions(deletions: Deletions): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, deletions.size);
    for (const [client, ranges] of deletions) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ranges.length);
      for (const [clock, length] of ranges) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, length);
      }
    }
  });
}

function sorted(ranges: readonly Range[]): Range[] {
  return [...ranges].sort((a, b) => a[0] - b[0]);
}

/** The parts of `own` that `known` does not cover. */
function subtract(own: Deletions, known: Deletions): Map<number, Range[]> {
  const left = new Map<number, Range[]>();
  for (const [client, ranges] of own) {
    const covered = sorted(known.get(client) ?? []);
    const rest: Range[] = [];
    let next = 0;
    for (const [clock, length] of sorted(ranges)) {
      let from = clock;
      const end = clock + length;
      while (next < covered.length && (covered[next]?.[0] ?? 0) + (covered[next]?.[1] ?? 0) <= from)
        next += 1;
      for (let at = next; from < end; at += 1) {
        const cover = covered[at];
        if (!cover || cover[0] >= end) {
          rest.push([from, end - from]);
          break;
        }
        if (cover[0] > from) rest.push([from, cover[0] - from]);
        from = Math.max(from, cover[0] + cover[1]);
      }
    }
    if (rest.length > 0) left.set(client, rest);
  }
  return left;
}

/**
 * The update that brings the server what only this page has, or null when there is nothing. `stateVector` and
 * `known` are the server's. Throws when the document waits for something it has not got.
 */
export function missingUpdate(doc: Y.Doc, stateVector: Uint8Array, known: Deletions): Uint8Array | null {
  const { structs, count, deletions } = splitUpdate(Y.encodeStateAsUpdate(doc, stateVector));
  const rest = subtract(deletions, known);
  if (count === 0 && rest.size === 0) return null;
  const tail = encodeDeletions(rest);
  const update = new Uint8Array(structs.length + tail.length);
  update.set(structs);
  update.set(tail, structs.length);
  // Reading it back costs little and turns a change of Yjs's format into an error instead of a lost word.
  Y.decodeUpdate(update);
  return update;
}
