/**
 * Where the words of each paragraph went in a local transaction, told by its own mapping and never guessed from
 * content; and ids for the paragraphs that have none or share one.
 */
import type { Node as ProseNode } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { PARAGRAPH_ID } from "#collab/model.ts";
import { placesOf } from "./places.ts";
import type { ParagraphPlace } from "./places.ts";

/** `length` units from `src` on that are now in the paragraph at index `to` from `offset` on. */
export type Move = {
  readonly to: number;
  readonly offset: number;
  readonly src: number;
  readonly length: number;
};

export type Moves = {
  /** For each old paragraph that is not there unchanged: what became of its words. */
  readonly wordsOf: ReadonlyMap<string, readonly Move[]>;
  /** Old paragraphs whose beginning the transaction left in place. */
  readonly untaken: ReadonlySet<string>;
};

function indexAt(places: readonly ParagraphPlace[], pos: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = places[middle];
    if (place === undefined || pos < place.pos) high = middle - 1;
    else if (pos >= place.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

function movesOf(old: ParagraphPlace, tr: Transaction, now: readonly ParagraphPlace[]): Move[] {
  const moves: { to: number; offset: number; src: number; length: number }[] = [];
  for (let src = 0; src < old.node.content.size; src++) {
    const result = tr.mapping.mapResult(old.pos + 1 + src, 1);
    if (result.deletedAfter || (result.deletedAcross && result.deleted)) continue;
    const to = indexAt(now, result.pos);
    const place = now[to];
    if (place === undefined) continue;
    const offset = result.pos - place.pos - 1;
    if (offset < 0 || offset >= place.node.content.size) continue;
    const last = moves.at(-1);
    if (last?.to === to && last.offset + last.length === offset && last.src + last.length === src)
      last.length += 1;
    else moves.push({ to, offset, src, length: 1 });
  }
  return moves;
}

/**
 * Follows the words through `tr` and appends id changes to `tr` itself: the part with the words keeps the id, a pasted
 * copy and a new paragraph get a new one. `isTaken` knows ids that exist but are not in the old document.
 */
export function followWords(
  tr: Transaction,
  { newId, isTaken }: { readonly newId: () => string; readonly isTaken: (id: string) => boolean },
): Moves {
  const before = placesOf(tr.before);
  const now = placesOf(tr.doc);
  const nodes = new Set<ProseNode>(now.map((place) => place.node));
  const wordsOf = new Map<string, readonly Move[]>();
  const beginnings = new Map<string, number>();
  const untaken = new Set<string>();
  for (const old of before) {
    const opening = tr.mapping.mapResult(old.pos, 1);
    if (!opening.deletedAfter) {
      untaken.add(old.id);
      beginnings.set(old.id, indexAt(now, opening.pos));
    }
    if (!nodes.has(old.node)) wordsOf.set(old.id, movesOf(old, tr, now));
  }
  const oldNodes = new Map(before.map((place) => [place.id, place.node]));
  const byId = new Map<string, number[]>();
  for (const { id, index } of now) byId.set(id, [...(byId.get(id) ?? []), index]);
  const renamed: number[] = [];
  for (const [id, indices] of byId) {
    if (!PARAGRAPH_ID.test(id) || (!oldNodes.has(id) && isTaken(id))) {
      renamed.push(...indices);
      continue;
    }
    if (indices.length === 1) continue;
    const candidates = [
      indices.find((index) => now[index]?.node === oldNodes.get(id)),
      wordsOf.get(id)?.find((move) => indices.includes(move.to))?.to,
      indices.find((index) => index === beginnings.get(id)),
    ];
    const keeper = candidates.find((index) => index !== undefined) ?? indices[0];
    renamed.push(...indices.filter((index) => index !== keeper));
  }
  for (const index of renamed) {
    const place = now[index];
    if (place !== undefined) tr.setNodeAttribute(place.pos, "id", newId());
  }
  return { wordsOf, untaken };
}
