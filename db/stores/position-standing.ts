/** Which positions stand, on a day or at all (rules PS10 and PS20). */
import {
  and,
  asc,
  between,
  desc,
  eq,
  gt,
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
import type { Language } from "#app/rules/language.ts";
import { aheadOf, type Said } from "#app/rules/placing.ts";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import type { Reading } from "#db/database.ts";
import { entity, entityGroup } from "#db/schema/people.ts";
import { position, topic } from "#db/schema/session.ts";
import { askingFor } from "#db/search/asking.ts";
import { askingForList, type PositionInList, type PositionRow } from "./position-row.ts";

/** Later than any source can be. */
export const ALWAYS = "9999-12-31";

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
export function notBehind(day: string | Placeholder) {
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

/**
 * Positions that name an item of the session, on topics besides those of `which`, and stand: of entities and of groups,
 * topic by topic, the entities in English alphabetical order. Usually there are none, which one look at an index tells.
 */
export async function listPositionsUnder(
  db: Reading,
  item: { readonly sessionId: string; readonly itemId: string },
  which: { readonly besides: readonly string[]; readonly language: Language },
): Promise<PositionInList[]> {
  const topics = topicsUnder(db).all({ itemId: item.itemId });
  const topicIds = topics.flatMap(({ id }) => (which.besides.includes(id) ? [] : id));
  if (topicIds.length === 0) return [];
  return under(db)({ ...standingValues({ topicIds }), ...item }, which.language);
}

const topicsUnder = builtOnce((db) =>
  db
    .selectDistinct({ id: position.topicId })
    .from(position)
    .where(eq(position.itemId, sql.placeholder("itemId")))
    .prepare(),
);

const under = builtOnce((db) => {
  // Found by the item, of which there are few, and not by the topic, of which there may be thousands.
  const named = and(
    eq(position.itemId, sql.placeholder("itemId")),
    eq(position.sessionId, sql.placeholder("sessionId")),
    sql`+${onTopics}`,
    sql`+${position.sourceDate} <= ${DAY}`,
  );
  return askingForList(db, {
    where: stands(named),
    orderBy: [asc(topic.order), asc(entity.alphabet), desc(position.releasedAt)],
  });
});

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
