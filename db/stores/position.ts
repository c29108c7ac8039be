/** Positions: drafts that one delegation alone reads, and released rows that never change. */
import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { type Language, nameIn } from "#app/rules/language.ts";
import { DISCARDED } from "#app/rules/positions.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, person } from "#db/schema/people.ts";
import { position, positionDraft, topic } from "#db/schema/session.ts";

export type PositionRow = typeof position.$inferSelect;
export type PositionDraftRow = typeof positionDraft.$inferSelect;

export type PositionInList = PositionRow & {
  readonly entityName: string;
  readonly entityCode: string;
  readonly topicTitle: string;
  readonly stanceLabel: string;
};

function listedFrom(db: Reading) {
  return db
    .select({
      row: position,
      names: entity.names,
      code: entity.code,
      topicTitle: topic.title,
      scale: topic.scale,
    })
    .from(position)
    .innerJoin(entity, eq(entity.id, position.entityId))
    .innerJoin(topic, eq(topic.id, position.topicId))
    .$dynamic();
}

type Listed = Awaited<ReturnType<typeof listedFrom>>[number];

function inList({ row, names, code, topicTitle, scale }: Listed, language: Language): PositionInList {
  const stance = scale.find(({ id }) => id === row.stance);
  return {
    ...row,
    entityName: nameIn(names, language),
    entityCode: code,
    topicTitle,
    stanceLabel: stance?.label ?? row.stance,
  };
}

/** Positions that stand today on the topics, in English alphabetical order of entities. */
export async function listStandingPositions(
  db: Reading,
  { topicIds, language = "en" }: { readonly topicIds: readonly string[]; readonly language?: Language },
): Promise<PositionInList[]> {
  if (topicIds.length === 0) return [];
  const rows = await listedFrom(db)
    .where(inArray(position.topicId, [...topicIds]))
    .orderBy(asc(topic.order), asc(entity.alphabet), desc(position.releasedAt));
  return withoutSuperseded(rows.map((row) => inList(row, language)));
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

/** The entity's own position that stands on a topic; an editors' reading does not count. */
export async function findStandingOwn(
  db: Reading,
  { entityId, topicId }: { readonly entityId: string; readonly topicId: string },
): Promise<PositionRow | null> {
  const rows = await db
    .select()
    .from(position)
    .where(and(eq(position.entityId, entityId), eq(position.topicId, topicId), eq(position.standing, "own")))
    .orderBy(desc(position.releasedAt));
  return withoutSuperseded(rows)[0] ?? null;
}

function withoutSuperseded<T extends { readonly id: string; readonly supersedes: string | null }>(
  rows: readonly T[],
): T[] {
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

export type PositionDraftInList = PositionDraftRow & {
  readonly topicTitle: string;
  readonly editedByName: string;
};

/** A delegation's drafts that have not been released. */
export async function listPositionDrafts(db: Reading, delegationId: string): Promise<PositionDraftInList[]> {
  const rows = await db
    .select({ row: positionDraft, topicTitle: topic.title, editedByName: person.name })
    .from(positionDraft)
    .innerJoin(topic, eq(topic.id, positionDraft.topicId))
    .innerJoin(person, eq(person.id, positionDraft.editedBy))
    .where(and(eq(positionDraft.delegationId, delegationId), isNull(positionDraft.releasedAs)))
    .orderBy(desc(positionDraft.editedAt));
  return rows.map(({ row, ...more }) => ({ ...row, ...more }));
}

/** A draft by its id, only for a delegation of `delegationIds`: for everybody else there is none. */
export async function findPositionDraft(
  db: Reading,
  { id, delegationIds }: { readonly id: string; readonly delegationIds: readonly string[] },
): Promise<PositionDraftRow | null> {
  if (delegationIds.length === 0) return null;
  const [row] = await db
    .select()
    .from(positionDraft)
    .where(and(eq(positionDraft.id, id), inArray(positionDraft.delegationId, [...delegationIds])));
  return row ?? null;
}

export async function insertPositionDraft(
  tx: WriteTx,
  row: typeof positionDraft.$inferInsert,
): Promise<void> {
  await tx.insert(positionDraft).values(row);
}

export async function changePositionDraft(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<PositionDraftRow, "id" | "delegationId">>,
): Promise<void> {
  await tx.update(positionDraft).set(change).where(eq(positionDraft.id, id));
}

/** Ends a draft without releasing it. Its words are gone; who ended it and when stays for its delegation. */
export async function discardPositionDraftRow(
  tx: WriteTx,
  id: string,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  await tx
    .update(positionDraft)
    .set({
      summary: "",
      excerpt: "",
      sourceTitle: "",
      sourceSymbol: "",
      sourceUrl: "",
      stance: "",
      releasedAs: DISCARDED,
      editedBy: by,
      editedAt: at,
    })
    .where(eq(positionDraft.id, id));
}

/** Every position of an entity on a topic, newest first: what is superseded too. */
export async function listPositionHistory(
  db: Reading,
  which: { readonly entityId: string; readonly topicId: string; readonly language?: Language },
): Promise<PositionInList[]> {
  const { entityId, topicId, language = "en" } = which;
  const rows = await listedFrom(db)
    .where(and(eq(position.entityId, entityId), eq(position.topicId, topicId)))
    .orderBy(desc(position.releasedAt), desc(position.sourceDate));
  return rows.map((row) => inList(row, language));
}
