/** Changes in Yjs → the smallest steps of the editor's document. */
import { Fragment, Slice } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from "prosemirror-transform";
import type * as Y from "yjs";
import { paragraphsOf } from "#collab/model.ts";
import { attrsFor, fragmentOf, inlineNode, paragraphNode } from "#collab/nodes.ts";
import { liveIds } from "#collab/projection.ts";
import { heaviestRun } from "./heaviest-run.ts";
import { placesOf } from "./places.ts";
import type { ParagraphPlace } from "./places.ts";
import type { SavedSelection } from "./selection.ts";
import { formatSignature, isSameUnit, unitsOf } from "./units.ts";
import { readChanges } from "./words-delta.ts";

export type BindingStats = {
  /** Paragraphs that had to be replaced because the steps did not lead to the projection. */
  fallback: number;
  /** Paragraphs whose view was held back during a composition. */
  held: number;
};

function insertAt(tr: Transaction, pos: number, nodes: Fragment): void {
  tr.step(new ReplaceStep(pos, pos, new Slice(nodes, 0, 0)));
}

export function removeAt(tr: Transaction, from: number, to: number): void {
  if (to > from) tr.step(new ReplaceStep(from, to, Slice.empty));
}

/** The words of one paragraph after a transaction; `place` must be of `tr.doc` as it stands. */
export function showWords({
  tr,
  place,
  text,
  transaction,
  saved,
  stats,
}: {
  readonly tr: Transaction;
  readonly place: ParagraphPlace;
  readonly text: Y.Text;
  readonly transaction: Y.Transaction;
  readonly saved: SavedSelection;
  readonly stats: BindingStats;
}): void {
  const start = place.pos + 1;
  const size = place.node.content.size;
  let offset = 0;
  const changes = readChanges(text, transaction);
  const before = changes.reduce((sum, change) => sum + (change.kind === "insert" ? 0 : change.length), 0);
  if (before === size)
    for (const change of changes) {
      if (change.kind === "keep") offset += change.length;
      else if (change.kind === "remove") {
        removeAt(tr, start + offset, start + offset + change.length);
        for (const end of saved)
          if (end.id === place.id && end.offset > offset)
            end.offset = Math.max(offset, end.offset - change.length);
      } else {
        const node = inlineNode(change.piece.content, change.piece);
        insertAt(tr, start + offset, Fragment.from(node));
        for (const end of saved)
          if (end.id === place.id && (end.offset > offset || (end.offset === offset && end.assoc > 0)))
            end.offset += node.nodeSize;
        offset += node.nodeSize;
      }
    }
  matchWords(tr, place.pos, text, stats);
}

/** Formatting by comparison with the projection; a paragraph that differs in more is replaced and counted. */
export function matchWords(tr: Transaction, pos: number, text: Y.Text, stats: BindingStats): void {
  const wanted = fragmentOf(text);
  const has = tr.doc.nodeAt(pos);
  if (has === null || has.content.eq(wanted)) return;
  const a = unitsOf(has.content);
  const b = unitsOf(wanted);
  const start = pos + 1;
  if (a.length !== b.length || !a.every((unit, i) => isSameUnit(unit, b[i]))) {
    stats.fallback += 1;
    tr.step(new ReplaceStep(start, start + has.content.size, new Slice(wanted, 0, 0)));
    return;
  }
  for (let i = 0; i < a.length;) {
    const had = a[i]?.marks ?? [];
    const wants = b[i]?.marks ?? [];
    let end = i + 1;
    while (
      end < a.length &&
      formatSignature(a[end]?.marks) === formatSignature(had) &&
      formatSignature(b[end]?.marks) === formatSignature(wants)
    )
      end++;
    for (const mark of had)
      if (!mark.isInSet(wants)) tr.step(new RemoveMarkStep(start + i, start + end, mark));
    for (const mark of wants) if (!mark.isInSet(had)) tr.step(new AddMarkStep(start + i, start + end, mark));
    i = end;
  }
}

/**
 * Paragraphs that came, went, moved or changed their fields. The paragraph of a composition is not touched: it stays
 * although it is hidden, and the others move around it.
 */
export function showStructure(tr: Transaction, doc: Y.Doc, composing: string | null): void {
  const paragraphs = paragraphsOf(doc);
  const wanted = liveIds(doc);
  const has = placesOf(tr.doc);
  if (composing !== null && !wanted.includes(composing)) {
    const at = has.findIndex((place) => place.id === composing);
    const neighbour = has.slice(0, Math.max(at, 0)).findLast((place) => wanted.includes(place.id));
    if (at >= 0) wanted.splice(neighbour === undefined ? 0 : wanted.indexOf(neighbour.id) + 1, 0, composing);
  }
  const ranks = new Map(wanted.map((id, rank) => [id, rank]));
  const present = has.filter((place) => ranks.has(place.id));
  const run = heaviestRun(
    present.map((place) => ranks.get(place.id) ?? 0),
    (index) => (present[index]?.id === composing ? present.length + 1 : 1),
  );
  const staying = new Set(run.map((index) => present[index]?.id));
  for (const place of has.toReversed()) if (!staying.has(place.id)) removeAt(tr, place.pos, place.end);
  let pos = 0;
  let coming: ProseNode[] = [];
  const insertComing = (): void => {
    const nodes = Fragment.fromArray(coming);
    if (coming.length > 0) insertAt(tr, pos, nodes);
    pos += nodes.size;
    coming = [];
  };
  for (const id of wanted) {
    const map = paragraphs.get(id);
    if (map === undefined) continue;
    if (!staying.has(id)) {
      const node = paragraphNode(map, id);
      if (node !== null) coming.push(node);
      continue;
    }
    insertComing();
    const node = tr.doc.nodeAt(pos);
    if (node === null) return;
    if (id !== composing)
      for (const [key, value] of Object.entries(attrsFor(map, id)))
        if (JSON.stringify(node.attrs[key]) !== JSON.stringify(value)) tr.setNodeAttribute(pos, key, value);
    pos += node.nodeSize;
  }
  insertComing();
}
