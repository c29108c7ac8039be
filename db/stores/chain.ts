/** The newest link of each chain. Written in the same transaction as the row that it names. */
import { asc, eq, sql } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { chainHead } from "#db/schema/record.ts";

/** `seq` 0 and an empty hash before the first row. */
export type Head = { readonly seq: number; readonly hash: string };

export const EVENT_CHAIN = "event";

/** The name of a text's chain. */
export function textChain(textId: string): string {
  return `text:${textId}`;
}

const beforeTheFirst: Head = { seq: 0, hash: "" };

export async function findHead(db: Reading, chain: string): Promise<Head> {
  const [row] = await db
    .select({ seq: chainHead.seq, hash: chainHead.hash })
    .from(chainHead)
    .where(eq(chainHead.chain, chain))
    .limit(1);
  return row ?? beforeTheFirst;
}

/** All chains with their newest links, by name. */
export async function listHeads(db: Reading): Promise<(Head & { readonly chain: string })[]> {
  return db.select().from(chainHead).orderBy(asc(chainHead.chain));
}

/** Moves a chain's head to the row just written. */
export async function moveHead(tx: WriteTx, chain: string, head: Head): Promise<void> {
  await tx
    .insert(chainHead)
    .values({ chain, ...head })
    .onConflictDoUpdate({
      target: chainHead.chain,
      set: { seq: sql`excluded.seq`, hash: sql`excluded.hash` },
    });
}
