/**
 * The newest link of each chain. Written in the same transaction as the row that it names. Statements are prepared once
 * per connection: this is on the path of every keystroke.
 */
import type { Statement } from "better-sqlite3";
import { asc } from "drizzle-orm";
import type { Connection } from "#db/connection.ts";
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

type Statements = {
  readonly find: Statement<[string], Head>;
  readonly move: Statement<[string, number, string]>;
};

const prepared = new WeakMap<Connection, Statements>();

function statementsOf(connection: Connection): Statements {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const made: Statements = {
    find: connection.prepare("SELECT seq, hash FROM chain_head WHERE chain = ?"),
    move: connection.prepare(
      "INSERT INTO chain_head (chain, seq, hash) VALUES (?, ?, ?) ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
    ),
  };
  prepared.set(connection, made);
  return made;
}

export async function findHead(db: Reading, chain: string): Promise<Head> {
  return statementsOf(db.$client).find.get(chain) ?? beforeTheFirst;
}

/** All chains with their newest links, by name. */
export async function listHeads(db: Reading): Promise<(Head & { readonly chain: string })[]> {
  return db.select().from(chainHead).orderBy(asc(chainHead.chain));
}

/** Moves a chain's head to the row just written. */
export async function moveHead(tx: WriteTx, chain: string, { seq, hash }: Head): Promise<void> {
  statementsOf(tx.$client).move.run(chain, seq, hash);
}
