/**
 * Square brackets as they are read. Each is two glyphs with one id, somewhere in the text; which lies in which is worked
 * out from where they stand, by one reading for every view:
 *
 * - A bracket holds what stands between its two glyphs, in reading order; should a move have put the closing one first,
 *   it holds what stands between them all the same.
 * - Of two that cross neither lies in the other, and words between are in both.
 * - The number drawn at both ends is one more than the highest number of the brackets that are open there: for
 *   brackets that nest it is the level, and two that overlap never have the same.
 * - Of more glyphs than two with one id, for as long as no repair has taken them away, the first of each side count.
 */
import type { Paragraph, TextDocument } from "./document.ts";
import { countWords } from "./words.ts";

export type BracketSide = "open" | "close";
/** One glyph, with its offset in its paragraph (a footnote reference and a glyph are one position long). */
export type Glyph = { readonly bracket: string; readonly side: BracketSide; readonly offset: number };
/** What a reading needs of a paragraph. */
export type GlyphHolder = { readonly id: string; readonly glyphs: readonly Glyph[] };

type GlyphPlace = {
  readonly paragraph: string;
  /** Of the paragraph, in reading order. */
  readonly index: number;
  readonly offset: number;
};

export type Bracket = {
  readonly id: string;
  readonly open: GlyphPlace;
  readonly close: GlyphPlace;
  /** As it is drawn at both ends, from 1 on. */
  readonly number: number;
  /** So many brackets hold it as a whole. */
  readonly level: number;
  /** The paragraphs it touches, in reading order. */
  readonly paragraphs: readonly string[];
  /** The brackets that it crosses. */
  readonly crosses: readonly string[];
  /** The closing glyph stands before the opening one. */
  readonly isTurned: boolean;
};

/** A glyph that is no end of a bracket: it has no partner, or there is another one before it. */
type LoneGlyph = GlyphPlace & { readonly bracket: string; readonly side: BracketSide };

export type BracketReading = {
  /** By where they begin. */
  readonly brackets: readonly Bracket[];
  readonly byId: ReadonlyMap<string, Bracket>;
  readonly lone: readonly LoneGlyph[];
};

const NONE: readonly Glyph[] = [];

function lengthOfSpan(span: Paragraph["spans"][number]): number {
  return span.kind === "words" ? span.text.length : 1;
}

/** The glyphs of a paragraph, in order. */
function glyphsOf({ spans }: Pick<Paragraph, "spans">): readonly Glyph[] {
  let glyphs: Glyph[] | null = null;
  let offset = 0;
  for (const span of spans) {
    if (span.kind === "bracket") (glyphs ??= []).push({ bracket: span.bracket, side: span.side, offset });
    offset += lengthOfSpan(span);
  }
  return glyphs ?? NONE;
}

type Pair = { open: LoneGlyph | null; close: LoneGlyph | null };

function pairsIn(paragraphs: readonly GlyphHolder[]): { pairs: Map<string, Pair>; lone: LoneGlyph[] } {
  const pairs = new Map<string, Pair>();
  const lone: LoneGlyph[] = [];
  paragraphs.forEach(({ id, glyphs }, index) => {
    for (const glyph of glyphs) {
      const place: LoneGlyph = { ...glyph, paragraph: id, index };
      let pair = pairs.get(glyph.bracket);
      if (!pair) pairs.set(glyph.bracket, (pair = { open: null, close: null }));
      if (pair[glyph.side] === null) pair[glyph.side] = place;
      else lone.push(place);
    }
  });
  return { pairs, lone };
}

function comparePlaces(a: GlyphPlace, b: GlyphPlace): number {
  return a.index - b.index || a.offset - b.offset;
}

type Held = Omit<Bracket, "crosses"> & {
  level: number;
  readonly crosses: string[];
  readonly end: GlyphPlace;
};

