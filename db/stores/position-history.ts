/** Everything that was said over time, what is superseded too. */
import { and, asc, desc, eq, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Language } from "#app/rules/language.ts";
import { builtOnce } from "#db/built-once.ts";
import type { Reading } from "#db/database.ts";
import { position, topic } from "#db/schema/session.ts";
import { askingForList, inList, listedFrom, type PositionInList } from "./position-row.ts";

/** Everything that an entity has said, newest first, superseded rows included. */
export async function listPositionsOfEntity(
  db: Reading,
  entityId: string,
  language: Language = "en",
): Promise<PositionInList[]> {
  return ofEntity(db)({ entityId }, language);
}

const ofEntity = builtOnce((db) =>
  askingForList(db, {
    where: eq(position.entityId, sql.placeholder("entityId")),
    orderBy: [asc(topic.order), desc(position.sourceDate), desc(position.releasedAt)],
  }),
);

/** Every position of an entity on a topic, or on behalf of a group, newest first: what is superseded too. */
export async function listPositionHistory(
  db: Reading,
  which: {
    readonly topicId: string;
    readonly entityId: string;
    /** The group's, whichever of its members spoke; null for the entity's own. */
    readonly groupId: string | null;
    readonly language?: Language;
  },
): Promise<PositionInList[]> {
  const { entityId, topicId, groupId, language = "en" } = which;
  const whose =
    groupId === null
      ? and(eq(position.entityId, entityId), isNull(position.groupId))
      : eq(position.groupId, groupId);
  const rows = await listedFrom(db)
    .where(and(whose, eq(position.topicId, topicId)))
    .orderBy(desc(position.releasedAt), desc(position.sourceDate));
  return rows.map((row) => inList(row, language));
}

/**
 * The earliest source of everything that was ever said on a topic, as exact as known; null when nothing was. Of a reading
 * that the secretariat corrected, or took down and put back, the correction alone counts.
 */
export async function findEarliestSource(db: Reading, topicId: string): Promise<string | null> {
  const next = alias(position, "next");
  const corrected = sql`(SELECT 1 FROM ${position} AS "next" WHERE ${and(
    eq(next.supersedes, position.id),
    eq(next.standing, "editors"),
    isNotNull(next.releasedBy),
    sql`(${next.withdraws} IS NOT 1 OR EXISTS
      (SELECT 1 FROM ${position} AS "after" WHERE "after"."supersedes" = ${next.id}))`,
  )})`;
  const [row] = await db
    .select({ day: position.sourceDate })
    .from(position)
    .where(and(eq(position.topicId, topicId), sql`${position.withdraws} IS NOT 1`, notExists(corrected)))
    .orderBy(asc(position.sourceDate))
    .limit(1);
  return row?.day ?? null;
}
