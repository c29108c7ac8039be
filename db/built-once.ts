/**
 * Questions that are always asked in the same form: the query builder takes longer to put one together than SQLite to
 * answer it. Nobody's values are part of what is kept; they are filled in each time, at places with names.
 */
import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { Connection } from "./connection.ts";
import type { Reading } from "./database.ts";
import { guardedAs } from "./guarded.ts";

/** Whoever asks in more forms than that has them built anew. */
const MOST_FORMS = 50;

/**
 * `build` is called once for each connection and form, and ends with `.prepare()`. What is kept belongs to the connection;
 * who asks inside a transaction gets it for as long as that lasts.
 */
export function builtOnce<Query, Form extends string = "">(
  build: (db: Reading, form: Form) => Query,
): (db: Reading, ...form: Form extends "" ? [] : [Form]) => Query {
  const built = new WeakMap<Connection, Map<string, Query>>();
  return (db, ...[named]) => {
    const form = (named ?? "") as Form;
    const known = built.get(db.$client) ?? new Map<string, Query>();
    built.set(db.$client, known);
    const before = known.get(form);
    if (before !== undefined) return guardedAs(db, before);
    const query = build(db, form);
    if (known.size < MOST_FORMS) known.set(form, query);
    return guardedAs(db, query);
  };
}

/** One of the ids in a list that is filled in at the place `name`, as `listed` writes it. */
export function isListed(column: AnyColumn, name: string): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${sql.placeholder(name)}))`;
}

export function listed(ids: Iterable<string>): string {
  return JSON.stringify([...ids]);
}
