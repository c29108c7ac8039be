/** Footnotes: a reference in the text and the note's own paragraph at the end, made in one act. */
import { TextSelection } from "prosemirror-state";
import type { Command } from "prosemirror-state";
import type { Node as ProseNode } from "prosemirror-model";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";

/** Where a note stands whose reference is at `pos`: behind the notes that are referred to before it. */
export function notePosition(doc: ProseNode, pos: number): number {
  const before = new Set<string>();
  doc.nodesBetween(0, pos, (node, at) => {
    if (node.type.name === "footnote" && at < pos) before.add(String(node.attrs["note"]));
  });
  let place = 0;
  let found = -1;
  doc.forEach((node, at) => {
    if (attrsOf(node).role !== "footnote") place = at + node.nodeSize;
    else if (before.has(idOf(node))) found = at + node.nodeSize;
  });
  return Math.max(place, found);
}

/** Inserts a reference at the caret and an empty note, and goes there. Not inside a note. */
export function insertFootnote(newId: () => string): Command {
  return (state, dispatch) => {
    const { $to } = state.selection;
    if ($to.depth !== 1 || attrsOf($to.parent).role === "footnote") return false;
    if (dispatch) {
      const note = newId();
      const tr = state.tr.insert($to.pos, textSchema.node("footnote", { note }));
      const at = notePosition(tr.doc, $to.pos);
      tr.insert(at, textSchema.node("paragraph", { id: note, role: "footnote" }));
      dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
    }
    return true;
  };
}

/** From a reference to its note, and from a note back to its first reference. */
export const followNote: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth !== 1) return false;
  const near = [$from.nodeAfter, $from.nodeBefore].find((node) => node?.type.name === "footnote");
  let target = -1;
  if (near) {
    state.doc.forEach((node, pos) => {
      if (idOf(node) === near.attrs["note"]) target = pos + 1;
    });
  } else if (attrsOf($from.parent).role === "footnote") {
    const id = idOf($from.parent);
    state.doc.descendants((node, pos) => {
      if (target < 0 && node.type.name === "footnote" && node.attrs["note"] === id) target = pos + 1;
    });
  }
  if (target < 0) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, target)).scrollIntoView());
  return true;
};
