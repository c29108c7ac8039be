/** What a person does in a text, at random. */
import { Fragment, Slice } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { canSplit } from "prosemirror-transform";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import { isInsidePair } from "#collab/client/binding/clean-words.ts";
import { textSchema } from "#collab/schema.ts";

export type Typist = { readonly number: number; readonly binding: Binding };

type Scene = {
  readonly tr: Transaction;
  readonly doc: ProseNode;
  readonly below: (limit: number) => number;
  readonly random: () => number;
  readonly words: (length: number) => string;
  /** A paragraph, the position before it, and a place in it. */
  readonly node: ProseNode;
  readonly pos: number;
  readonly at: number;
  readonly end: (length: number) => number;
};

export type Act = {
  readonly name: string;
  readonly weight: number;
  readonly take?: (scene: Scene) => void;
};

function placeOf(doc: ProseNode, index: number): number {
  let pos = 0;
  for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize;
  return pos;
}

const MARKS = [textSchema.mark("em"), textSchema.mark("strong")] as const;

export const ACTS: readonly Act[] = [
  {
    name: "type",
    weight: 34,
    take({ tr, at, words, below, random }) {
      const marks = random() < 0.3 ? [MARKS[below(2)] ?? MARKS[0]] : [];
      const text = words(1 + below(4));
      tr.insert(at, textSchema.text(text, marks));
      if (random() < 0.5) tr.setSelection(TextSelection.create(tr.doc, at + text.length));
    },
  },
  {
    name: "delete",
    weight: 10,
    take({ tr, at, end, below }) {
      tr.delete(at, end(1 + below(4)));
    },
  },
  {
    name: "format",
    weight: 12,
    take({ tr, at, end, below, random }) {
      const mark = MARKS[below(2)] ?? MARKS[0];
      if (random() < 0.6) tr.addMark(at, end(1 + below(8)), mark);
      else tr.removeMark(at, end(1 + below(8)), mark);
    },
  },
  {
    name: "footnote",
    weight: 3,
    take({ tr, at, words, below }) {
      const id = `f${below(2 ** 30)}`;
      tr.insert(at, textSchema.node("footnote", { note: id }));
      tr.insert(
        tr.doc.content.size,
        textSchema.node("paragraph", { id, role: "footnote" }, textSchema.text(words(2))),
      );
    },
  },
  {
    name: "bracket",
    weight: 6,
    take({ tr, doc, at, below, random }) {
      const bracket = `k${below(2 ** 30)}`;
      const far = random() < 0.5 ? at + below(6) : at + below(60);
      const $to = doc.resolve(Math.min(far, doc.content.size));
      const to = $to.depth === 1 && !isInsidePair(doc, $to.pos) ? $to.pos : at;
      tr.insert(to, textSchema.node("bracket", { bracket, side: "close" }));
      tr.insert(at, textSchema.node("bracket", { bracket, side: "open" }));
    },
  },
  {
    name: "unbracket",
    weight: 4,
    take({ tr, doc, below }) {
      const glyphs: number[] = [];
      doc.descendants((node, pos) => {
        if (node.type.name === "bracket") glyphs.push(pos);
      });
      const pos = glyphs[below(glyphs.length)];
      if (pos !== undefined) tr.delete(pos, pos + 1);
    },
  },
  {
    name: "split",
    weight: 8,
    take({ tr, at }) {
      if (canSplit(tr.doc, at)) tr.split(at);
    },
  },
  {
    name: "merge",
    weight: 6,
    take({ tr, doc, below }) {
      if (doc.childCount > 1) tr.join(placeOf(doc, 1 + below(doc.childCount - 1)));
    },
  },
  {
    name: "move",
    weight: 5,
    take({ tr, node, pos, below }) {
      tr.delete(pos, pos + node.nodeSize);
      tr.insert(placeOf(tr.doc, below(tr.doc.childCount + 1)), node);
    },
  },
  {
    name: "delete paragraph",
    weight: 4,
    take({ tr, node, pos }) {
      tr.delete(pos, pos + node.nodeSize);
    },
  },
  {
    name: "role",
    weight: 3,
    take({ tr, node, pos, below }) {
      if (node.attrs["role"] === "footnote") return;
      tr.setNodeAttribute(pos, "role", ["pp", "op", "heading"][below(3)]);
    },
  },
  {
    name: "paste",
    weight: 4,
    take({ tr, node, at, end, words, below, random }) {
      const id = random() < 0.5 ? node.attrs["id"] : null;
      const pasted = [0, 1, 2].map(() => textSchema.node("paragraph", { id }, textSchema.text(words(3))));
      tr.replace(at, end(below(3)), new Slice(Fragment.from(pasted), 1, 1));
    },
  },
  {
    name: "delete range",
    weight: 3,
    take({ tr, doc, below }) {
      const from = below(doc.content.size);
      const to = Math.min(doc.content.size, from + below(30));
      const start = isInsidePair(doc, from) ? from - 1 : from;
      tr.delete(start, isInsidePair(doc, to) ? to - 1 : to);
    },
  },
  { name: "undo", weight: 6 },
  { name: "redo", weight: 3 },
];

/** Does one act of a person and returns its name. */
export function takeAct({
  typist,
  random,
  acts,
  letter,
}: {
  readonly typist: Typist;
  readonly random: () => number;
  readonly acts: readonly Act[];
  readonly letter: () => string;
}): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  const { binding } = typist;
  const { doc, tr } = binding.state;
  const words = (length: number): string => Array.from({ length }, letter).join("");
  if (doc.childCount === 0) {
    binding.apply(tr.insert(0, textSchema.node("paragraph", null, textSchema.text(words(2)))));
    return "type";
  }
  let left = below(acts.reduce((sum, act) => sum + act.weight, 0));
  const act = acts.find((each) => (left -= each.weight) < 0) ?? acts[0];
  if (act?.take === undefined) {
    if (act?.name === "undo") binding.undo();
    else binding.redo();
    return act?.name ?? "redo";
  }
  const index = below(doc.childCount);
  const node = doc.child(index);
  const pos = placeOf(doc, index);
  const whole = (place: number): number => (isInsidePair(doc, place) ? place - 1 : place);
  const at = whole(pos + 1 + below(node.content.size + 1));
  const end = (length: number): number =>
    Math.max(at, whole(Math.min(pos + 1 + node.content.size, at + length)));
  act.take({ tr, doc, below, random, words, node, pos, at, end });
  if (tr.docChanged) binding.apply(tr);
  return act.name;
}
