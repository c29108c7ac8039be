/** The public calendar of the body. */
import { asc, eq } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { calendarEntry } from "#db/schema/session.ts";

export type CalendarRow = typeof calendarEntry.$inferSelect;

/** By first day. */
export async function listCalendar(db: Reading): Promise<CalendarRow[]> {
  return db
    .select()
    .from(calendarEntry)
    .orderBy(asc(calendarEntry.from), asc(calendarEntry.to), asc(calendarEntry.order));
}

export async function findCalendarEntry(db: Reading, id: string): Promise<CalendarRow | null> {
  const [row] = await db.select().from(calendarEntry).where(eq(calendarEntry.id, id));
  return row ?? null;
}

/** Adds an entry, or brings it up to date. */
export async function putCalendarEntry(tx: WriteTx, row: typeof calendarEntry.$inferInsert): Promise<void> {
  const { id: _id, ...facts } = row;
  await tx.insert(calendarEntry).values(row).onConflictDoUpdate({ target: calendarEntry.id, set: facts });
}

/** Takes an entry off the calendar; that it stood there stays in the corrections. */
export async function removeCalendarEntry(tx: WriteTx, id: string): Promise<void> {
  await tx.delete(calendarEntry).where(eq(calendarEntry.id, id));
}
