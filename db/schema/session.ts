/** Sessions, their agenda and meetings, topics, positions and statements. */
import { index, primaryKey, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import { choice, count, day, flag, hash, id, instant, json, words } from "#db/columns.ts";
import { delegation, entity, entityGroup, person } from "./people.ts";

/** The body that this installation serves, and other facts of which there is one. */
export const installation = sqliteTable("installation", {
  id: count("id").primaryKey(),
  bodyName: words("body_name").notNull(),
  mode: choice("mode", ["exercise", "production"]).notNull(),
  createdAt: instant("created_at").notNull(),
  referenceVersion: words("reference_version"),
});

export const session = sqliteTable("session", {
  id: id("id").primaryKey(),
  title: words("title").notNull(),
  body: words("body").notNull(),
  kind: choice("kind", ["plenary", "thematic-group", "intersessional"]).notNull(),
  symbol: words("symbol").notNull().default(""),
  from: day("from").notNull(),
  to: day("to").notNull(),
  venue: words("venue").notNull(),
  /** IANA name of the venue's time zone. */
  timeZone: words("time_zone").notNull(),
  exercise: flag("exercise").notNull().default(false),
  itemUnderDiscussionId: id("item_under_discussion_id"),
  createdAt: instant("created_at").notNull(),
});

export const agendaItem = sqliteTable(
  "agenda_item",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    parentId: id("parent_id"),
    order: count("order").notNull(),
    number: words("number").notNull(),
    title: words("title").notNull(),
    note: words("note").notNull().default(""),
    status: choice("status", ["not-yet", "open", "suspended", "concluded"]).notNull(),
    statusAt: instant("status_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [index("agenda_item_session").on(table.sessionId)],
);

export type Stance = { readonly id: string; readonly label: string };

export const topic = sqliteTable("topic", {
  id: id("id").primaryKey(),
  title: words("title").notNull(),
  question: words("question").notNull(),
  /** The topic's own scale; its order is not a ranking. */
  scale: json<readonly Stance[]>("scale").notNull(),
  exercise: flag("exercise").notNull().default(false),
  order: count("order").notNull(),
});

export const agendaItemTopic = sqliteTable(
  "agenda_item_topic",
  {
    itemId: id("item_id")
      .notNull()
      .references(() => agendaItem.id),
    topicId: id("topic_id")
      .notNull()
      .references(() => topic.id),
  },
  (table) => [primaryKey({ columns: [table.itemId, table.topicId] })],
);

export const meeting = sqliteTable(
  "meeting",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    number: count("number").notNull(),
    mode: choice("mode", ["formal", "informal", "suspended", "closed"]).notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    room: words("room").notNull().default(""),
  },
  (table) => [uniqueIndex("meeting_session_number").on(table.sessionId, table.number)],
);

/** What a delegation prepares before its head releases it. Readable by that delegation alone. */
const positionFields = {
  topicId: id("topic_id")
    .notNull()
    .references(() => topic.id),
  itemId: id("item_id").references(() => agendaItem.id),
  stance: id("stance").notNull(),
  summary: words("summary").notNull(),
  excerpt: words("excerpt").notNull().default(""),
  language: words("language").notNull().default("en"),
  sourceTitle: words("source_title").notNull(),
  sourceDate: day("source_date").notNull(),
  sourceSymbol: words("source_symbol").notNull().default(""),
  sourceUrl: words("source_url").notNull().default(""),
  explicit: flag("explicit").notNull().default(true),
};

export const positionDraft = sqliteTable(
  "position_draft",
  {
    id: id("id").primaryKey(),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    ...positionFields,
    draftedBy: id("drafted_by")
      .notNull()
      .references(() => person.id),
    draftedAt: instant("drafted_at").notNull(),
    editedBy: id("edited_by")
      .notNull()
      .references(() => person.id),
    editedAt: instant("edited_at").notNull(),
    /** Counts edits: a form made from an older one is refused, with both wordings. */
    edition: count("edition").notNull().default(1),
    releasedAs: id("released_as"),
  },
  (table) => [index("position_draft_delegation").on(table.delegationId)],
);

/** A released or published position. Rows never change; a newer one supersedes. */
export const position = sqliteTable(
  "position",
  {
    id: id("id").primaryKey(),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    sessionId: id("session_id").references(() => session.id),
    delegationId: id("delegation_id").references(() => delegation.id),
    ...positionFields,
    /** `editors`: an editors' reading of a published document, not validated by the entity. */
    standing: choice("standing", ["own", "editors"]).notNull(),
    confidence: words("confidence"),
    supersedes: id("supersedes"),
    releasedBy: id("released_by").references(() => person.id),
    releasedAt: instant("released_at").notNull(),
    contentHash: hash("content_hash").notNull(),
  },
  (table) => [index("position_topic").on(table.topicId), index("position_entity").on(table.entityId)],
);

const statementFields = {
  itemId: id("item_id")
    .notNull()
    .references(() => agendaItem.id),
  meetingId: id("meeting_id").references(() => meeting.id),
  title: words("title").notNull(),
  language: words("language").notNull().default("en"),
  body: words("body").notNull(),
  /** Group on whose behalf it is made; null for a national statement. */
  groupId: id("group_id").references(() => entityGroup.id),
  /** Members of the group that do not align. */
  exceptions: json<readonly string[]>("exceptions").notNull(),
};

export const statementDraft = sqliteTable(
  "statement_draft",
  {
    id: id("id").primaryKey(),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    ...statementFields,
    draftedBy: id("drafted_by")
      .notNull()
      .references(() => person.id),
    draftedAt: instant("drafted_at").notNull(),
    editedBy: id("edited_by")
      .notNull()
      .references(() => person.id),
    editedAt: instant("edited_at").notNull(),
    edition: count("edition").notNull().default(1),
    releasedAs: id("released_as"),
  },
  (table) => [index("statement_draft_delegation").on(table.delegationId)],
);

/** A released statement. Rows never change; a correction is a new row. */
export const statement = sqliteTable(
  "statement",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    ...statementFields,
    supersedes: id("supersedes"),
    releasedBy: id("released_by")
      .notNull()
      .references(() => person.id),
    releasedAt: instant("released_at").notNull(),
    contentHash: hash("content_hash").notNull(),
  },
  (table) => [index("statement_item").on(table.itemId), index("statement_session").on(table.sessionId)],
);
