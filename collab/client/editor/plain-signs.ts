/**
 * Signs of square brackets that stand in the text as plain characters, for a paste or an import brought them without a
 * partner. They are marked, and one act makes a bracket of one. Rule BR10.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Command, EditorState } from "prosemirror-state";
import { sideOf } from "#collab/bracket-signs.ts";
import { pairByNesting } from "#collab/brackets.ts";
import type { BracketSide } from "#collab/brackets.ts";
import { attrsOf, textSchema } from "#collab/schema.ts";

type OwnSign = { readonly side: BracketSide; readonly offset: number };
type Sign = { readonly side: BracketSide; readonly pos: number };

const NONE: readonly OwnSign[] = [];
const byNode = new WeakMap<ProseNode, readonly OwnSign[]>();

/** Those of a paragraph's node, by offset in its content; nodes never change, so it is read once. */
export function signsOfNode(node: ProseNode): readonly OwnSign[] {
  const known = byNode.get(node);
  if (known) return known;
  const words = node.textBetween(0, node.content.size, "", "\uFFFC");
  const signs: OwnSign[] = [];
  for (const { 0: sign, index } of words.matchAll(/[[\]]/g)) {
    const side = sideOf(sign);
    if (side) signs.push({ side, offset: index });
  }
  byNode.set(node, signs.length === 0 ? NONE : signs);
  return signs;
}

export function countSigns(doc: ProseNode): number {
  let count = 0;
  doc.forEach((node) => {
    count += signsOfNode(node).length;
  });
  return count;
}

/** In reading order; of a footnote by itself, as brackets of the text do not end in it. */
function signsBeside(doc: ProseNode, note: ProseNode | null): Sign[] {
  const signs: Sign[] = [];
  doc.forEach((node, pos) => {
    const isIn = note === null ? attrsOf(node).role !== "footnote" : node === note;
    if (isIn) for (const { side, offset } of signsOfNode(node)) signs.push({ side, pos: pos + 1 + offset });
  });
  return signs;
}

/** Where the sign beside the caret stands; null when there is none. */
export function signAtCaret({ selection: { $head, empty } }: EditorState): number | null {
  if (!empty || $head.depth !== 1) return null;
  const { parentOffset: at } = $head;
  const sign = signsOfNode($head.parent).find(({ offset }) => offset === at || offset + 1 === at);
  return sign ? $head.start() + sign.offset : null;
}

/**
 * Makes a bracket of the plain sign at a place: with the plain sign that is its partner by nesting, and where there is
 * none up to the end of the paragraph, or from its beginning.
 */
export function pairSignAt(pos: number, newId: () => string): Command {
  return (state, dispatch) => {
    const $sign = state.doc.resolve(pos);
    if ($sign.depth !== 1) return false;
    const isNote = attrsOf($sign.parent).role === "footnote";
    const signs = signsBeside(state.doc, isNote ? $sign.parent : null);
    const at = signs.findIndex((each) => each.pos === pos);
    const sign = signs[at];
    if (!sign) return false;
    if (!dispatch) return true;
    const partner = signs[pairByNesting(signs.map(({ side }) => side))[at] ?? -1];
    const bracket = newId();
    const tr = state.tr;
    const set = (side: BracketSide, from: number, to: number): void => {
      const glyph = textSchema.node("bracket", { bracket, side });
      tr.replaceWith(tr.mapping.map(from), tr.mapping.map(to), glyph);
    };
    set(sign.side, pos, pos + 1);
    if (partner) set(partner.side, partner.pos, partner.pos + 1);
    else if (sign.side === "open") set("close", $sign.end(), $sign.end());
    else set("open", $sign.start(), $sign.start());
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** The same for the sign beside the caret. */
export function pairSign(newId: () => string): Command {
  return (state, dispatch) => {
    const pos = signAtCaret(state);
    return pos !== null && pairSignAt(pos, newId)(state, dispatch);
  };
}

/** Goes behind the next plain sign, round at the end of the text. */
export const nextSign: Command = (state, dispatch) => {
  const places: number[] = [];
  state.doc.forEach((node, pos) => {
    for (const { offset } of signsOfNode(node)) places.push(pos + 1 + offset + 1);
  });
  const next = places.find((place) => place > state.selection.head) ?? places[0];
  if (next === undefined) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, next)).scrollIntoView());
  return true;
};

/** The button behind a plain sign; what it says is drawn, and no part of the words. */
export function pairButton(side: BracketSide, name: string, press: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = side === "open" ? "pair-sign" : "pair-sign z";
  button.contentEditable = "false";
  // By keys there is a command for it; the Tab key sets levels here.
  button.tabIndex = -1;
  button.setAttribute("aria-label", name);
  button.title = name;
  // The caret stays where it is.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", press);
  return button;
}
