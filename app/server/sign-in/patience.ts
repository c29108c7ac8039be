/**
 * Attempts at an account, in lines: whoever guesses waits longer and longer for the next turn, and nobody is refused who
 * has a place. One line per account and address, never one per address alone, because a whole conference stands behind
 * one; a browser that the person has signed in with before has a line of its own. Rules SI4 to SI6.
 */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Timers } from "#collab/server/timers.ts";

export type Attempt = {
  /** The address typed in, in lower case; whether there is such a person plays no part. */
  readonly email: string;
  /** From which the attempt comes: see `networkOf`. */
  readonly network: string;
  /** A browser that has signed in to this account before: guesses made elsewhere do not slow it. */
  readonly knownBrowser: string | null;
};

export type Patience = {
  /**
   * Waits for the attempt's turn, then does `work`, of whose kind one at a time is done in a line: null is a failure, a
   * refusal says that nothing was tried, anything else is a success. Refused ("sign-in-wait", with `seconds`) when the
   * line is full, or when `signal` says that nobody waits for the answer any more.
   */
  inLine<T>(
    attempt: Attempt,
    work: () => Promise<T | Refusal | null>,
    signal?: AbortSignal,
  ): Promise<T | Refusal | null>;
};

const FREE_ATTEMPTS = 5;
const FREE_ATTEMPTS_ANYWHERE = 50;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;
/** Beside the one that is being tried: with the longest pause the last of them is tried after forty seconds. */
const PLACES = 8;
const FORGET_AFTER_MS = 3_600_000;
const MOST_LINES = 50_000;

type Waiting = { readonly notBefore: number; readonly begin: () => void };
type Line = {
  failures: number;
  /** When the next may be tried. */
  openAt: number;
  forgetAt: number;
  isBusy: boolean;
  readonly waiting: Waiting[];
};

export function createPatience(timers: Timers): Patience {
  const lines = new Map<string, Line>();
  /** Failures by account, over all lines of browsers that are not known. */
  const anywhere = new Map<string, { failures: number; forgetAt: number }>();

  function lineOf(key: string): Line {
    const found = lines.get(key);
    const isIdle = found && !found.isBusy && found.waiting.length === 0;
    if (found && !(isIdle && found.forgetAt <= timers.now())) return found;
    const line = { failures: 0, openAt: 0, forgetAt: 0, isBusy: false, waiting: [] };
    keep(lines, key, line, (other) => other.isBusy || other.waiting.length > 0);
    return line;
  }

  function failuresAnywhere(email: string): number {
    const count = anywhere.get(email);
    return count && count.forgetAt > timers.now() ? count.failures : 0;
  }

  function failed(line: Line, attempt: Attempt): void {
    const now = timers.now();
    line.failures += 1;
    line.openAt = now + pauseAfter(line.failures);
    line.forgetAt = now + FORGET_AFTER_MS;
    if (attempt.knownBrowser !== null) return;
    const failures = failuresAnywhere(attempt.email) + 1;
    keep(anywhere, attempt.email, { failures, forgetAt: now + FORGET_AFTER_MS }, () => false);
  }

  /** Lets the first that waits begin as soon as it may. */
  function callNext(line: Line): void {
    const [next] = line.waiting;
    if (line.isBusy || next === undefined) return;
    const ms = Math.max(line.openAt, next.notBefore) - timers.now();
    if (ms > 0) {
      line.isBusy = true;
      timers.after(ms, () => {
        line.isBusy = false;
        callNext(line);
      });
      return;
    }
    line.waiting.shift();
    line.isBusy = true;
    next.begin();
  }

  /** False when the line is full, or nobody waits for the answer any more. */
  function turnIn(line: Line, notBefore: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (line.waiting.length >= PLACES || signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const leave = (): void => {
        const at = line.waiting.indexOf(mine);
        if (at >= 0) line.waiting.splice(at, 1);
        resolve(false);
      };
      const begin = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve(true);
      };
      const mine = { notBefore, begin };
      signal?.addEventListener("abort", leave, { once: true });
      line.waiting.push(mine);
      callNext(line);
    });
  }

  return {
    async inLine(attempt, work, signal) {
      const { email, network, knownBrowser } = attempt;
      const isHunted = knownBrowser === null && failuresAnywhere(email) >= FREE_ATTEMPTS_ANYWHERE;
      const line = lineOf(
        knownBrowser === null ? `here ${network} ${email}` : `known ${knownBrowser} ${email}`,
      );
      const notBefore = isHunted ? timers.now() + LONGEST_PAUSE_MS : 0;
      if (!(await turnIn(line, notBefore, signal))) {
        const seconds = Math.ceil(Math.max(pauseAfter(line.failures), FIRST_PAUSE_MS) / 1000);
        return refuse("too-many", "sign-in-wait", { values: { seconds } });
      }
      try {
        const done = await work();
        if (done === null) failed(line, attempt);
        else if (!isRefusal(done)) line.failures = 0;
        return done;
      } finally {
        line.isBusy = false;
        callNext(line);
      }
    },
  };
}

function pauseAfter(failures: number): number {
  const over = failures - FREE_ATTEMPTS;
  return over < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** over);
}

/** Of too many the oldest that may go goes first: a map keeps the order in which keys were set. */
function keep<T>(map: Map<string, T>, key: string, value: T, mustStay: (value: T) => boolean): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST_LINES) return;
  for (const [oldest, held] of map) {
    if (mustStay(held)) continue;
    map.delete(oldest);
    return;
  }
}

/** One household has 2^64 addresses of IPv6: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array.from({ length: zeros }, () => "0"), ...after].slice(0, 4).join(":");
}
