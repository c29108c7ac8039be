/**
 * Decorations that follow from each paragraph alone: the opening words in italics, and signs of square
 * brackets that stand there as plain characters, with a button behind each. They are worked out once per paragraph node and mapped along otherwise.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { openingLength } from "#collab/openings.ts";
import type { BracketSide } from "#collab/brackets.ts";
import { attrsOf } from "#collab/schema.ts";
import type { BracketWords } from "./bracket-view.ts";
import { pairButton, pairSignAt, signsOfNode } from "./plain-signs.ts";

type Range = {
  readonly from: number;
  readonly to: number;
  readonly className: string;
  readonly tag: string;
  /** Of a plain sign. */
  readonly side?: BracketSide;
};

type OpeningsSetting = { readonly newId: () => string; readonly words: BracketWords };

const byNode = new WeakMap<ProseNode, readonly Range[]>();

/** The words as they read, each position one character: references to notes stand as U+FFFC. */
function readable(node: ProseNode): string {
  return node.textBetween(0, node.content.size, "", (leaf) => leaf.type.spec.leafText?.(leaf) ?? "\uFFFC");
}

/** Offsets in the paragraph's content. */
function rangesOf(node: ProseNode): readonly Range[] {
  const known = byNode.get(node);
  if (known) return known;
  const words = readable(node);
  const ranges: Range[] = [];
  const { role } = attrsOf(node);
  // A reference inside the opening is invisible to the rule, which counts words as they read.
  const plain = words.replaceAll("\uFFFC", "");
  let length = openingLength(role, plain);
  for (let at = 0; at < length; at += 1) if (words[at] === "\uFFFC") length += 1;
  if (length > 0) ranges.push({ from: 0, to: length, className: "opening", tag: "i" });
  for (const { side, offset } of signsOfNode(node)) {
    const className = side === "open" ? "b plain" : "b z plain";
    ranges.push({ from: offset, to: offset + 1, className, tag: "span", side });
  }
  byNode.set(node, ranges);
  return ranges;
}

/** Behind a plain sign: makes a bracket of it. */
function pairWidget(pos: number, side: BracketSide, { newId, words }: OpeningsSetting): Decoration {
  return Decoration.widget(
    pos,
    (view, getPos) =>
      pairButton(side, words.pair(side === "open" ? "[" : "]"), () => {
        const behind = getPos();
        if (behind === undefined || !view.editable) return;
        pairSignAt(behind - 1, newId)(view.state, view.dispatch, view);
        view.focus();
      }),
    { key: `pair ${side}`, side: 1, ignoreSelection: true, stopEvent: () => true },
  );
}

function decorate(node: ProseNode, pos: number, setting: OpeningsSetting): Decoration[] {
  return rangesOf(node).flatMap(({ from, to, className, tag, side }) => [
    Decoration.inline(pos + 1 + from, pos + 1 + to, { nodeName: tag, class: className }),
    ...(side ? [pairWidget(pos + 1 + to, side, setting)] : []),
  ]);
}

function decorateAll(doc: ProseNode, setting: OpeningsSetting): DecorationSet {
  const all: Decoration[] = [];
  doc.forEach((node, pos) => all.push(...decorate(node, pos, setting)));
  return DecorationSet.create(doc, all);
}

function followed(set: DecorationSet, tr: Transaction, setting: OpeningsSetting): DecorationSet {
  const before = new Set<ProseNode>();
  tr.before.forEach((node) => before.add(node));
  const changed: { node: ProseNode; pos: number }[] = [];
  tr.doc.forEach((node, pos) => {
    if (!before.has(node)) changed.push({ node, pos });
  });
  if (changed.length > 50) return decorateAll(tr.doc, setting);
  let next = set.map(tr.mapping, tr.doc);
  for (const { node, pos } of changed) {
    const end = pos + node.nodeSize;
    const old = next.find(pos + 1, end - 1).filter(({ from, to }) => from > pos && to < end);
    const have = old.map(({ from, to }) => ({ from: from - pos - 1, to: to - pos - 1 }));
    const want = rangesOf(node);
    // A sign has its button behind it.
    const same =
      have.length === want.length + want.filter(({ side }) => side).length &&
      want.every((range) => have.some(({ from, to }) => from === range.from && to === range.to));
    if (same) continue;
    next = next.remove(old).add(tr.doc, decorate(node, pos, setting));
  }
  return next;
}

const key = new PluginKey<DecorationSet>("openings");

export function openingsPlugin(setting: OpeningsSetting): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => decorateAll(state.doc, setting),
      apply: (tr, set) => (tr.docChanged ? followed(set, tr, setting) : set),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}
