/** A thing that can be found, with what depends on who asks. The index alone is made of it; see `tables.ts`. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What a thing in the index is. `passage`: a wording of a paragraph of a session's text; `draft-passage`: a paragraph of
 * the text in which a delegation writes a statement.
 */
export const SEARCH_KINDS = [
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

/** More things than any kind will ever have. */
const PLACES = 2 ** 40;

/** Where the things of a kind lie: the first place and the last. */
export function placesOf(kind: SearchKind): { readonly first: number; readonly last: number } {
  const first = (SEARCH_KINDS.indexOf(kind) + 1) * PLACES;
  return { first, last: first + PLACES - 1 };
}
