/**
 * Watches that the record of a text goes on from where this browser saw it last. Every welcome and update names the
 * row of the log it reaches and the head of the chain there; a record that ends before the row that was seen, or says
 * something else at it, is not the one that was seen.
 */
import type { KeptRecord, RecordBreak, RecordEnd } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";

/** The end of the log is written to the device at most so often. */
const KEEP_MS = 2_000;

type WatchOptions = {
  readonly kept: KeptRecord | null;
  readonly clock: Clock;
  readonly keep: (record: KeptRecord, anyway: boolean) => void;
  readonly tell: (broken: RecordBreak | null) => void;
};

export type RecordWatch = {
  /** The server names the end of the log. */
  hear(now: RecordEnd): void;
  setLocked(locked: ReadonlySet<string>): void;
  /** The end of the log that this page saw last. */
  end(): RecordEnd | null;
  broken(): RecordBreak | null;
  /** The person has noted what was seen before: the record that is there counts from now on. */
  answer(): void;
  close(): void;
};

export function watchRecord({ kept, clock, keep, tell }: WatchOptions): RecordWatch {
  let end: RecordEnd | null = kept && { seq: kept.seq, head: kept.head };
  let locked: readonly string[] = kept?.locked ?? [];
  let broken: RecordBreak | null = kept?.broken ?? null;
  let callOffKeep: (() => void) | null = null;

  function write(anyway: boolean): void {
    callOffKeep?.();
    callOffKeep = null;
    if (end) keep({ ...end, locked, broken }, anyway || broken !== null);
  }

  function writeSoon(): void {
    callOffKeep ??= clock.after(KEEP_MS, () => write(false));
  }

  if (broken) tell(broken);

  return {
    hear(now) {
      const before = end;
      end = { seq: now.seq, head: now.head };
      const isOther =
        before && (now.seq < before.seq || (now.seq === before.seq && now.head !== before.head));
      if (!isOther) return writeSoon();
      // The first break is the one to be noted.
      broken ??= { before, now: end };
      write(true);
      tell(broken);
    },
    setLocked(next) {
      locked = [...next];
      writeSoon();
    },
    end: () => end,
    broken: () => broken,
    answer() {
      broken = null;
      write(true);
      tell(null);
    },
    close() {
      if (callOffKeep) write(false);
    },
  };
}
