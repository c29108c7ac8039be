/** References to paragraphs: put in at the caret, and followed. Rules XR1 to XR6. */
import type { Command } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";

/** Puts a reference in the place of the selection, which lies in one paragraph. */
export function insertReference(to: string): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    if ($from.depth !== 1 || !$from.sameParent($to)) return false;
    let isThere = false;
    state.doc.forEach((node) => {
      isThere ||= idOf(node) === to && attrsOf(node).role !== "footnote";
    });
    if (!isThere) return false;
    dispatch?.(state.tr.replaceSelectionWith(textSchema.node("reference", { to }), false).scrollIntoView());
    return true;
  };
}

/** From a reference beside the caret to the paragraph that it names. */
export const followReference: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth !== 1) return false;
  const near = [$from.nodeAfter, $from.nodeBefore].find((node) => node?.type.name === "reference");
  let target = -1;
  if (near)
    state.doc.forEach((node, pos) => {
      if (idOf(node) === near.attrs["to"]) target = pos + 1;
    });
  if (target < 0) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, target)).scrollIntoView());
  return true;
};
