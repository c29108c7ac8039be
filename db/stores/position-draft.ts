/** Drafts of positions, which one delegation alone reads. */
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { DISCARDED } from "#app/rules/positions.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { positionDraft, topic } from "#db/schema/session.ts";

export type PositionDraftRow = typeof positionDraft.$inferSelect;

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
      sourceForum: null,
      meetingId: null,
      groupId: null,
      exceptions: null,
      stance: "",
      releasedAs: DISCARDED,
      editedBy: by,
      editedAt: at,
    })
    .where(eq(positionDraft.id, id));
}
