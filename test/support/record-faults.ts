/** The whole check of a folder, without a process or a test: for tests and bench alike. */
import path from "node:path";
import Sqlite from "better-sqlite3";
import { verifyRecord } from "#db/verify/record.ts";

/** What the checker finds, which shares no code with the server: chains, acts, owners of client numbers. */
export function faultsIn(folder: string, ...oldHeads: readonly string[]): readonly string[] {
  const file = new Sqlite(path.join(folder, "chapeau.db"), { readonly: true });
  try {
    file.exec("BEGIN");
    return verifyRecord(file, oldHeads, folder).faults;
  } finally {
    file.close();
  }
}
