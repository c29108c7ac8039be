/** What is read from outside, before and after roles are found, and the cleaning that all of it goes through. */
import { MAX_PARAGRAPH_LENGTH, MAX_PARAGRAPHS } from "./model.ts";
import type { Direction, Role } from "./model.ts";

type ImportedWords = { readonly text: string; readonly em?: true; readonly strong?: true };
/** A reference to the note of that number, counted from 0 in `Imported.notes`. */
export type ImportedReference = { readonly note: number };
export type ImportedSpan = ImportedWords | ImportedReference;

export type ImportedParagraph = {
  readonly role: Role;
  readonly level: number;
  readonly dir: Direction;
  readonly spans: readonly ImportedSpan[];
};

export type ImportWarning = {
  /** table: flattened row by row · image: left out · struck: struck words were kept · cut: too long, in pieces · many: more than a text holds. */
  readonly code: "table" | "image" | "struck" | "cut" | "many";
  /** How many of them; for "cut" the pieces, for "many" the paragraphs that did not fit. */
  readonly count: number;
  /** The first words of what it concerns, or "". */
  readonly words: string;
};

export type Imported = {
  readonly paragraphs: readonly ImportedParagraph[];
  readonly notes: readonly (readonly ImportedSpan[])[];
  readonly warnings: readonly ImportWarning[];
  /** Paragraphs beyond what one text holds; empty but for enormous files. */
  readonly rest: readonly ImportedParagraph[];
};

const SPACES = /[\s\u00A0\u2007\u202F]+/gu;
// Soft hyphen, zero-width space, word joiner, byte-order mark, object signs, direction overrides and isolates,
// control characters. Joiners (U+200C, U+200D) and direction marks are part of writing and stay.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u200B\u2060\uFEFF\uFFF9-\uFFFC\u202A-\u202E\u2066-\u2069]/gu;

const UNCLEAN = /[^ -~]| {2}/;

/** Words as the text keeps them: single spaces, nothing invisible, no half characters. */
export function cleanWords(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.toWellFormed().replace(INVISIBLE, "").replace(SPACES, " ");
}

export function isReference(span: ImportedSpan): span is ImportedReference {
  return "note" in span;
}

/** The words of some spans, references left out. */
export function wordsOfSpans(spans: readonly ImportedSpan[]): string {
  return spans.map((span) => (isReference(span) ? "" : span.text)).join("");
}

function sameFormat(a: ImportedWords, b: ImportedWords): boolean {
  return a.em === b.em && a.strong === b.strong;
}

/** Single spaces across spans, none at the ends; neighbours of one format joined. */
export function tidySpans(spans: readonly ImportedSpan[]): ImportedSpan[] {
  const tidy: ImportedSpan[] = [];
  let spaceBefore = true;
  for (const span of spans) {
    if (isReference(span)) {
      tidy.push(span);
      spaceBefore = false;
      continue;
    }
    let text = cleanWords(span.text);
    if (spaceBefore && text.startsWith(" ")) text = text.slice(1);
    if (text === "") continue;
    spaceBefore = text.endsWith(" ");
    const last = tidy.at(-1);
    if (last && !isReference(last) && sameFormat(last, span))
      tidy[tidy.length - 1] = { ...last, text: last.text + text };
    else tidy.push({ ...span, text });
  }
  const last = tidy.at(-1);
  if (last && !isReference(last) && last.text.endsWith(" ")) {
    const text = last.text.slice(0, -1);
    if (text === "") tidy.pop();
    else tidy[tidy.length - 1] = { ...last, text };
  }
  return tidy;
}

/** The spans without their first `count` characters and the space behind those. */
export function dropStart(spans: readonly ImportedSpan[], count: number): ImportedSpan[] {
  let left = count;
  const kept: ImportedSpan[] = [];
  for (const span of spans) {
    if (isReference(span) || left === 0) kept.push(span);
    else if (span.text.length > left) {
      kept.push({ ...span, text: span.text.slice(left) });
      left = 0;
    } else left -= span.text.length;
  }
  return tidySpans(kept);
}

/** Where to cut words that are too long: behind a sentence, else a space, else between two whole characters. */
function cutPlace(text: string, limit: number): number {
  const sentence = Math.max(text.lastIndexOf(". ", limit - 2), text.lastIndexOf("; ", limit - 2));
  if (sentence > limit / 2) return sentence + 2;
  const space = text.lastIndexOf(" ", limit - 1);
  if (space > limit / 2) return space + 1;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}

/** Cuts spans into pieces of at most `limit` characters (references count 1). */
function cutSpans(spans: readonly ImportedSpan[], limit: number): ImportedSpan[][] {
  const pieces: ImportedSpan[][] = [];
  let piece: ImportedSpan[] = [];
  let room = limit;
  const close = (): void => {
    pieces.push(piece);
    piece = [];
    room = limit;
  };
  for (const span of spans) {
    if (isReference(span)) {
      if (room < 1) close();
      piece.push(span);
      room -= 1;
      continue;
    }
    let rest = span;
    while (rest.text.length > room) {
      const at = cutPlace(rest.text, room);
      if (at > 0) piece.push({ ...rest, text: rest.text.slice(0, at) });
      rest = { ...rest, text: rest.text.slice(at) };
      close();
    }
    if (rest.text !== "") piece.push(rest);
    room -= rest.text.length;
  }
  if (piece.length > 0) close();
  return pieces;
}

/** Holds paragraphs to what one text may hold, and says what that did to them. */
export function withinLimits(
  paragraphs: readonly ImportedParagraph[],
  notes: readonly (readonly ImportedSpan[])[],
  warnings: readonly ImportWarning[],
): Imported {
  const told = [...warnings];
  const all = paragraphs.flatMap((paragraph) => {
    const pieces = cutSpans(paragraph.spans, MAX_PARAGRAPH_LENGTH);
    if (pieces.length <= 1) return [paragraph];
    told.push({ code: "cut", count: pieces.length, words: wordsOfSpans(paragraph.spans).slice(0, 60) });
    return pieces.map((spans) => ({ ...paragraph, spans: tidySpans(spans) }));
  });
  const heldNotes = notes.map((spans) => spans);
  for (const [at, spans] of notes.entries()) {
    const pieces = cutSpans(spans, MAX_PARAGRAPH_LENGTH);
    if (pieces.length <= 1) continue;
    // A note has one place: what does not fit stands as paragraphs behind the text.
    told.push({ code: "cut", count: pieces.length, words: wordsOfSpans(spans).slice(0, 60) });
    heldNotes[at] = pieces[0] ?? [];
    for (const piece of pieces.slice(1))
      all.push({ role: "plain", level: 0, dir: "auto", spans: tidySpans(piece) });
  }
  const room = Math.max(0, MAX_PARAGRAPHS - heldNotes.length);
  const rest = all.slice(room);
  if (rest.length > 0) {
    told.push({ code: "many", count: rest.length, words: wordsOfSpans(rest[0]?.spans ?? []).slice(0, 60) });
  }
  return { paragraphs: all.slice(0, room), notes: heldNotes, warnings: told, rest };
}
