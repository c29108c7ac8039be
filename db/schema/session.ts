/** Sessions, their agenda and meetings, topics, positions and statements. */
import { index, primaryKey, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import { NOTE_THINGS } from "#app/rules/notes.ts";
import type { SpokenTo } from "#app/rules/statements.ts";
import type { Stance } from "#app/rules/topics.ts";
import { choice, count, day, flag, hash, id, instant, json, words } from "#db/columns.ts";
import { delegation, entity, entityGroup, person } from "./people.ts";

/** The body that this installation serves, and other facts of which there is one. */
export const installation = sqliteTable("installation", {
  id: count("id").primaryKey(),
  bodyName: words("body_name").notNull(),
  mode: choice("mode", ["exercise", "production"]).notNull(),
  createdAt: instant("created_at").notNull(),
  referenceVersion: words("reference_version"),
  /** Since when the secretariat and officers act only with authenticator codes; null: they need none. */
  codesRequiredAt: instant("codes_required_at"),
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
  /** Symbol of the agenda as a document. */
  agendaSymbol: words("agenda_symbol").notNull().default(""),
  /** Null while the agenda is provisional. */
  agendaAdoptedAt: instant("agenda_adopted_at"),
  agendaAdoptedBy: id("agenda_adopted_by").references(() => person.id),
  /** The entry of the public calendar that it was made from. */
  calendarId: id("calendar_id"),
  createdAt: instant("created_at").notNull(),
});

/** The public calendar of the body: editable reference data. */
export const calendarEntry = sqliteTable("calendar_entry", {
  id: id("id").primaryKey(),
  title: words("title").notNull(),
  kind: choice("kind", ["plenary", "thematic-group", "intersessional"]).notNull(),
  from: day("from").notNull(),
  to: day("to").notNull(),
  venue: words("venue").notNull(),
  timeZone: words("time_zone").notNull(),
  note: words("note").notNull().default(""),
  order: count("order").notNull(),
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
    /** Taken off the agenda: kept for the record, shown nowhere else. */
    deletedAt: instant("deleted_at"),
  },
  (table) => [index("agenda_item_session").on(table.sessionId)],
);

/** A change to an agenda that was adopted: who and why, before and after. Rows never change. */
export const agendaChange = sqliteTable(
  "agenda_change",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    itemId: id("item_id")
      .notNull()
      .references(() => agendaItem.id),
    what: choice("what", ["added", "edited", "moved", "deleted"]).notNull(),
    /** Full number and title. */
    before: words("before").notNull().default(""),
    after: words("after").notNull().default(""),
    reason: words("reason").notNull(),
    by: id("by")
      .notNull()
      .references(() => person.id),
    at: instant("at").notNull(),
  },
  (table) => [index("agenda_change_session").on(table.sessionId)],
);

/** A file that somebody put in: the bytes lie in the data folder under their hash. Rows never change. */
export const upload = sqliteTable(
  "upload",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    /** The delegation that it belongs to until what it is part of is released; null for documents of an item. */
    delegationId: id("delegation_id").references(() => delegation.id),
    name: words("name").notNull(),
    /** By its content, not by its name. */
    type: choice("type", ["pdf", "docx"]).notNull(),
    /** Bytes. */
    size: count("size").notNull(),
    sha256: hash("sha256").notNull(),
    /** Its words, for search. */
    words: words("words").notNull().default(""),
    by: id("by")
      .notNull()
      .references(() => person.id),
    at: instant("at").notNull(),
  },
  (table) => [index("upload_session").on(table.sessionId)],
);

/** A document of an agenda item: symbol and link, or a file. */
export const agendaDocument = sqliteTable(
  "agenda_document",
  {
    id: id("id").primaryKey(),
    itemId: id("item_id")
      .notNull()
      .references(() => agendaItem.id),
    symbol: words("symbol").notNull().default(""),
    title: words("title").notNull(),
    url: words("url").notNull().default(""),
    uploadId: id("upload_id").references(() => upload.id),
    by: id("by")
      .notNull()
      .references(() => person.id),
    at: instant("at").notNull(),
    removedAt: instant("removed_at"),
  },
  (table) => [index("agenda_document_item").on(table.itemId)],
);

export const topic = sqliteTable("topic", {
  id: id("id").primaryKey(),
  title: words("title").notNull(),
  question: words("question").notNull(),
  /** The topic's own scale; its order is not a ranking. */
  scale: json<readonly Stance[]>("scale").notNull(),
  exercise: flag("exercise").notNull().default(false),
  order: count("order").notNull(),
  /** Not offered any more; what was said on it stays. */
  closedAt: instant("closed_at"),
});

