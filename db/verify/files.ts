/** The files that people put in: each row of `upload` has its file, and the file is what the row says. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import type { Database } from "better-sqlite3";
import type { Tell } from "./chains.ts";
import type { Row } from "./encoding.ts";

const PIECE_BYTES = 1024 * 1024;

/** Returns how many files there are. */
export function checkFiles(db: Database, folder: string, tell: Tell): number {
  const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'upload'").get() !== undefined;
  if (!isThere) return 0;
  const checked = new Map<string, { readonly bytes: number; readonly hash: string } | null>();
  for (const row of db.prepare<[], Row>("SELECT id, size, sha256 FROM upload ORDER BY at, id").iterate()) {
    const name = String(row.sha256);
    if (!checked.has(name)) checked.set(name, /^[0-9a-f]{64}$/.test(name) ? hashOf(folder, name) : null);
    const found = checked.get(name) ?? null;
    if (found === null) tell(`The file of upload ${String(row.id)} is missing: uploads/${name}.`);
    else if (found.hash !== name || found.bytes !== row.size) {
      tell(`The file of upload ${String(row.id)} was changed: uploads/${name}.`);
    }
  }
  return checked.size;
}

function hashOf(folder: string, name: string): { readonly bytes: number; readonly hash: string } | null {
  let handle: number;
  try {
    handle = openSync(path.join(folder, "uploads", name), "r");
  } catch {
    return null;
  }
  try {
    const hash = createHash("sha256");
    const piece = Buffer.alloc(PIECE_BYTES);
    let bytes = 0;
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { bytes, hash: hash.digest("hex") };
  } finally {
    closeSync(handle);
  }
}
