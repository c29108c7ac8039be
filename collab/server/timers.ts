/** Time, as the rooms see it: passed in, so that a test owns it. */
export type Timers = {
  /** Milliseconds. */
  now(): number;
  /** Runs `work` once after `ms`; the function returned calls it off. */
  after(ms: number, work: () => void): () => void;
};

export function systemTimers(now: () => number): Timers {
  return {
    now,
    after(ms, work) {
      const timer = setTimeout(work, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
