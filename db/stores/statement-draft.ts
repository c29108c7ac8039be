/** Draft statements: a delegation's own, of which nobody else knows. */
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { DISCARDED } from "#app/rules/positions.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { agendaItem, statementDraft } from "#db/schema/session.ts";

export type StatementDraftRow = typeof statementDraft.$inferSelect;

export type StatementDraftInList = StatementDraftRow & {
  readonly itemNumber: string;
  readonly itemTitle: string;
  readonly editedByName: string;
};

/** A delegation's drafts that have not been released. */
export async function listStatementDrafts(
  db: Reading,
  delegationId: string,
): Promise<StatementDraftInList[]> {
  const rows = await db
    .select({
      row: statementDraft,
      itemNumber: agendaItem.number,
      itemTitle: agendaItem.title,
      editedByName: person.name,
    })
    .from(statementDraft)
    .innerJoin(agendaItem, eq(agendaItem.id, statementDraft.itemId))
    .innerJoin(person, eq(person.id, statementDraft.editedBy))
    .where(and(eq(statementDraft.delegationId, delegationId), isNull(statementDraft.releasedAs)))
    .orderBy(desc(statementDraft.editedAt));
  return rows.map(({ row, ...more }) => ({ ...row, ...more }));
}

/** A draft by its id, only for a delegation of `delegationIds`: for everybody else there is none. */
export async function findStatementDraft(
  db: Reading,
  { id, delegationIds }: { readonly id: string; readonly delegationIds: readonly string[] },
): Promise<StatementDraftRow | null> {
  if (delegationIds.length === 0) return null;
  const [row] = await db
    .select()
    .from(statementDraft)
    .where(and(eq(statementDraft.id, id), inArray(statementDraft.delegationId, [...delegationIds])));
  return row ?? null;
}

/** The draft of a delegation whose words are written in a text. */
export async function findDraftOfText(
  db: Reading,
  { textId, delegationId }: { readonly textId: string; readonly delegationId: string },
): Promise<{ readonly id: string; readonly releasedAs: string | null } | null> {
  const [row] = await db
    .select({ id: statementDraft.id, releasedAs: statementDraft.releasedAs })
    .from(statementDraft)
    .where(and(eq(statementDraft.delegationId, delegationId), eq(statementDraft.textId, textId)));
  return row ?? null;
}

export async function insertStatementDraft(
  tx: WriteTx,
  row: typeof statementDraft.$inferInsert,
): Promise<void> {
  await tx.insert(statementDraft).values(row);
}

export async function changeStatementDraft(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<StatementDraftRow, "id" | "delegationId">>,
): Promise<void> {
  await tx.update(statementDraft).set(change).where(eq(statementDraft.id, id));
}

/** Ends a draft without releasing it; who ended it and when stays for its delegation, and so does a text of its own. */
export async function discardStatementDraftRow(
  tx: WriteTx,
  id: string,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  await tx
    .update(statementDraft)
    .set({
      title: "",
      body: "",
      exceptions: [],
      paragraphs: null,
      topicIds: null,
      uploadId: null,
      releasedAs: DISCARDED,
      editedBy: by,
      editedAt: at,
    })
    .where(eq(statementDraft.id, id));
}
