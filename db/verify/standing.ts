/**
 * Rows that may change, each by an act: seats, offices, pens, locks, names, the agenda. Acts are followed in order; what
 * they say of a row must be what is stored. An act says it by hashes (`detail.stands`, told in `db/canonical.ts`); acts
 * of older folders, which have none, by what they name themselves.
 */
import type { Database } from "better-sqlite3";
import { type Told, makesRows, toldBy } from "./acts.ts";
import type { Tell } from "./chains.ts";
import { type Row, hashOf } from "./encoding.ts";

const names = {
  person: "person",
  session: "session",
  delegation: "delegation",
  delegate: "seat",
  officer: "office",
  agenda_item: "agenda item",
  agenda_document: "agenda document",
  meeting: "meeting",
  text: "text",
  drafter: "pen",
  paragraph_lock: "lock",
} as const;
type Table = keyof typeof names;
const tables = Object.keys(names) as Table[];

type Standing = {
  /** The newest act that named the row. */
  seq: number;
  act: string;
  /** Null when that act said nothing by hash. */
  hashed: { readonly columns: readonly string[]; readonly hash: string | null } | null;
  /** Values that acts named themselves, since the last hash; undefined: not known any more. */
  readonly values: Map<string, unknown>;
};

export type StandingRows = {
  readonly rows: Map<string, Standing>;
  /** An act has said something by hash. */
  isHashed: boolean;
  /** An act made such a row before any said something by hash: the folder is older than that. */
  isOlder: boolean;
};

export function noStandingRows(): StandingRows {
  return { rows: new Map(), isHashed: false, isOlder: false };
}

/** Takes one act in. */
export function followStanding(standing: StandingRows, row: Row, detail: Row): void {
  const seq = Number(row.seq);
  const act = String(row.act);
  const said = hashesIn(detail.stands);
  if (said.length > 0) standing.isHashed = true;
  else if (!standing.isHashed && makesRows(act)) standing.isOlder = true;
  const standingOf = ({ table, id }: Pick<Told, "table" | "id">): Standing => {
    const key = `${table} ${id}`;
    const known = standing.rows.get(key) ?? { seq, act, hashed: null, values: new Map<string, unknown>() };
    standing.rows.set(key, known);
    Object.assign(known, { seq, act });
    return known;
  };
  if (said.length === 0) {
    for (const told of toldBy(row, detail)) {
      const values = Object.entries(told.values);
      // An act that names nothing of the row and says nothing by hash has not touched it.
      if (standing.isHashed && values.every(([, value]) => value === undefined)) continue;
      const known = standingOf(told);
      known.hashed = null;
      for (const [column, value] of values) known.values.set(column, value);
    }
  }
  for (const { table, id, columns, hash } of said) {
    const known = standingOf({ table, id });
    known.hashed = { columns, hash };
    // Taking stock says what was found there: what acts had named before must still be so.
    if (act !== "takeStock") known.values.clear();
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hashesIn(stands: unknown): {
  readonly table: string;
  readonly id: string;
  readonly columns: string[];
  readonly hash: string | null;
}[] {
  if (!isRecord(stands)) return [];
  return Object.entries(stands).flatMap(([table, told]) => {
    if (!isRecord(told) || !Array.isArray(told.columns) || !isRecord(told.rows)) return [];
    const columns = told.columns.map(String);
    return Object.entries(told.rows).map(([id, hash]) => ({
      table,
      id,
      columns,
      hash: typeof hash === "string" ? hash : null,
    }));
  });
}

/** Every standing row is as the acts left it, and none is missing. Returns how many there are. */
export function checkStanding(db: Database, standing: StandingRows, tell: Tell): number {
  const missing = new Map(
    [...standing.rows].filter(([, { hashed }]) => hashed === null || hashed.hash !== null),
  );
  const there = new Set(
    db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all(),
  );
  let count = 0;
  for (const table of tables) {
    // Folders of earlier versions lack some. Where one was taken away, its acts have no rows.
    if (!there.has(table)) continue;
    for (const row of db.prepare<[], Row>(`SELECT * FROM "${table}"`).iterate()) {
      count += 1;
      const key = `${table} ${String(row.id)}`;
      const known = standing.rows.get(key);
      missing.delete(key);
      const name = `The ${names[table]} ${String(row.id)}`;
      if (known === undefined) {
        // The people of older exercises came without an act.
        if (table === "person" && standing.isOlder) continue;
        tell(`${name} was put in: no act on record made it.`);
      } else if (!isAsTold(table, row, known)) {
        tell(
          `${name} was changed: act ${known.seq} on record (${known.act}), the newest on it, left it otherwise.`,
        );
      }
    }
  }
  for (const [key, { seq, act }] of missing) {
    tell(`Act ${seq} on record (${act}) speaks of a row that is missing: ${key.replace(" ", ", ")}.`);
  }
  return count;
}

function isAsTold(table: Table, row: Row, { hashed, values }: Standing): boolean {
  for (const [column, value] of values) {
    if (value !== undefined && !isSame(row[column] ?? null, value)) return false;
  }
  if (hashed === null) return true;
  if (!hashed.columns.every((column) => column in row)) return false;
  return (
    hashOf(table, Object.fromEntries(hashed.columns.map((column) => [column, row[column]]))) === hashed.hash
  );
}

function isSame(stored: unknown, told: unknown): boolean {
  return stored === (typeof told === "boolean" ? Number(told) : told);
}
