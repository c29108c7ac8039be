/** Checkpoints are written when the text is quiet, off the path of keystrokes, and at the latest after many rows. */
import type { Database } from "#db/database.ts";
import { insertCheckpoint } from "#db/stores/text-checkpoint.ts";
import { CHECKPOINT_QUIET_MS, CHECKPOINT_ROWS, CHECKPOINT_ROWS_AT_LATEST } from "./limits.ts";
import { checkpointOf } from "./live-text.ts";
import type { LiveText } from "./live-text.ts";
import type { Timers } from "./timers.ts";

export type Checkpoints = {
  /** Rows were added. */
  noteRows(): void;
  /** Writes one now if any row is behind the newest; a failure is told and otherwise without consequence. */
  write(): Promise<void>;
  stop(): void;
};

export function createCheckpoints(options: {
  readonly db: Database;
  readonly live: () => LiveText;
  readonly from: number;
  readonly timers: Timers;
  readonly onFault: (error: unknown) => void;
}): Checkpoints {
  const { db, live, timers, onFault } = options;
  let written = options.from;
  let callOff: (() => void) | null = null;

  async function write(): Promise<void> {
    const text = live();
    if (text.seq() <= written) return;
    const { seq, state, attribution } = checkpointOf(text);
    const before = written;
    written = seq;
    try {
      await db.write((tx) =>
        insertCheckpoint(tx, { textId: text.textId, seq, state, attribution, at: timers.now() }),
      );
    } catch (error) {
      written = before;
      onFault(error);
    }
  }

  return {
    noteRows() {
      const behind = live().seq() - written;
      if (behind < CHECKPOINT_ROWS) return;
      if (behind >= CHECKPOINT_ROWS_AT_LATEST && callOff) {
        callOff();
        callOff = null;
        void write();
        return;
      }
      callOff?.();
      callOff = timers.after(CHECKPOINT_QUIET_MS, () => {
        callOff = null;
        void write();
      });
    },
    write,
    stop() {
      callOff?.();
      callOff = null;
    },
  };
}
