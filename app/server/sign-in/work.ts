/**
 * The slow part of checking a password, a few at a time: thousands who sign in before a meeting wait for each other, not
 * the texts that are being written. Counted, so that tests can show equal work for a wrong person and a wrong password.
 */
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { type Turns, createTurns } from "./turns.ts";

export type PasswordWork = {
  /** In front of `hash` and `verify`, which begin at once. */
  readonly turns: Turns;
  hash(password: string): Promise<string>;
  verify(check: { readonly hash: string; readonly password: string }): Promise<boolean>;
  /** Key derivations done since the start. */
  done(): number;
};

const AT_ONCE = 2;
/** Of those who are known, and of the others. */
const MOST_WAITING = 500;

export function createPasswordWork(): PasswordWork {
  let done = 0;
  return {
    turns: createTurns({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING }),
    hash(password) {
      done += 1;
      return hashPassword(password);
    },
    verify({ hash, password }) {
      done += 1;
      return verifyPassword({ hash, password });
    },
    done: () => done,
  };
}
