/** Sessions of the body. */
import { desc, eq, sql } from "drizzle-orm";
import { builtOnce } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { session } from "#db/schema/session.ts";

export type SessionRow = typeof session.$inferSelect;

export async function findSession(db: Reading, id: string): Promise<SessionRow | null> {
  return one(db).get({ id }) ?? null;
}

const one = builtOnce((db) =>
  db
    .select()
    .from(session)
    .where(eq(session.id, sql.placeholder("id")))
    .prepare(),
);

/** All sessions, newest first. */
export async function listSessions(db: Reading): Promise<SessionRow[]> {
  return all(db).all();
}

const all = builtOnce((db) =>
  db.select().from(session).orderBy(desc(session.from), desc(session.createdAt)).prepare(),
);

export async function insertSession(tx: WriteTx, row: typeof session.$inferInsert): Promise<void> {
  await tx.insert(session).values(row);
}

export async function setItemUnderDiscussion(
  tx: WriteTx,
  sessionId: string,
  itemId: string | null,
): Promise<void> {
  await tx.update(session).set({ itemUnderDiscussionId: itemId }).where(eq(session.id, sessionId));
}

export async function changeSession(
  tx: WriteTx,
  sessionId: string,
  change: Pick<SessionRow, "kind" | "title" | "body" | "symbol" | "from" | "to" | "venue" | "timeZone">,
): Promise<void> {
  await tx.update(session).set(change).where(eq(session.id, sessionId));
}
