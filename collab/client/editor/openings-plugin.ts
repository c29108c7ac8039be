/**
 * Decorations that follow from each paragraph alone: the opening words in italics, and square brackets that were typed
 * as plain characters. They are worked out once per paragraph node and mapped along otherwise.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { openingLength } from "#collab/openings.ts";
import { attrsOf } from "#collab/schema.ts";

type Range = { readonly from: number; readonly to: number; readonly className: string; readonly tag: string };

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
  const typed = node.textBetween(0, node.content.size, "", "\uFFFC");
  for (const { index, 0: glyph } of typed.matchAll(/[[\]]/g)) {
    ranges.push({
      from: index,
      to: index + 1,
      className: glyph === "[" ? "b plain" : "b z plain",
      tag: "span",
    });
  }
  byNode.set(node, ranges);
  return ranges;
}

function decorate(node: ProseNode, pos: number): Decoration[] {
  return rangesOf(node).map(({ from, to, className, tag }) =>
    Decoration.inline(pos + 1 + from, pos + 1 + to, { nodeName: tag, class: className }),
  );
}

function decorateAll(doc: ProseNode): DecorationSet {
  const all: Decoration[] = [];
  doc.forEach((node, pos) => all.push(...decorate(node, pos)));
  return DecorationSet.create(doc, all);
}

function followed(set: DecorationSet, tr: Transaction): DecorationSet {
  const before = new Set<ProseNode>();
  tr.before.forEach((node) => before.add(node));
  const changed: { node: ProseNode; pos: number }[] = [];
  tr.doc.forEach((node, pos) => {
    if (!before.has(node)) changed.push({ node, pos });
  });
  if (changed.length > 50) return decorateAll(tr.doc);
  let next = set.map(tr.mapping, tr.doc);
  for (const { node, pos } of changed) {
    const end = pos + node.nodeSize;
    const old = next.find(pos + 1, end - 1).filter(({ from, to }) => from > pos && to < end);
    const have = old.map(({ from, to }) => ({ from: from - pos - 1, to: to - pos - 1 }));
    const want = rangesOf(node);
    const same =
      have.length === want.length &&
      want.every((range) => have.some(({ from, to }) => from === range.from && to === range.to));
    if (same) continue;
    next = next.remove(old).add(tr.doc, decorate(node, pos));
  }
  return next;
}

const key = new PluginKey<DecorationSet>("openings");

export function openingsPlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => decorateAll(state.doc),
      apply: (tr, set) => (tr.docChanged ? followed(set, tr) : set),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}
