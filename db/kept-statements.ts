/**
 * The query builder has its statement prepared anew for each question, which takes SQLite longer than most answers. Its
 * questions differ in their values alone, so what it asked before is kept.
 */
import type { Connection } from "./connection.ts";

type Prepared = ReturnType<Connection["prepare"]>;

/** Questions of lists have a form for each length. */
const MOST_KEPT = 300;
/** As the builder writes it; what is written by hand is kept by whoever wrote it. */
const BUILT = "select ";

/** From now on the connection gives the same statement for the same question; the one not asked for longest goes first. */
export function keepStatements(connection: Connection): Connection {
  const prepare = connection.prepare.bind(connection);
  const kept = new Map<string, Prepared>();
  const prepareOnce = (sql: string): Prepared => {
    if (!sql.startsWith(BUILT)) return prepare(sql);
    const known = kept.get(sql);
    const statement = known ?? prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    // As a new one: whoever wants rows without names says so before each answer.
    return known ? known.raw(false) : statement;
  };
  return Object.assign(connection, { prepare: prepareOnce });
}
