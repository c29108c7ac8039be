/**
 * A local transaction that changes more than words inside paragraphs (split, merge, move, delete, role, paste) → one
 * act in Yjs: paragraphs by id, words that stayed stay, words that went elsewhere are carried with a record.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { idRangesOf } from "#collab/id-ranges.ts";
import { FORMATS } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import { DEFAULT_ORDER, orderBetween } from "#collab/order.ts";
import { attrsOf } from "#collab/schema.ts";
import type { Fields, Pen } from "./act.ts";
import { heaviestRun } from "./heaviest-run.ts";
import type { Move, Moves } from "./moves.ts";
import { cutPieces, piecesOfNodes } from "./pieces.ts";
import { placesOf } from "./places.ts";
import type { ParagraphPlace } from "./places.ts";
import { joinOffsets } from "./trail.ts";
import { commonEnds, isSameUnit, unitsOf } from "./units.ts";
import type { Unit } from "./units.ts";

type Kept = { readonly src: number; readonly offset: number; readonly length: number };
type Coming = Kept & { readonly from: string; readonly ids: readonly IdRange[] };

/** What a transaction does to the paragraphs, before anything is written. */
export type Plan = {
  readonly before: ReadonlyMap<string, ParagraphPlace>;
  readonly after: ReadonlyMap<string, ParagraphPlace>;
  readonly moves: Moves;
  readonly created: readonly string[];
  readonly gone: readonly string[];
  /** Kept paragraphs that get a new place in the order. */
  readonly moved: ReadonlySet<string>;
  /** Locked paragraphs that the person took out of their place, even where moving the others would do the same. */
  readonly taken: readonly string[];
};

export function planStructure(
  before: ProseNode,
  after: ProseNode,
  moves: Moves,
  isLocked: (id: string) => boolean,
): Plan {
  const old = new Map(placesOf(before).map((place) => [place.id, place]));
  const now = new Map(placesOf(after).map((place) => [place.id, place]));
  const kept = [...now.keys()].filter((id) => old.has(id));
  const weightOf = (index: number): number => {
    const id = kept[index] ?? "";
    return 1 + (moves.untaken.has(id) ? kept.length : 0) + (isLocked(id) ? kept.length ** 2 * 2 : 0);
  };
  const staying = heaviestRun(
    kept.map((id) => old.get(id)?.index ?? 0),
    weightOf,
  );
  const moved = new Set(kept);
  for (const index of staying) moved.delete(kept[index] ?? "");
  return {
    before: old,
    after: now,
    moves,
    created: [...now.keys()].filter((id) => !old.has(id)),
    gone: [...old.keys()].filter((id) => !now.has(id)),
    moved,
    taken: kept.filter((id) => isLocked(id) && !moves.untaken.has(id)),
  };
}

/** Old paragraphs that the plan would change, to be compared with the locks. */
export function touchedByPlan({ before, after, gone, moved, taken }: Plan): string[] {
  const changed = [...before.values()]
    .filter(({ id, node }) => {
      const now = after.get(id)?.node;
      return now !== undefined && now !== node && !now.eq(node);
    })
    .map((place) => place.id);
  return [...gone, ...moved, ...taken, ...changed];
}

export function writeStructure(pen: Pen, plan: Plan, random: () => number): void {
  const { before, after, moves, created, gone, moved } = plan;
  const ids = [...after.keys()];
  const coming = new Map<string, Coming[]>();
  const leaving = new Map<string, Move[]>();
  for (const [from, words] of moves.wordsOf)
    for (const move of words) {
      const to = ids[move.to];
      if (to === undefined || to === from) continue;
      const carried = { ...move, from, ids: idRangesOf(pen.textOf(from), move.src, move.length) };
      coming.set(to, [...(coming.get(to) ?? []), carried]);
      leaving.set(from, [...(leaving.get(from) ?? []), move]);
    }
  const unplaced = new Set([...created, ...moved]);
  const orderOf = (id: string): string => {
    const order = pen.mapOf(id).get("order");
    return typeof order === "string" ? order : DEFAULT_ORDER;
  };
  const isNote = (id: string): boolean => after.get(id)?.node.attrs["role"] === "footnote";
  for (const id of ids.filter((each) => unplaced.has(each))) {
    const section = ids.filter((each) => isNote(each) === isNote(id));
    const index = section.indexOf(id);
    const left = section.slice(0, index).findLast((each) => !unplaced.has(each));
    const low = left === undefined ? "" : orderOf(left);
    const right = section.slice(index + 1).find((each) => !unplaced.has(each) && orderOf(each) > low);
    const order = orderBetween(low, right === undefined ? "" : orderOf(right), random);
    unplaced.delete(id);
    const place = after.get(id);
    if (place === undefined) continue;
    if (before.has(id)) pen.setField(id, "order", order);
    else pen.create(id, { ...fieldsOf(place.node), order });
  }
  for (const [id, now] of after) {
    const old = before.get(id);
    if (old?.node === now.node) continue;
    if (old !== undefined) writeFields(pen, id, old.node, now.node);
    if (old === undefined || !old.node.content.eq(now.node.content))
      writeWords(pen, {
        id,
        now: now.node,
        old: old?.node ?? null,
        words: (moves.wordsOf.get(id) ?? []).filter((move) => ids[move.to] === id),
        isFollowed: moves.wordsOf.has(id),
        coming: coming.get(id) ?? [],
        leaving: leaving.get(id) ?? [],
      });
  }
  pen.hide(gone);
}

