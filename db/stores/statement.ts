/** Released statements and their deliveries: rows that never change, each query scoped to who reads. */
import { and, desc, eq, getTableColumns, inArray, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { StatementReader } from "#app/rules/statements.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup } from "#db/schema/people.ts";
import {
  agendaItem,
  meeting,
  statement,
  statementDelivery,
  statementParagraph,
  statementTopic,
} from "#db/schema/session.ts";
import { readableStatement, type ReaderForm, readerForm, readerIds, readerOf } from "./statement-reading.ts";

export type StatementRow = typeof statement.$inferSelect;
type DeliveryRow = typeof statementDelivery.$inferSelect;

/** A statement without its words. */
export type StatementInList = Omit<StatementRow, "body" | "document"> & {
  readonly entityName: string;
  readonly entityCode: string;
  readonly itemNumber: string;
  readonly itemTitle: string;
  readonly groupCode: string | null;
  readonly groupName: string | null;
  readonly meetingNumber: number | null;
  /** Null until it is delivered. */
  readonly delivery: (Pick<DeliveryRow, "mode" | "deliveredAt"> & { readonly meetingNumber: number }) | null;
  /** The statement that corrects this one, where the reader may know of it. */
  readonly correctedBy: string | null;
};

const newer = alias(statement, "newer");
const deliveredIn = alias(meeting, "delivered_in");
const { body: _body, document: _document, ...inAList } = getTableColumns(statement);

type Reader = Parameters<typeof readableStatement>[0];

function listedFrom(db: Reading, reader: Reader) {
  return db
    .select({
      row: inAList,
      names: entity.names,
      entityCode: entity.code,
      itemNumber: agendaItem.number,
      itemTitle: agendaItem.title,
      groupCode: entityGroup.code,
      groupNames: entityGroup.names,
      meetingNumber: meeting.number,
      mode: statementDelivery.mode,
      deliveredAt: statementDelivery.deliveredAt,
      deliveredIn: deliveredIn.number,
      correctedBy: newer.id,
    })
    .from(statement)
    .innerJoin(entity, eq(entity.id, statement.entityId))
    .innerJoin(agendaItem, eq(agendaItem.id, statement.itemId))
    .leftJoin(entityGroup, eq(entityGroup.id, statement.groupId))
    .leftJoin(meeting, eq(meeting.id, statement.meetingId))
    .leftJoin(statementDelivery, eq(statementDelivery.statementId, statement.id))
    .leftJoin(deliveredIn, eq(deliveredIn.id, statementDelivery.meetingId))
    .leftJoin(newer, and(eq(newer.supersedes, statement.id), readableStatement(reader, newer)))
    .$dynamic();
}

type Listed = Awaited<ReturnType<typeof listedFrom>>[number];

function inList(found: Listed, language: Language): StatementInList {
  const { row, names, groupNames, mode, deliveredAt, deliveredIn: number, ...more } = found;
  return {
    ...row,
    ...more,
    entityName: nameIn(names, language),
    groupName: groupNames && nameIn(groupNames, language),
    delivery:
      mode === null || deliveredAt === null || number === null
        ? null
        : { mode, deliveredAt, meetingNumber: number },
  };
}

/** Who asks: every list and count is theirs alone. */
type Asking = { readonly reader: StatementReader; readonly language?: Language };

/** Released statements of a session, newest first; of one item, or of all; `before` the last one read, to read on. */
export async function listStatements(
  db: Reading,
  {
    reader,
    sessionId,
    itemId,
    before,
    limit = 500,
    language = "en",
  }: Asking & {
    readonly sessionId: string;
    readonly itemId?: string | undefined;
    readonly before?: Pick<StatementRow, "id" | "releasedAt"> | undefined;
    readonly limit?: number;
  },
): Promise<StatementInList[]> {
  const rows = await listedFrom(db, reader)
    .where(
      and(
        // Found by the item where one is named: a session has thousands for the hundred of an item.
        itemId === undefined
          ? eq(statement.sessionId, sessionId)
          : and(eq(statement.itemId, itemId), sql`+${statement.sessionId} = ${sessionId}`),
        readableStatement(reader),
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

/** How many were released under an item, as far as the reader may know of them. */
export async function findStatementCount(
  db: Reading,
  { reader, itemId }: Asking & { readonly itemId: string },
): Promise<number> {
  return db.$count(statement, and(eq(statement.itemId, itemId), readableStatement(reader)));
}

const MOST_LISTED = 200;

export async function listStatementsOfEntity(
  db: Reading,
  { reader, entityId, language = "en" }: Asking & { readonly entityId: string },
): Promise<StatementInList[]> {
  const rows = await listedFrom(db, reader)
    .where(and(eq(statement.entityId, entityId), readableStatement(reader)))
    .orderBy(desc(statement.releasedAt), desc(statement.id))
    .limit(MOST_LISTED);
  return rows.map((row) => inList(row, language));
}

/** Statements that speak to a topic, newest first. */
export async function listStatementsOnTopic(
  db: Reading,
  { reader, topicId, language = "en" }: Asking & { readonly topicId: string },
): Promise<StatementInList[]> {
  const speaking = db
    .select({ id: statementTopic.statementId })
    .from(statementTopic)
    .where(eq(statementTopic.topicId, topicId));
  const rows = await listedFrom(db, reader)
    .where(and(inArray(statement.id, speaking), readableStatement(reader)))
    .orderBy(desc(statement.releasedAt), desc(statement.id))
    .limit(MOST_LISTED);
  return rows.map((row) => inList(row, language));
}

/** Statements that speak to a paragraph, newest first. The caller has seen to it that the paragraph may be read. */
export async function listStatementsOnParagraph(
  db: Reading,
  {
    reader,
    textId,
    paragraphId,
    language = "en",
  }: Asking & { readonly textId: string; readonly paragraphId: string },
): Promise<StatementInList[]> {
  const speaking = db
    .select({ id: statementParagraph.statementId })
    .from(statementParagraph)
    .where(and(eq(statementParagraph.textId, textId), eq(statementParagraph.paragraphId, paragraphId)));
  const rows = await listedFrom(db, reader)
    .where(and(inArray(statement.id, speaking), readableStatement(reader)))
    .orderBy(desc(statement.releasedAt), desc(statement.id))
    .limit(MOST_LISTED);
  return rows.map((row) => inList(row, language));
}

/** One statement with its words; null where there is none or it is not the reader's. */
export async function findStatement(
  db: Reading,
  { reader, sessionId, id, language = "en" }: Asking & { readonly sessionId: string; readonly id: string },
): Promise<(StatementInList & Pick<StatementRow, "body" | "document">) | null> {
  const own = and(eq(statement.id, id), eq(statement.sessionId, sessionId), readableStatement(reader));
  const [row] = await listedFrom(db, reader).where(own);
  if (!row) return null;
  const [words] = await db
    .select({ body: statement.body, document: statement.document })
    .from(statement)
    .where(own);
  return words ? { ...inList(row, language), ...words } : null;
}

/** Statements by their ids with their words, in no order; those that are not the reader's are left out. */
export async function listStatementsNamed(
  db: Reading,
  { reader, ids, language = "en" }: Asking & { readonly ids: readonly string[] },
): Promise<(StatementInList & Pick<StatementRow, "body" | "document">)[]> {
  if (ids.length === 0) return [];
  const asked = { ids: listed(ids), ...readerIds(reader) };
  const { rows, words } = named(db, readerForm(reader));
  const byId = new Map(words.all(asked).map(({ id, ...own }) => [id, own]));
  return rows.all(asked).flatMap((row) => {
    const own = byId.get(row.row.id);
    return own ? [{ ...inList(row, language), ...own }] : [];
  });
}

const named = builtOnce((db, form: ReaderForm) => {
  const reader = readerOf(form);
  const theirs = and(isListed(statement.id, "ids"), readableStatement(reader));
  const { id, body, document } = statement;
  return {
    rows: listedFrom(db, reader).where(theirs).prepare(),
    words: db.select({ id, body, document }).from(statement).where(theirs).prepare(),
  };
});

/** Titles of statements, with the code of who speaks, of those that the reader may know of. */
export async function listStatementTitles(
  db: Reading,
  which: { readonly reader: StatementReader; readonly sessionId: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, { readonly title: string; readonly code: string }>> {
  const { reader, sessionId, ids } = which;
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: statement.id, title: statement.title, code: entity.code })
    .from(statement)
    .innerJoin(entity, eq(entity.id, statement.entityId))
    .where(
      and(inArray(statement.id, [...ids]), eq(statement.sessionId, sessionId), readableStatement(reader)),
    );
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/** The statement that takes the place of another, whoever may read it: there is one at most. */
export async function findCorrection(db: Reading, statementId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: statement.id })
    .from(statement)
    .where(eq(statement.supersedes, statementId));
  return row?.id ?? null;
}

/** Writes the row with its hash, and what it speaks to; the caller anchors it with the event that made it. */
export async function insertStatement(
  tx: WriteTx,
  row: AnchoredRow<"statement">,
): Promise<{ readonly sha256: string }> {
  const sha256 = rowHash("statement", row);
  await tx.insert(statement).values({ ...row, contentHash: sha256 });
  const { id: statementId, topicIds, paragraphs } = row;
  if (topicIds && topicIds.length > 0) {
    await tx.insert(statementTopic).values(topicIds.map((topicId) => ({ statementId, topicId })));
  }
  if (paragraphs && paragraphs.length > 0) {
    await tx.insert(statementParagraph).values(paragraphs.map((one) => ({ statementId, ...one })));
  }
  return { sha256 };
}

export async function findDelivery(db: Reading, statementId: string): Promise<DeliveryRow | null> {
  const [row] = await db
    .select()
    .from(statementDelivery)
    .where(eq(statementDelivery.statementId, statementId));
  return row ?? null;
}

/** The delivery of a statement, or of the newest of those that it corrects which was delivered. */
export async function findDeliveryInLine(db: Reading, statementId: string): Promise<DeliveryRow | null> {
  for (let id: string | null = statementId; id !== null;) {
    const delivery = await findDelivery(db, id);
    if (delivery) return delivery;
    const [row]: { supersedes: string | null }[] = await db
      .select({ supersedes: statement.supersedes })
      .from(statement)
      .where(eq(statement.id, id));
    id = row?.supersedes ?? null;
  }
  return null;
}

/** Writes the row; the caller anchors it by the hash that is returned. */
export async function insertDelivery(
  tx: WriteTx,
  row: AnchoredRow<"statement_delivery">,
): Promise<{ readonly sha256: string }> {
  await tx.insert(statementDelivery).values(row);
  return { sha256: rowHash("statement_delivery", row) };
}
