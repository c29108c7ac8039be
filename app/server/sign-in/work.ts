/**
 * The slow part of checking a password, a few at a time: thousands who sign in before a meeting wait for each other, not
 * the texts that are being written. Counted, so that tests can show equal work for a wrong person and a wrong password.
 */
import { hashPassword, verifyPassword } from "better-auth/crypto";

export type PasswordWork = {
  hash(password: string): Promise<string>;
  verify(check: { readonly hash: string; readonly password: string }): Promise<boolean>;
  /** Key derivations done since the start. */
  done(): number;
  /** Whether so many wait that a new one should be sent away. */
  isFull(): boolean;
};

const AT_ONCE = 2;
const MOST_WAITING = 500;

export function createPasswordWork(): PasswordWork {
  const waiting: (() => void)[] = [];
  let running = 0;
  let done = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      done += 1;
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    verify: ({ hash, password }) => inTurn(() => verifyPassword({ hash, password })),
    done: () => done,
    isFull: () => waiting.length >= MOST_WAITING,
  };
}
