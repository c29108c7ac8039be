/**
 * Words of a paragraph as people count and compare them, and the canonical form of a text whose hash stands for
 * "exactly these words" in versions and decisions.
 */
import { plainWords } from "./document.ts";
import type { Paragraph, TextDocument } from "./document.ts";

const SPACE = 1;
const WORD = 2;
const HAN = 3;
const MARK = 4;
const LETTER = /[\p{L}\p{M}\p{N}_]/u;

/** Kinds of the first 65,536 code units, filled when first met: a look-up is ten times cheaper than a regex. */
const kinds = new Uint8Array(0x1_0000);

function kindOf(code: number): number {
  const known = kinds[code];
  if (known) return known;
  const character = String.fromCharCode(code);
  let kind = MARK;
  if (/\s/.test(character)) kind = SPACE;
  else if ((code > 0x303f && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)) kind = HAN;
  else if (code >= 0xd800 && code <= 0xdfff) kind = WORD;
  else if (LETTER.test(character)) kind = WORD;
  kinds[code] = kind;
  return kind;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Apostrophes and hyphens hold a word together, full stops and commas a figure ("1,000", "2.5"). */
function joins(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (at + 1 >= text.length || kindOf(next) !== WORD) return false;
  if (code === 0x27 || code === 0x2019 || code === 0x2d || code === 0x2011) return true;
  return (code === 0x2e || code === 0x2c) && isDigit(text.charCodeAt(at - 1)) && isDigit(next);
}

/**
 * Cuts a string into words, runs of white space and single signs; joined again they are the string. Chinese and
 * Japanese characters are words of their own, since nothing in the writing says where words end.
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = endOfToken(text, at);
    tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

/** Where the token ends that begins at `start`. */
function endOfToken(text: string, start: number): number {
  const end = text.length;
  const kind = kindOf(text.charCodeAt(start));
  let at = start + 1;
  if (kind === SPACE) {
    while (at < end && kindOf(text.charCodeAt(at)) === SPACE) at += 1;
  } else if (kind === WORD) {
    while (at < end && (kindOf(text.charCodeAt(at)) === WORD || joins(text, at))) at += 1;
  }
  return at;
}

export function isWord(token: string): boolean {
  const kind = kindOf(token.charCodeAt(0));
  return kind === WORD || kind === HAN;
}

export function isSpace(token: string): boolean {
  return kindOf(token.charCodeAt(0)) === SPACE;
}

/** How many words a string has; signs and figures' points do not count. */
export function countWords(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at = endOfToken(text, at)) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === WORD || kind === HAN) count += 1;
  }
  return count;
}

/** Words of the live paragraphs of a text, footnotes included. */
export function countTextWords(document: TextDocument): number {
  let count = 0;
  for (const paragraph of document.paragraphs) count += countWords(plainWords(paragraph));
  return count;
}

type Piece =
  | readonly [text: string, format: string]
  | { readonly note: number }
  | { readonly paragraph: number }
  | { readonly bracket: string };

function piecesOf(paragraph: Paragraph, places: ReadonlyMap<string, number>): Piece[] {
  const pieces: Piece[] = [];
  let open: [string, string] | null = null;
  for (const span of paragraph.spans) {
    if (span.kind === "words") {
      const format = `${span.em ? "e" : ""}${span.strong ? "s" : ""}`;
      if (open !== null && open[1] === format) open[0] += span.text;
      else pieces.push((open = [span.text, format]));
      continue;
    }
    open = null;
    if (span.kind === "note") pieces.push({ note: places.get(span.note) ?? -1 });
    else if (span.kind === "reference") pieces.push({ paragraph: places.get(span.to) ?? -1 });
    else pieces.push({ bracket: span.side });
  }
  return pieces;
}

/**
 * The canonical form of a text, to be hashed: the kind, then one line for each live paragraph with role, level,
 * direction, relation and words. Identities of characters and of paragraphs are left out, so the same words have the
 * same hash whoever typed them and however often they were carried about.
 */
export function hashInput(document: TextDocument): string {
  const places = new Map(document.paragraphs.map((paragraph, place) => [paragraph.id, place]));
  const lines = document.paragraphs.map((paragraph) =>
    JSON.stringify([
      paragraph.role,
      paragraph.level,
      paragraph.dir,
      paragraph.relation ? [paragraph.relation.kind, places.get(paragraph.relation.to) ?? -1] : null,
      piecesOf(paragraph, places),
    ]),
  );
  return [`chapeau-words-1 ${document.kind}`, ...lines].join("\n");
}
