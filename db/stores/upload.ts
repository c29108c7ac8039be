/** Files that people put in: what is known of each. The bytes lie in the data folder under their hash. */
import { eq } from "drizzle-orm";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
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
