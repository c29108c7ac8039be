/**
 * Checkpoints: a text's state at one row of its log, for opening fast. Derived, so one that does not fit its log, or that
 * no act on record made, is passed over. How it is sealed to the log is told in `canonical.ts`.
 */
import { createHash } from "node:crypto";
import { and, desc, eq, lt, lte, notExists, sql } from "drizzle-orm";
import { encodeRow } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { textCheckpoint, textUpdate } from "#db/schema/text.ts";
import { appendEvent } from "./event.ts";

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

/** The act that made a checkpoint is found by this name. */
const nameOf = (textId: string, seq: number) => `${textId} ${seq}`;

/** Whether an act on record made this checkpoint: the seal alone can be made by anybody. */
async function isOnRecord(db: Reading, { textId, seq, seal }: Sealed): Promise<boolean> {
  const acts = await db
    .select({ detail: event.detail })
    .from(event)
    .where(and(eq(event.thing, "checkpoint"), eq(event.thingId, nameOf(textId, seq))));
  return acts.some(({ detail }) => detail.seal === seal.toString("hex"));
}

type Sealed = { readonly textId: string; readonly seq: number; readonly seal: Buffer };

async function findLogHash(db: Reading, textId: string, seq: number): Promise<string | null> {
  const [row] = await db
    .select({ hash: textUpdate.hash })
    .from(textUpdate)
    .where(and(eq(textUpdate.textId, textId), eq(textUpdate.seq, seq)))
    .limit(1);
  return row?.hash ?? null;
}

/**
 * Keeps the state and attribution as they were after log row `seq`, with an act on record, and throws away all but the
 * newest two checkpoints of the text and those that no act made. The row must be in the log.
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
  await appendEvent(tx, {
    at,
    by: { personId: null },
    act: "keepCheckpoint",
    thing: "checkpoint",
    thingId: nameOf(textId, seq),
    detail: { textId, seq, seal: seal.toString("hex") },
  });
  const made = tx
    .select({ seq: event.seq })
    .from(event)
    .where(
      and(
        eq(event.thing, "checkpoint"),
        eq(event.thingId, sql`${textCheckpoint.textId} || ' ' || ${textCheckpoint.seq}`),
      ),
    );
  await tx.delete(textCheckpoint).where(and(eq(textCheckpoint.textId, textId), notExists(made)));
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

/**
 * The newest checkpoint at or before `upTo` that fits its log and that an act on record made; null when there is none:
 * replay from the start.
 */
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
    const seal = row.state.subarray(-SEAL_BYTES);
    if (!(await isOnRecord(db, { textId, seq: row.seq, seal }))) continue;
    if (sealOf({ ...row, state }, logHash).equals(seal)) return { ...row, state };
  }
  return null;
}

/** Throws a text's checkpoints away; the log makes new ones. */
export async function deleteCheckpoints(tx: WriteTx, textId: string): Promise<void> {
  await tx.delete(textCheckpoint).where(eq(textCheckpoint.textId, textId));
}
