/** Whose a Yjs client number is: one person's and one login's, for ever; and those under which nobody writes any more. */
import type { Statement } from "better-sqlite3";
import { asc, eq } from "drizzle-orm";
import { rowHash } from "#db/canonical.ts";
import type { Connection } from "#db/connection.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { textClient } from "#db/schema/text.ts";
import { appendEvent, listEventsOn } from "./event.ts";
import { findTextHead } from "./text-log.ts";

export type ClientRow = typeof textClient.$inferSelect;

type Statements = {
  readonly find: Statement<[string, number], ClientRow>;
  readonly insert: Statement<(string | number | null)[]>;
};

const prepared = new WeakMap<Connection, Statements>();

/** Prepared once per connection: somebody's first keystroke waits for them. */
function statementsOf(connection: Connection): Statements {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const made: Statements = {
    find: connection.prepare(
      "SELECT text_id AS textId, client, person_id AS personId, delegation_id AS delegationId, login_id AS loginId, at FROM text_client WHERE text_id = ? AND client = ?",
    ),
    insert: connection.prepare(
      "INSERT INTO text_client (text_id, client, person_id, delegation_id, login_id, at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
  };
  prepared.set(connection, made);
  return made;
}

/** The owner of a client number in a text; null while nobody has claimed it. */
export async function findClient(db: Reading, textId: string, client: number): Promise<ClientRow | null> {
  return statementsOf(db.$client).find.get(textId, client) ?? null;
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
  const { textId, client, personId, delegationId, loginId, at } = row;
  statementsOf(tx.$client).insert.run(textId, client, personId, delegationId, loginId, at);
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

/** Acts that set client numbers aside are found by this. */
const SET_ASIDE = "client-numbers";

/** Client numbers under which nothing more comes into the text: what was refused of them is done again under others. */
export async function setAsideClients(
  tx: WriteTx,
  textId: string,
  aside: readonly {
    readonly client: number;
    readonly by: Pick<ClientRow, "personId" | "delegationId">;
    readonly at: number;
  }[],
): Promise<void> {
  const head = await findTextHead(tx, textId);
  const people = new Set(aside.map(({ by }) => by.personId));
  for (const personId of people) {
    const own = aside.filter(({ by }) => by.personId === personId);
    const [first] = own;
    if (!first) continue;
    await appendEvent(tx, {
      at: first.at,
      by: first.by,
      act: "setAsideClients",
      thing: SET_ASIDE,
      thingId: textId,
      detail: { clients: own.map(({ client }) => client), seq: head.seq, head: head.hash },
    });
  }
}

/** All client numbers of a text that were set aside. */
export async function listSetAside(db: Reading, textId: string): Promise<Set<number>> {
  const acts = await listEventsOn(db, { thing: SET_ASIDE, thingId: textId });
  return new Set(
    acts.flatMap(({ detail: { clients } }) =>
      Array.isArray(clients) ? clients.filter((client) => typeof client === "number") : [],
    ),
  );
}
