/** What is happening in a session now, in the few words that the room screen and everybody's page fetch at once. */
import { and, desc, eq, gt, lte } from "drizzle-orm";
import type { Reading } from "#db/database.ts";
import { agendaItem, meeting, session } from "#db/schema/session.ts";

export type SessionNow = {
  /** The item under discussion. */
  readonly item: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly status: string;
  } | null;
  readonly meeting: {
    readonly number: number;
    readonly mode: string;
    readonly startsAt: number;
    readonly endsAt: number;
  } | null;
};

/** Null when there is no such session. `now` in milliseconds. */
export async function findSessionNow(
  db: Reading,
  { sessionId, now }: { readonly sessionId: string; readonly now: number },
): Promise<SessionNow | null> {
  const [found] = await db
    .select({
      id: agendaItem.id,
      number: agendaItem.number,
      title: agendaItem.title,
      status: agendaItem.status,
    })
    .from(session)
    .leftJoin(agendaItem, eq(agendaItem.id, session.itemUnderDiscussionId))
    .where(eq(session.id, sessionId));
  if (found === undefined) return null;
  const { id, number, title, status } = found;
  const item =
    id !== null && number !== null && title !== null && status !== null
      ? { id, number, title, status }
      : null;
  const [sitting] = await db
    .select({
      number: meeting.number,
      mode: meeting.mode,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
    })
    .from(meeting)
    .where(and(eq(meeting.sessionId, sessionId), lte(meeting.startsAt, now), gt(meeting.endsAt, now)))
    .orderBy(desc(meeting.startsAt))
    .limit(1);
  return { item, meeting: sitting ?? null };
}
