/**
 * The log of a text: what everything else about its words is made from. Appended in one commit before anything is
 * acknowledged. Statements are prepared once per connection: this is the path of every keystroke.
 */
import type { Statement } from "better-sqlite3";
import { chainedHash } from "#db/canonical.ts";
import type { Connection } from "#db/connection.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import type { textUpdate } from "#db/schema/text.ts";
import { type Head, findHead, moveHead, textChain } from "./chain.ts";

/** A row of the log. */
export type UpdateRow = typeof textUpdate.$inferSelect;

/** What the room hands over for one row; number, text and hashes are added here. */
export type NewUpdate = Omit<UpdateRow, "textId" | "seq" | "previousHash" | "hash" | "update" | "act"> & {
  readonly update: Uint8Array;
  /** The act, for commands and repairs. */
  readonly act?: string;
};

export type LogPage = {
  /** In order; up to the damage, if there is any. */
  readonly rows: readonly UpdateRow[];
  /** The first row that is missing, changed or unreadable; null when the page is whole. */
  readonly damagedAt: number | null;
  /** Hash of the last row returned, for the next page. */
  readonly head: string;
};

const PAGE = 5_000;

type Statements = {
  readonly append: Statement<(string | number | null | Uint8Array)[]>;
  readonly page: Statement<[string, number, number, number], UpdateRow>;
  readonly hashOf: Statement<[string, number], string>;
};

const prepared = new WeakMap<Connection, Statements>();

function statementsOf(connection: Connection): Statements {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const made: Statements = {
    append: connection.prepare(
      'INSERT INTO text_update (text_id, seq, person_id, delegation_id, login_id, at, kind, act, "update", previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    page: connection.prepare(
      'SELECT text_id AS textId, seq, person_id AS personId, delegation_id AS delegationId, login_id AS loginId, at, kind, act, "update", previous_hash AS previousHash, hash FROM text_update WHERE text_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    ),
    hashOf: connection
      .prepare<[string, number], string>("SELECT hash FROM text_update WHERE text_id = ? AND seq = ?")
      .pluck(),
  };
  prepared.set(connection, made);
  return made;
}

/** The hash of a row by its own columns. */
function hashOfRow(row: Omit<UpdateRow, "hash" | "update"> & { readonly update: Uint8Array }): string {
  return chainedHash("text_update", {
    text_id: row.textId,
    seq: row.seq,
    person_id: row.personId,
    delegation_id: row.delegationId,
    login_id: row.loginId,
    at: row.at,
    kind: row.kind,
    act: row.act,
    update: row.update,
    previous_hash: row.previousHash,
  });
}

/** Appends rows to a text's log, in order, and moves its head. Returns the new head (the old one for no rows). */
export async function appendUpdates(tx: WriteTx, textId: string, rows: readonly NewUpdate[]): Promise<Head> {
  const statements = statementsOf(tx.$client);
  const chain = textChain(textId);
  let { seq, hash } = await findHead(tx, chain);
  for (const added of rows) {
    const row = { ...added, act: added.act ?? "", textId, seq: seq + 1, previousHash: hash };
    ({ seq } = row);
    hash = hashOfRow(row);
    statements.append.run(
      textId,
      seq,
      row.personId,
      row.delegationId,
      row.loginId,
      row.at,
      row.kind,
      row.act,
      row.update,
      row.previousHash,
      hash,
    );
  }
  if (rows.length > 0) await moveHead(tx, chain, { seq, hash });
  return { seq, hash };
}

/** Rows `after < seq <= upTo`, in order, at most `limit`; unchecked. */
export async function listUpdates(
  db: Reading,
  textId: string,
  {
    after = 0,
    upTo = Number.MAX_SAFE_INTEGER,
    limit = PAGE,
  }: { readonly after?: number; readonly upTo?: number; readonly limit?: number } = {},
): Promise<UpdateRow[]> {
  return statementsOf(db.$client).page.all(textId, after, upTo, limit);
}

/**
 * Like `listUpdates`, with every row checked against the one before it, and the end against the chain's head: returns
 * the whole rows up to the first damage. `head` is the hash of row `after`; it is looked up when missing.
 */
export async function listCheckedUpdates(
  db: Reading,
  textId: string,
  options: {
    readonly after?: number;
    readonly upTo?: number;
    readonly limit?: number;
    readonly head?: string;
  } = {},
): Promise<LogPage> {
  const { after = 0, upTo = Number.MAX_SAFE_INTEGER, limit = PAGE } = options;
  const statements = statementsOf(db.$client);
  const rows: UpdateRow[] = [];
  let seq = after;
  let head = options.head ?? (after === 0 ? "" : statements.hashOf.get(textId, after));
  if (head === undefined) return { rows, damagedAt: after, head: "" };
  try {
    for (const row of statements.page.iterate(textId, after, upTo, limit)) {
      if (row.seq !== seq + 1 || row.previousHash !== head || row.hash !== hashOfStored(row)) {
        return { rows, damagedAt: seq + 1, head };
      }
      rows.push(row);
      ({ seq, hash: head } = row);
    }
    const newest = await findHead(db, textChain(textId));
    const short = rows.length < limit && seq < Math.min(upTo, newest.seq);
    const forked = newest.seq < seq || (newest.seq === seq && newest.hash !== head);
    return { rows, damagedAt: short || forked ? seq + 1 : null, head };
  } catch (error) {
    if (isUnreadable(error)) return { rows, damagedAt: seq + 1, head };
    throw error;
  }
}

/** Null for a row whose columns have lost their types. */
function hashOfStored(row: UpdateRow): string | null {
  try {
    return hashOfRow(row);
  } catch {
    return null;
  }
}

/** The page of the file that holds a row is damaged. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_CORRUPT");
}

/** The newest row's number and hash: `seq` 0 and an empty hash for an empty log. */
export async function findTextHead(db: Reading, textId: string): Promise<Head> {
  return findHead(db, textChain(textId));
}