/** Reads the brackets of paragraphs that are given in reading order. */
export function readBrackets(paragraphs: readonly GlyphHolder[]): BracketReading {
  const { pairs, lone } = pairsIn(paragraphs);
  const begun: { id: string; open: LoneGlyph; close: LoneGlyph; start: LoneGlyph; end: LoneGlyph }[] = [];
  for (const [id, { open, close }] of pairs) {
    if (!open || !close) {
      const only = open ?? close;
      if (only) lone.push(only);
      continue;
    }
    const isTurned = comparePlaces(close, open) < 0;
    begun.push({ id, open, close, start: isTurned ? close : open, end: isTurned ? open : close });
  }
  begun.sort((a, b) => comparePlaces(a.start, b.start));
  const brackets: Held[] = [];
  let around: Held[] = [];
  for (const { id, open, close, start, end } of begun) {
    around = around.filter((other) => comparePlaces(other.end, start) > 0);
    const held: Held = {
      id,
      open,
      close,
      end,
      number: 1 + Math.max(0, ...around.map(({ number }) => number)),
      level: 0,
      paragraphs: paragraphs.slice(start.index, end.index + 1).map((paragraph) => paragraph.id),
      crosses: [],
      isTurned: start !== open,
    };
    for (const other of around) {
      if (comparePlaces(other.end, end) > 0) held.level += 1;
      else {
        held.crosses.push(other.id);
        other.crosses.push(id);
      }
    }
    around.push(held);
    brackets.push(held);
  }
  lone.sort(comparePlaces);
  return { brackets, byId: new Map(brackets.map((bracket) => [bracket.id, bracket])), lone };
}

/** Reads the brackets of a text. */
export function bracketsOf({ paragraphs }: Pick<TextDocument, "paragraphs">): BracketReading {
  return readBrackets(paragraphs.map((paragraph) => ({ id: paragraph.id, glyphs: glyphsOf(paragraph) })));
}

type Ends = readonly [start: GlyphPlace, end: GlyphPlace];

function endsOf({ open, close, isTurned }: Bracket): Ends {
  return isTurned ? [close, open] : [open, close];
}

/** The words between two offsets of a paragraph as they read, glyphs included. */
function wordsBetween({ spans }: Paragraph, from: number, to: number): string {
  let words = "";
  let offset = 0;
  for (const span of spans) {
    const length = lengthOfSpan(span);
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, length);
    if (end > start) {
      if (span.kind === "words") words += span.text.slice(start, end);
      else if (span.kind === "bracket") words += span.side === "open" ? "[" : "]";
    }
    offset += length;
  }
  return words;
}

/** What a bracket holds, as it reads: a line for each of its paragraphs. */
export function wordsInside({ paragraphs }: Pick<TextDocument, "paragraphs">, bracket: Bracket): string {
  const [start, end] = endsOf(bracket);
  return paragraphs
    .slice(start.index, end.index + 1)
    .map((paragraph, at) =>
      wordsBetween(
        paragraph,
        at === 0 ? start.offset + 1 : 0,
        at === end.index - start.index ? end.offset : Infinity,
      ),
    )
    .join("\n");
}

export type BracketNumbers = {
  readonly brackets: number;
  readonly words: number;
  readonly bracketedWords: number;
  /** Of all words, 0 to 100, to a tenth. */
  readonly bracketedPercent: number;
  readonly cleanParagraphs: number;
  readonly bracketedParagraphs: number;
};

export type SectionNumbers = BracketNumbers & {
  /** The heading or annex title that it stands under; null before the first. */
  readonly heading: string | null;
};

type Counted = { words: number; inside: number; clean: number; bracketed: number; brackets: number };

function numbersOf({ brackets, words, inside, clean, bracketed }: Counted): BracketNumbers {
  return {
    brackets,
    words,
    bracketedWords: inside,
    bracketedPercent: words === 0 ? 0 : Math.round((inside / words) * 1_000) / 10,
    cleanParagraphs: clean,
    bracketedParagraphs: bracketed,
  };
}

