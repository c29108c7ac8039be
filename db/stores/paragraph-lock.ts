/** Locks on paragraphs. A row is closed with a reason, never removed. */
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { paragraphLock } from "#db/schema/text.ts";

export type ParagraphLockRow = typeof paragraphLock.$inferSelect;

/** Locks that hold now. */
export async function listLocks(db: Reading, textId: string): Promise<ParagraphLockRow[]> {
  return db
    .select()
    .from(paragraphLock)
    .where(and(eq(paragraphLock.textId, textId), isNull(paragraphLock.unlockedAt)))
    .orderBy(asc(paragraphLock.lockedAt));
}

/** The lock that holds a paragraph now. */
export async function findLock(
  db: Reading,
  which: { readonly textId: string; readonly paragraphId: string },
): Promise<ParagraphLockRow | null> {
  const rows = await db
    .select()
    .from(paragraphLock)
    .where(
      and(
        eq(paragraphLock.textId, which.textId),
        eq(paragraphLock.paragraphId, which.paragraphId),
        isNull(paragraphLock.unlockedAt),
      ),
    )
    .limit(1);
  return rows[0] ?? null;
}

/** Every lock that a paragraph has had, the newest first, with the names of who set and lifted it. */
export async function listLocksOf(
  db: Reading,
  which: { readonly textId: string; readonly paragraphId: string },
): Promise<(ParagraphLockRow & { readonly lockedByName: string; readonly unlockedByName: string | null })[]> {
  const locker = alias(person, "locker");
  const unlocker = alias(person, "unlocker");
  const rows = await db
    .select({ row: paragraphLock, lockedByName: locker.name, unlockedByName: unlocker.name })
    .from(paragraphLock)
    .innerJoin(locker, eq(locker.id, paragraphLock.lockedBy))
    .leftJoin(unlocker, eq(unlocker.id, paragraphLock.unlockedBy))
    .where(and(eq(paragraphLock.textId, which.textId), eq(paragraphLock.paragraphId, which.paragraphId)))
    .orderBy(desc(paragraphLock.lockedAt));
  return rows.map(({ row, ...names }) => ({ ...row, ...names }));
}

export async function insertLock(
  tx: WriteTx,
  row: Omit<ParagraphLockRow, "unlockedBy" | "unlockedAt" | "unlockReason">,
): Promise<void> {
  await tx.insert(paragraphLock).values({ ...row, unlockedBy: null, unlockedAt: null, unlockReason: null });
}

export async function endLock(
  tx: WriteTx,
  lock: { readonly id: string; readonly by: string; readonly at: number; readonly reason: string },
): Promise<void> {
  await tx
    .update(paragraphLock)
    .set({ unlockedBy: lock.by, unlockedAt: lock.at, unlockReason: lock.reason })
    .where(eq(paragraphLock.id, lock.id));
}
