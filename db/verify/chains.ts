/** The chains: every row follows the one before it, says what it said, and the last is the head. */
import type { Database } from "better-sqlite3";
import { clientsIn } from "./clients.ts";
import { type Row, hashOf } from "./encoding.ts";

/** Says one fault in one sentence. */
export type Tell = (sentence: string) => void;

export type Chain = { readonly rows: number; readonly head: string };

const short = (hash: unknown) => (typeof hash === "string" ? `${hash.slice(0, 12)}…` : "nothing");

/** Follows one chain, and compares its end with the head kept for it. `each` sees every row. */
function followChain(
  table: string,
  rows: Iterable<Row>,
  options: {
    /** "The record of acts", "The log of text abc". */
    readonly name: string;
    readonly kept: Row | undefined;
    readonly tell: Tell;
    readonly each: (row: Row, seq: number) => void;
  },
): Chain {
  const { name, kept, tell, each } = options;
  let seq = 0;
  let head = "";
  let count = 0;
  for (const row of rows) {
    count += 1;
    const found = Number(row.seq);
    if (found !== seq + 1) {
      tell(
        `${name}: ${found - seq === 2 ? `row ${seq + 1} is` : `rows ${seq + 1} to ${found - 1} are`} missing.`,
      );
    } else if (row.previous_hash !== head) {
      tell(
        `${name}: row ${found} does not follow row ${seq}: it was moved, put in, or the row before it was exchanged.`,
      );
    }
    if (hashOf(table, row) !== row.hash) tell(`${name}: row ${found} was changed after it was written.`);
    each(row, found);
    seq = found;
    head = typeof row.hash === "string" ? row.hash : "";
  }
  if (kept === undefined) {
    if (count > 0) tell(`${name}: its head is missing.`);
  } else if (kept.seq !== seq || kept.hash !== head) {
    tell(
      `${name}: it ends with row ${seq} (${short(head)}), but its head is row ${String(kept.seq)} (${short(kept.hash)}): rows at its end were cut off, put in or changed.`,
    );
  }
  return { rows: count, head };
}

function headOf(db: Database, chain: string): Row | undefined {
  return db.prepare<[string], Row>("SELECT seq, hash FROM chain_head WHERE chain = ?").get(chain);
}

/** The chain of acts. */
export function checkEvents(db: Database, tell: Tell, each: (row: Row, seq: number) => void): Chain {
  const rows = db.prepare<[], Row>("SELECT * FROM event ORDER BY seq").iterate();
  return followChain("event", rows, { name: "The record of acts", kept: headOf(db, "event"), tell, each });
}

/**
 * Every text's log, and that each edit brings characters of its own person only, and none of a client number that was
 * set aside before (`setAside`: per text, the row after which there are none). By text id.
 */
export function checkLogs(
  db: Database,
  tell: Tell,
  setAside: ReadonlyMap<string, ReadonlyMap<unknown, number>>,
): Map<string, Chain> {
  const ids = db
    .prepare<[], string>(
      "SELECT text_id FROM text_update UNION SELECT substr(chain, 6) FROM chain_head WHERE chain LIKE 'text:%' UNION SELECT id FROM text",
    )
    .pluck()
    .all();
  const known = new Set(db.prepare<[], string>("SELECT id FROM text").pluck().all());
  const log = db.prepare<[string], Row>("SELECT * FROM text_update WHERE text_id = ? ORDER BY seq");
  const chains = new Map<string, Chain>();
  for (const id of ids) {
    const name = `The log of text ${id}`;
    if (!known.has(id)) tell(`${name}: the text itself is missing.`);
    const numbers = { owners: ownersOf(db, id), last: setAside.get(id) ?? new Map<unknown, number>() };
    chains.set(
      id,
      followChain("text_update", log.iterate(id), {
        name,
        kept: headOf(db, `text:${id}`),
        tell,
        each: (row, seq) => checkOwners(row, numbers, (sentence) => tell(`${name}: row ${seq} ${sentence}`)),
      }),
    );
  }
  for (const chain of db.prepare<[], string>("SELECT chain FROM chain_head").pluck().all()) {
    if (chain !== "event" && !chain.startsWith("text:"))
      tell(`There is a head of an unknown chain, ${chain}.`);
  }
  return chains;
}

type Numbers = {
  readonly owners: ReadonlyMap<number, unknown>;
  readonly last: ReadonlyMap<unknown, number>;
};

function ownersOf(db: Database, textId: string): Numbers["owners"] {
  const rows = db
    .prepare<[string], Row>("SELECT client, person_id FROM text_client WHERE text_id = ?")
    .all(textId);
  return new Map(rows.map((row) => [Number(row.client), row.person_id]));
}

/** Characters of an edit are its person's; those of a command or repair are the server's, or that person's. */
function checkOwners(row: Row, { owners, last }: Numbers, tell: Tell): void {
  if (!(row.update instanceof Uint8Array)) return tell("holds no update.");
  let clients: Set<number>;
  try {
    clients = clientsIn(row.update);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return tell("cannot be read as a change of the text.");
  }
  for (const client of clients) {
    const owner = owners.get(client);
    if (row.kind === "edit" && owner === undefined) {
      tell(`has characters of client number ${client}, which belongs to nobody.`);
    } else if (row.kind === "edit" ? owner !== row.person_id : owner && owner !== row.person_id) {
      tell(`has characters of client number ${client}, which belongs to another person.`);
    }
    if (Number(row.seq) > (last.get(client) ?? Number.POSITIVE_INFINITY)) {
      tell(`has characters of client number ${client}, which had been set aside.`);
    }
  }
}