/** The stretches of each paragraph that lie in some bracket, by index, in order and without overlap. */
function stretchesByParagraph({ brackets }: BracketReading): Map<number, (readonly [number, number])[]> {
  const byIndex = new Map<number, [number, number][]>();
  for (const bracket of brackets) {
    const [start, end] = endsOf(bracket);
    for (let index = start.index; index <= end.index; index += 1) {
      const from = index === start.index ? start.offset : 0;
      const to = index === end.index ? end.offset + 1 : Infinity;
      const list = byIndex.get(index);
      if (list) list.push([from, to]);
      else byIndex.set(index, [[from, to]]);
    }
  }
  for (const [index, list] of byIndex) {
    const joined: [number, number][] = [];
    for (const [from, to] of list.sort((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    byIndex.set(index, joined);
  }
  return byIndex;
}

/** Paragraph values never change: only those that did are counted anew. */
const known = new WeakMap<Paragraph, { readonly key: string; readonly counts: WordCounts }>();

type WordCounts = readonly [inside: number, outside: number];

/** Words of a paragraph inside and outside of brackets. */
function wordCounts(paragraph: Paragraph, stretches: readonly (readonly [number, number])[]): WordCounts {
  const key = stretches.join();
  const before = known.get(paragraph);
  if (before?.key === key) return before.counts;
  const counts = countStretches(paragraph, stretches);
  known.set(paragraph, { key, counts });
  return counts;
}

function countStretches(
  paragraph: Paragraph,
  stretches: readonly (readonly [number, number])[],
): [number, number] {
  let inside = 0;
  let outside = 0;
  let at = 0;
  for (const [from, to] of stretches) {
    outside += countWords(wordsBetween(paragraph, at, from));
    inside += countWords(wordsBetween(paragraph, from, to));
    at = to;
  }
  return [inside, outside + countWords(wordsBetween(paragraph, at, Infinity))];
}

/**
 * How much of a text is bracketed: all of it but the footnotes, and section by section. A bracket counts in the section
 * that it begins in; a paragraph is bracketed when anything of it is, and empty ones do not count.
 */
export function bracketNumbers(
  document: Pick<TextDocument, "paragraphs">,
  reading: BracketReading = bracketsOf(document),
): BracketNumbers & { readonly sections: readonly SectionNumbers[] } {
  const stretches = stretchesByParagraph(reading);
  const beginning = new Map<number, number>();
  for (const bracket of reading.brackets) {
    const [{ index }] = endsOf(bracket);
    beginning.set(index, (beginning.get(index) ?? 0) + 1);
  }
  const all: Counted = { words: 0, inside: 0, clean: 0, bracketed: 0, brackets: 0 };
  const sections: (Counted & { readonly heading: string | null })[] = [];
  document.paragraphs.forEach((paragraph, index) => {
    if (paragraph.role === "footnote") return;
    const isTitle = paragraph.role === "heading" || paragraph.role === "annex";
    let section = sections.at(-1);
    if (!section || isTitle) {
      section = {
        words: 0,
        inside: 0,
        clean: 0,
        bracketed: 0,
        brackets: 0,
        heading: isTitle ? paragraph.id : null,
      };
      sections.push(section);
    }
    const within = stretches.get(index) ?? [];
    const [inside, outside] = wordCounts(paragraph, within);
    const isBracketed = within.length > 0;
    for (const counted of [all, section]) {
      counted.words += inside + outside;
      counted.inside += inside;
      counted.brackets += beginning.get(index) ?? 0;
      if (isBracketed) counted.bracketed += 1;
      else if (paragraph.spans.length > 0) counted.clean += 1;
    }
  });
  return {
    ...numbersOf(all),
    sections: sections.map((section) => ({ heading: section.heading, ...numbersOf(section) })),
  };
}

/**
 * Pairs glyphs that stand in this order by nesting: for each its partner's place in the list, or null where there is
 * none. What is pasted or imported is paired so.
 */
export function pairByNesting(sides: readonly BracketSide[]): (number | null)[] {
  const partners: (number | null)[] = sides.map(() => null);
  const open: number[] = [];
  sides.forEach((side, at) => {
    if (side === "open") {
      open.push(at);
      return;
    }
    const begun = open.pop();
    if (begun === undefined) return;
    partners[begun] = at;
    partners[at] = begun;
  });
  return partners;
}
