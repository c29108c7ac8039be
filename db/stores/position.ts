/** Positions that are released or published: rows that never change. */
import {
  and,
  asc,
  between,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  notExists,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { type Language, nameIn } from "#app/rules/language.ts";
import { type Said, aheadOf } from "#app/rules/placing.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup } from "#db/schema/people.ts";
import { meeting, position, topic } from "#db/schema/session.ts";
import { askAll } from "#db/search/asking.ts";

export type PositionRow = typeof position.$inferSelect;

export type PositionInList = PositionRow & {
  readonly entityName: string;
  readonly entityCode: string;
  readonly topicTitle: string;
  readonly stanceLabel: string;
  /** Null for an entity's own. */
  readonly groupName: string | null;
  readonly groupCode: string | null;
  readonly meetingNumber: number | null;
};

function listedFrom(db: Reading) {
  return db
    .select({
      row: position,
      names: entity.names,
      code: entity.code,
      topicTitle: topic.title,
      scale: topic.scale,
      groupNames: entityGroup.names,
      groupCode: entityGroup.code,
      meetingNumber: meeting.number,
    })
    .from(position)
    .innerJoin(entity, eq(entity.id, position.entityId))
    .innerJoin(topic, eq(topic.id, position.topicId))
    .leftJoin(entityGroup, eq(entityGroup.id, position.groupId))
    .leftJoin(meeting, eq(meeting.id, position.meetingId))
    .$dynamic();
}

type Listed = Awaited<ReturnType<typeof listedFrom>>[number];

function inList(listed: Listed, language: Language): PositionInList {
  const { row, names, code, topicTitle, scale, groupNames, groupCode, meetingNumber } = listed;
  const stance = scale.find(({ id }) => id === row.stance);
  return {
    ...row,
    groupName: groupNames && nameIn(groupNames, language),
    groupCode,
    meetingNumber,
    entityName: nameIn(names, language),
    entityCode: code,
    topicTitle,
    stanceLabel: stance?.label ?? row.stance,
  };
}

/** Later than any source can be. */
const ALWAYS = "9999-12-31";

type Standing = {
  readonly topicIds: readonly string[];
  /** Said on this day or before (`YYYY-MM-DD`); without it, whatever stands. */
  readonly day?: string;
  readonly language?: Language;
};

/** Not looked for by the topic: of all positions, those of groups are few. */
const saidByGroups = ({ topicIds, day = ALWAYS }: Standing) =>
  and(
    gt(position.groupId, ""),
    sql`+${position.topicId} IN ${[...topicIds]}`,
    sql`+${position.sourceDate} <= ${day}`,
  );

/** Rule PS10, as `standingOn` says it of rows that have been read. */
function stands({ topicIds, day = ALWAYS }: Standing, found?: SQL) {
  const said = and(inArray(position.topicId, [...topicIds]), lte(position.sourceDate, day));
  const among = (column: typeof position.supersedes | typeof position.answers) =>
    sql`(SELECT ${column} FROM ${position} WHERE ${and(said, isNotNull(column))})`;
  const later = alias(position, "later");
  const takenBack = sql`(SELECT 1 FROM ${position} AS "later" WHERE ${and(
    eq(later.entityId, position.entityId),
    eq(later.topicId, position.topicId),
    eq(later.withdraws, true),
    isNull(later.groupId),
    between(later.sourceDate, position.sourceDate, day),
  )})`;
  return and(
    found ?? said,
    sql`${position.id} NOT IN ${among(position.supersedes)}`,
    sql`${position.id} NOT IN ${among(position.answers)}`,
    sql`${position.withdraws} IS NOT 1`,
    or(eq(position.standing, "own"), notExists(takenBack)),
    notBehind(day),
  );
}

/** Rule PS20, as `aheadOf` says it of rows that have been read. */
function notBehind(day: string) {
  const ahead = alias(position, "ahead");
  const behind = (whose: SQL | undefined) =>
    sql`(SELECT 1 FROM ${position} AS "ahead" WHERE ${and(
      whose,
      eq(ahead.topicId, position.topicId),
      between(ahead.sourceDate, position.sourceDate, day),
      eq(ahead.standing, "own"),
      ne(ahead.id, position.id),
      or(
        gt(ahead.releasedAt, position.releasedAt),
        and(sql`${ahead.withdraws} IS NOT 1`, gt(ahead.sourceDate, position.sourceDate)),
      ),
      sql`NOT EXISTS (SELECT 1 FROM ${position} AS "after" WHERE "after"."supersedes" = ${ahead.id} AND "after"."source_date" <= ${day})`,
    )})`;
  return or(
    eq(position.standing, "editors"),
    and(
      isNull(position.groupId),
      notExists(behind(and(eq(ahead.entityId, position.entityId), isNull(ahead.groupId)))),
    ),
    and(isNotNull(position.groupId), notExists(behind(eq(ahead.groupId, position.groupId)))),
  );
}

/** Positions that stand on the topics, of entities for themselves, in English alphabetical order. */
export async function listStandingPositions(db: Reading, which: Standing): Promise<PositionInList[]> {
  if (which.topicIds.length === 0) return [];
  const rows = await listedFrom(db)
    .where(and(stands(which), isNull(position.groupId)))
    .orderBy(asc(topic.order), asc(entity.alphabet), desc(position.releasedAt));
  return rows.map((row) => inList(row, which.language ?? "en"));
}

/** Positions that stand on the topics on behalf of groups, by the group's code, the newest first. */
export async function listGroupPositions(db: Reading, which: Standing): Promise<PositionInList[]> {
  if (which.topicIds.length === 0) return [];
  const rows = await listedFrom(db)
    .where(stands(which, saidByGroups(which)))
    .orderBy(asc(topic.order), asc(entityGroup.code), desc(position.releasedAt));
  return rows.map((row) => inList(row, which.language ?? "en"));
}

/** What a table of many positions needs of each: without the words. */
export type PlacedPosition = Said & {
  readonly topicId: string;
  readonly sourceTitle: string;
  readonly sourceSymbol: string;
  readonly explicit: boolean;
  readonly confidence: string | null;
};

/** As SQLite stores it. */
type PlacedRow = Omit<PlacedPosition, "exceptions" | "explicit" | "withdraws"> & {
  readonly exceptions: string | null;
  readonly explicit: number;
};

/** Every position that stands on the topics, of entities and of groups, the newest first. */
export async function listPlacedPositions(
  db: Reading,
  which: Omit<Standing, "language">,
): Promise<PlacedPosition[]> {
  if (which.topicIds.length === 0) return [];
  // Thousands at once, as SQLite gives them: making a row of each takes longer than finding it.
  const rows = askAll<PlacedRow>(
    db,
    sql`
    SELECT ${position.id}, ${position.entityId} AS "entityId", ${position.topicId} AS "topicId",
      ${position.groupId} AS "groupId", ${position.exceptions}, ${position.stance}, ${position.standing},
      ${position.sourceTitle} AS "sourceTitle", ${position.sourceSymbol} AS "sourceSymbol",
      ${position.sourceDate} AS "sourceDate", ${position.explicit}, ${position.confidence},
      ${position.supersedes}, ${position.answers}, ${position.releasedAt} AS "releasedAt"
    FROM ${position} WHERE ${stands(which)}
    ORDER BY ${position.releasedAt} DESC, ${position.id}`,
  );
  return rows.map(({ exceptions, explicit, ...row }) => ({
    ...row,
    exceptions: exceptions === null ? [] : (JSON.parse(exceptions) as string[]),
    explicit: explicit === 1,
    withdraws: false,
  }));
}

/** Everything that an entity has said, newest first, superseded rows included. */
export async function listPositionsOfEntity(
  db: Reading,
  entityId: string,
  language: Language = "en",
): Promise<PositionInList[]> {
  const rows = await listedFrom(db)
    .where(eq(position.entityId, entityId))
    .orderBy(asc(topic.order), desc(position.sourceDate), desc(position.releasedAt));
  return rows.map((row) => inList(row, language));
}

export async function findPosition(
  db: Reading,
  id: string,
  language: Language = "en",
): Promise<PositionInList | null> {
  const [row] = await listedFrom(db).where(eq(position.id, id));
  return row ? inList(row, language) : null;
}

/** Positions by their ids, in no order, each with what took its place. */
export async function listPositionsNamed(
  db: Reading,
  { ids, language = "en" }: { readonly ids: readonly string[]; readonly language?: Language },
): Promise<(PositionInList & { readonly isSuperseded: boolean; readonly isWithdrawn: boolean })[]> {
  if (ids.length === 0) return [];
  const asked = { ids: listed(ids) };
  const { rows, newer, foremost } = named(db);
  const after = new Map(newer.all(asked).map((row) => [row.supersedes, row]));
  const inFront = new Set(foremost.all(asked).map(({ id }) => id));
  return rows.all(asked).map((row) => {
    const next = after.get(row.row.id);
    const isWithdrawn = next?.withdraws === true;
    const isPast = next !== undefined || (row.row.withdraws !== true && !inFront.has(row.row.id));
    return { ...inList(row, language), isSuperseded: isPast && !isWithdrawn, isWithdrawn };
  });
}

const named = builtOnce((db) => {
  const { id, supersedes, withdraws } = position;
  const theirs = isListed(id, "ids");
  return {
    rows: listedFrom(db).where(theirs).prepare(),
    newer: db
      .select({ supersedes, withdraws })
      .from(position)
      .where(and(isNotNull(supersedes), isListed(supersedes, "ids")))
      .prepare(),
    foremost: db
      .select({ id })
      .from(position)
      .where(and(theirs, notBehind(ALWAYS)))
      .prepare(),
  };
});

/** What positions are on, with the code of whose they are; of invented topics, or of real ones. */
export async function listPositionTitles(
  db: Reading,
  ids: readonly string[],
  { exercise }: { readonly exercise: boolean },
): Promise<ReadonlyMap<string, { readonly title: string; readonly code: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: position.id, title: topic.title, code: entity.code })
    .from(position)
    .innerJoin(entity, eq(entity.id, position.entityId))
    .innerJoin(topic, eq(topic.id, position.topicId))
    .where(and(inArray(position.id, [...ids]), eq(topic.exercise, exercise)));
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/**
 * The position of an entity, or the one on behalf of a group, that stands on a topic; an editors' reading does not
 * count, and nothing stands once it was withdrawn.
 */
