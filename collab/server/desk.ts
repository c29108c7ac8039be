/** What one open text works with: the live text, its gate, and what both must know. */
import type { Database } from "#db/database.ts";
import type { Claim } from "./commit.ts";
import type { Effect } from "./effect.ts";
import { createGate } from "./gate.ts";
import type { Gate } from "./gate.ts";
import type { LiveText } from "./live-text.ts";
import type { OpenedText } from "./opening.ts";
import type { Author } from "./room.ts";
import { createSetAside } from "./set-aside.ts";
import type { SetAside } from "./set-aside.ts";

export type Desk = {
  readonly db: Database;
  readonly live: LiveText;
  readonly gate: Gate;
  /** Owner of each client number; null for the server. */
  readonly owners: Map<number, string | null>;
  readonly locks: Set<string>;
  /** Brackets that somebody holds: neither pages nor commands take them away. */
  readonly held: Set<string>;
  /** Client numbers of which nothing more is taken. */
  readonly setAside: SetAside;
  /** The first damaged row of the log; the text is then read-only. */
  readonly damagedAt: number | null;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
  readonly onStorageTrouble: (error: unknown) => void;
  /** The server's own client number, when a change is the first to use it. */
  serverClaims(effect: Effect): readonly Claim[];
};

export const SERVER_AUTHOR: Author = { personId: null, delegationId: null, loginId: null };

export type DeskOptions = {
  readonly db: Database;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onFault: (error: unknown) => void;
  readonly onStorageTrouble: (error: unknown) => void;
};

/** A number that nobody has written under. */
function freshClient({ owners, setAside }: OpenedText, random: () => number): number {
  for (;;) {
    const client = 1 + Math.floor(random() * 0xffff_fffe);
    if (!owners.has(client) && !setAside.has(client)) return client;
  }
}

export function createDesk(opened: OpenedText, options: DeskOptions): Desk {
  const { live, owners, locks, held, damagedAt } = opened;
  const serverClient = freshClient(opened, options.random);
  const setAside = createSetAside({
    known: opened.setAside,
    doc: live.doc,
    mayUse: (client, personId) =>
      client !== serverClient && (!owners.has(client) || owners.get(client) === personId),
  });
  const gate = createGate({
    state: () => live.state(),
    locks,
    held,
    owners,
    setAside: setAside.clients,
    serverClient,
    onFault: options.onFault,
  });
  return {
    db: options.db,
    live,
    gate,
    owners,
    locks,
    held,
    setAside,
    damagedAt,
    now: options.now,
    onFault: options.onFault,
    onStorageTrouble: options.onStorageTrouble,
    serverClaims: ({ inserted }) =>
      owners.has(serverClient) || !inserted.some(([client]) => client === serverClient)
        ? []
        : [{ client: serverClient, by: SERVER_AUTHOR }],
  };
}
