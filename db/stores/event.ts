/** The record of acts, chained. */
import type { Statement } from "better-sqlite3";
import { and, asc, desc, eq, gt, like } from "drizzle-orm";
import { chainedHash } from "#db/canonical.ts";
import type { Connection } from "#db/connection.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { takeStands, touchStandingRows } from "#db/standing.ts";
import { EVENT_CHAIN, type Head, findHead, moveHead } from "./chain.ts";

export type EventRow = typeof event.$inferSelect;

/** One act, as a command tells it. */
export type Act = {
  /** Milliseconds. */
  readonly at: number;
  /** Null persons are the server's own acts. */
  readonly by: { readonly personId: string | null; readonly delegationId?: string | null };
  /** The chair's verb: "issueVersion". */
  readonly act: string;
  readonly thing: string;
  readonly thingId: string;
  readonly sessionId?: string | null;
  /**
   * No private wording. `sha256` is kept for the hashes of rows that this act made (`rowHash`); `stands` is filled in:
   * how the standing rows stand that were touched before it.
   */
  readonly detail?: Readonly<Record<string, unknown>>;
};

const inserts = new WeakMap<Connection, Statement<(string | number | null)[]>>();

/** Prepared once per connection: somebody's first keystroke waits for the act that gives them a client number. */
function insertOn(connection: Connection): Statement<(string | number | null)[]> {
  const known = inserts.get(connection);
  if (known !== undefined) return known;
  const made = connection.prepare<(string | number | null)[]>(
    "INSERT INTO event (seq, at, person_id, delegation_id, act, thing, thing_id, session_id, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  inserts.set(connection, made);
  return made;
}

/** Appends an act to the record, in the transaction of what it did and after it. Returns the new head of the chain. */
export async function appendEvent(tx: WriteTx, act: Act): Promise<Head> {
  const head = await findHead(tx, EVENT_CHAIN);
  const stands = takeStands(tx.$client);
  const row = {
    seq: head.seq + 1,
    at: act.at,
    person_id: act.by.personId,
    delegation_id: act.by.delegationId ?? null,
    act: act.act,
    thing: act.thing,
    thing_id: act.thingId,
    session_id: act.sessionId ?? null,
    detail: JSON.stringify({ ...act.detail, ...(stands && { stands }) }),
    previous_hash: head.hash,
  };
  const hash = chainedHash("event", row);
  insertOn(tx.$client).run(
    row.seq,
    row.at,
    row.person_id,
    row.delegation_id,
    row.act,
    row.thing,
    row.thing_id,
    row.session_id,
    row.detail,
    row.previous_hash,
    hash,
  );
  await moveHead(tx, EVENT_CHAIN, { seq: row.seq, hash });
  return { seq: row.seq, hash };
}

/**
 * In a folder whose acts never said how rows stand (they are older than that), one act says it of all of them. To be
 * called at each start, before anybody acts.
 */
export async function takeStock(tx: WriteTx, at: number): Promise<void> {
  const [any] = await tx.select({ seq: event.seq }).from(event).limit(1);
  const [said] = await tx
    .select({ seq: event.seq })
    .from(event)
    .where(like(event.detail, '%"stands":{%'))
    .limit(1);
  if (!any || said) return;
  touchStandingRows(tx.$client);
  await appendEvent(tx, { at, by: { personId: null }, act: "takeStock", thing: "record", thingId: "rows" });
}

/** Acts in order, after a sequence number; at most `limit`. */
export async function listEvents(
  db: Reading,
  { after = 0, limit = 500 }: { readonly after?: number; readonly limit?: number } = {},
): Promise<EventRow[]> {
  return db.select().from(event).where(gt(event.seq, after)).orderBy(asc(event.seq)).limit(limit);
}

/** Acts of one session, newest first. */
export async function listEventsOfSession(db: Reading, sessionId: string, limit = 200): Promise<EventRow[]> {
  return db.select().from(event).where(eq(event.sessionId, sessionId)).orderBy(desc(event.seq)).limit(limit);
}

/** Acts on one thing, oldest first. */
export async function listEventsOn(
  db: Reading,
  which: { readonly thing: string; readonly thingId: string },
): Promise<EventRow[]> {
  return db
    .select()
    .from(event)
    .where(and(eq(event.thing, which.thing), eq(event.thingId, which.thingId)))
    .orderBy(asc(event.seq));
}

/** Who aligned with a statement or a position on behalf of a group when it was released; null where no act says so. */
export async function findAlignedAtRelease(
  db: Reading,
  which: { readonly thing: "statement" | "position" | "proposal"; readonly thingId: string },
): Promise<readonly string[] | null> {
  for (const { detail } of await listEventsOn(db, which)) {
    const { aligned } = detail;
    if (Array.isArray(aligned)) return aligned.filter((id) => typeof id === "string");
  }
  return null;
}
