/**
 * Everything that is written goes through here, one transaction after the other on the one writer connection.
 * Drizzle's own transaction cannot await on this driver, and stores are asynchronous so that PostgreSQL can take
 * their place: so BEGIN, COMMIT and ROLLBACK are ours. Appends to a text's log go before other waiting work, because
 * somebody is waiting for their words to be saved.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Connection } from "./connection.ts";

export type WriteQueue<Tx> = {
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Resolves when nothing is running and nothing waits. */
  settled(): Promise<void>;
  /** Rolls back what is running and rejects what waits. */
  close(): void;
};

export type WriteOptions = {
  /** An append to a text's log: goes before other waiting work. */
  readonly log?: boolean;
};

type Job = { run(): Promise<void>; reject(error: Error): void };
type Transaction = { open: boolean };

/** Longer than this and somebody's keystroke waited noticeably; milliseconds. */
const SLOW_WRITE_MS = 20;

const closedSentence = "The database is closed: nothing more can be written.";

/**
 * @param connection the writer connection; nobody else may use it
 * @param open makes what `work` gets; `isOpen` turns false when its transaction ends
 * @param onSlowWrite hears of every transaction above 20 ms, with its length in milliseconds
 * @param beforeCommit ends every transaction but appends to a text's log
 */
export function createWriteQueue<Tx>(options: {
  readonly connection: Connection;
  readonly open: (isOpen: () => boolean) => Tx;
  readonly onSlowWrite: (ms: number) => void;
  readonly beforeCommit?: () => void;
}): WriteQueue<Tx> {
  const { connection, open, onSlowWrite, beforeCommit = () => {} } = options;
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  const inside = new AsyncLocalStorage<Transaction>();
  const logAppends: Job[] = [];
  const others: Job[] = [];
  let running = false;
  let closed = false;
  let waitingForQuiet: (() => void)[] = [];

  async function runAll(): Promise<void> {
    running = true;
    for (let job = next(); job !== undefined; job = next()) await job.run();
    running = false;
    const waiting = waitingForQuiet;
    waitingForQuiet = [];
    for (const resolve of waiting) resolve();
  }

  function next(): Job | undefined {
    return logAppends.shift() ?? others.shift();
  }

  async function transact<T>(work: (tx: Tx) => Promise<T>, log: boolean): Promise<T> {
    if (closed) throw new Error(closedSentence);
    const transaction: Transaction = { open: true };
    const startedAt = performance.now();
    begin.run();
    try {
      const result = await inside.run(transaction, () => work(open(() => transaction.open)));
      // SQLite ends the transaction by itself after some errors, even if the work caught them: that is no commit.
      if (closed || !connection.inTransaction) throw new Error("The transaction ended before its work did.");
      if (!log) beforeCommit();
      commit.run();
      return result;
    } catch (error) {
      if (closed) throw new Error(closedSentence, { cause: error });
      if (connection.inTransaction) rollback.run();
      throw error;
    } finally {
      transaction.open = false;
      const ms = performance.now() - startedAt;
      if (ms > SLOW_WRITE_MS) onSlowWrite(ms);
    }
  }

  return {
    write(work, { log = false } = {}) {
      if (inside.getStore()?.open) {
        return Promise.reject(
          new Error(
            "db.write was called inside db.write: it would wait for itself. Use the transaction that you were given.",
          ),
        );
      }
      if (closed) return Promise.reject(new Error(closedSentence));
      return new Promise((resolve, reject) => {
        const job: Job = { run: () => transact(work, log).then(resolve, reject), reject };
        (log ? logAppends : others).push(job);
        if (!running) void runAll();
      });
    },
    settled() {
      return running ? new Promise((resolve) => waitingForQuiet.push(resolve)) : Promise.resolve();
    },
    close() {
      if (closed) return;
      closed = true;
      if (connection.inTransaction) rollback.run();
      for (let job = next(); job !== undefined; job = next()) job.reject(new Error(closedSentence));
    },
  };
}
