/**
 * Turns at slow work, shared fairly: one address after the other, and within an address one account after the other, so
 * that nobody who asks for much takes the turns of those who ask for little. Whoever is known goes first, but for every
 * fourth turn. Rule SI10.
 */
import { type Refusal, refuse } from "#app/rules/refusal.ts";

export type Place = {
  /** From which it is asked for. */
  readonly network: string;
  /** Whose account it is about. */
  readonly account: string;
  /** From a browser that has signed in to that account before, or otherwise proven to be theirs. */
  readonly isKnown: boolean;
};

export type Turns = {
  /** Does `work` when it is its turn; refused ("sign-in-busy") when too many wait, of whom others have fewer waiting. */
  take<T>(place: Place, work: () => Promise<T>): Promise<T | Refusal>;
};

type Waiting = { readonly begin: () => void; readonly sendAway: () => void };

export function createTurns(options: { readonly atOnce: number; readonly mostWaiting: number }): Turns {
  const known = createRing();
  const others = createRing();
  let running = 0;
  let turn = 0;

  function callNext(): void {
    if (running >= options.atOnce) return;
    const isTurnOfOthers = turn % 4 === 3;
    const next = isTurnOfOthers ? (others.take() ?? known.take()) : (known.take() ?? others.take());
    if (next === null) return;
    turn += 1;
    running += 1;
    next.begin();
  }

  /** False when it was sent away. */
  function wait({ network, account, isKnown }: Place): Promise<boolean> {
    const ring = isKnown ? known : others;
    return new Promise((resolve) => {
      ring.put({ begin: () => resolve(true), sendAway: () => resolve(false) }, { network, account });
      if (ring.size() > options.mostWaiting) ring.takeFromLargest()?.sendAway();
      callNext();
    });
  }

  return {
    async take(place, work) {
      if (!(await wait(place))) return refuse("too-many", "sign-in-busy");
      try {
        return await work();
      } finally {
        running -= 1;
        callNext();
      }
    },
  };
}

type Accounts = Map<string, Waiting[]>;

/** Those who wait, by network and account; both are asked in rotation. */
function createRing() {
  const networks = new Map<string, Accounts>();
  let size = 0;

  /** Takes one out; what is left of the account and the network goes to the end, or nowhere. */
  function takeFrom(network: string, account: string, which: "first" | "last"): Waiting | null {
    const accounts = networks.get(network);
    const waiting = accounts?.get(account);
    const taken = which === "first" ? waiting?.shift() : waiting?.pop();
    if (!accounts || !waiting || !taken) return null;
    size -= 1;
    if (which === "first" || waiting.length === 0) {
      accounts.delete(account);
      if (waiting.length > 0) accounts.set(account, waiting);
    }
    if (which === "first" || accounts.size === 0) {
      networks.delete(network);
      if (accounts.size > 0) networks.set(network, accounts);
    }
    return taken;
  }

  return {
    size: () => size,
    put(one: Waiting, { network, account }: { readonly network: string; readonly account: string }): void {
      const accounts = networks.get(network) ?? new Map<string, Waiting[]>();
      networks.set(network, accounts);
      const waiting = accounts.get(account) ?? [];
      accounts.set(account, waiting);
      waiting.push(one);
      size += 1;
    },
    take(): Waiting | null {
      for (const [network, accounts] of networks) {
        for (const account of accounts.keys()) return takeFrom(network, account, "first");
      }
      return null;
    },
    /** The last of the account with most waiting, of the network with most waiting; the newest of several. */
    takeFromLargest(): Waiting | null {
      const network = largest(networks, (accounts) => total(accounts));
      const account = network && largest(networks.get(network) ?? new Map(), (waiting) => waiting.length);
      return network !== null && account !== null ? takeFrom(network, account, "last") : null;
    },
  };
}

function total(accounts: Accounts): number {
  let count = 0;
  for (const waiting of accounts.values()) count += waiting.length;
  return count;
}

function largest<T>(map: ReadonlyMap<string, T>, sizeOf: (value: T) => number): string | null {
  let found: { key: string; size: number } | null = null;
  for (const [key, value] of map) {
    const size = sizeOf(value);
    if (found === null || size >= found.size) found = { key, size };
  }
  return found && found.key;
}
