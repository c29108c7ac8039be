/** Where in something written the words stand that were asked for, and the piece of it to show. */
import type { SearchQuery, Term } from "./search-query.ts";
import { type Token, tokensOf } from "./search-words.ts";

/** From a place to a place, in UTF-16 units. */
type Range = { readonly from: number; readonly to: number };

/** A piece of what was written: asked for, or around it. */
export type Piece = { readonly words: string; readonly isFound: boolean };

export type Snippet = {
  readonly pieces: readonly Piece[];
  /** Something stands before it, or behind it. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
};

type Asked = Pick<SearchQuery, "wanted">;

/** Characters of a snippet, and of them before the first word that was asked for. */
const SNIPPET = 260;
const BEFORE = 70;

/** In order, touching nowhere. */
export function rangesIn(written: string, query: Asked): Range[] {
  const tokens = tokensOf(written);
  const found = query.wanted.flatMap((term) => occurrences(tokens, term));
  const ranges: Range[] = [];
  for (const range of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = ranges.at(-1);
    if (last && range.from <= last.to)
      ranges[ranges.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    else ranges.push(range);
  }
  return ranges;
}

function occurrences(tokens: readonly Token[], term: Term): Range[] {
  const found: Range[] = [];
  for (let at = 0; at <= tokens.length - term.words.length; at += 1) {
    if (!stands(tokens, at, term)) continue;
    const [first, last] = [tokens[at], tokens[at + term.words.length - 1]];
    if (first && last) found.push({ from: first.from, to: last.to });
  }
  return found;
}

function stands(tokens: readonly Token[], at: number, { words, isBeginning }: Term): boolean {
  for (let number = 0; number < words.length; number += 1) {
    const [word = "", there = ""] = [words[number], tokens[at + number]?.word];
    const isThere = isBeginning && number === words.length - 1 ? there.startsWith(word) : there === word;
    if (!isThere) return false;
  }
  return true;
}

/** How many of the terms stand in it. */
export function countFound(written: string, query: Asked): number {
  const tokens = tokensOf(written);
  return query.wanted.filter((term) => tokens.some((_token, at) => stands(tokens, at, term))).length;
}

/** The paragraph in which most of the terms stand, the first of those; 0 when there is none in any. */
export function bestParagraph(paragraphs: readonly string[], query: Asked): number {
  const counts = paragraphs.map((words) => countFound(words, query));
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

/** All that was written, cut where what was asked for begins and ends. */
export function marked(written: string, query: Asked): Piece[] {
  return piecesOf(written, rangesIn(written, query));
}

function piecesOf(written: string, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of ranges) {
    if (from > at) pieces.push({ words: written.slice(at, from), isFound: false });
    pieces.push({ words: written.slice(from, to), isFound: true });
    at = to;
  }
  if (at < written.length) pieces.push({ words: written.slice(at), isFound: false });
  return pieces;
}

/** The piece with the most of what was asked for; the beginning when nothing of it stands there. */
export function snippetOf(written: string, query: Asked): Snippet {
  const line = written.replace(/\s+/g, " ").trim();
  if (line.length <= SNIPPET) {
    return { pieces: marked(line, query), isCutBefore: false, isCutAfter: false };
  }
  const ranges = rangesIn(line, query);
  const first = fullest(ranges, SNIPPET - BEFORE);
  const from = wordStart(line, Math.max(0, Math.min(first - BEFORE, line.length - SNIPPET)));
  const to = wordEnd(line, Math.max(from + SNIPPET, ranges.find((one) => one.from === first)?.to ?? 0));
  const cut = line.slice(from, to);
  return { pieces: marked(cut, query), isCutBefore: from > 0, isCutAfter: to < line.length };
}

/** Where the range begins behind which most of them end within `length`, the first of those; 0 when there is none. */
function fullest(ranges: readonly Range[], length: number): number {
  let first = ranges[0]?.from ?? 0;
  let most = 0;
  let end = 0;
  ranges.forEach(({ from }, at) => {
    while ((ranges[end]?.to ?? Infinity) <= from + length) end += 1;
    if (end - at <= most) return;
    most = end - at;
    first = from;
  });
  return first;
}

/** A cut goes to the next space, if there is one near by, and never through a character. */
const NEAR = 30;

function wordStart(line: string, at: number): number {
  if (at === 0) return 0;
  const space = line.indexOf(" ", at);
  if (space >= 0 && space - at < NEAR) return space + 1;
  return isInside(line, at) ? at + 1 : at;
}

function wordEnd(line: string, at: number): number {
  if (at >= line.length) return line.length;
  const space = line.lastIndexOf(" ", at);
  if (space > at - NEAR) return space;
  return isInside(line, at) ? at + 1 : at;
}

/** Whether the place is between the halves of a character. */
function isInside(line: string, at: number): boolean {
  const half = line.charCodeAt(at);
  return half >= 0xdc00 && half <= 0xdfff;
}
