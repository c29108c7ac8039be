/** Queries that differ in their values alone are prepared once: preparing one takes as long as a quick answer. */
import { fillPlaceholders, type SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import type { Connection } from "#db/connection.ts";
import type { Reading } from "#db/database.ts";

type Asked = ReturnType<Connection["prepare"]>;

const dialect = new SQLiteSyncDialect();
const prepared = new WeakMap<Connection, Map<string, Asked>>();
/** More than there are forms of a query; whoever has very many delegations asks in a form of their own. */
const MOST_KEPT = 200;

/** Every row of the answer, as SQLite gives it. */
export function askAll<Row>(db: Reading, query: SQL): Row[] {
  const { sql, params } = dialect.sqlToQuery(query);
  const kept = prepared.get(db.$client) ?? new Map<string, Asked>();
  prepared.set(db.$client, kept);
  const known = kept.get(sql);
  const asked = known ?? db.$client.prepare(sql);
  if (known === undefined && kept.size < MOST_KEPT) kept.set(sql, asked);
  return asked.all(...params) as Row[];
}

/** A query with places for what is filled in each time, prepared for this connection: for `builtOnce`. */
export function askingFor<Row>(db: Reading, query: SQL): (values: Record<string, unknown>) => Row[] {
  const { sql, params } = dialect.sqlToQuery(query);
  const asked = db.$client.prepare(sql);
  return (values) => asked.all(...fillPlaceholders(params, values)) as Row[];
}
