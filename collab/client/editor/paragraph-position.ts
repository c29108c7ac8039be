/** Where a paragraph stands in the document. */
import type { Node as ProseNode } from "prosemirror-model";
import { idOf } from "#collab/schema.ts";

/** The position `offset` characters into the paragraph, or at its end where it is shorter; null when it is not there. */
export function positionIn(doc: ProseNode, paragraphId: string, offset: number): number | null {
  let found: number | null = null;
  doc.forEach((node, pos) => {
    if (idOf(node) === paragraphId) found = pos + 1 + Math.min(offset, node.content.size);
  });
  return found;
}
