/** Positions that are released or published: rows that never change. */
import {
  and,
  asc,
  between,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  notExists,
  or,
  type Placeholder,
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
import { askingFor } from "#db/search/asking.ts";

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

/** As SQLite gives it, by the names of the schema. */
type Raw = Record<keyof PositionRow, unknown> & {
  readonly names: string;
  readonly code: string;
  readonly topicTitle: string;
  readonly scale: string;
  readonly groupNames: string | null;
  readonly groupCode: string | null;
  readonly meetingNumber: number | null;
};

const columns = Object.entries(getTableColumns(position));
const decoded = columns.filter(([, { dataType }]) => dataType === "boolean" || dataType === "json");

/** Pages show hundreds of positions, of which the query builder makes rows more slowly than SQLite finds them. */
function askingForList(
  db: Reading,
  { where, orderBy }: { readonly where: SQL | undefined; readonly orderBy: readonly SQL[] },
): (values: Record<string, unknown>, language: Language) => PositionInList[] {
  const own = columns.map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`);
  const ask = askingFor<Raw>(
    db,
    sql`
    SELECT ${sql.join(own, sql`, `)}, ${entity.names} AS "names", ${entity.code} AS "code",
      ${topic.title} AS "topicTitle", ${topic.scale} AS "scale", ${entityGroup.names} AS "groupNames",
      ${entityGroup.code} AS "groupCode", ${meeting.number} AS "meetingNumber"
    FROM ${position} JOIN ${entity} ON ${entity.id} = ${position.entityId}
      JOIN ${topic} ON ${topic.id} = ${position.topicId}
      LEFT JOIN ${entityGroup} ON ${entityGroup.id} = ${position.groupId}
      LEFT JOIN ${meeting} ON ${meeting.id} = ${position.meetingId}
    WHERE ${where} ORDER BY ${sql.join([...orderBy], sql`, `)}`,
  );
  return (values, language) => {
    const scales = new Map<string, Listed["scale"]>();
    return ask(values).map(({ names, code, topicTitle, scale, groupNames, ...more }) => {
      const { groupCode, meetingNumber, ...raw } = more;
      const parsed = scales.get(scale) ?? (JSON.parse(scale) as Listed["scale"]);
      scales.set(scale, parsed);
      for (const [name, column] of decoded) {
        const key = name as keyof PositionRow;
        if (raw[key] !== null) raw[key] = column.mapFromDriverValue(raw[key]);
      }
      const listed: Listed = {
        // What was decoded is as the schema says.
        row: raw as PositionRow,
        names: JSON.parse(names) as Listed["names"],
        groupNames: groupNames === null ? null : (JSON.parse(groupNames) as Listed["groupNames"]),
        code,
        topicTitle,
        scale: parsed,
        groupCode,
        meetingNumber,
      };
      return inList(listed, language);
    });
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

/** Places for what is asked with, which `standingValues` fills. */
const DAY = sql.placeholder("day");
const onTopics = isListed(position.topicId, "topicIds");

const standingValues = ({ topicIds, day = ALWAYS }: Standing) => ({ topicIds: listed(topicIds), day });

/** Not looked for by the topic: of all positions, those of groups are few. */
const saidByGroups = () =>
  and(gt(position.groupId, ""), sql`+${onTopics}`, sql`+${position.sourceDate} <= ${DAY}`);

/** Rule PS10, as `standingOn` says it of rows that have been read. `ofMost`: of most topics at once. */
function stands(found?: SQL, { ofMost = false }: { readonly ofMost?: boolean } = {}) {
  const said = and(onTopics, lte(position.sourceDate, DAY));
  // Of most topics, what took another's place is found sooner by that than by its topic.
  const saidByIndex = and(sql`+${onTopics}`, sql`+${position.sourceDate} <= ${DAY}`);
  const among = (column: typeof position.supersedes | typeof position.answers) =>
    sql`(SELECT ${column} FROM ${position} WHERE ${
      ofMost ? and(gt(column, ""), saidByIndex) : and(said, isNotNull(column))
    })`;
  const later = alias(position, "later");
  const takenBack = sql`(SELECT 1 FROM ${position} AS "later" WHERE ${and(
    eq(later.entityId, position.entityId),
    eq(later.topicId, position.topicId),
    eq(later.withdraws, true),
    eq(later.standing, "own"),
    isNull(later.groupId),
    between(later.sourceDate, position.sourceDate, DAY),
  )})`;
  return and(
    found ?? said,
    sql`${position.id} NOT IN ${among(position.supersedes)}`,
    sql`${position.id} NOT IN ${among(position.answers)}`,
    sql`${position.withdraws} IS NOT 1`,
    or(eq(position.standing, "own"), notExists(takenBack)),
    notBehind(DAY),
  );
}

/** Rule PS20, as `aheadOf` says it of rows that have been read. */
function notBehind(day: string | Placeholder) {
  const ahead = alias(position, "ahead");
  const behind = (whose: SQL | undefined) =>
    sql`(SELECT 1 FROM ${position} AS "ahead" WHERE ${and(
      whose,
      eq(ahead.standing, "own"),
      ne(ahead.id, position.id),
      or(
        gt(ahead.releasedAt, position.releasedAt),
        and(sql`${ahead.withdraws} IS NOT 1`, gt(ahead.sourceDate, position.sourceDate)),
      ),
      sql`NOT EXISTS (SELECT 1 FROM ${position} AS "after" WHERE "after"."supersedes" = ${ahead.id} AND "after"."source_date" <= ${day})`,
    )})`;
  const ofEntity = and(
    eq(ahead.entityId, position.entityId),
    isNull(ahead.groupId),
    eq(ahead.topicId, position.topicId),
    between(ahead.sourceDate, position.sourceDate, day),
  );
  // Found by the group alone: on a topic there are hundreds of positions.
  const ofGroup = and(
    eq(ahead.groupId, position.groupId),
    sql`+${ahead.topicId} = ${position.topicId}`,
    sql`+${ahead.sourceDate} BETWEEN ${position.sourceDate} AND ${day}`,
  );
  return or(
    eq(position.standing, "editors"),
    and(isNull(position.groupId), notExists(behind(ofEntity))),
    and(isNotNull(position.groupId), notExists(behind(ofGroup))),
  );
}

/** Positions that stand on the topics, of entities for themselves, in English alphabetical order. */
export async function listStandingPositions(db: Reading, which: Standing): Promise<PositionInList[]> {
  if (which.topicIds.length === 0) return [];
  return standing(db)(standingValues(which), which.language ?? "en");
}

const standing = builtOnce((db) =>
  askingForList(db, {
    where: and(stands(), isNull(position.groupId)),
    orderBy: [asc(topic.order), asc(entity.alphabet), desc(position.releasedAt)],
  }),
);

/** Positions that stand on the topics on behalf of groups, by the group's code, the newest first. */
export async function listGroupPositions(db: Reading, which: Standing): Promise<PositionInList[]> {
  if (which.topicIds.length === 0) return [];
  return ofGroups(db)(standingValues(which), which.language ?? "en");
}

const ofGroups = builtOnce((db) =>
  askingForList(db, {
    where: stands(saidByGroups()),
    orderBy: [asc(topic.order), asc(entityGroup.code), desc(position.releasedAt)],
  }),
);

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
  const rows = placed(db)(standingValues(which));
  return rows.map((row) => ({
    id: row.id,
    entityId: row.entityId,
    topicId: row.topicId,
    groupId: row.groupId,
    exceptions: row.exceptions === null ? [] : (JSON.parse(row.exceptions) as string[]),
    stance: row.stance,
    standing: row.standing,
    sourceTitle: row.sourceTitle,
    sourceSymbol: row.sourceSymbol,
    sourceDate: row.sourceDate,
    explicit: row.explicit === 1,
    confidence: row.confidence,
    supersedes: row.supersedes,
    answers: row.answers,
    withdraws: false,
    releasedAt: row.releasedAt,
  }));
}

const placed = builtOnce((db) =>
  askingFor<PlacedRow>(
    db,
    sql`
    SELECT ${position.id}, ${position.entityId} AS "entityId", ${position.topicId} AS "topicId",
      ${position.groupId} AS "groupId", ${position.exceptions}, ${position.stance}, ${position.standing},
      ${position.sourceTitle} AS "sourceTitle", ${position.sourceSymbol} AS "sourceSymbol",
      ${position.sourceDate} AS "sourceDate", ${position.explicit}, ${position.confidence},
      ${position.supersedes}, ${position.answers}, ${position.releasedAt} AS "releasedAt"
    FROM ${position} WHERE ${stands(undefined, { ofMost: true })}
    ORDER BY ${position.releasedAt} DESC, ${position.id}`,
  ),
);

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

export async function findPosition(
  db: Reading,
  id: string,
  language: Language = "en",
): Promise<PositionInList | null> {
  const [row] = await listedFrom(db).where(eq(position.id, id));
  return row ? inList(row, language) : null;
}

export type NamedPosition = PositionInList & {
  readonly isSuperseded: boolean;
  readonly isWithdrawn: boolean;
  readonly isCorrected: boolean;
};

/** Positions by their ids, in no order, each with what took its place; an editors' reading also whether by a correction. */
export async function listPositionsNamed(
  db: Reading,
  { ids, language = "en" }: { readonly ids: readonly string[]; readonly language?: Language },
): Promise<NamedPosition[]> {
  if (ids.length === 0) return [];
  const asked = { ids: listed(ids) };
  const { rows, newer, foremost } = named(db);
  const after = new Map(newer.all(asked).map((row) => [row.supersedes, row]));
  const inFront = new Set(foremost.all(asked).map(({ id }) => id));
  return rows.all(asked).map((row) => {
    const next = after.get(row.row.id);
    const bySecretariat = next?.standing === "editors" && next.releasedBy !== null;
    // What ends a reading on its day for one of a later day is one correction with that (rule RF13).
    const isMoved = bySecretariat && (next.thenFrom ?? "") > row.row.sourceDate;
    const isWithdrawn = next?.withdraws === true && !isMoved;
    const isCorrected = bySecretariat && !isWithdrawn;
    const isPast = next !== undefined || (row.row.withdraws !== true && !inFront.has(row.row.id));
    return {
      ...inList(row, language),
      isSuperseded: isPast && !isWithdrawn && !isCorrected,
      isWithdrawn,
      isCorrected,
    };
  });
}

/** Where positions stand on their scales, by their ids. */
export async function listStances(db: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: position.id, stance: position.stance })
    .from(position)
    .where(inArray(position.id, [...ids]));
  return new Map(rows.map(({ id, stance }) => [id, stance]));
}

const named = builtOnce((db) => {
  const { id, supersedes, withdraws, standing, releasedBy } = position;
  const theirs = isListed(id, "ids");
  const then = alias(position, "then");
  return {
    rows: listedFrom(db).where(theirs).prepare(),
    newer: db
      .select({ supersedes, withdraws, standing, releasedBy, thenFrom: then.sourceDate })
      .from(position)
      .leftJoin(then, and(eq(then.supersedes, id), eq(withdraws, true)))
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

/** The editors' readings of what an entity said on a topic that no newer reading has superseded and nobody took down. */
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
  return rows.filter(({ id, withdraws }) => withdraws !== true && !superseded.has(id));
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
