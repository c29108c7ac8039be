/** Moving paragraphs: by keys, or to a place where the gutter's handle was dropped. */
import { Fragment } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Command, EditorState } from "prosemirror-state";
import { attrsOf, idOf } from "#collab/schema.ts";
import { selectedParagraphs } from "./paragraph-commands.ts";

function isTitle(node: ProseNode): boolean {
  const { role } = attrsOf(node);
  return role === "heading" || role === "annex";
}

function isNote(node: ProseNode): boolean {
  return attrsOf(node).role === "footnote";
}

/** Index behind a paragraph and its sub-paragraphs. */
export function branchEnd(doc: ProseNode, index: number): number {
  const first = doc.child(index);
  let end = index + 1;
  if (isTitle(first) || isNote(first)) return end;
  const { level } = attrsOf(first);
  while (end < doc.childCount) {
    const next = doc.child(end);
    if (isTitle(next) || isNote(next) || attrsOf(next).level <= level) break;
    end += 1;
  }
  return end;
}

/** Where the branch before `index` begins, at the level of the paragraph there or further out. */
function branchBefore(doc: ProseNode, index: number): number {
  const { level } = attrsOf(doc.child(index));
  let start = index - 1;
  if (isTitle(doc.child(index))) return start;
  while (start > 0) {
    const node = doc.child(start);
    if (isTitle(node) || attrsOf(node).level <= level) break;
    start -= 1;
  }
  return start;
}

/** Where the paragraph with this index begins. */
export function positionOf(doc: ProseNode, index: number): number {
  let pos = 0;
  for (let at = 0; at < index; at += 1) pos += doc.child(at).nodeSize;
  return pos;
}

/** Number of paragraphs before the notes. */
function bodyLength(doc: ProseNode): number {
  let length = doc.childCount;
  while (length > 0 && isNote(doc.child(length - 1))) length -= 1;
  return length;
}

/** Moves the paragraphs [from, to) in front of the one at `target`; the selection goes with them. */
function moveTo(state: EditorState, from: number, to: number, target: number) {
  const { doc, selection } = state;
  const nodes: ProseNode[] = [];
  for (let at = from; at < to; at += 1) nodes.push(doc.child(at));
  const start = positionOf(doc, from);
  const end = positionOf(doc, to);
  const tr = state.tr.delete(start, end);
  const at = tr.mapping.map(positionOf(doc, target));
  tr.insert(at, Fragment.fromArray(nodes));
  const inside = selection.from >= start && selection.to <= end;
  if (inside) {
    const shift = at - start;
    tr.setSelection(TextSelection.create(tr.doc, selection.anchor + shift, selection.head + shift));
  }
  return tr.scrollIntoView();
}

/** Alt-Shift-Up and -Down: the selected paragraphs, each with its sub-paragraphs, pass the branch before or behind. */
export function moveParagraphs(by: 1 | -1): Command {
  return (state, dispatch) => {
    const held = selectedParagraphs(state);
    const first = held[0];
    const last = held.at(-1);
    if (!first || !last || held.some(({ node }) => isNote(node))) return false;
    const { doc } = state;
    const to = branchEnd(doc, last.index);
    const end = bodyLength(doc);
    if (by < 0) {
      if (first.index > 0) dispatch?.(moveTo(state, first.index, to, branchBefore(doc, first.index)));
    } else if (to < end) {
      dispatch?.(
        moveTo(state, first.index, to, isTitle(doc.child(first.index)) ? to + 1 : branchEnd(doc, to)),
      );
    }
    return true;
  };
}

/** Moves a paragraph, with its sub-paragraphs, in front of another one; null: to the end of the text before the notes. */
export function moveParagraphBefore(paragraphId: string, beforeId: string | null): Command {
  return (state, dispatch) => {
    const { doc } = state;
    let from = -1;
    let target = beforeId === null ? bodyLength(doc) : -1;
    doc.forEach((node, _, index) => {
      if (idOf(node) === paragraphId) from = index;
      if (beforeId !== null && idOf(node) === beforeId) target = index;
    });
    if (from < 0 || target < 0 || isNote(doc.child(from))) return false;
    const to = branchEnd(doc, from);
    target = Math.min(target, bodyLength(doc));
    if (target >= from && target <= to) return true;
    dispatch?.(moveTo(state, from, to, target));
    return true;
  };
}
