/** Files that people put in: what is known of each. The bytes lie in the data folder under their hash. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { MOST_OF_A_FILE } from "#db/search/compose.ts";
import { upload } from "#db/schema/session.ts";

export type UploadRow = typeof upload.$inferSelect;

/** Returns the hash that the event which makes this row keeps. */
export async function insertUpload(tx: WriteTx, row: typeof upload.$inferInsert): Promise<string> {
  await tx.insert(upload).values(row);
  return rowHash("upload", row);
}

/** Without its words. Whoever calls has asked who may have it. */
export async function findUpload(db: Reading, id: string): Promise<Omit<UploadRow, "words"> | null> {
  const [row] = await db.select(withoutWords).from(upload).where(eq(upload.id, id));
  return row ?? null;
}

/** Whether there is a row of a file with these bytes. */
export async function isFileOnRecord(db: Reading, sha256: string): Promise<boolean> {
  const rows = await db.select({ id: upload.id }).from(upload).where(eq(upload.sha256, sha256)).limit(1);
  return rows.length > 0;
}

/** What the files of a delegation in a session take, with the words read from them: bytes, released or not. */
export async function findPlaceTaken(
  db: Reading,
  { sessionId, delegationId }: { readonly sessionId: string; readonly delegationId: string },
): Promise<number> {
  const [row] = await db
    .select({ bytes: sql<number>`coalesce(sum(${upload.size} + octet_length(${upload.words})), 0)` })
    .from(upload)
    .where(and(eq(upload.sessionId, sessionId), eq(upload.delegationId, delegationId)));
  return row?.bytes ?? 0;
}

/** How the words of a file begin, `most` characters of them, and how many there are. Whoever calls has asked as above. */
export async function findFileWords(
  db: Reading,
  { id, most }: { readonly id: string; readonly most: number },
): Promise<{ readonly start: string; readonly length: number }> {
  const [row] = await db
    .select({
      start: sql<string>`substr(${upload.words}, 1, ${most})`,
      length: sql<number>`length(${upload.words})`,
    })
    .from(upload)
    .where(eq(upload.id, id));
  return row ?? { start: "", length: 0 };
}

/** What search finds of the words of several files, by their ids. */
export async function listFileWords(
  db: Reading,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: upload.id, words: sql<string>`substr(${upload.words}, 1, ${MOST_OF_A_FILE})` })
    .from(upload)
    .where(inArray(upload.id, [...ids]));
  return new Map(rows.map(({ id, words }) => [id, words]));
}

const withoutWords = {
  id: upload.id,
  sessionId: upload.sessionId,
  delegationId: upload.delegationId,
  name: upload.name,
  type: upload.type,
  size: upload.size,
  sha256: upload.sha256,
  by: upload.by,
  at: upload.at,
};
