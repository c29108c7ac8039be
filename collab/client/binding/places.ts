/** Paragraphs of the editor's document with their positions. */
import type { Node as ProseNode } from "prosemirror-model";
import { idOf } from "#collab/schema.ts";

export type ParagraphPlace = {
  readonly id: string;
  readonly node: ProseNode;
  readonly index: number;
  /** Before the opening of the paragraph. */
  readonly pos: number;
  readonly end: number;
};

export function placesOf(doc: ProseNode): ParagraphPlace[] {
  const places: ParagraphPlace[] = [];
  doc.forEach((node, pos, index) => {
    places.push({ id: idOf(node), node, index, pos, end: pos + node.nodeSize });
  });
  return places;
}

/** The paragraph that a position lies in; null between paragraphs. */
export function placeAt(
  doc: ProseNode,
  pos: number,
): { readonly id: string; readonly node: ProseNode; readonly offset: number; readonly start: number } | null {
  const $pos = doc.resolve(pos);
  if ($pos.depth !== 1) return null;
  return { id: idOf($pos.parent), node: $pos.parent, offset: $pos.parentOffset, start: $pos.start() };
}
