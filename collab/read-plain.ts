/** Reads a plain-text file into paragraphs: separated by blank lines, by typed labels, or line by line. */
import type { TextKind } from "./document.ts";
import { readRoles } from "./read-roles.ts";
import type { Block } from "./read-roles.ts";
import { tidySpans, withinLimits } from "./read-words.ts";
import type { Imported, ImportedSpan } from "./read-words.ts";

const LABELLED = /^\s*(?:(?:PP|OP)\s*\d+|\d{1,3}[.)]\s|\([a-z]{1,4}\)\s|[•·▪]\s|annex\b|[IVXL]{1,6}\.\s)/i;
const NOTES_HEADING = /^(?:foot|end)?notes?:?$/i;
const NOTE = /^\s*(?:\[(\d{1,3})\]|\{(\d{1,3})\}|(\d{1,3})[.)\s])\s*(.*)$/s;

/** Lines that belong together: a file with blank lines is wrapped, one without has a paragraph on each line. */
function paragraphsOf(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029\f]/);
  const hasBlank = lines.some((line, at) => line.trim() === "" && at > 0 && at < lines.length - 1);
  const paragraphs: string[] = [];
  let open = false;
  for (const line of lines) {
    if (line.trim() === "") {
      open = false;
      continue;
    }
    if (open && hasBlank && !LABELLED.test(line)) paragraphs.push(`${paragraphs.pop() ?? ""} ${line.trim()}`);
    else paragraphs.push(line.trim());
    open = true;
  }
  return paragraphs;
}

type Notes = { readonly byNumber: ReadonlyMap<string, number>; readonly notes: readonly string[] };

/** Takes a section of notes off the end, when there is one whose every paragraph is numbered. */
function notesOf(paragraphs: string[]): Notes {
  const none: Notes = { byNumber: new Map(), notes: [] };
  const at = paragraphs.findLastIndex((paragraph) => NOTES_HEADING.test(paragraph));
  if (at < 0 || at === paragraphs.length - 1) return none;
  const byNumber = new Map<string, number>();
  const notes: string[] = [];
  for (const paragraph of paragraphs.slice(at + 1)) {
    const match = NOTE.exec(paragraph);
    const number = match?.[1] ?? match?.[2] ?? match?.[3];
    if (number === undefined || byNumber.has(number)) return none;
    byNumber.set(number, notes.push(match?.[4] ?? "") - 1);
  }
  paragraphs.length = at;
  return { byNumber, notes };
}

function spansOf(words: string, { byNumber }: Notes): ImportedSpan[] {
  const spans: ImportedSpan[] = [];
  let from = 0;
  for (const match of words.matchAll(/\[(\d{1,3})\]|\{(\d{1,3})\}/g)) {
    const note = byNumber.get(match[1] ?? match[2] ?? "");
    if (note === undefined) continue;
    spans.push({ text: words.slice(from, match.index) }, { note });
    from = match.index + match[0].length;
  }
  spans.push({ text: words.slice(from) });
  return tidySpans(spans);
}

/** Never throws. Typed square brackets stay; "[1]" becomes a footnote only when a section of notes explains it. */
export function readPlain(text: string, kind: TextKind): Imported {
  const paragraphs = paragraphsOf(text.toWellFormed());
  const notes = notesOf(paragraphs);
  const blocks = paragraphs.map((words): Block => ({
    spans: spansOf(words, notes),
    dir: "auto",
    heading: null,
    list: null,
    marker: "",
    stated: null,
  }));
  return withinLimits(
    readRoles(kind, blocks),
    notes.notes.map((words) => tidySpans([{ text: words }])),
    [],
  );
}
