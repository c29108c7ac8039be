/** The negotiating text: its drafters, audience, log, checkpoints, versions and locks. */
import { index, primaryKey, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import { VIEWS } from "#app/rules/bracket-stances.ts";
import {
  bytes,
  choice,
  clientNumber,
  count,
  day,
  flag,
  hash,
  id,
  instant,
  json,
  words,
} from "#db/columns.ts";
import { delegation, entity, entityGroup, person } from "./people.ts";
import { agendaItem, meeting, session } from "./session.ts";

export const text = sqliteTable(
  "text",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    itemId: id("item_id")
      .notNull()
      .references(() => agendaItem.id),
    kind: choice("kind", ["resolution", "report", "statement"]).notNull(),
    title: words("title").notNull(),
    symbol: words("symbol").notNull(),
    /** The organ that speaks in a resolution: "The Standing Group,"; empty in a report. */
    organ: words("organ").notNull().default(""),
    /** What stands under the title: "Chair's text, without prejudice". */
    note: words("note").notNull().default(""),
    language: words("language").notNull().default("en"),
    /** What "bis" says in its labels; see `collab/labels.ts`. */
    convention: choice("convention", ["inserted", "alternative"]).notNull().default("inserted"),
    /** The delegation whose people alone read and write it, officers excluded; null for a text of the session. */
    delegationId: id("delegation_id").references(() => delegation.id),
    createdBy: id("created_by")
      .notNull()
      .references(() => person.id),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [index("text_session").on(table.sessionId), index("text_item").on(table.itemId)],
);

export const drafter = sqliteTable(
  "drafter",
  {
    id: id("id").primaryKey(),
    textId: id("text_id")
      .notNull()
      .references(() => text.id),
    personId: id("person_id")
      .notNull()
      .references(() => person.id),
    appointedBy: id("appointed_by")
      .notNull()
      .references(() => person.id),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at"),
  },
  (table) => [index("drafter_text").on(table.textId), index("drafter_person").on(table.personId)],
);

/** Who may read a text, and since which sequence number. The newest row holds; rows never change. */
export const textAudience = sqliteTable(
  "text_audience",
  {
    id: id("id").primaryKey(),
    textId: id("text_id")
      .notNull()
      .references(() => text.id),
    /** Each audience includes those before it: bureau < delegations (named or all) < observers < public. */
    audience: choice("audience", ["bureau", "named", "all", "observers", "public"]).notNull(),
    /** Delegations named, when `audience` is `named`. */
    delegationIds: json<readonly string[]>("delegation_ids").notNull(),
    shows: choice("shows", ["live", "versions"]).notNull(),
    /** Wordings and versions before this sequence number stay with the bureau. */
    fromSeq: count("from_seq").notNull(),
    /** 1, 2, 3, … per text. */
    number: count("number").notNull(),
    setBy: id("set_by")
      .notNull()
      .references(() => person.id),
    setAt: instant("set_at").notNull(),
  },
  (table) => [uniqueIndex("text_audience_number").on(table.textId, table.number)],
);

/** Whose a Yjs client number is: one person, one login, for ever. Rows never change. */
export const textClient = sqliteTable(
  "text_client",
  {
    textId: id("text_id").notNull(),
    client: clientNumber("client").notNull(),
    /** Null for the server's own repairs. */
    personId: id("person_id"),
    delegationId: id("delegation_id"),
    loginId: id("login_id"),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.textId, table.client] })],
);

/** The log. Appended in one commit before anything is acknowledged; rows never change. */
export const textUpdate = sqliteTable(
  "text_update",
  {
    textId: id("text_id").notNull(),
    seq: count("seq").notNull(),
    personId: id("person_id"),
    delegationId: id("delegation_id"),
    loginId: id("login_id"),
    at: instant("at").notNull(),
    kind: choice("kind", ["edit", "command", "repair"]).notNull(),
    /** The act, for commands and repairs: "restore", "import", "carried twice". */
    act: words("act").notNull().default(""),
    update: bytes("update").notNull(),
    previousHash: hash("previous_hash").notNull(),
    hash: hash("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.textId, table.seq] })],
);

/** Derived from the log, for opening fast; may be thrown away. */
export const textCheckpoint = sqliteTable(
  "text_checkpoint",
  {
    textId: id("text_id").notNull(),
    seq: count("seq").notNull(),
    state: bytes("state").notNull(),
    attribution: bytes("attribution").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.textId, table.seq] })],
);

