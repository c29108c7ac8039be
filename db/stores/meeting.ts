/** Meetings of a session. */
import { and, asc, desc, eq, gt, lte } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { meeting } from "#db/schema/session.ts";

export type MeetingRow = typeof meeting.$inferSelect;

export async function listMeetings(db: Reading, sessionId: string): Promise<MeetingRow[]> {
  return db.select().from(meeting).where(eq(meeting.sessionId, sessionId)).orderBy(asc(meeting.number));
}

/** The meeting that is going on; of several, the one that began last. */
export async function findCurrentMeeting(
  db: Reading,
  { sessionId, now }: { readonly sessionId: string; readonly now: number },
): Promise<MeetingRow | null> {
  const [row] = await db
    .select()
    .from(meeting)
    .where(and(eq(meeting.sessionId, sessionId), lte(meeting.startsAt, now), gt(meeting.endsAt, now)))
    .orderBy(desc(meeting.startsAt))
    .limit(1);
  return row ?? null;
}

export async function insertMeeting(tx: WriteTx, row: MeetingRow): Promise<void> {
  await tx.insert(meeting).values(row);
}

export async function setMeetingMode(tx: WriteTx, id: string, mode: MeetingRow["mode"]): Promise<void> {
  await tx.update(meeting).set({ mode }).where(eq(meeting.id, id));
}
