/** Agenda items, in the order of the agenda, with their topics. */
import { and, asc, count, eq, inArray } from "drizzle-orm";
import { inAgendaOrder } from "#app/rules/agenda.ts";
import { EVERYBODY, type StatementReader } from "#app/rules/statements.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { agendaItem, agendaItemTopic, statement, topic } from "#db/schema/session.ts";
import { readableStatement } from "./statement-reading.ts";

export type AgendaItemRow = typeof agendaItem.$inferSelect;
export type AgendaItemInList = AgendaItemRow & {
  readonly topicIds: readonly string[];
  /** Released under it, as far as the reader may know of them. */
  readonly statements: number;
};

/**
 * All items of a session in the order of the agenda; parents and children are told apart by `parentId`. Statements are
 * counted for `reader`.
 */
export async function listAgenda(
  db: Reading,
  sessionId: string,
  reader: StatementReader = EVERYBODY,
): Promise<AgendaItemInList[]> {
  const items = await db
    .select()
    .from(agendaItem)
    .where(eq(agendaItem.sessionId, sessionId))
    .orderBy(asc(agendaItem.order), asc(agendaItem.number));
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return [];
  const links = await db.select().from(agendaItemTopic).where(inArray(agendaItemTopic.itemId, ids));
  const made = await db
    .select({ itemId: statement.itemId, statements: count() })
    .from(statement)
    .where(and(eq(statement.sessionId, sessionId), readableStatement(reader)))
    .groupBy(statement.itemId);
  const counts = new Map(made.map(({ itemId, statements }) => [itemId, statements]));
  return inAgendaOrder(items).map((item) => ({
    ...item,
    topicIds: links.filter(({ itemId }) => itemId === item.id).map(({ topicId }) => topicId),
    statements: counts.get(item.id) ?? 0,
  }));
}

export async function findAgendaItem(
  db: Reading,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId: string },
): Promise<AgendaItemRow | null> {
  const [row] = await db
    .select()
    .from(agendaItem)
    .where(and(eq(agendaItem.id, itemId), eq(agendaItem.sessionId, sessionId)));
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
    Pick<AgendaItemRow, "number" | "title" | "note" | "parentId" | "order" | "status" | "statusAt">
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
