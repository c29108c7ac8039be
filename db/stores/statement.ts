/** Statements: drafts that one delegation alone reads, and released rows that never change. */
import { and, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { type Language, nameIn } from "#app/rules/language.ts";
import { DISCARDED } from "#app/rules/positions.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup, person } from "#db/schema/people.ts";
import { agendaItem, meeting, statement, statementDraft } from "#db/schema/session.ts";

export type StatementRow = typeof statement.$inferSelect;
export type StatementDraftRow = typeof statementDraft.$inferSelect;

export type StatementInList = StatementRow & {
  readonly entityName: string;
  readonly entityCode: string;
  readonly itemNumber: string;
  readonly itemTitle: string;
  readonly groupCode: string | null;
  readonly groupName: string | null;
  readonly meetingNumber: number | null;
};

function listedFrom(db: Reading) {
  return db
    .select({
      row: statement,
      names: entity.names,
      entityCode: entity.code,
      itemNumber: agendaItem.number,
      itemTitle: agendaItem.title,
      groupCode: entityGroup.code,
      groupNames: entityGroup.names,
      meetingNumber: meeting.number,
    })
    .from(statement)
    .innerJoin(entity, eq(entity.id, statement.entityId))
    .innerJoin(agendaItem, eq(agendaItem.id, statement.itemId))
    .leftJoin(entityGroup, eq(entityGroup.id, statement.groupId))
    .leftJoin(meeting, eq(meeting.id, statement.meetingId))
    .$dynamic();
}

type Listed = Awaited<ReturnType<typeof listedFrom>>[number];

function inList({ row, names, groupNames, ...more }: Listed, language: Language): StatementInList {
  return {
    ...row,
    ...more,
    entityName: nameIn(names, language),
    groupName: groupNames && nameIn(groupNames, language),
  };
}

/** Released statements of a session, newest first; of one item, or of all; `before` the last one read, to read on. */
export async function listStatements(
  db: Reading,
  {
    sessionId,
    itemId,
    before,
    limit = 500,
    language = "en",
  }: {
    readonly sessionId: string;
    readonly itemId?: string | undefined;
    readonly before?: Pick<StatementRow, "id" | "releasedAt"> | undefined;
    readonly limit?: number;
    readonly language?: Language;
  },
): Promise<StatementInList[]> {
  const rows = await listedFrom(db)
    .where(
      and(
        eq(statement.sessionId, sessionId),
        itemId === undefined ? undefined : eq(statement.itemId, itemId),
        before &&
          or(
            lt(statement.releasedAt, before.releasedAt),
            and(eq(statement.releasedAt, before.releasedAt), lt(statement.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(statement.releasedAt), desc(statement.id))
    .limit(limit);
  return rows.map((row) => inList(row, language));
}

export async function listStatementsOfEntity(
  db: Reading,
  entityId: string,
  language: Language = "en",
): Promise<StatementInList[]> {
  const rows = await listedFrom(db)
    .where(eq(statement.entityId, entityId))
    .orderBy(desc(statement.releasedAt))
    .limit(200);
  return rows.map((row) => inList(row, language));
}

export async function findStatement(
  db: Reading,
  {
    sessionId,
    id,
    language = "en",
  }: { readonly sessionId: string; readonly id: string; readonly language?: Language },
): Promise<StatementInList | null> {
  const [row] = await listedFrom(db).where(and(eq(statement.id, id), eq(statement.sessionId, sessionId)));
  return row ? inList(row, language) : null;
}

/** Writes the row with its hash; the caller anchors it with the event that made it. */
export async function insertStatement(
  tx: WriteTx,
  row: AnchoredRow<"statement">,
): Promise<{ readonly sha256: string }> {
  const sha256 = rowHash("statement", row);
  await tx.insert(statement).values({ ...row, contentHash: sha256 });
  return { sha256 };
}

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

/** Ends a draft without releasing it. Its words are gone; who ended it and when stays for its delegation. */
export async function discardStatementDraftRow(
  tx: WriteTx,
  id: string,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  await tx
    .update(statementDraft)
    .set({ title: "", body: "", exceptions: [], releasedAs: DISCARDED, editedBy: by, editedAt: at })
    .where(eq(statementDraft.id, id));
}