/** A change to a topic or its scale. Rows never change. */
export const topicChange = sqliteTable(
  "topic_change",
  {
    id: id("id").primaryKey(),
    topicId: id("topic_id")
      .notNull()
      .references(() => topic.id),
    what: choice("what", [
      "added",
      "renamed",
      "question",
      "stance-added",
      "stance-renamed",
      "closed",
      "reopened",
    ]).notNull(),
    before: words("before").notNull().default(""),
    after: words("after").notNull().default(""),
    by: id("by")
      .notNull()
      .references(() => person.id),
    at: instant("at").notNull(),
  },
  (table) => [index("topic_change_topic").on(table.topicId)],
);

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
  sourceForum: words("source_forum"),
  meetingId: id("meeting_id").references(() => meeting.id),
  /** Group on whose behalf it is taken; null for the entity's own. */
  groupId: id("group_id").references(() => entityGroup.id),
  /** Members of the group that do not align. */
  exceptions: json<readonly string[]>("exceptions"),
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
    /** What was read, if not the document itself. */
    via: words("via"),
    supersedes: id("supersedes"),
    /** The editors' reading that the entity's own delegation confirms or corrects by this row. */
    answers: id("answers"),
    /** Set when the row says that the one it supersedes is withdrawn and nothing stands in its place. */
    withdraws: flag("withdraws"),
    releasedBy: id("released_by").references(() => person.id),
    releasedAt: instant("released_at").notNull(),
    contentHash: hash("content_hash").notNull(),
  },
  (table) => [
    // Whatever the table of positions needs of one, so that it is made without going to the rows with their words.
    index("position_topic").on(
      table.topicId,
      table.sourceDate,
      table.id,
      table.entityId,
      table.groupId,
      table.exceptions,
      table.stance,
      table.standing,
      table.sourceTitle,
      table.sourceSymbol,
      table.explicit,
      table.confidence,
      table.supersedes,
      table.answers,
      table.withdraws,
      table.releasedAt,
    ),
    // With what tells whether a later one stands before it (rules PS10 and PS20): else the planner takes the one above.
    index("position_entity").on(
      table.entityId,
      table.topicId,
      table.sourceDate,
      table.groupId,
      table.standing,
      table.withdraws,
      table.releasedAt,
      table.id,
    ),
    index("position_group").on(table.groupId, table.topicId),
    index("position_supersedes").on(table.supersedes, table.topicId, table.sourceDate),
    index("position_answers").on(table.answers),
    index("position_item").on(table.itemId, table.topicId),
  ],
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
  /** The file that it was handed in as. */
  uploadId: id("upload_id").references(() => upload.id),
  topicIds: json<readonly string[]>("topic_ids"),
  /** Paragraphs of texts that it speaks to. */
  paragraphs: json<readonly SpokenTo[]>("paragraphs"),
  /** `delivery`: once released, read by its delegation and those who preside until it is delivered. */
  embargo: choice("embargo", ["none", "delivery"]),
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
    /** The text of kind "statement" in which its words are written. */
    textId: id("text_id"),
    /** The released statement that this draft corrects. */
    corrects: id("corrects"),
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
    /** Its words with italics, bold and footnotes: `TextDocument` as JSON. */
    document: words("document"),
    /** What a correction corrects, in words. */
    correction: words("correction"),
    releasedBy: id("released_by")
      .notNull()
      .references(() => person.id),
    releasedAt: instant("released_at").notNull(),
    contentHash: hash("content_hash").notNull(),
  },
  (table) => [
    index("statement_item").on(table.itemId, table.releasedAt),
    index("statement_session").on(table.sessionId, table.releasedAt),
    index("statement_entity").on(table.entityId, table.releasedAt),
    // All that a count of what somebody may read looks at: words are long, and stay on disk.
    index("statement_counted").on(table.itemId, table.embargo, table.delegationId, table.sessionId, table.id),
    index("statement_supersedes").on(table.supersedes),
  ],
);

/** That a statement was delivered, in which meeting and mode. Rows never change. */
export const statementDelivery = sqliteTable("statement_delivery", {
  statementId: id("statement_id")
    .primaryKey()
    .references(() => statement.id),
  meetingId: id("meeting_id")
    .notNull()
    .references(() => meeting.id),
  mode: choice("mode", ["formal", "informal", "suspended", "closed"]).notNull(),
  deliveredAt: instant("delivered_at").notNull(),
  recordedBy: id("recorded_by")
    .notNull()
    .references(() => person.id),
});

/** Which released statements speak to a topic: kept beside the statement's own list, for looking up. */
export const statementTopic = sqliteTable(
  "statement_topic",
  {
    statementId: id("statement_id")
      .notNull()
      .references(() => statement.id),
    topicId: id("topic_id")
      .notNull()
      .references(() => topic.id),
  },
  (table) => [
    primaryKey({ columns: [table.statementId, table.topicId] }),
    index("statement_topic_topic").on(table.topicId),
  ],
);

/** Which released statements speak to a paragraph. */
export const statementParagraph = sqliteTable(
  "statement_paragraph",
  {
    statementId: id("statement_id")
      .notNull()
      .references(() => statement.id),
    textId: id("text_id").notNull(),
    paragraphId: id("paragraph_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.statementId, table.textId, table.paragraphId] }),
    index("statement_paragraph_text").on(table.textId, table.paragraphId),
  ],
);

/** A delegation's own note on a thing of the session, readable by its people alone. */
export const delegationNote = sqliteTable(
  "delegation_note",
  {
    id: id("id").primaryKey(),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    thing: choice("thing", NOTE_THINGS).notNull(),
    /** Of a paragraph: its text and itself, with a dot between. */
    thingId: id("thing_id").notNull(),
    body: words("body").notNull(),
    edition: count("edition").notNull().default(1),
    editedBy: id("edited_by")
      .notNull()
      .references(() => person.id),
    editedAt: instant("edited_at").notNull(),
  },
  (table) => [uniqueIndex("delegation_note_thing").on(table.delegationId, table.thing, table.thingId)],
);
