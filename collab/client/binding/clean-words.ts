/**
 * What may enter the text: whole code points. Yjs turns the halves of a divided surrogate pair into U+FFFD behind our
 * back, and a lone half makes replicas differ; so steps are widened to whole characters and lone halves become U+FFFD
 * before either model sees them. Direction overrides are stripped: they would show other words than are there.
 */
import { Fragment, Slice } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from "prosemirror-transform";
import type { Step } from "prosemirror-transform";
import { textSchema } from "#collab/schema.ts";
import { isHigh, isLow } from "./units.ts";

const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/gu;
const WORD_JOINER = "\u2060";

function isUnclean(text: string): boolean {
  return !text.isWellFormed() || text.search(OVERRIDES) >= 0;
}

function cleanFragment(fragment: Fragment, instead: string): Fragment {
  const nodes: ProseNode[] = [];
  fragment.forEach((node) => {
    if (node.text === undefined) {
      nodes.push(node.copy(cleanFragment(node.content, instead)));
      return;
    }
    const text = node.text.toWellFormed().replace(OVERRIDES, instead);
    if (text !== "") nodes.push(textSchema.text(text, node.marks));
  });
  return Fragment.fromArray(nodes);
}

function hasUncleanWords(fragment: Fragment): boolean {
  let unclean = false;
  fragment.descendants((node) => {
    if (node.text !== undefined && isUnclean(node.text)) unclean = true;
  });
  return unclean;
}

/** Whether a position lies inside a surrogate pair. */
export function isInsidePair(doc: ProseNode, pos: number): boolean {
  const $pos = doc.resolve(pos);
  const { parent, parentOffset } = $pos;
  if (!parent.isTextblock || parentOffset < 1 || parentOffset >= parent.content.size) return false;
  const around = parent.textBetween(parentOffset - 1, parentOffset + 1, "", "\0");
  return isHigh(around.charCodeAt(0)) && isLow(around.charCodeAt(1));
}

/** A step widened to whole characters; a half that is typed over completes or replaces the whole character. */
function widened(step: Step, doc: ProseNode): Step {
  if (!(step instanceof ReplaceStep || step instanceof AddMarkStep || step instanceof RemoveMarkStep))
    return step;
  const from = isInsidePair(doc, step.from) ? step.from - 1 : step.from;
  const isEmpty = step.from === step.to;
  const to = isInsidePair(doc, step.to) ? (isEmpty ? from : step.to + 1) : step.to;
  if (from === step.from && to === step.to) return step;
  if (step instanceof AddMarkStep) return new AddMarkStep(from, to, step.mark);
  if (step instanceof RemoveMarkStep) return new RemoveMarkStep(from, to, step.mark);
  const only = step.slice.content.firstChild;
  if (only?.text === undefined || step.slice.content.childCount !== 1)
    return new ReplaceStep(from, to, step.slice);
  let text = only.text;
  if (from < step.from && isLow(text.charCodeAt(0))) text = doc.textBetween(from, step.from) + text;
  if (to > step.to && isHigh(text.charCodeAt(text.length - 1))) text += doc.textBetween(step.to, to);
  return new ReplaceStep(from, to, new Slice(Fragment.from(textSchema.text(text, only.marks)), 0, 0));
}

/**
 * The transaction with clean words; the very same one when nothing is wrong with it, null when it divides a character
 * in one of several steps (no editing command does that). In transactions of several steps, whose later positions
 * must stay valid, an override is replaced by a word joiner instead of being stripped.
 */
export function cleanTransaction(state: EditorState, tr: Transaction): Transaction | null {
  const divides = tr.steps.map((step, i) => widened(step, tr.docs[i] ?? tr.before) !== step);
  const unclean = tr.steps.map((step) => step instanceof ReplaceStep && hasUncleanWords(step.slice.content));
  if (!divides.includes(true) && !unclean.includes(true)) return tr;
  const isSingle = tr.steps.length === 1;
  if (divides.includes(true) && !isSingle) return null;
  const clean = state.tr;
  for (const step of tr.steps) {
    const wide = widened(step, clean.doc);
    const result = clean.maybeStep(
      wide instanceof ReplaceStep
        ? new ReplaceStep(
            wide.from,
            wide.to,
            new Slice(
              cleanFragment(wide.slice.content, isSingle ? "" : WORD_JOINER),
              wide.slice.openStart,
              wide.slice.openEnd,
            ),
          )
        : wide,
    );
    if (result.failed !== null) return null;
  }
  return clean.scrollIntoView();
}
