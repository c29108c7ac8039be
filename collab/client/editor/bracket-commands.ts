/** Square brackets by keys and commands. Rules BR6 to BR8. */
import { Plugin, TextSelection } from "prosemirror-state";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import type { Node as ProseNode, ResolvedPos } from "prosemirror-model";
import { readBrackets } from "#collab/brackets.ts";
import type { Bracket, BracketSide } from "#collab/brackets.ts";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";
import { glyphsOfNode } from "./bracket-board.ts";
import { pairSign } from "./plain-signs.ts";

function glyph(bracket: string, side: BracketSide): ProseNode {
  return textSchema.node("bracket", { bracket, side });
}

function isNote({ parent }: ResolvedPos): boolean {
  return attrsOf(parent).role === "footnote";
}

/** Both glyphs in one step each, the closing one first, so that the place of the opening one holds. */
function bracketed(tr: Transaction, [from, to]: readonly [number, number], bracket: string): Transaction {
  return tr.insert(to, glyph(bracket, "close")).insert(from, glyph(bracket, "open"));
}

/** Where the selection begins and ends inside of paragraphs; null where it is not all text, or all notes. */
function ends({ doc, selection }: EditorState): readonly [ResolvedPos, ResolvedPos] | null {
  const { from, to } = selection;
  const $from = doc.resolve(doc.resolve(from).depth === 0 ? Math.min(from + 1, doc.content.size) : from);
  const $to = doc.resolve(doc.resolve(to).depth === 0 ? Math.max(to - 1, 0) : to);
  if ($from.depth !== 1 || $to.depth !== 1 || isNote($from) !== isNote($to)) return null;
  return [$from, $to];
}

/**
 * Brackets what is selected, however many paragraphs that is; without a selection the plain sign beside the caret becomes one, else
 * the whole paragraph is bracketed.
 */
export function bracketSelection(newId: () => string): Command {
  return (state, dispatch) => {
    if (pairSign(newId)(state, dispatch)) return true;
    const selected = ends(state);
    if (!selected) return false;
    const [$from, $to] = selected;
    const { empty } = state.selection;
    const [from, to] = empty ? [$from.start(), $from.end()] : [$from.pos, $to.pos];
    if (!dispatch) return true;
    const tr = bracketed(state.tr, [from, to], newId());
    const at = empty ? $from.pos + 1 : from + 1;
    tr.setSelection(TextSelection.create(tr.doc, at, empty ? at : to + 1));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** "[" is typed: it brackets the selection, or opens a pair around the caret. */
export function typeOpening(newId: () => string): Command {
  return (state, dispatch) => {
    if (!state.selection.empty) return bracketSelection(newId)(state, dispatch);
    const selected = ends(state);
    if (!selected) return false;
    const { pos } = selected[0];
    if (!dispatch) return true;
    const tr = bracketed(state.tr, [pos, pos], newId());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView());
    return true;
  };
}

/** The innermost bracket around a place: of those that hold it the one that begins last. */
function innermost({ doc }: EditorState, $at: ResolvedPos): Bracket | null {
  const holders: { id: string; glyphs: ReturnType<typeof glyphsOfNode> }[] = [];
  doc.forEach((node) => holders.push({ id: idOf(node), glyphs: glyphsOfNode(node) }));
  const index = $at.index(0);
  const isBehind = (place: Bracket["open"]): boolean =>
    place.index < index || (place.index === index && place.offset < $at.parentOffset);
  return (
    readBrackets(holders).brackets.findLast(({ open, close }) => isBehind(open) && !isBehind(close)) ?? null
  );
}

/** "]" is typed: it closes the innermost bracket around the caret by going behind its end; else it is a character. */
export const typeClosing: Command = (state, dispatch) => {
  const { $head, empty } = state.selection;
  const bracket = empty && $head.depth === 1 ? innermost(state, $head) : null;
  if (!bracket) return false;
  let pos = 1 + bracket.close.offset + 1;
  for (let at = 0; at < bracket.close.index; at += 1) pos += state.doc.child(at).nodeSize;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, pos)).scrollIntoView());
  return true;
};

/** What is typed as a bracket becomes one. */
export function bracketsPlugin(newId: () => string): Plugin {
  const opening = typeOpening(newId);
  return new Plugin({
    props: {
      handleTextInput(view, _from, _to, text) {
        if (text === "[") return opening(view.state, view.dispatch, view);
        return text === "]" && typeClosing(view.state, view.dispatch, view);
      },
    },
  });
}
