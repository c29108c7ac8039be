/**
 * Glyphs of brackets in the editor's own acts. Words that are deleted or typed over together with one glyph of a bracket
 * leave it standing, for to delete words is not to lift a bracket; whatever else takes one glyph takes its partner
 * along, in the same act.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { isBracketEmbed, runsOf } from "#collab/runs.ts";
import type { Pen } from "./act.ts";
import { removeAt } from "./remote.ts";

type Found = { readonly bracket: string; readonly pos: number };

function glyphsBetween(doc: ProseNode, from: number, to: number): Found[] {
  const found: Found[] = [];
  doc.nodesBetween(from, to, (node, pos) => {
    // A paragraph that only touches the range is visited as well.
    if (node.type.name === "bracket" && pos >= from && pos < to)
      found.push({ bracket: String(node.attrs["bracket"]), pos });
  });
  return found;
}

/**
 * Glyphs in a range of words whose partner is outside of it. None when the range is one glyph and nothing else, or whole
 * paragraphs, which go as they are.
 */
function staying(doc: ProseNode, from: number, to: number): Found[] {
  if (doc.resolve(from).depth === 0 || doc.resolve(to).depth === 0) return [];
  const glyphs = glyphsBetween(doc, from, to);
  if (glyphs.length === 0 || to - from === 1) return [];
  const count = new Map<string, number>();
  for (const { bracket } of glyphs) count.set(bracket, (count.get(bracket) ?? 0) + 1);
  return glyphs.filter(({ bracket }) => count.get(bracket) === 1);
}

/** Deletes a range but for these glyphs in it, from its end on. */
function deleteAround(
  tr: Transaction,
  [from, to]: readonly [number, number],
  glyphs: readonly Found[],
): void {
  let end = to;
  for (const { pos } of glyphs.toReversed()) {
    if (end > pos + 1) tr.delete(pos + 1, end);
    end = pos;
  }
  if (end > from) tr.delete(from, end);
}

/** Deletes what is selected, as a command does before it puts something in its place. */
export function deleteSelected(tr: Transaction): Transaction {
  const { from, to } = tr.selection;
  const glyphs = staying(tr.doc, from, to);
  if (glyphs.length === 0) return tr.deleteSelection();
  deleteAround(tr, [from, to], glyphs);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(from)));
}

/** The same act with the glyphs left standing that it would take without their partners; the very same mostly. */
export function keepGlyphs(state: EditorState, tr: Transaction): Transaction {
  const [step] = tr.steps;
  if (tr.steps.length !== 1 || !(step instanceof ReplaceStep)) return tr;
  const { from, to, slice } = step;
  const isWords = slice.openStart === 0 && slice.openEnd === 0 && slice.content.firstChild?.isBlock !== true;
  const glyphs = isWords ? staying(tr.before, from, to) : [];
  if (glyphs.length === 0) return tr;
  const kept = state.tr;
  deleteAround(kept, [from, to], glyphs);
  if (slice.size > 0) kept.step(new ReplaceStep(from, from, slice));
  return kept.setSelection(TextSelection.near(kept.doc.resolve(from + slice.size))).scrollIntoView();
}

/** Brackets of which a transaction took a glyph somewhere. */
function bracketsTaken(tr: Transaction): Set<string> {
  const brackets = new Set<string>();
  tr.steps.forEach((step, i) => {
    const doc = tr.docs[i];
    step.getMap().forEach((start, end) => {
      if (doc && end > start) for (const { bracket } of glyphsBetween(doc, start, end)) brackets.add(bracket);
    });
  });
  return brackets;
}

/** Appends the deletion of the partners of glyphs that were taken; returns the brackets that are gone with that. */
export function takePartners(tr: Transaction): ReadonlySet<string> {
  const taken = bracketsTaken(tr);
  if (taken.size === 0) return taken;
  const left = new Map<string, number[]>();
  for (const { bracket, pos } of glyphsBetween(tr.doc, 0, tr.doc.content.size))
    if (taken.has(bracket)) left.set(bracket, [...(left.get(bracket) ?? []), pos]);
  const alone: number[] = [];
  for (const [bracket, places] of left) {
    if (places.length > 1) taken.delete(bracket);
    else alone.push(...places);
  }
  for (const pos of alone.toSorted((a, b) => b - a)) removeAt(tr, pos, pos + 1);
  return taken;
}

/** Takes the glyphs of brackets that are gone out of a paragraph whose view is held back, where nobody saw them. */
export function takeUnseen(pen: Pen, paragraphId: string, gone: ReadonlySet<string>): void {
  if (gone.size === 0) return;
  for (const { content, offset } of runsOf(pen.textOf(paragraphId)).toReversed())
    if (isBracketEmbed(content) && gone.has(content.bracket)) pen.remove(paragraphId, offset, 1);
}

/** Whether a transaction puts in or takes away glyphs: it is then undone by itself. */
export function isAboutGlyphs(tr: Transaction): boolean {
  return (
    tr.steps.some((step) => {
      if (!(step instanceof ReplaceStep)) return false;
      let isPut = false;
      step.slice.content.descendants((node) => {
        if (node.type.name === "bracket") isPut = true;
      });
      return isPut;
    }) || bracketsTaken(tr).size > 0
  );
}
