/**
 * One connection to one SQLite file, with the settings that the promises of the record rest on: set, then read back.
 * The driver opens a file in WAL mode as `synchronous = NORMAL`, which may lose the last commits at a power cut.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";

export type Connection = Sqlite.Database;

export type ConnectionOptions = {
  /** Refuse every write on this connection. */
  readonly queryOnly?: boolean;
  /** How long to wait for another connection's lock; milliseconds. */
  readonly busyTimeoutMs?: number;
};

/** A file of this many bytes is kept for the write-ahead log after a checkpoint; more is given back. */
const WAL_KEPT_BYTES = 64 * 1024 * 1024;
const SYNCHRONOUS_FULL = 2;

/** Makes the data folder, readable by its owner alone. A folder that is already there keeps its mode. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Makes the file if need be, readable by its owner alone; its `-wal` and `-shm` inherit that. A file that is there is
 * not opened: closing it would end every lock that SQLite holds on it in this process.
 */
export function makePrivateFile(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o600);
  else closeSync(openSync(file, "wx", 0o600));
}

/**
 * Opens `file` (made if missing, mode 0600) in WAL mode with `synchronous = FULL` and foreign keys.
 * Throws when a setting did not take: better no server than one that promises what it cannot keep.
 */
export function openConnection(file: string, options: ConnectionOptions = {}): Connection {
  const { queryOnly = false, busyTimeoutMs = 5_000 } = options;
  makePrivateFile(file);
  const connection = new Sqlite(file, { timeout: busyTimeoutMs });
  try {
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = FULL");
    connection.pragma("foreign_keys = ON");
    // Without this an INSERT OR REPLACE deletes a row without firing its delete trigger.
    connection.pragma("recursive_triggers = ON");
    connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
    connection.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
    if (queryOnly) connection.pragma("query_only = ON");
    assertSettings(connection, { queryOnly, busyTimeoutMs });
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Throws unless the connection has every setting of `openConnection`. */
export function assertSettings(
  connection: Connection,
  { queryOnly, busyTimeoutMs }: { readonly queryOnly: boolean; readonly busyTimeoutMs: number },
): void {
  const wanted: Record<string, string | number> = {
    journal_mode: "wal",
    synchronous: SYNCHRONOUS_FULL,
    foreign_keys: 1,
    recursive_triggers: 1,
    busy_timeout: busyTimeoutMs,
    query_only: queryOnly ? 1 : 0,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) {
      throw new Error(
        `SQLite setting ${name} of ${path.basename(connection.name)} is ${String(found)} and must be ${String(value)}.`,
      );
    }
  }
}

/** Errors after which nothing can be kept for now: the disk is full, over quota, or fails. */
export function isStorageFull(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    const code = "code" in cause ? String(cause.code) : "";
    if (code === "SQLITE_FULL" || code.startsWith("SQLITE_IOERR")) return true;
    if (code === "ENOSPC" || code === "EDQUOT" || code === "EIO") return true;
  }
  return false;
}