/** A version. Rows never change. */
export const textVersion = sqliteTable(
  "text_version",
  {
    id: id("id").primaryKey(),
    textId: id("text_id")
      .notNull()
      .references(() => text.id),
    number: count("number").notNull(),
    kind: choice("kind", ["issued", "automatic"]).notNull(),
    /** Why an automatic version was kept: "idle", "before restore", "before import". */
    reason: words("reason").notNull().default(""),
    label: words("label").notNull(),
    symbol: words("symbol").notNull().default(""),
    note: words("note").notNull().default(""),
    seq: count("seq").notNull(),
    state: bytes("state").notNull(),
    /** `TextDocument` as JSON. */
    document: bytes("document").notNull(),
    wordsHash: hash("words_hash").notNull(),
    chainHead: hash("chain_head").notNull(),
    wordsAdded: count("words_added").notNull(),
    wordsRemoved: count("words_removed").notNull(),
    wordCount: count("word_count").notNull(),
    issuedBy: id("issued_by"),
    issuedAt: instant("issued_at").notNull(),
  },
  (table) => [uniqueIndex("text_version_number").on(table.textId, table.number)],
);

/** A lock on a paragraph, held until `unlockedAt`. */
export const paragraphLock = sqliteTable(
  "paragraph_lock",
  {
    id: id("id").primaryKey(),
    textId: id("text_id")
      .notNull()
      .references(() => text.id),
    paragraphId: id("paragraph_id").notNull(),
    wordsHash: hash("words_hash").notNull(),
    lockedBy: id("locked_by").notNull(),
    lockedAt: instant("locked_at").notNull(),
    unlockedBy: id("unlocked_by"),
    unlockedAt: instant("unlocked_at"),
    unlockReason: words("unlock_reason"),
  },
  (table) => [index("paragraph_lock_text").on(table.textId)],
);

/** Where a delegation or group stands on a square bracket. The newest row of each holds; rows never change. */
export const bracketStance = sqliteTable(
  "bracket_stance",
  {
    id: id("id").primaryKey(),
    textId: id("text_id")
      .notNull()
      .references(() => text.id),
    /** The id that its two glyphs carry. */
    bracketId: id("bracket_id").notNull(),
    /** 1, 2, 3, … per bracket. */
    number: count("number").notNull(),
    /** The paragraphs that it touched then. */
    paragraphIds: json<readonly string[]>("paragraph_ids").notNull(),
    /** Whose stance: an entity's, or a group's. */
    entityId: id("entity_id").references(() => entity.id),
    groupId: id("group_id").references(() => entityGroup.id),
    /** Members of the group that do not go along. */
    exceptions: json<readonly string[]>("exceptions").notNull(),
    /** It asks for the bracket. */
    asks: flag("asks").notNull(),
    /** On the words inside. */
    view: choice("view", VIEWS).notNull(),
    reason: words("reason").notNull(),
    meetingId: id("meeting_id").references(() => meeting.id),
    /** When it was said, where no meeting is named. */
    saidOn: day("said_on"),
    /** Its own word; or recorded by an officer or drafter, and then confirmed or disputed by itself. */
    kind: choice("kind", ["own", "recorded", "confirmed", "disputed"]).notNull(),
    supersedes: id("supersedes"),
    /** Where the log of the text stood. */
    seq: count("seq").notNull(),
    /** Of the person who set it; null for officers and for drafters without one. */
    delegationId: id("delegation_id").references(() => delegation.id),
    setBy: id("set_by")
      .notNull()
      .references(() => person.id),
    setAt: instant("set_at").notNull(),
  },
  (table) => [uniqueIndex("bracket_stance_number").on(table.textId, table.bracketId, table.number)],
);
