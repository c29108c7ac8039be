/** Time and sockets as the connection sees them; a test owns both. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once after `ms`; the result calls it off. */
  after(ms: number, work: () => void): () => void;
};

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
