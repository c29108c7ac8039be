/** A wording as plain text: masthead, labels, brackets, and the footnotes at the end. */
import type { Paragraph, TextDocument } from "./document.ts";
import type { Masthead } from "./export-html.ts";
import { labelsOf } from "./labels.ts";
import type { Label } from "./labels.ts";
import { referencesIn } from "./references.ts";
import type { Reference } from "./references.ts";

export type PlainOptions = {
  /** Wrap at this many characters; 0 leaves each paragraph on one line. */
  readonly width?: number;
  /** Above the footnotes, from the message catalogue. */
  readonly notes?: string;
};

/** First strong isolate and its end: keep codes in one piece within right-to-left words. */
const ISOLATE = "\u2066";
const END_ISOLATE = "\u2069";
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

function wordsOf(
  paragraph: Paragraph,
  labels: ReadonlyMap<string, Label>,
  references: ReadonlyMap<string, Reference>,
): string {
  let words = "";
  for (const span of paragraph.spans) {
    if (span.kind === "words") words += span.text;
    else if (span.kind === "bracket") words += span.side === "open" ? "[" : "]";
    else if (span.kind === "reference") words += references.get(span.to)?.text ?? "";
    // A square bracket would read as one that is negotiated.
    else words += `{${labels.get(span.note)?.number ?? "–"}}`;
  }
  return words;
}

/** Breaks at spaces; a word longer than the line stands alone on one. The words themselves stay as they are. */
function wrapped(text: string, width: number, indent: number): string {
  if (width <= 0) return text;
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join(`\n${" ".repeat(indent)}`);
}

/** The whole file as a string with "\n" between lines. Footnote references read {1}, {2}, … */
export function exportPlain(document: TextDocument, masthead: Masthead, options: PlainOptions = {}): string {
  const width = options.width ?? 0;
  const labels = labelsOf(document);
  const references = referencesIn(document, labels);
  const entry = (paragraph: Paragraph): string => {
    const label = labels.get(paragraph.id);
    const words = wordsOf(paragraph, labels, references);
    const name = paragraph.role === "footnote" ? `{${label?.number ?? "–"}}` : (label?.short ?? "");
    const isolatedName = RIGHT_TO_LEFT.test(words) && name !== "" ? `${ISOLATE}${name}${END_ISOLATE}` : name;
    const indent = "  ".repeat(paragraph.role === "heading" ? 0 : paragraph.level);
    const head = isolatedName === "" ? indent : `${indent}${isolatedName}  `;
    return head + wrapped(words, width, head.length);
  };
  const body = document.paragraphs.filter((paragraph) => paragraph.role !== "footnote");
  const notes = document.paragraphs.filter((paragraph) => paragraph.role === "footnote");
  const mast = [
    masthead.body,
    masthead.session,
    masthead.agendaItem,
    masthead.symbol,
    masthead.date,
    [masthead.title, masthead.version].filter((part) => part !== "").join(", "),
  ].filter((part) => part !== "");
  const parts = [mast.join("\n"), ...body.map(entry)];
  if (notes.length > 0) parts.push(options.notes ?? "Notes", ...notes.map(entry));
  if (masthead.chainHead !== "") parts.push(masthead.chainHead);
  return `${parts.join("\n\n")}\n`;
}