export async function findStandingOwn(
  db: Reading,
  {
    topicId,
    ...whose
  }: { readonly topicId: string } & ({ readonly entityId: string } | { readonly groupId: string }),
): Promise<PositionRow | null> {
  const rows = await db
    .select()
    .from(position)
    .where(
      and(
        eq(position.topicId, topicId),
        eq(position.standing, "own"),
        "groupId" in whose
          ? eq(position.groupId, whose.groupId)
          : and(eq(position.entityId, whose.entityId), isNull(position.groupId)),
      ),
    )
    .orderBy(desc(position.releasedAt));
  const superseded = new Set(rows.map(({ supersedes }) => supersedes));
  return (
    rows.find((row) => row.withdraws !== true && !superseded.has(row.id) && aheadOf(row, rows) === null) ??
    null
  );
}

/** The editors' readings of what an entity said on a topic that no newer reading has superseded. */
export async function listStandingReadings(
  db: Reading,
  { entityId, topicId }: { readonly entityId: string; readonly topicId: string },
): Promise<PositionRow[]> {
  const rows = await db
    .select()
    .from(position)
    .where(
      and(eq(position.entityId, entityId), eq(position.topicId, topicId), eq(position.standing, "editors")),
    )
    .orderBy(desc(position.releasedAt));
  const superseded = new Set(rows.map(({ supersedes }) => supersedes));
  return rows.filter(({ id }) => !superseded.has(id));
}

/** Writes the row with its hash; the caller anchors it with the event that made it. */
export async function insertPosition(
  tx: WriteTx,
  row: AnchoredRow<"position">,
): Promise<{ readonly sha256: string }> {
  const sha256 = rowHash("position", row);
  await tx.insert(position).values({ ...row, contentHash: sha256 });
  return { sha256 };
}

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
