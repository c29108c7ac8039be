/** What keys do to paragraphs: pure ProseMirror commands. The binding turns what they do into acts by paragraph id. */
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { deleteSelected } from "#collab/client/binding/glyphs.ts";
import type { TextKind } from "#collab/document.ts";
import type { Role } from "#collab/model.ts";
import { attrsOf, textSchema } from "#collab/schema.ts";
import type { ParagraphAttrs } from "#collab/schema.ts";
import { deepestLevel, MAX_HEADING_LEVEL, mayHaveLevel } from "./roles.ts";

export type Held = { readonly node: ProseNode; readonly pos: number; readonly index: number };

/** Paragraphs that the selection touches. */
export function selectedParagraphs({ doc, selection }: EditorState): Held[] {
  const held: Held[] = [];
  doc.forEach((node, pos, index) => {
    if (pos < selection.to && pos + node.nodeSize > selection.from) held.push({ node, pos, index });
    else if (selection.empty && pos < selection.head && pos + node.nodeSize > selection.head)
      held.push({ node, pos, index });
  });
  return held;
}

/** The role that typing on begins with after a heading, or in an empty text. */
function bodyRole(kind: TextKind, doc: ProseNode, index: number): Role {
  if (kind === "report") return "numbered";
  if (kind === "statement") return "plain";
  for (let at = index - 1; at >= 0; at -= 1) {
    const { role } = attrsOf(doc.child(at));
    if (role === "op" || role === "pp") return role;
  }
  return "pp";
}

function paragraph(attrs: Partial<ParagraphAttrs>): ProseNode {
  return textSchema.node("paragraph", attrs);
}

/** Enter: the part behind the caret becomes a paragraph of the same role and level, or of the body after a heading. */
export function splitParagraph(kind: TextKind): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    if ($from.depth !== 1 || $to.depth !== 1) return false;
    const attrs = attrsOf($from.parent);
    // A note is one paragraph: Enter does nothing there, rather than something surprising.
    if (attrs.role === "footnote" || attrsOf($to.parent).role === "footnote") return true;
    if (
      state.selection.empty &&
      $from.parent.content.size === 0 &&
      attrs.level > 0 &&
      mayHaveLevel(attrs.role)
    ) {
      return shiftLevel(-1)(state, dispatch);
    }
    if (!dispatch) return true;
    const tr = deleteSelected(state.tr);
    const $at = tr.doc.resolve(tr.mapping.map($from.pos));
    const titled = attrs.role === "heading" || attrs.role === "annex";
    const atEnd = $at.parentOffset === $at.parent.content.size;
    const next: Partial<ParagraphAttrs> =
      titled && atEnd && $at.parent.content.size > 0
        ? { role: bodyRole(kind, tr.doc, $at.index(0)), level: 0, dir: attrs.dir }
        : { role: attrs.role, level: attrs.level, dir: attrs.dir };
    tr.split($at.pos, 1, [
      { type: textSchema.nodes.paragraph, attrs: { ...next, id: null, relation: null, frozen: null } },
    ]);
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Backspace at the start of a paragraph: one level out; at the outermost level it joins the one before. */
export const joinBefore: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || $from.parentOffset > 0) return false;
  const here = attrsOf($from.parent);
  if (here.level > 0 && mayHaveLevel(here.role)) return shiftLevel(-1)(state, dispatch);
  const index = $from.index(0);
  const before = index > 0 ? state.doc.child(index - 1) : null;
  // Nothing joins over the line between text and notes; an empty note goes with its reference.
  if (!before || (here.role === "footnote") !== (attrsOf(before).role === "footnote")) return true;
  if (here.role === "footnote") return true;
  dispatch?.(joined(state.tr, $from.before(), before, $from.parent).scrollIntoView());
  return true;
};

/** Delete at the end of a paragraph: the next one joins it. */
export const joinAfter: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || $from.parentOffset < $from.parent.content.size) return false;
  const index = $from.index(0);
  const next = index + 1 < state.doc.childCount ? state.doc.child(index + 1) : null;
  const inNote = attrsOf($from.parent).role === "footnote";
  if (!next || inNote || attrsOf(next).role === "footnote") return true;
  dispatch?.(joined(state.tr, $from.after(), $from.parent, next).scrollIntoView());
  return true;
};

/** Joins the paragraphs before and behind `pos`; an empty one goes as a whole, so that the other stays what it is. */
function joined(tr: Transaction, pos: number, before: ProseNode, after: ProseNode): Transaction {
  if (before.content.size === 0) tr.delete(pos - before.nodeSize, pos);
  else if (after.content.size === 0) {
    tr.delete(pos, pos + after.nodeSize);
    tr.setSelection(TextSelection.create(tr.doc, pos - 1));
  } else tr.join(pos);
  return tr;
}

/** Tab and Shift-Tab. Nothing lies more than one level below the paragraph before it. */
export function shiftLevel(by: 1 | -1): Command {
  return (state, dispatch) => {
    const held = selectedParagraphs(state).filter(({ node }) => mayHaveLevel(attrsOf(node).role));
    if (held.length === 0) return false;
    const tr = state.tr;
    for (const { node, pos, index } of held) {
      const { role, level } = attrsOf(node);
      const before = index > 0 ? attrsOf(tr.doc.child(index - 1)) : null;
      const roof =
        before && before.role !== "annex" && (before.role === "heading") === (role === "heading")
          ? before.level + 1
          : 0;
      const most = Math.min(deepestLevel(role), role === "heading" ? MAX_HEADING_LEVEL : roof);
      const next = by > 0 ? Math.min(level + 1, Math.max(most, level)) : Math.max(0, level - 1);
      if (next !== level) tr.setNodeAttribute(pos, "level", next);
    }
    if (tr.docChanged) dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Gives the selected paragraphs a role. Notes keep theirs: references would lead nowhere. */
export function setRole(role: Role): Command {
  return (state, dispatch) => {
    const held = selectedParagraphs(state).filter(({ node }) => attrsOf(node).role !== "footnote");
    if (held.length === 0 || role === "footnote") return false;
    const tr = state.tr;
    for (const { node, pos } of held) {
      const { role: now, level } = attrsOf(node);
      if (now !== role) tr.setNodeAttribute(pos, "role", role);
      if (level > deepestLevel(role)) tr.setNodeAttribute(pos, "level", deepestLevel(role));
    }
    if (tr.docChanged) dispatch?.(tr);
    return true;
  };
}

/** Writing direction of the selected paragraphs. */
export function setDirection(dir: ParagraphAttrs["dir"]): Command {
  return (state, dispatch) => {
    const tr = state.tr;
    for (const { node, pos } of selectedParagraphs(state)) {
      if (attrsOf(node).dir !== dir) tr.setNodeAttribute(pos, "dir", dir);
    }
    if (tr.docChanged) dispatch?.(tr);
    return true;
  };
}

/** The first paragraph of an empty text. */
export function beginText(kind: TextKind): Command {
  return (state, dispatch) => {
    if (state.doc.childCount > 0) return false;
    if (dispatch) {
      const tr = state.tr.insert(0, paragraph({ role: bodyRole(kind, state.doc, 0) }));
      dispatch(tr.setSelection(TextSelection.create(tr.doc, 1)));
    }
    return true;
  };
}
