/**
 * The words of a statement: what of the text in which they were written is kept for good when they are released, how
 * they are shown, and how they come into a text.
 */
import type { Paragraph, Span, TextDocument } from "./document.ts";
import { labelsOf } from "./labels.ts";
import { cleanWords, type Imported, type ImportedSpan, withinLimits } from "./read-words.ts";

/**
 * The wording alone, to be kept for good: live paragraphs with their italics, bold and footnotes. No deleted words, and
 * nothing of who typed what: no identity of a character, paragraph or place. Paragraphs without words are left out.
 */
export function frozenDocument({ kind, paragraphs }: TextDocument): TextDocument {
  const kept = paragraphs.filter(({ spans }) => spans.some(says));
  const ids = new Map(kept.map(({ id, role }, at) => [id, `${role === "footnote" ? "n" : "p"}${at + 1}`]));
  return {
    kind,
    hidden: [],
    paragraphs: kept.map(({ id, role, level, dir, spans }, at) => ({
      id: ids.get(id) ?? "",
      role,
      level,
      relation: null,
      dir,
      order: `${at + 1}`.padStart(5, "0"),
      spans: spans.map((span) => frozenSpan(span, ids)),
    })),
  };
}

function says(span: Span): boolean {
  return span.kind === "note" || (span.kind === "words" && span.text.trim() !== "");
}

/** A statement has no numbered paragraphs, and so no references to any. */
function wordsOfSpan(span: Exclude<Span, { readonly kind: "note" }>): string {
  if (span.kind === "words") return span.text;
  return span.kind === "reference" ? "" : span.side === "open" ? "[" : "]";
}

function frozenSpan(span: Span, ids: ReadonlyMap<string, string>): Span {
  if (span.kind === "note") return { ...span, note: ids.get(span.note) ?? "", ids: [] };
  if (span.kind === "reference") return { ...span, to: ids.get(span.to) ?? "", ids: [] };
  return { ...span, ids: [] };
}

/** A piece of a paragraph as it is shown: words in their format, or the number of a footnote. */
type StatementPiece =
  | { readonly words: string; readonly em: boolean; readonly strong: boolean }
  | { readonly note: string };

export type StatementBlock = {
  readonly role: "paragraph" | "heading" | "note";
  /** Of a note; "" for everything else. */
  readonly number: string;
  readonly dir: Paragraph["dir"];
  readonly pieces: readonly StatementPiece[];
};

/** The paragraphs to show, in reading order, the notes last. Nothing of a character's identity. */
export function statementBlocks(document: TextDocument): StatementBlock[] {
  const labels = labelsOf(document);
  const numberOf = (id: string) => labels.get(id)?.number ?? "–";
  return document.paragraphs.map(({ id, role, dir, spans }) => ({
    role: role === "footnote" ? "note" : role === "heading" ? "heading" : "paragraph",
    number: role === "footnote" ? numberOf(id) : "",
    dir,
    pieces: spans.map((span) =>
      span.kind === "note"
        ? { note: numberOf(span.note) }
        : {
            words: wordsOfSpan(span),
            em: span.kind === "words" && span.em === true,
            strong: span.kind === "words" && span.strong === true,
          },
    ),
  }));
}

/** The paragraphs of a plain body, an empty line between them. */
export function plainBlocks(paragraphs: readonly string[]): StatementBlock[] {
  return paragraphs.map((words) => ({
    role: "paragraph",
    number: "",
    dir: "auto",
    pieces: [{ words, em: false, strong: false }],
  }));
}

function wordsOfBlock({ pieces }: StatementBlock, referTo: (note: string) => string): string {
  return pieces.map((piece) => ("note" in piece ? referTo(piece.note) : piece.words)).join("");
}

/** As plain text, an empty line between paragraphs; footnotes are {1} where they are referred to and stand at the end. */
export function plainBody(blocks: readonly StatementBlock[]): string {
  return blocks
    .map((block) => {
      const words = wordsOfBlock(block, (note) => `{${note}}`);
      return block.role === "note" ? `{${block.number}} ${words}` : words;
    })
    .join("\n\n");
}

/** What is said aloud: everything but the footnotes. */
export function spokenWords(blocks: readonly StatementBlock[]): string {
  return blocks
    .filter(({ role }) => role !== "note")
    .map((block) => wordsOfBlock(block, () => ""))
    .join("\n");
}

/** The words as paragraphs that come into a text. */
export function importedBlocks(blocks: readonly StatementBlock[]): Pick<Imported, "paragraphs" | "notes"> {
  const noteAt = new Map(
    blocks.filter(({ role }) => role === "note").map(({ number }, at) => [number, at] as const),
  );
  const spansOf = ({ pieces }: StatementBlock): ImportedSpan[] =>
    pieces.flatMap((piece): ImportedSpan[] => {
      if (!("note" in piece)) {
        const { em, strong } = piece;
        const text = cleanWords(piece.words);
        return [{ text, ...(em ? { em: true as const } : {}), ...(strong ? { strong: true as const } : {}) }];
      }
      const note = noteAt.get(piece.note);
      return note === undefined ? [] : [{ note }];
    });
  const paragraphs = blocks
    .filter(({ role }) => role !== "note")
    .map((block) => ({
      role: block.role === "heading" ? ("heading" as const) : ("plain" as const),
      level: 0,
      dir: block.dir,
      spans: spansOf(block),
    }));
  const notes = blocks.filter(({ role }) => role === "note").map(spansOf);
  const { paragraphs: fitting, notes: kept } = withinLimits(paragraphs, notes, []);
  return { paragraphs: fitting, notes: kept };
}

/** The name of a paragraph's place on the page of its statement. */
export function paragraphAnchor(at: number): string {
  return `s-${at + 1}`;
}
