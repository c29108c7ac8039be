/** Paragraphs that are inserted after another one, or would replace it; see `label-paths.ts`. Rule LB12. */
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Command } from "prosemirror-state";
import type { Relation } from "#collab/model.ts";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";
import { branchEnd, positionOf } from "./move-commands.ts";

type Kind = Exclude<Relation, null>["kind"];

/**
 * Index behind what belongs to the paragraph already: its sub-paragraphs and, so that the new one comes last, those of
 * its own kind. Alternatives stand before what is inserted.
 */
function behindKin(doc: ProseNode, index: number, kind: Kind): number {
  const kin = new Set([idOf(doc.child(index))]);
  let end = branchEnd(doc, index);
  while (end < doc.childCount) {
    const node = doc.child(end);
    const { relation } = attrsOf(node);
    if (relation === null || !kin.has(relation.to)) break;
    const isDirect = relation.to === idOf(doc.child(index));
    if (isDirect && kind === "alternative" && relation.kind === "after") break;
    kin.add(idOf(node));
    end = branchEnd(doc, end);
  }
  return end;
}

/** A new paragraph, related to the one with the caret, stands behind it and has the caret. */
export function insertRelated(kind: Kind): Command {
  return (state, dispatch) => {
    const { $head } = state.selection;
    if ($head.depth !== 1) return false;
    const { role, level, dir } = attrsOf($head.parent);
    const to = idOf($head.parent);
    if (role === "footnote" || role === "plain" || to === "") return false;
    if (dispatch) {
      const pos = positionOf(state.doc, behindKin(state.doc, $head.index(0), kind));
      const node = textSchema.node("paragraph", { role, level, dir, relation: { kind, to } });
      const tr = state.tr.insert(pos, node);
      dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView());
    }
    return true;
  };
}

/** The paragraph with the caret is counted like any other again. */
export const endRelation: Command = ({ selection: { $head }, tr }, dispatch) => {
  if ($head.depth !== 1 || attrsOf($head.parent).relation === null) return false;
  dispatch?.(tr.setNodeAttribute($head.before(), "relation", null));
  return true;
};
