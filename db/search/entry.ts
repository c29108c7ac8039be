/** A thing that can be found, with what depends on who asks. The index alone is made of it; see `tables.ts`. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What a thing in the index is. `passage`: a wording of a paragraph of a session's text; `draft-passage`: a paragraph of
 * the text in which a delegation writes a statement.
 */
const SEARCH_KINDS = [
  "entity",
  "group",
  "topic",
  "item",
  "document",
  "text",
  "passage",
  "statement",
  "statement-draft",
  "draft-passage",
  "position",
  "position-draft",
] as const;

export type SearchKind = (typeof SEARCH_KINDS)[number];

export const searchEntry = sqliteTable("search_entry", {
  /** Also the row of the words: things of a kind lie side by side, the newest last. */
  id: integer("id").primaryKey(),
  kind: text("kind", { enum: SEARCH_KINDS }).notNull(),
  thingId: text("thing_id").notNull(),
  sessionId: text("session_id"),
  delegationId: text("delegation_id"),
  embargo: text("embargo"),
  /** Of what an exercise invents and of what is real, where both can be in one installation. */
  exercise: integer("exercise", { mode: "boolean" }),
  textId: text("text_id"),
  paragraphId: text("paragraph_id"),
  /** Of a passage: nothing else in the file holds every wording by itself. */
  words: text("words"),
});

/**
 * Where the words of a kind lie. What common words cost is paid by table: the few things that have names are not looked
 * for among thousands of statements, nor what is read by everybody among drafts.
 */
const WORDS_OF: Readonly<Record<SearchKind, SearchWords>> = {
  entity: "search_names",
  group: "search_names",
  topic: "search_names",
  item: "search_names",
  document: "search_names",
  text: "search_names",
  passage: "search_passages",
  statement: "search_statements",
  position: "search_positions",
  "statement-draft": "search_drafts",
  "position-draft": "search_drafts",
  "draft-passage": "search_drafts",
};

export const SEARCH_WORDS = [
  "search_names",
  "search_passages",
  "search_statements",
  "search_positions",
  "search_drafts",
] as const;

export type SearchWords = (typeof SEARCH_WORDS)[number];

export function wordsOf(kind: SearchKind): SearchWords {
  return WORDS_OF[kind];
}

/** More things than any kind will ever have. */
const PLACES = 2 ** 40;

/** Where the things of a kind lie: the first place and the last. */
export function placesOf(kind: SearchKind): { readonly first: number; readonly last: number } {
  const first = (SEARCH_KINDS.indexOf(kind) + 1) * PLACES;
  return { first, last: first + PLACES - 1 };
}
