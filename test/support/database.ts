/** A database of its own for each test, on disk (the promises are about files), gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { type Database, openDatabase } from "#db/database.ts";

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
