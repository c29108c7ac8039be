/** Keeps the index of search up with what is written: a little at the end of each write, the rest in writes of its own. */
import type { SearchIndex } from "./search-index.ts";

export type Following = {
  /** For the end of each transaction. */
  readonly beforeCommit: () => void;
  /** After a write: goes on by itself when something is left. */
  follow(): void;
  /** Resolves when nothing is left. `onProgress` hears now and then how many of how many are taken over. */
  indexed(onProgress?: (done: number, all: number) => void): Promise<void>;
  stop(): void;
};

/** Of the 20 ms that a write may take; milliseconds. */
const WITHIN_A_WRITE_MS = 8;
const PROGRESS_EVERY_MS = 1_000;

/** `write` makes a transaction of its own, which ends with `beforeCommit`. */
export function createFollowing(index: SearchIndex, write: () => Promise<void>): Following {
  const state = { isBehind: false, isStopped: false, isFollowing: false };

  async function catchUp(): Promise<void> {
    while (state.isBehind && !state.isStopped) {
      // Whoever waits comes first.
      await new Promise(setImmediate);
      if (!state.isStopped) await write();
    }
  }

  return {
    beforeCommit() {
      state.isBehind = index.takeOver(WITHIN_A_WRITE_MS);
    },
    follow() {
      if (!state.isBehind || state.isFollowing) return;
      state.isFollowing = true;
      catchUp()
        // Whatever it was, the next write meets it too, and tells whoever made it.
        .catch(() => {})
        .finally(() => (state.isFollowing = false));
    },
    async indexed(onProgress = () => {}) {
      const all = index.left();
      let toldAt = performance.now();
      for (let left = all; left > 0; left = index.left()) {
        await write();
        if (performance.now() - toldAt < PROGRESS_EVERY_MS) continue;
        toldAt = performance.now();
        onProgress(all - index.left(), all);
      }
    },
    stop() {
      state.isStopped = true;
    },
  };
}
