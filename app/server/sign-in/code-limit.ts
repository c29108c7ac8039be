/**
 * How many wrong codes in a row are taken from those who know the password. Six digits can be guessed by whoever may
 * try for ever; so after ten the six digits of that account rest, longer each time. Counted by account, and for each
 * browser that the person has signed in with by itself: guesses made elsewhere do not keep it out. Rule SI13.
 */

export type CodeLimit = {
  /** Counts one attempt before it is made, so that attempts sent at once count too; milliseconds to wait, or 0. */
  attempt(key: string): number;
  /** It was right: the count begins anew. */
  succeeded(key: string): void;
};

const IN_A_ROW = 10;
const FIRST_REST_MS = 15 * 60_000;
const LONGEST_REST_MS = 60 * 60_000;
const FORGET_AFTER_MS = 24 * 3600_000;
const MOST_KEPT = 50_000;

type Count = { attempts: number; rests: number; restsUntil: number; forgetAt: number };

export function createCodeLimit(now: () => number): CodeLimit {
  const counts = new Map<string, Count>();

  function countOf(key: string): Count {
    const found = counts.get(key);
    const count =
      found && found.forgetAt > now() ? found : { attempts: 0, rests: 0, restsUntil: 0, forgetAt: 0 };
    // The oldest goes first when there are too many: a map keeps the order in which keys were set.
    counts.delete(key);
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > MOST_KEPT && oldest !== undefined) counts.delete(oldest);
    return count;
  }

  return {
    attempt(key) {
      const count = countOf(key);
      if (count.restsUntil > now()) return count.restsUntil - now();
      count.attempts += 1;
      count.forgetAt = now() + FORGET_AFTER_MS;
      if (count.attempts >= IN_A_ROW) {
        count.attempts = 0;
        count.restsUntil = now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** count.rests);
        count.rests += 1;
      }
      return 0;
    },
    succeeded: (key) => void counts.delete(key),
  };
}
