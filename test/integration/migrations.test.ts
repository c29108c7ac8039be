/** The tables that the migrations make are the tables that the code speaks of. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as schema from "#db/schema.ts";
import { temporaryDatabase } from "#test/support/database.ts";

const folder = path.resolve("db/migrations");
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), "utf8"));

type Snapshot = Awaited<ReturnType<typeof generateSQLiteDrizzleJson>>;
type Journal = { readonly entries: readonly { readonly tag: string }[] };

test("a new migration would change nothing: the schema is the one that the newest was made from", async () => {
  const [newest = ""] = globSync("meta/*_snapshot.json", { cwd: folder }).toSorted().toReversed();
  const was: Snapshot = read(newest);
  const now = await generateSQLiteDrizzleJson(schema, was.id);
  expect(await generateSQLiteMigration(was, now)).toEqual([]);
  expect(await generateSQLiteMigration({ ...was, tables: {} }, now)).not.toEqual([]);
});

test("every migration is in the journal, in its order", () => {
  const { entries }: Journal = read("meta/_journal.json");
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(globSync("*.sql", { cwd: folder }).toSorted());
});

test("a fresh database has the tables, columns and indexes of the schema", () => {
  const tables = Object.values<unknown>(schema).filter((one) => is(one, SQLiteTable));
  expect(tables.length).toBeGreaterThan(20);
  const file = new Sqlite(path.join(temporaryDatabase().folder, "chapeau.db"), { readonly: true });
  const columns = file.prepare(
    'SELECT name, lower(type) AS type, "notnull" AS needed FROM pragma_table_info(?) ORDER BY name',
  );
  // SQLite makes those of the keys itself, and search makes its own.
  const indexes = file
    .prepare(
      "SELECT name FROM pragma_index_list(?) WHERE origin = 'c' AND name NOT LIKE 'search%' ORDER BY name",
    )
    .pluck();
  for (const table of tables) {
    const { name, ...wanted } = getTableConfig(table);
    const asWanted = wanted.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      needed: column.notNull ? 1 : 0,
    }));
    expect(columns.all(name), name).toEqual(asWanted.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    const unique = wanted.columns.flatMap((column) => (column.isUnique ? (column.uniqueName ?? []) : []));
    const named = [...wanted.indexes.map((one) => one.config.name), ...unique];
    const others = wanted.uniqueConstraints.map((one) => one.getName() ?? "");
    expect(indexes.all(name), name).toEqual([...named, ...others].toSorted());
  }
  file.close();
});
