/** Whose a Yjs client number is: one person's and one login's, for ever. */
import { and, asc, eq } from "drizzle-orm";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { textClient } from "#db/schema/text.ts";
import { appendEvent } from "./event.ts";
import { findTextHead } from "./text-log.ts";

export type ClientRow = typeof textClient.$inferSelect;

/** The owner of a client number in a text; null while nobody has claimed it. */
export async function findClient(db: Reading, textId: string, client: number): Promise<ClientRow | null> {
  const [row] = await db
    .select()
    .from(textClient)
    .where(and(eq(textClient.textId, textId), eq(textClient.client, client)))
    .limit(1);
  return row ?? null;
}

/** All client numbers of a text with their owners. */
export async function listClients(db: Reading, textId: string): Promise<ClientRow[]> {
  return db.select().from(textClient).where(eq(textClient.textId, textId)).orderBy(asc(textClient.client));
}

/**
 * Gives a client number to a person and login, if it is free, with an event that anchors it, and with it the text's log
 * as it stands. Returns the owner: the caller compares, for the number may have been somebody else's.
 */
export async function claimClient(tx: WriteTx, row: ClientRow): Promise<ClientRow> {
  const owner = await findClient(tx, row.textId, row.client);
  if (owner !== null) return owner;
  await tx.insert(textClient).values(row);
  const head = await findTextHead(tx, row.textId);
  await appendEvent(tx, {
    at: row.at,
    by: row,
    act: "claimClient",
    thing: "text",
    thingId: row.textId,
    detail: { client: row.client, seq: head.seq, head: head.hash, sha256: rowHash("text_client", row) },
  });
  return { ...row };
}
