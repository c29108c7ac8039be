/**
 * How long somebody who guesses passwords waits. Counted per account and address, with a gentler count per account over
 * all addresses; never per address alone, because a whole conference stands behind one. Rules SI4 to SI6.
 */
export type Attempt = {
  /** The address typed in, in lower case; whether there is such a person plays no part. */
  readonly email: string;
  readonly address: string;
  /** A browser that has signed in to this account before: guesses made elsewhere do not slow it. */
  readonly knownBrowser: string | null;
};

export type Patience = {
  /** Seconds to wait before the next attempt; 0 when it may be made now. */
  waitOf(attempt: Attempt): number;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
};

type Count = { failures: number; until: number; forgetAt: number };

const FREE_ATTEMPTS = 5;
const FREE_ATTEMPTS_ANYWHERE = 50;
const LONGEST_WAIT_MS = 60_000;
const LONGEST_WAIT_ANYWHERE_MS = 15_000;
const FORGET_AFTER_MS = 3_600_000;
const MOST_COUNTS = 50_000;

export function createPatience(now: () => number): Patience {
  const counts = new Map<string, Count>();

  const read = (key: string): Count | null => {
    const count = counts.get(key);
    if (count === undefined) return null;
    if (count.forgetAt > now()) return count;
    counts.delete(key);
    return null;
  };

  const add = (key: string, free: number, longestMs: number): void => {
    const failures = (read(key)?.failures ?? 0) + 1;
    const over = failures - free;
    const waitMs = over < 0 ? 0 : Math.min(longestMs, 1000 * 2 ** over);
    counts.delete(key);
    counts.set(key, { failures, until: now() + waitMs, forgetAt: now() + FORGET_AFTER_MS });
    // The oldest goes first: a map keeps the order in which keys were set.
    const [oldest] = counts.keys();
    if (counts.size > MOST_COUNTS && oldest !== undefined) counts.delete(oldest);
  };

  return {
    waitOf(attempt) {
      const until = keysOf(attempt).map(({ key }) => read(key)?.until ?? 0);
      return Math.max(0, Math.ceil((Math.max(...until) - now()) / 1000));
    },
    failed(attempt) {
      for (const { key, free, longestMs } of keysOf(attempt)) add(key, free, longestMs);
    },
    succeeded(attempt) {
      const [nearest] = keysOf(attempt);
      if (nearest !== undefined) counts.delete(nearest.key);
    },
  };
}

function keysOf({
  email,
  address,
  knownBrowser,
}: Attempt): { key: string; free: number; longestMs: number }[] {
  if (knownBrowser !== null) {
    return [{ key: `browser ${knownBrowser} ${email}`, free: FREE_ATTEMPTS, longestMs: LONGEST_WAIT_MS }];
  }
  return [
    { key: `here ${networkOf(address)} ${email}`, free: FREE_ATTEMPTS, longestMs: LONGEST_WAIT_MS },
    { key: `anywhere ${email}`, free: FREE_ATTEMPTS_ANYWHERE, longestMs: LONGEST_WAIT_ANYWHERE_MS },
  ];
}

/** One household has 2^64 addresses of IPv6: they count as one. */
function networkOf(address: string): string {
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}
