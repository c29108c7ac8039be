/** The record: every act, chained, and the newest link of each chain. */
import { index, sqliteTable } from "drizzle-orm/sqlite-core";
import { count, hash, id, instant, json, words } from "#db/columns.ts";

/** One act. Rows never change. `detail` holds no private wording. */
export const event = sqliteTable(
  "event",
  {
    seq: count("seq").primaryKey(),
    at: instant("at").notNull(),
    personId: id("person_id"),
    delegationId: id("delegation_id"),
    /** The chair's verb: "issueVersion", "releaseStatement". */
    act: words("act").notNull(),
    /** What it was done on. */
    thing: words("thing").notNull(),
    thingId: id("thing_id").notNull(),
    sessionId: id("session_id"),
    detail: json<Record<string, unknown>>("detail").notNull(),
    previousHash: hash("previous_hash").notNull(),
    hash: hash("hash").notNull(),
  },
  (table) => [
    index("event_session").on(table.sessionId),
    index("event_thing").on(table.thing, table.thingId),
  ],
);

/** The newest link of each chain ("event", "text:<id>"), written with it: a cut tail shows. */
export const chainHead = sqliteTable("chain_head", {
  chain: id("chain").primaryKey(),
  seq: count("seq").notNull(),
  hash: hash("hash").notNull(),
});
