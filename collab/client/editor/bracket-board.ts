/**
 * Numbers of the brackets of the open text, kept while it is edited, and which one is looked at. The numbers depend on
 * which glyphs stand in which order, not on words: a keystroke costs a walk over the paragraphs and no more.
 */
import type { Node as ProseNode } from "prosemirror-model";
import { readBrackets } from "#collab/brackets.ts";
import type { Bracket, Glyph, GlyphHolder } from "#collab/brackets.ts";
import { idOf } from "#collab/schema.ts";

const NONE: readonly Glyph[] = [];
const glyphsByNode = new WeakMap<ProseNode, readonly Glyph[]>();

/** The glyphs of a paragraph's node; nodes never change, so it is read once. */
export function glyphsOfNode(node: ProseNode): readonly Glyph[] {
  const known = glyphsByNode.get(node);
  if (known) return known;
  let glyphs: Glyph[] | null = null;
  node.forEach((child, offset) => {
    if (child.type.name !== "bracket") return;
    const side = child.attrs["side"] === "open" ? "open" : "close";
    (glyphs ??= []).push({ bracket: String(child.attrs["bracket"]), side, offset });
  });
  glyphsByNode.set(node, glyphs ?? NONE);
  return glyphs ?? NONE;
}

function isSame(a: readonly Glyph[] | undefined, b: readonly Glyph[]): boolean {
  return (
    a === b ||
    (a?.length === b.length &&
      a.every(({ bracket, side }, at) => bracket === b[at]?.bracket && side === b[at]?.side))
  );
}

/** What is drawn behind a bracket, and how that is read aloud. */
export type BracketChip = {
  readonly text: string;
  readonly spoken: string;
  /** Codes of those who hold it; empty when nobody does. */
  readonly holders: readonly string[];
};

/** `words`: the first of those inside. */
export type WrittenBracket = { readonly id: string; readonly number: number; readonly words: string };

const WORDS_TOLD = 120;

function placeIn(doc: ProseNode, bracket: string, side: Glyph["side"], index: number): number | null {
  const glyph = glyphsOfNode(doc.child(index)).find((each) => each.bracket === bracket && each.side === side);
  if (!glyph) return null;
  let pos = 1 + glyph.offset;
  for (let at = 0; at < index; at += 1) pos += doc.child(at).nodeSize;
  return pos;
}

function wordsIn(doc: ProseNode, { id, open, close }: Bracket): string {
  const [from, to] = [placeIn(doc, id, "open", open.index), placeIn(doc, id, "close", close.index)];
  if (from === null || to === null) return "";
  const [start, end] = [Math.min(from, to) + 1, Math.max(from, to)];
  const most = Math.min(end, start + WORDS_TOLD);
  return doc.textBetween(start, most, "\n", (leaf) => leaf.type.spec.leafText?.(leaf) ?? "");
}

export type BracketBoard = {
  /** Reads this document; tells those who watch a bracket whose number changed. */
  read(doc: ProseNode): void;
  /** As it is drawn at both ends; null for a glyph without a partner. */
  numberOf(bracket: string): number | null;
  /** The bracket that the pointer or the caret is at, if any: both its ends show it. */
  look(by: "pointer" | "caret", bracket: string | null): void;
  isLookedAt(bracket: string): boolean;
  /** Who stands where, by bracket, from now on. */
  setChips(chips: ReadonlyMap<string, BracketChip>): void;
  chipOf(bracket: string): BracketChip | null;
  /** Those that touch a paragraph, in reading order. */
  ofParagraph(paragraphId: string): readonly WrittenBracket[];
  /** Calls `changed` whenever the bracket is to be drawn anew, until the result is called. */
  watch(bracket: string, changed: () => void): () => void;
};

export function createBracketBoard(): BracketBoard {
  let shown: ProseNode | null = null;
  let ids: readonly string[] = [];
  let glyphs: readonly (readonly Glyph[])[] = [];
  let numbers: ReadonlyMap<string, number> = new Map();
  let read: readonly Bracket[] = [];
  let chips: ReadonlyMap<string, BracketChip> = new Map();
  const looked: { pointer: string | null; caret: string | null } = { pointer: null, caret: null };
  const watchers = new Map<string, Set<() => void>>();

  function tell(bracket: string | null): void {
    if (bracket !== null) for (const changed of watchers.get(bracket) ?? []) changed();
  }

  return {
    read(doc) {
      const holders: GlyphHolder[] = [];
      let isSameText = doc.childCount === glyphs.length;
      doc.forEach((node, _, index) => {
        const now = glyphsOfNode(node);
        isSameText = isSameText && ids[index] === idOf(node) && isSame(glyphs[index], now);
        holders.push({ id: idOf(node), glyphs: now });
      });
      shown = doc;
      ids = holders.map((holder) => holder.id);
      glyphs = holders.map((holder) => holder.glyphs);
      if (isSameText) return;
      const before = numbers;
      read = readBrackets(holders).brackets;
      numbers = new Map(read.map(({ id, number }) => [id, number]));
      for (const bracket of watchers.keys()) if (before.get(bracket) !== numbers.get(bracket)) tell(bracket);
    },
    numberOf: (bracket) => numbers.get(bracket) ?? null,
    look(by, bracket) {
      const before = looked[by];
      if (before === bracket) return;
      looked[by] = bracket;
      tell(before);
      tell(bracket);
    },
    isLookedAt: (bracket) => looked.pointer === bracket || looked.caret === bracket,
    setChips(now) {
      const before = chips;
      chips = now;
      for (const bracket of watchers.keys())
        if (before.get(bracket)?.text !== now.get(bracket)?.text) tell(bracket);
    },
    chipOf: (bracket) => chips.get(bracket) ?? null,
    ofParagraph: (paragraphId) =>
      read
        .filter(({ paragraphs }) => paragraphs.includes(paragraphId))
        .map((bracket) => ({
          id: bracket.id,
          number: bracket.number,
          words: shown ? wordsIn(shown, bracket) : "",
        })),
    watch(bracket, changed) {
      let all = watchers.get(bracket);
      if (!all) watchers.set(bracket, (all = new Set()));
      const set = all.add(changed);
      return () => {
        set.delete(changed);
        if (set.size === 0 && watchers.get(bracket) === set) watchers.delete(bracket);
      };
    },
  };
}
