/**
 * One process per data folder. The lock is the operating system's, on `lock.db`: it ends with the process, however the
 * process ends, so a killed server never leaves a folder that cannot be opened. `lock` beside it says who holds it.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { makePrivateFile } from "./connection.ts";

export type FolderLock = { release(): void };

/**
 * Takes the folder for this process.
 * Throws with a sentence that names the folder and the process that has it.
 */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, "lock.db");
  const holder = path.join(folder, "lock");
  makePrivateFile(file);
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    // Without a rollback journal nothing is left behind by a killed process. Nothing is ever written here.
    connection.pragma("journal_mode = MEMORY");
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) {
      throw new Error(
        `The data folder ${folder} is in use by process ${holderOf(holder)}. One folder serves one process: stop that one first, or set CHAPEAU_DATA to another folder.`,
        { cause: error },
      );
    }
    throw error;
  }
  makePrivateFile(holder);
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release() {
      rmSync(holder, { force: true });
      connection.exec("ROLLBACK");
      connection.close();
    },
  };
}

function holderOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim() || "(number unknown)";
  } catch {
    return "(number unknown)";
  }
}
