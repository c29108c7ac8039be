/** Persons, entities, groups, and who may act for whom. Sign-in data lives in a file of its own. */
import { index, primaryKey, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Changes } from "#app/rules/reference.ts";
import { choice, count, day, flag, hash, id, instant, json, words } from "#db/columns.ts";

/** Names by language code of the United Nations: en, fr, es, ru, zh, ar. */
export type Names = { readonly en: string } & Partial<Record<"fr" | "es" | "ru" | "zh" | "ar", string>>;

export const person = sqliteTable("person", {
  id: id("id").primaryKey(),
  name: words("name").notNull(),
  email: words("email").unique(),
  /** The account in the sign-in file; null until an invitation has been taken up. */
  accountId: id("account_id").unique(),
  /** Secretariat of the whole installation: may create sessions and invite. */
  secretariat: flag("secretariat").notNull().default(false),
  createdAt: instant("created_at").notNull(),
  suspendedAt: instant("suspended_at"),
  /** For whom they were invited: the head of that delegation may seat them. Null: nobody said. */
  entityId: id("entity_id").references(() => entity.id),
});

/**
 * A one-time link: the invitation of a person, or a new password that the secretariat issues. "codes": a new password
 * for a person who has lost what their authenticator codes came from, which turns them off.
 */
export const oneTimeLink = sqliteTable("one_time_link", {
  id: id("id").primaryKey(),
  tokenHash: hash("token_hash").notNull().unique(),
  personId: id("person_id")
    .notNull()
    .references(() => person.id),
  purpose: choice("purpose", ["invitation", "password", "codes"]).notNull(),
  issuedBy: id("issued_by").references(() => person.id),
  issuedAt: instant("issued_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});

export const entity = sqliteTable("entity", {
  id: id("id").primaryKey(),
  kind: choice("kind", [
    "member-state",
    "observer-state",
    "union",
    "organization",
    "exercise-state",
    "exercise-organization",
  ]).notNull(),
  code: words("code").notNull().unique(),
  names: json<Names>("names").notNull(),
  regionalGroup: id("regional_group"),
  /** How it stands in its regional group when not as a member: "observer". */
  regionalRole: words("regional_role"),
  /** The usual abbreviation, where the code had to be shortened. */
  abbreviation: words("abbreviation"),
  /** The resolution that gave an organization its observer status. */
  basis: words("basis"),
  /** Sort key in United Nations English alphabetical order. */
  alphabet: words("alphabet").notNull(),
});

/** A set of entities: `group` is a reserved word in SQL. */
export const entityGroup = sqliteTable("entity_group", {
  id: id("id").primaryKey(),
  kind: words("kind").notNull(),
  code: words("code").notNull(),
  names: json<Names>("names").notNull(),
  exercise: flag("exercise").notNull().default(false),
  /** The day for which the membership was looked at. */
  asOf: day("as_of"),
  source: words("source"),
  /** Whether the list of members was compared with a source. */
  verified: flag("verified"),
  /** Members that are no entities here. */
  otherMembers: json<readonly string[]>("other_members"),
  /** What is to be known, or is in doubt, about the list. */
  note: words("note"),
});

/**
 * What the secretariat corrected in reference data. Rows never change; the newest of a thing and field holds, and is
 * applied again after each upgrade.
 */
export const referenceCorrection = sqliteTable(
  "reference_correction",
  {
    id: id("id").primaryKey(),
    /** 1, 2, 3, …: the order in which they are applied. */
    number: count("number").notNull().unique(),
    thing: choice("thing", ["entity", "group", "membership", "topic", "calendar", "reading"]).notNull(),
    /** Of a membership: group, entity and first day; of an editors' reading: entity and topic; divided by spaces. */
    thingId: id("thing_id").notNull(),
    /** Fields, by the names of the schema, each with its value before and after. */
    value: json<Changes>("value").notNull(),
    reason: words("reason").notNull(),
    by: id("by")
      .notNull()
      .references(() => person.id),
    at: instant("at").notNull(),
  },
  (table) => [index("reference_correction_thing").on(table.thing, table.thingId)],
);

export const membership = sqliteTable(
  "membership",
  {
    groupId: id("group_id")
      .notNull()
      .references(() => entityGroup.id),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    role: words("role"),
    /** First day inside; "" when that is not recorded: it is counted on every day before `to`. */
    from: day("from").notNull().default(""),
    /** First day outside. */
    to: day("to"),
    /** An announced end, which holds only once somebody has made it `to`. */
    scheduledTo: day("scheduled_to"),
    note: words("note"),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.entityId, table.from] }),
    index("membership_entity").on(table.entityId),
  ],
);

/** The delegation of an entity at a session. */
export const delegation = sqliteTable(
  "delegation",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id").notNull(),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    capacity: choice("capacity", ["participant", "observer"]).notNull(),
    createdAt: instant("created_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
  },
  (table) => [uniqueIndex("delegation_session_entity").on(table.sessionId, table.entityId)],
);

export const delegate = sqliteTable(
  "delegate",
  {
    id: id("id").primaryKey(),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    personId: id("person_id")
      .notNull()
      .references(() => person.id),
    role: choice("role", ["head", "editor", "reader"]).notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at"),
  },
  (table) => [
    index("delegate_person").on(table.personId),
    index("delegate_delegation").on(table.delegationId),
  ],
);

export const officer = sqliteTable(
  "officer",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id").notNull(),
    personId: id("person_id")
      .notNull()
      .references(() => person.id),
    office: choice("office", ["chair", "vice-chair", "facilitator", "secretariat"]).notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at"),
  },
  (table) => [index("officer_person").on(table.personId), index("officer_session").on(table.sessionId)],
);
