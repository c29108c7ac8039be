/** A footnote goes with its last reference, in the same act, so that undo brings both back. */
import type { Node as ProseNode } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { placesOf } from "./places.ts";
import { removeAt } from "./remote.ts";

function noteOf(node: ProseNode): string | null {
  return node.type.name === "footnote" ? String(node.attrs["note"]) : null;
}

/** Notes whose references a transaction deleted somewhere. */
function notesDeleted(tr: Transaction): Set<string> {
  const notes = new Set<string>();
  tr.steps.forEach((step, i) => {
    const doc = tr.docs[i];
    step.getMap().forEach((start, end) => {
      doc?.nodesBetween(start, end, (node) => {
        const note = noteOf(node);
        if (note !== null) notes.add(note);
      });
    });
  });
  return notes;
}

/** Appends the deletion of footnotes that lost their last reference. */
export function dropNotes(tr: Transaction): void {
  const notes = notesDeleted(tr);
  if (notes.size === 0) return;
  tr.doc.descendants((node) => {
    const note = noteOf(node);
    if (note !== null) notes.delete(note);
  });
  for (const { id, node, pos, end } of placesOf(tr.doc).toReversed())
    if (notes.has(id) && node.attrs["role"] === "footnote") removeAt(tr, pos, end);
}
