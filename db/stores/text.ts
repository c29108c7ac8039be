/** Negotiating texts: what they are, not what they say. */
import { and, asc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { fullNumber, inAgendaOrder } from "#app/rules/agenda.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { agendaItem, session } from "#db/schema/session.ts";
import { text } from "#db/schema/text.ts";

export type TextRow = typeof text.$inferSelect;

/** A text with what its masthead says about the session and the item. */
export type TextWithMasthead = TextRow & {
  readonly itemNumber: string;
  readonly itemTitle: string;
  readonly body: string;
  readonly sessionTitle: string;
  readonly timeZone: string;
  readonly exercise: boolean;
};

export async function findText(db: Reading, textId: string): Promise<TextRow | null> {
  const rows = await db.select().from(text).where(eq(text.id, textId)).limit(1);
  return rows[0] ?? null;
}

function mastheads(db: Reading) {
  const parent = alias(agendaItem, "parent");
  return db
    .select({
      text,
      itemNumber: agendaItem.number,
      parentNumber: parent.number,
      itemTitle: agendaItem.title,
      body: session.body,
      sessionTitle: session.title,
      timeZone: session.timeZone,
      exercise: session.exercise,
    })
    .from(text)
    .innerJoin(agendaItem, eq(agendaItem.id, text.itemId))
    .leftJoin(parent, eq(parent.id, agendaItem.parentId))
    .innerJoin(session, eq(session.id, text.sessionId));
}

type Joined = Omit<TextWithMasthead, keyof TextRow> & {
  readonly text: TextRow;
  readonly parentNumber: string | null;
};

function flat({ text: own, parentNumber, ...masthead }: Joined): TextWithMasthead {
  return { ...own, ...masthead, itemNumber: numberIn(masthead.itemNumber, parentNumber) };
}

/** A sub-item is called by its item: "5 (e)". */
function numberIn(number: string, parentNumber: string | null): string {
  return parentNumber === null || number.startsWith(parentNumber) ? number : `${parentNumber} ${number}`;
}

/** The text of a session with its masthead; null when the session has no such text. */
export async function findTextWithMasthead(
  db: Reading,
  which: { readonly sessionId: string; readonly textId: string },
): Promise<TextWithMasthead | null> {
  const [row] = await mastheads(db)
    .where(and(eq(text.id, which.textId), eq(text.sessionId, which.sessionId)))
    .limit(1);
  return row ? flat(row) : null;
}

/** Every text of the session itself, in the order of the agenda: the caller leaves out what its viewer may not see. */
export async function listTexts(db: Reading, sessionId: string): Promise<TextWithMasthead[]> {
  const rows = await mastheads(db)
    .where(and(eq(text.sessionId, sessionId), isNull(text.delegationId)))
    .orderBy(asc(agendaItem.order), asc(text.createdAt), asc(text.id));
  return rows.map(flat);
}

/** Agenda items that a text can belong to, in the order of the agenda. */
export async function listItemsForTexts(
  db: Reading,
  sessionId: string,
): Promise<{ id: string; number: string; title: string }[]> {
  const rows = await db
    .select()
    .from(agendaItem)
    .where(and(eq(agendaItem.sessionId, sessionId), isNull(agendaItem.deletedAt)));
  const items = inAgendaOrder(rows);
  return items.map(({ id, title }) => ({ id, number: fullNumber(items, id), title }));
}

export async function insertText(tx: WriteTx, row: typeof text.$inferInsert): Promise<void> {
  await tx.insert(text).values(row);
}

/** What a text is called, its item and its language; its words are not here. */
export async function changeText(
  tx: WriteTx,
  textId: string,
  change: Pick<TextRow, "title" | "itemId" | "language">,
): Promise<void> {
  await tx.update(text).set(change).where(eq(text.id, textId));
}
