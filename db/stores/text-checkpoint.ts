/**
 * Checkpoints: a text's state at one row of its log, for opening fast. Derived, so one that does not fit its log is
 * passed over. How it is sealed to the log is told in `canonical.ts`.
 */
import { createHash } from "node:crypto";
import { and, desc, eq, lt, lte } from "drizzle-orm";
import { encodeRow } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { textCheckpoint, textUpdate } from "#db/schema/text.ts";

export type CheckpointRow = typeof textCheckpoint.$inferSelect;

const KEPT = 2;
const SEAL_BYTES = 32;

function sealOf(
  row: Omit<CheckpointRow, "at" | "state"> & { readonly state: Uint8Array },
  logHash: string,
): Buffer {
  const { textId, seq, state, attribution } = row;
  return createHash("sha256")
    .update(encodeRow("text_checkpoint", { text_id: textId, seq, state, attribution }))
    .update(logHash)
    .digest();
}

async function findLogHash(db: Reading, textId: string, seq: number): Promise<string | null> {
  const [row] = await db
    .select({ hash: textUpdate.hash })
    .from(textUpdate)
    .where(and(eq(textUpdate.textId, textId), eq(textUpdate.seq, seq)))
    .limit(1);
  return row?.hash ?? null;
}

/**
 * Keeps the state and attribution as they were after log row `seq`, and throws away all but the newest two checkpoints
 * of the text. The row must be in the log.
 */
export async function insertCheckpoint(
  tx: WriteTx,
  row: {
    readonly textId: string;
    readonly seq: number;
    readonly state: Uint8Array;
    readonly attribution: Uint8Array;
    readonly at: number;
  },
): Promise<void> {
  const { textId, seq, at } = row;
  const attribution = Buffer.from(row.attribution);
  const logHash = await findLogHash(tx, textId, seq);
  if (logHash === null)
    throw new Error(`The log of text ${textId} has no row ${seq} to keep a checkpoint of.`);
  const seal = sealOf({ textId, seq, state: row.state, attribution }, logHash);
  const state = Buffer.concat([row.state, seal]);
  await tx
    .insert(textCheckpoint)
    .values({ textId, seq, state, attribution, at })
    .onConflictDoUpdate({
      target: [textCheckpoint.textId, textCheckpoint.seq],
      set: { state, attribution, at },
    });
  const [oldest] = await tx
    .select({ seq: textCheckpoint.seq })
    .from(textCheckpoint)
    .where(eq(textCheckpoint.textId, textId))
    .orderBy(desc(textCheckpoint.seq))
    .limit(1)
    .offset(KEPT - 1);
  if (oldest === undefined) return;
  await tx
    .delete(textCheckpoint)
    .where(and(eq(textCheckpoint.textId, textId), lt(textCheckpoint.seq, oldest.seq)));
}

/** The newest checkpoint at or before `upTo` that fits its log; null when there is none: replay from the start. */
export async function findCheckpoint(
  db: Reading,
  textId: string,
  { upTo = Number.MAX_SAFE_INTEGER }: { readonly upTo?: number } = {},
): Promise<CheckpointRow | null> {
  const rows = await db
    .select()
    .from(textCheckpoint)
    .where(and(eq(textCheckpoint.textId, textId), lte(textCheckpoint.seq, upTo)))
    .orderBy(desc(textCheckpoint.seq))
    .limit(KEPT);
  for (const row of rows) {
    const logHash = await findLogHash(db, textId, row.seq);
    if (logHash === null || row.state.length < SEAL_BYTES) continue;
    const state = row.state.subarray(0, -SEAL_BYTES);
    if (sealOf({ ...row, state }, logHash).equals(row.state.subarray(-SEAL_BYTES))) return { ...row, state };
  }
  return null;
}

/** Throws a text's checkpoints away; the log makes new ones. */
export async function deleteCheckpoints(tx: WriteTx, textId: string): Promise<void> {
  await tx.delete(textCheckpoint).where(eq(textCheckpoint.textId, textId));
}
