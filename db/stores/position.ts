/** Positions that are released or published, by their ids: rows that never change. */
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Language } from "#app/rules/language.ts";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity } from "#db/schema/people.ts";
import { position, topic } from "#db/schema/session.ts";
import { inList, listedFrom, type PositionInList } from "./position-row.ts";
import { ALWAYS, notBehind } from "./position-standing.ts";

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

/** Where positions stand on their scales, by their ids. */
export async function listStances(db: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: position.id, stance: position.stance })
    .from(position)
    .where(inArray(position.id, [...ids]));
  return new Map(rows.map(({ id, stance }) => [id, stance]));
}

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

/** Writes the row with its hash; the caller anchors it with the event that made it. */
export async function insertPosition(
  tx: WriteTx,
  row: AnchoredRow<"position">,
): Promise<{ readonly sha256: string }> {
  const sha256 = rowHash("position", row);
  await tx.insert(position).values({ ...row, contentHash: sha256 });
  return { sha256 };
}
