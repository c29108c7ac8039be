/**
 * Standing rows: what holds at present (who presides, who sits where, what is locked, what a text is called) and may
 * change, unlike the rows that `triggers.ts` keeps as they are. Every change is an act, and the act says how the rows
 * stand after it: `canonical.ts` tells how. So whoever changes one behind the server's back is found by the verifier.
 * The connection itself notes which rows a write has touched: no command can forget one. Dialect-bound.
 */
import { type Stored, encodeRow, sha256 } from "./canonical.ts";
import type { Connection } from "./connection.ts";

/** Tables whose rows stand, each with an `id`. */
export const STANDING_TABLES = [
  "person",
  "session",
  "delegation",
  "delegate",
  "officer",
  "agenda_item",
  "agenda_document",
  "meeting",
  "text",
  "drafter",
  "paragraph_lock",
] as const;

/** What an act says of the rows of one table. */
type TableStands = {
  /** What was hashed, in order: columns that a later version adds are not part of it. */
  readonly columns: readonly string[];
  /** Hash of each row as it stands; null for one that is gone. */
  readonly rows: Record<string, string | null>;
};

/** By table. */
export type Stands = Readonly<Record<string, TableStands>>;

type Book = {
  /** The rows touched since the last act. */
  readonly list: () => { readonly of: string; readonly id: string }[];
  readonly find: ReadonlyMap<string, (id: string) => Record<string, Stored> | undefined>;
  readonly clear: () => void;
};

const books = new WeakMap<Connection, Book>();

/** From now on the writer's connection notes the standing rows that it changes; kept in memory, and rolled back with them. */
export function watchStandingRows(writer: Connection): void {
  writer.pragma("temp_store = MEMORY");
  writer.exec('CREATE TEMP TABLE touched_row ("of" TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY ("of", id))');
  const note = (table: string, row: "NEW" | "OLD") =>
    `INSERT OR IGNORE INTO touched_row VALUES ('${table}', ${row}.id)`;
  for (const table of STANDING_TABLES) {
    for (const act of ["INSERT", "UPDATE", "DELETE"] as const) {
      const rows =
        act === "INSERT" ? ["NEW" as const] : act === "DELETE" ? ["OLD" as const] : (["OLD", "NEW"] as const);
      const body = rows.map((row) => `${note(table, row)};`).join(" ");
      writer.exec(
        `CREATE TEMP TRIGGER "${table}_touched_${act.toLowerCase()}" AFTER ${act} ON main."${table}" BEGIN ${body} END`,
      );
    }
  }
  const list = writer.prepare<[], { of: string; id: string }>(
    'SELECT "of", id FROM touched_row ORDER BY 1, 2',
  );
  const clear = writer.prepare("DELETE FROM touched_row");
  const find = new Map(
    STANDING_TABLES.map((table) => {
      const one = writer.prepare<[string], Record<string, Stored>>(`SELECT * FROM "${table}" WHERE id = ?`);
      return [table as string, (id: string) => one.get(id)] as const;
    }),
  );
  books.set(writer, { list: () => list.all(), find, clear: () => void clear.run() });
}

/**
 * How the rows stand that were touched since the last act, for the act that is being recorded; null when none was. Inside
 * the transaction of both.
 */
export function takeStands(writer: Connection): Stands | null {
  const book = books.get(writer);
  const touched = book?.list() ?? [];
  if (!book || touched.length === 0) return null;
  const stands: Record<string, TableStands> = {};
  for (const { of, id } of touched) {
    const row = book.find.get(of)?.(id);
    const told = (stands[of] ??= { columns: Object.keys(row ?? {}).sort(), rows: {} });
    if (row && told.columns.length === 0) stands[of] = { ...told, columns: Object.keys(row).sort() };
    told.rows[id] = row ? sha256(encodeRow(of, row)) : null;
  }
  book.clear();
  return stands;
}

/**
 * Marks every standing row as touched: the next act says how all of them stand. For a folder whose acts never said.
 */
export function touchStandingRows(writer: Connection): void {
  for (const table of STANDING_TABLES) {
    writer.exec(`INSERT OR IGNORE INTO touched_row SELECT '${table}', id FROM "${table}"`);
  }
}
