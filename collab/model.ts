/**
 * The negotiating text as Yjs holds it, keyed by paragraph.
 *
 * `doc.getMap("paragraphs")` maps a paragraph id to a `Y.Map` with the keys of `ParagraphFields`, plus one
 * `carry:<id>` entry for every time words were carried into it from another place (split, merge, restore, undo of
 * a deletion) and one `seen:<id>` entry for every act that hid it (a deletion, a merge, their redo): how much of the
 * words there the page held. A `copy:<id>` entry has the form of a carry and says whose words a restoration put beside
 * the same words in another place: authorship reads it and nothing else does, for both are there to stay. `frozen`
 * is the number that the paragraph has on paper; see `label-paths.ts`. A paragraph is never removed from the map: `deleted` hides it, so words that somebody else was typing in it at that moment stay where
 * they were typed.
 *
 * Among the words stand references to footnotes and to paragraphs, and the glyphs of square brackets: `{ bracket, side }`, two of each id,
 * read by `brackets.ts`. `doc.getMap("suggestions")` is reserved for suggestions: the gate refuses it until their rules
 * exist.
 */
import * as Y from "yjs";

/** Part of the socket's handshake and of the browser's replica: another number means another shape. */
export const SCHEMA_VERSION = 1;

export const PARAGRAPHS = "paragraphs";
export const CARRY_PREFIX = "carry:";
export const SEEN_PREFIX = "seen:";
/** Written by the server alone. */
export const COPY_PREFIX = "copy:";
/** Written by the server alone, when a version is issued: the paragraph's path in writing, or null for none. */
export const FROZEN = "frozen";

/** What a paragraph is. Labels follow from role, level and order; see `labels.ts`. */
export const ROLES = [
  "pp",
  "op",
  "numbered",
  "recommendation",
  "heading",
  "annex",
  "plain",
  "footnote",
] as const;
export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** Levels run from 0 (a paragraph) to 5; for headings 0 is the outermost. */
export const MAX_LEVEL = 5;
/** Characters in one paragraph, and paragraphs in one text: the gate refuses more. */
export const MAX_PARAGRAPH_LENGTH = 20_000;
export const MAX_PARAGRAPHS = 5_000;

export type Direction = "auto" | "ltr" | "rtl";

/** What a paragraph was inserted after, or would replace; `null` for one of its own. It decides the label alone. */
export type Relation = { readonly kind: "after" | "alternative"; readonly to: string } | null;

/** A run of characters by identity: Yjs client, first clock, length in UTF-16 units (embeds count 1). */
export type IdRange = readonly [client: number, clock: number, length: number];

/** Words that went from one place to another in one act; `src` and `dst` have equal total length. */
export type Carry = {
  readonly from: string;
  readonly src: readonly IdRange[];
  readonly dst: readonly IdRange[];
};

/**
 * Up to which clock a page held the characters of each client that had words in the paragraphs it hid; those of the
 * page's own client number it held all. A replica gets the characters of a client in their order and without a gap.
 */
export type Seen = readonly (readonly [client: number, end: number])[];

export type ParagraphMap = Y.Map<unknown>;
export type Paragraphs = Y.Map<ParagraphMap>;

/** The embeds that a paragraph's text may hold, each one position long. */
export type FootnoteEmbed = { readonly footnote: string };
/** Refers to another paragraph of the text; see `references.ts`. */
export type ReferenceEmbed = { readonly paragraph: string };
export type BracketEmbed = { readonly bracket: string; readonly side: "open" | "close" };

/** Formatting keys of a `Y.Text`. `false` means "explicitly not" and is read as absent. */
export const FORMATS = ["em", "strong"] as const;
export type Format = (typeof FORMATS)[number];

export const PARAGRAPH_ID = /^[A-Za-z0-9_-]{1,40}$/;
export const ORDER_KEY = /^[0-9A-Za-z]{1,200}$/;

export function paragraphsOf(doc: Y.Doc): Paragraphs {
  return doc.getMap<ParagraphMap>(PARAGRAPHS);
}

/** The words of a paragraph; null while an update that creates it is still incomplete. */
export function wordsOf(paragraph: ParagraphMap): Y.Text | null {
  const text = paragraph.get("text");
  return text instanceof Y.Text ? text : null;
}

/**
 * Makes a document that writes only what somebody typed: Yjs's clean-up of formatting would otherwise make replicas
 * write deletions unasked. Relies on a private field of Yjs 13.6; a test pins it.
 */
export function createTextDoc(options: { readonly gc?: boolean } = {}): Y.Doc {
  const doc = new Y.Doc({ gc: options.gc ?? true });
  doc.on("afterTransaction", (transaction: Y.Transaction & { _needFormattingCleanup?: boolean }) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
