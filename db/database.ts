/**
 * The domain's database: one writer connection behind a queue, one reader connection, migrated and locked to this
 * process. Stores (`stores/<noun>.ts`) are async functions whose first argument is a `Reading` or a `WriteTx`.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { type Connection, makeFolder, openConnection } from "./connection.ts";
import { guarded } from "./guarded.ts";
import { keepStatements } from "./kept-statements.ts";
import { lockFolder } from "./lock.ts";
import { createFollowing } from "./search/following.ts";
import { createSearchIndex } from "./search/search-index.ts";
import { createSearchTables } from "./search/tables.ts";
import { watchStandingRows } from "./standing.ts";
import { createTriggers } from "./triggers.ts";
import { createWriteQueue, type WriteOptions } from "./write-queue.ts";

export { isStorageFull } from "./connection.ts";

type Drizzle = BetterSQLite3Database & { readonly $client: Connection };

/** What can be queried: the reader connection or a transaction. It cannot write. */
export type Reading = Pick<Drizzle, "select" | "selectDistinct" | "$count" | "all" | "get" | "$client">;

/** What `db.write` gives to its work; unusable once the work has ended. */
export type WriteTx = Reading & Pick<Drizzle, "insert" | "update" | "delete" | "run">;

export type Database = {
  /** Sees everything that is committed; refuses to write. */
  readonly read: Reading;
  /**
   * Runs `work` in one transaction, after everything that waits before it; commits (durably) when it returns, rolls back
   * when it throws. Inside, await stores only, at most 20 ms, and never `db.write` again. `log`: an append to a text's
   * log, which goes before other waiting work. See `isStorageFull` for errors of a full or failing disk.
   */
  write<T>(work: (tx: WriteTx) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Resolves when nothing is being written and nothing waits to be. */
  settled(): Promise<void>;
  /**
   * Resolves when search finds everything that is committed, wordings of texts left out. `onProgress` hears how many
   * things of how many are taken over, now and then, when it takes a while.
   */
  indexed(onProgress?: (done: number, all: number) => void): Promise<void>;
  /** Rolls back what is running, rejects what waits, gives the folder back. Await `settled()` before. */
  close(): void;
  /** The data folder. */
  readonly folder: string;
};

const DATABASE_FILE = "chapeau.db";
const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Opens (or makes) the data folder's database: takes the folder for this process, migrates, creates the triggers.
 * Throws with a sentence when another process has the folder or the file is of a newer version of Chapeau.
 * `onSlowWrite` hears of transactions above 20 ms, `onSearchFault` of what cannot be found.
 */
export function openDatabase(options: {
  readonly folder: string;
  readonly onSlowWrite?: (ms: number) => void;
  readonly onSearchFault?: (error: unknown) => void;
  readonly busyTimeoutMs?: number;
}): Database {
  const { onSlowWrite = () => {}, onSearchFault = () => {}, busyTimeoutMs = 5_000 } = options;
  const folder = path.resolve(options.folder);
  makeFolder(folder);
  const lock = lockFolder(folder);
  const opened: Connection[] = [];
  try {
    const file = path.join(folder, DATABASE_FILE);
    const writer = openConnection(file, { busyTimeoutMs });
    opened.push(writer);
    migrateFile(writer);
    createTriggers(writer);
    watchStandingRows(writer);
    createSearchTables(writer);
    const reader = keepStatements(openConnection(file, { busyTimeoutMs, queryOnly: true }));
    opened.push(reader);
    const writing: Drizzle = drizzle({ client: writer });
    const queue = createWriteQueue<WriteTx>({
      connection: writer,
      // Whoever keeps it longer would write outside of any transaction.
      open: (isOpen) => guarded(writing, isOpen),
      onSlowWrite,
      beforeCommit: () => search.beforeCommit(),
    });
    const search = createFollowing(createSearchIndex(writer, onSearchFault), () =>
      queue.write(() => Promise.resolve()),
    );
    let closed = false;
    return {
      folder,
      read: drizzle({ client: reader }),
      async write(work, writing) {
        const result = await queue.write(work, writing);
        search.follow();
        return result;
      },
      settled: queue.settled,
      indexed: search.indexed,
      close() {
        if (closed) return;
        closed = true;
        search.stop();
        queue.close();
        reader.close();
        writer.close();
        lock.release();
      },
    };
  } catch (error) {
    for (const connection of opened) connection.close();
    lock.release();
    throw error;
  }
}

/** Foreign keys are off while tables are rebuilt (they cannot be switched inside a transaction), then all are checked. */
function migrateFile(writer: Connection): void {
  const db = drizzle({ client: writer });
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const newest = known.at(-1)?.folderMillis ?? 0;
  const table = writer.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  if (table !== undefined) {
    const applied = writer.prepare("SELECT max(created_at) FROM __drizzle_migrations").pluck().get();
    if (Number(applied ?? 0) > newest) {
      throw new Error(
        `${writer.name} was written by a newer version of Chapeau. Start that version, or restore a backup made before the upgrade.`,
      );
    }
  }
  writer.pragma("foreign_keys = OFF");
  migrate(db, { migrationsFolder: MIGRATIONS });
  const broken = writer.pragma("foreign_key_check");
  if (Array.isArray(broken) && broken.length > 0) {
    throw new Error(`${writer.name} has ${broken.length} rows that refer to rows which do not exist.`);
  }
  writer.pragma("foreign_keys = ON");
}
