/**
 * The text as a plain value: what versions keep, what labels, compare, authorship and export are computed from.
 * `projection.ts` makes it from a Y.Doc.
 */
import type { Direction, IdRange, Relation, Role } from "./model.ts";

/**
 * What "bis" says in a text. "inserted": PP6 bis was inserted after PP6, and PP6 alt would replace it. "alternative":
 * PP6 bis would replace PP6, and PP6 A was inserted after it.
 */
export const CONVENTIONS = ["inserted", "alternative"] as const;
export type Convention = (typeof CONVENTIONS)[number];

export type TextKind = "resolution" | "report" | "statement";

/** Consecutive characters with equal formatting. `ids` cover `text` exactly, in order. */
type WordSpan = {
  readonly kind: "words";
  readonly text: string;
  readonly em?: true;
  readonly strong?: true;
  readonly ids: readonly IdRange[];
};
/** A reference to the footnote paragraph `note`; one position long. */
type NoteSpan = { readonly kind: "note"; readonly note: string; readonly ids: readonly IdRange[] };
/** One glyph of a square bracket; one position long. */
type BracketSpan = {
  readonly kind: "bracket";
  readonly bracket: string;
  readonly side: "open" | "close";
  readonly ids: readonly IdRange[];
};
/** A reference to the paragraph `to`, which may be deleted; one position long, and no word of the text. */
type ReferenceSpan = { readonly kind: "reference"; readonly to: string; readonly ids: readonly IdRange[] };
export type Span = WordSpan | NoteSpan | BracketSpan | ReferenceSpan;

export type Paragraph = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
  readonly relation: Relation;
  readonly dir: Direction;
  readonly order: string;
  /** Its number on paper, see `label-paths.ts`. */
  readonly frozen?: string;
  readonly spans: readonly Span[];
};

export type TextDocument = {
  readonly kind: TextKind;
  /** What "bis" says in its labels, see `labels.ts`; "inserted" when it is not said. */
  readonly convention?: Convention;
  /** Live paragraphs in reading order; footnotes last, in the order of their keys. */
  readonly paragraphs: readonly Paragraph[];
  /** Deleted paragraphs that still hold words. */
  readonly hidden: readonly Paragraph[];
  /** Deleted paragraphs without words to which live ones refer. */
  readonly gone?: readonly Paragraph[];
  /** Numbers on paper of deleted paragraphs: no other is called so. */
  readonly taken?: readonly string[];
};

/** The characters of a paragraph as they read: references are "" and brackets are "[" and "]". */
export function plainWords(paragraph: Pick<Paragraph, "spans">): string {
  let words = "";
  for (const span of paragraph.spans) {
    if (span.kind === "words") words += span.text;
    else if (span.kind === "bracket") words += span.side === "open" ? "[" : "]";
  }
  return words;
}