function fieldsOf(node: ProseNode): Omit<Fields, "order"> {
  const { role, level, relation, dir } = attrsOf(node);
  return { role, level, relation, dir };
}

function writeFields(pen: Pen, id: string, old: ProseNode, now: ProseNode): void {
  const had = fieldsOf(old);
  const has = fieldsOf(now);
  for (const key of ["role", "level", "relation", "dir"] as const)
    if (JSON.stringify(had[key]) !== JSON.stringify(has[key])) pen.setField(id, key, has[key]);
}

type Rewriting = {
  readonly id: string;
  readonly old: ProseNode | null;
  readonly now: ProseNode;
  readonly words: readonly Move[];
  readonly isFollowed: boolean;
  readonly coming: readonly Coming[];
  readonly leaving: readonly Move[];
};

/** The words that stay: as the mapping says where it can be trusted, else the common start and end. */
function keptWords({ old, now, words, isFollowed, coming, leaving }: Rewriting): Kept[] {
  if (old === null) return [];
  const a = unitsOf(old.content);
  const b = unitsOf(now.content);
  const isTrue = words.every((kept, i) => {
    const last = words[i - 1];
    if (last !== undefined && (kept.src < last.src + last.length || kept.offset < last.offset + last.length))
      return false;
    for (let k = 0; k < kept.length; k++) if (!isSameUnit(a[kept.src + k], b[kept.offset + k])) return false;
    return true;
  });
  // A paragraph that was taken out and put in again changed is not followed by the mapping.
  if (isFollowed && isTrue && words.length + leaving.length > 0) return [...words];
  const ends = commonEnds(a, b);
  // Words that come from elsewhere may end as those do that were there: they are not what stays.
  const start = Math.min(ends[0], ...coming.map(({ offset }) => offset));
  const end = Math.min(ends[1], ...coming.map(({ offset, length }) => b.length - offset - length));
  return [
    { src: 0, offset: 0, length: start },
    { src: a.length - end, offset: b.length - end, length: end },
  ].filter((kept) => kept.length > 0);
}

/** From the end to the start, so that offsets before the place of work stay true. */
function writeWords(pen: Pen, rewriting: Rewriting): void {
  const { id, old, now } = rewriting;
  const kept = keptWords(rewriting);
  let src = old?.content.size ?? 0;
  let offset = now.content.size;
  for (let i = kept.length; i >= 0; i--) {
    const left = kept[i - 1] ?? { src: 0, offset: 0, length: 0 };
    const srcStart = left.src + left.length;
    removeWords(pen, rewriting, srcStart, src);
    insertWords(pen, rewriting, { at: srcStart, start: left.offset + left.length, end: offset });
    src = left.src;
    offset = left.offset;
  }
  if (old === null) return;
  const a = unitsOf(old.content);
  const b = unitsOf(now.content);
  for (const { src: from, offset: to, length } of kept)
    for (const format of FORMATS) {
      const has = (unit: Unit | undefined): boolean =>
        unit?.marks.some((mark) => mark.type.name === format) ?? false;
      const offsets = Array.from({ length }, (_, k) => k);
      for (const on of [true, false]) {
        const changed = offsets.filter((k) => has(b[to + k]) === on && has(a[from + k]) !== on);
        for (const stretch of joinOffsets(changed))
          pen.format(id, to + stretch.offset, stretch.length, format, on);
      }
    }
}

function removeWords(pen: Pen, { id, leaving }: Rewriting, start: number, end: number): void {
  let at = end;
  for (const move of leaving.toSorted((a, b) => b.src - a.src)) {
    const from = Math.max(start, move.src);
    const to = Math.min(at, move.src + move.length);
    if (to <= from) continue;
    pen.remove(id, to, at - to);
    pen.take(id, from, to - from);
    at = from;
  }
  pen.remove(id, start, at - start);
}

function insertWords(
  pen: Pen,
  { id, now, coming }: Rewriting,
  gap: { readonly at: number; readonly start: number; readonly end: number },
): void {
  const pieces = piecesOfNodes(now.content);
  let { end } = gap;
  const insert = (from: number, to: number): void => {
    if (to > from) pen.insert(id, gap.at, cutPieces(pieces, from, to));
  };
  for (const carried of coming.toSorted((a, b) => b.offset - a.offset)) {
    const { offset, length, from, ids } = carried;
    if (offset < gap.start || offset + length > end) continue;
    insert(offset + length, end);
    const dst = pen.put(id, gap.at, cutPieces(pieces, offset, offset + length));
    pen.carried({ from, to: id, src: ids, dst });
    end = offset;
  }
  insert(gap.start, end);
}
