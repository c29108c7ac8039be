/** Steps inside paragraphs → the smallest changes of the words in Yjs. */
import type { Node as ProseNode } from "prosemirror-model";
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from "prosemirror-transform";
import type { Step } from "prosemirror-transform";
import type { Format } from "#collab/model.ts";
import { idOf } from "#collab/schema.ts";
import { piecesOfNodes } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import { placeAt } from "./places.ts";

/** How words are written to: directly by offset, or while a composition holds the view back, by ids. */
export type WordsPen = {
  readonly insert: (id: string, offset: number, pieces: readonly Piece[]) => void;
  readonly remove: (id: string, offset: number, length: number) => void;
  readonly format: (id: string, offset: number, length: number, format: Format, on: boolean) => void;
};

/** Whether a step changes words of one paragraph and nothing else. */
export function isWordsStep(step: Step, doc: ProseNode): boolean {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return true;
  if (!(step instanceof ReplaceStep) || step.slice.openStart > 0 || step.slice.openEnd > 0) return false;
  const $from = doc.resolve(step.from);
  if ($from.depth !== 1 || step.to > $from.end()) return false;
  let isInline = true;
  step.slice.content.forEach((node) => {
    if (!node.isInline) isInline = false;
  });
  return isInline;
}

/** Ids of the paragraphs that a words step changes. */
export function paragraphsOfStep(step: Step, doc: ProseNode): string[] {
  if (step instanceof ReplaceStep) {
    const place = placeAt(doc, step.from);
    return place === null ? [] : [place.id];
  }
  const ids: string[] = [];
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep)
    doc.nodesBetween(step.from, step.to, (node) => {
      if (node.isTextblock) ids.push(idOf(node));
      return !node.isTextblock;
    });
  return ids;
}

function isFormat(name: string): name is Format {
  return name === "em" || name === "strong";
}

export function writeStep(pen: WordsPen, step: Step, doc: ProseNode): void {
  if (step instanceof ReplaceStep) {
    const place = placeAt(doc, step.from);
    if (place === null) throw new Error("A step of words begins outside of a paragraph");
    if (step.to > step.from) pen.remove(place.id, place.offset, step.to - step.from);
    const pieces = piecesOfNodes(step.slice.content);
    if (pieces.length > 0) pen.insert(place.id, place.offset, pieces);
    return;
  }
  if (!(step instanceof AddMarkStep || step instanceof RemoveMarkStep)) return;
  const on = step instanceof AddMarkStep;
  const format = step.mark.type.name;
  if (!isFormat(format)) return;
  doc.nodesBetween(step.from, step.to, (node, pos) => {
    if (!node.isTextblock) return true;
    const start = Math.max(step.from, pos + 1);
    const end = Math.min(step.to, pos + 1 + node.content.size);
    node.nodesBetween(start - pos - 1, end - pos - 1, (inline, at) => {
      if (inline.marks.some((mark) => mark.eq(step.mark)) === on) return false;
      const from = Math.max(at, start - pos - 1);
      const to = Math.min(at + inline.nodeSize, end - pos - 1);
      pen.format(idOf(node), from, to - from, format, on);
      return false;
    });
    return false;
  });
}
