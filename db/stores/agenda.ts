/** Agenda items, in the order of the agenda, with their topics. */
import { and, asc, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { inAgendaOrder } from "#app/rules/agenda.ts";
import { EVERYBODY, type StatementReader } from "#app/rules/statements.ts";
import { builtOnce } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import {
  agendaDocument,
  agendaItem,
  agendaItemTopic,
  position,
  session,
  statement,
  topic,
} from "#db/schema/session.ts";
import { text } from "#db/schema/text.ts";
import { readableStatement } from "./statement-reading.ts";

export type AgendaItemRow = typeof agendaItem.$inferSelect;
export type AgendaItemInList = AgendaItemRow & {
  readonly topicIds: readonly string[];
  /** Released under it, as far as the reader may know of them. */
  readonly statements: number;
  readonly documents: number;
};

/**
 * All items that are on the agenda of a session, in its order; parents and children are told apart by `parentId`.
 * Statements are counted for `reader`.
 */
export async function listAgenda(
  db: Reading,
  sessionId: string,
  reader: StatementReader = EVERYBODY,
): Promise<AgendaItemInList[]> {
  const items = await listItems(db, sessionId);
  if (items.length === 0) return [];
  const links = await db
    .select({ itemId: agendaItemTopic.itemId, topicId: agendaItemTopic.topicId })
    .from(agendaItemTopic)
    .innerJoin(agendaItem, eq(agendaItem.id, agendaItemTopic.itemId))
    .where(eq(agendaItem.sessionId, sessionId));
  const topics = Map.groupBy(links, ({ itemId }) => itemId);
  const made = await db
    .select({ itemId: statement.itemId, statements: count() })
    .from(statement)
    // By the index of items alone: that of sessions would look at every statement of a session.
    .where(
      and(
        inArray(
          statement.itemId,
          db.select({ id: agendaItem.id }).from(agendaItem).where(eq(agendaItem.sessionId, sessionId)),
        ),
        readableStatement(reader),
      ),
    )
    .groupBy(statement.itemId);
  const counts = new Map(made.map(({ itemId, statements }) => [itemId, statements]));
  const put = await db
    .select({ itemId: agendaDocument.itemId, documents: count() })
    .from(agendaDocument)
    .innerJoin(agendaItem, eq(agendaItem.id, agendaDocument.itemId))
    .where(and(eq(agendaItem.sessionId, sessionId), isNull(agendaDocument.removedAt)))
    .groupBy(agendaDocument.itemId);
  const files = new Map(put.map(({ itemId, documents }) => [itemId, documents]));
  return items.map((item) => ({
    ...item,
    topicIds: (topics.get(item.id) ?? []).map(({ topicId }) => topicId),
    statements: counts.get(item.id) ?? 0,
    documents: files.get(item.id) ?? 0,
  }));
}

/** The same items without what stands under them, which takes longer to count than they to read. */
export async function listItems(db: Reading, sessionId: string): Promise<AgendaItemRow[]> {
  return inAgendaOrder(itemsOf(db).all({ sessionId }));
}

const itemsOf = builtOnce((db) =>
  db
    .select()
    .from(agendaItem)
    .where(and(eq(agendaItem.sessionId, sql.placeholder("sessionId")), isNull(agendaItem.deletedAt)))
    .orderBy(asc(agendaItem.order), asc(agendaItem.number))
    .prepare(),
);

export async function findAgendaItem(
  db: Reading,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId: string },
): Promise<AgendaItemRow | null> {
  const [row] = await db
    .select()
    .from(agendaItem)
    .where(and(eq(agendaItem.id, itemId), eq(agendaItem.sessionId, sessionId), isNull(agendaItem.deletedAt)));
  return row ?? null;
}

export async function listItemTopics(db: Reading, itemId: string) {
  return db
    .select({ id: topic.id, title: topic.title, question: topic.question, scale: topic.scale })
    .from(agendaItemTopic)
    .innerJoin(topic, eq(topic.id, agendaItemTopic.topicId))
    .where(eq(agendaItemTopic.itemId, itemId))
    .orderBy(asc(topic.order));
}

export async function insertAgendaItem(tx: WriteTx, row: typeof agendaItem.$inferInsert): Promise<void> {
  await tx.insert(agendaItem).values(row);
}

export async function changeAgendaItem(
  tx: WriteTx,
  itemId: string,
  change: Partial<
    Pick<
      AgendaItemRow,
      "number" | "title" | "note" | "parentId" | "order" | "status" | "statusAt" | "deletedAt"
    >
  >,
): Promise<void> {
  await tx.update(agendaItem).set(change).where(eq(agendaItem.id, itemId));
}

export async function setItemTopics(tx: WriteTx, itemId: string, topicIds: readonly string[]): Promise<void> {
  await tx.delete(agendaItemTopic).where(eq(agendaItemTopic.itemId, itemId));
  if (topicIds.length > 0) {
    await tx.insert(agendaItemTopic).values([...new Set(topicIds)].map((topicId) => ({ itemId, topicId })));
  }
}

/**
 * What stands under an item besides other items: what everybody could find there. A delegation's own texts and drafts
 * are nobody else's to count.
 */
export async function countUnderItem(db: Reading, itemId: string) {
  const ofItem = (table: typeof statement | typeof position) => db.$count(table, eq(table.itemId, itemId));
  return {
    texts: await db.$count(text, and(eq(text.itemId, itemId), isNull(text.delegationId))),
    statements: await ofItem(statement),
    positions: await ofItem(position),
  };
}

/** The agenda of a session is adopted. */
export async function markAdopted(
  tx: WriteTx,
  sessionId: string,
  adopted: { readonly symbol: string; readonly by: string; readonly at: number },
): Promise<void> {
  const { symbol, by, at } = adopted;
  await tx
    .update(session)
    .set({ agendaSymbol: symbol, agendaAdoptedAt: at, agendaAdoptedBy: by })
    .where(eq(session.id, sessionId));
}
