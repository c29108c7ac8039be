/** Meetings of a session. */
import { and, asc, desc, eq, gt, lte, sql } from "drizzle-orm";
import { builtOnce } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import {
  meeting,
  position,
  positionDraft,
  statement,
  statementDelivery,
  statementDraft,
} from "#db/schema/session.ts";

export type MeetingRow = typeof meeting.$inferSelect;

export async function listMeetings(db: Reading, sessionId: string): Promise<MeetingRow[]> {
  return db.select().from(meeting).where(eq(meeting.sessionId, sessionId)).orderBy(asc(meeting.number));
}

/** The meeting that is going on; of several, the one that began last. */
export async function findCurrentMeeting(
  db: Reading,
  { sessionId, now }: { readonly sessionId: string; readonly now: number },
): Promise<MeetingRow | null> {
  return current(db).get({ sessionId, now }) ?? null;
}

const current = builtOnce((db) => {
  const [sessionId, now] = [sql.placeholder("sessionId"), sql.placeholder("now")];
  return db
    .select()
    .from(meeting)
    .where(and(eq(meeting.sessionId, sessionId), lte(meeting.startsAt, now), gt(meeting.endsAt, now)))
    .orderBy(desc(meeting.startsAt))
    .limit(1)
    .prepare();
});

export async function insertMeeting(tx: WriteTx, row: MeetingRow): Promise<void> {
  await tx.insert(meeting).values(row);
}

export async function setMeetingMode(tx: WriteTx, id: string, mode: MeetingRow["mode"]): Promise<void> {
  await tx.update(meeting).set({ mode }).where(eq(meeting.id, id));
}

export async function changeMeeting(
  tx: WriteTx,
  id: string,
  change: Pick<MeetingRow, "startsAt" | "endsAt" | "room">,
): Promise<void> {
  await tx.update(meeting).set(change).where(eq(meeting.id, id));
}

/** Drafts that name it name none any more; nothing on record may. */
export async function deleteMeeting(tx: WriteTx, id: string): Promise<void> {
  await tx.update(positionDraft).set({ meetingId: null }).where(eq(positionDraft.meetingId, id));
  await tx.update(statementDraft).set({ meetingId: null }).where(eq(statementDraft.meetingId, id));
  await tx.delete(meeting).where(eq(meeting.id, id));
}

/** Statements that were delivered in it, and statements and positions on record that name it. */
export async function countInMeeting(db: Reading, id: string) {
  return {
    delivered: await db.$count(statementDelivery, eq(statementDelivery.meetingId, id)),
    named:
      (await db.$count(statement, eq(statement.meetingId, id))) +
      (await db.$count(position, eq(position.meetingId, id))),
  };
}

/** The meetings of a session in which something was delivered. */
export async function listMeetingsSpokenIn(db: Reading, sessionId: string): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ id: statementDelivery.meetingId })
    .from(statementDelivery)
    .innerJoin(meeting, eq(meeting.id, statementDelivery.meetingId))
    .where(eq(meeting.sessionId, sessionId));
  return rows.map(({ id }) => id);
}
