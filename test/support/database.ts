/** A database of its own for each test, on disk (the promises are about files), gone afterwards. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import { type Database, openDatabase } from "#db/database.ts";

export { faultsIn } from "./record-faults.ts";

/** A fresh folder, removed when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "chapeau-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh, migrated, empty database; closed and removed when the test has finished. */
export function temporaryDatabase(options: { readonly onSlowWrite?: (ms: number) => void } = {}): Database {
  const folder = temporaryFolder();
  const db = openDatabase({ folder, ...options });
  onTestFinished(() => db.close());
  return db;
}

/** Runs `npm run verify` on a folder as a process of its own: exit code, summary, and one fault per line. */
export function runVerify(...args: readonly string[]): {
  readonly code: number | null;
  readonly summary: string;
  readonly faults: readonly string[];
} {
  const script = path.resolve("db/verify/verify.ts");
  const run = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  return {
    code: run.status,
    summary: run.stdout,
    faults: run.stderr.split("\n").filter((line) => line !== ""),
  };
}

/** Writes into a folder's database behind everybody's back: without the triggers that keep a table as it is. */
export function rewrite(folder: string, table: string, statement: string): void {
  const file = new Sqlite(path.join(folder, "chapeau.db"));
  try {
    file.exec(`DROP TRIGGER "${table}_no_update"; DROP TRIGGER "${table}_no_delete"`);
    file.exec(statement);
  } finally {
    file.close();
  }
}

/** Allows the file to grow by so many pages only; null lifts it. The pragma holds for the writer's connection. */
export async function limitPages(db: Database, more: number | null): Promise<void> {
  await db.write((tx) => {
    const connection = tx.$client;
    const pages = Number(connection.pragma("page_count", { simple: true }));
    connection.pragma(`max_page_count = ${more === null ? 4_294_967_294 : pages + more}`);
    return Promise.resolve();
  });
}
