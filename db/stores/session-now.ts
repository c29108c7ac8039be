/** What is happening in a session now, in the few words that the room screen and everybody's page fetch at once. */
import { and, desc, eq, gt, isNull, lte, sql } from "drizzle-orm";
import { fullNumber } from "#app/rules/agenda.ts";
import { builtOnce } from "#db/built-once.ts";
import type { Reading } from "#db/database.ts";
import { agendaItem, meeting, session } from "#db/schema/session.ts";

export type ItemNow = {
  readonly id: string;
  /** Full: "5 (e)". */
  readonly number: string;
  readonly title: string;
  readonly status: string;
};

export type SessionNow = {
  /** When it was read, in milliseconds: of two answers the later holds. */
  readonly at: number;
  /** The item under discussion. */
  readonly item: ItemNow | null;
  /** Of every item on the agenda: its status, and since when. */
  readonly items: Readonly<Record<string, readonly [status: string, at: number]>>;
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
    .select({ now: session.itemUnderDiscussionId })
    .from(session)
    .where(eq(session.id, sessionId));
  if (found === undefined) return null;
  const { id, parentId, order, number, title, status, statusAt, deletedAt } = agendaItem;
  const rows = await db
    .select({ id, parentId, order, number, title, status, at: statusAt })
    .from(agendaItem)
    .where(and(eq(agendaItem.sessionId, sessionId), isNull(deletedAt)));
  const current = rows.find(({ id }) => id === found.now);
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
  return {
    at: now,
    item: current
      ? {
          id: current.id,
          number: fullNumber(rows, current.id),
          title: current.title,
          status: current.status,
        }
      : null,
    items: Object.fromEntries(rows.map(({ id, status, at }) => [id, [status, at]])),
    meeting: sitting ?? null,
  };
}

/** The item under discussion alone, for the frame of every page. */
export async function findItemNow(
  db: Reading,
  which: { readonly sessionId: string; readonly itemId: string | null },
): Promise<ItemNow | null> {
  const { sessionId, itemId } = which;
  const item = itemId === null ? null : await findPlaced(db, { sessionId, itemId });
  if (item === null) return null;
  const above = [item];
  for (let id = item.parentId; id !== null && above.every((one) => one.id !== id);) {
    const parent = await findPlaced(db, { sessionId, itemId: id });
    if (parent === null) break;
    above.push(parent);
    id = parent.parentId;
  }
  const { id, title, status } = item;
  return { id, number: fullNumber(above, id), title, status };
}

async function findPlaced(
  db: Reading,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId: string },
) {
  return placed(db).get({ sessionId, itemId }) ?? null;
}

const placed = builtOnce((db) => {
  const { id, sessionId, parentId, order, number, title, status, statusAt, deletedAt } = agendaItem;
  const its = and(
    eq(id, sql.placeholder("itemId")),
    eq(sessionId, sql.placeholder("sessionId")),
    isNull(deletedAt),
  );
  return db
    .select({ id, parentId, order, number, title, status, at: statusAt })
    .from(agendaItem)
    .where(its)
    .prepare();
});
