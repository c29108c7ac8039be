/**
 * Client numbers of refused copies. A page that was refused sets its copy aside and does what the room has not of it
 * again under another number, or offers it to be copied. What still comes under the old numbers, perhaps from the line
 * of a page that is gone, would put the words in twice: nothing more of them is taken.
 */
import * as Y from "yjs";
import type { Author } from "./room.ts";

/** In one hello; an honest page has as many as pages before it wrote without a connection. */
const MAX_AT_ONCE = 200;
const MAX_CLIENT = 0xffff_ffff;

type SetAsideClient = { readonly client: number; readonly by: Author; readonly at: number };

export type SetAside = {
  readonly clients: ReadonlySet<number>;
  /** What a page says that it has set aside. Throws when it cannot be read, or is more than an honest page has. */
  note(said: {
    readonly stateVector: Uint8Array;
    readonly by: Author & { readonly personId: string };
    /** Milliseconds. */
    readonly at: number;
  }): void;
  /** Those that are not on record yet. */
  unkept(): readonly SetAsideClient[];
  /** These are on record now. */
  keep(these: readonly SetAsideClient[]): void;
};

/** `known`: those on record. `mayUse`: whether a number is this person's, or nobody's yet. */
export function createSetAside({
  known,
  doc,
  mayUse,
}: {
  readonly known: Iterable<number>;
  /** The text as it is in the log. */
  readonly doc: Y.Doc;
  readonly mayUse: (client: number, personId: string) => boolean;
}): SetAside {
  const clients = new Set(known);
  let unkept: readonly SetAsideClient[] = [];
  return {
    clients,
    note({ stateVector, by, at }) {
      const added = [...Y.decodeStateVector(stateVector)]
        .filter(([client, end]) => client <= MAX_CLIENT && end > Y.getState(doc.store, client))
        .flatMap(([client]) => (!clients.has(client) && mayUse(client, by.personId) ? client : []));
      if (added.length > MAX_AT_ONCE) throw new Error("A page has set more aside than a page can have.");
      for (const client of added) clients.add(client);
      unkept = [...unkept, ...added.map((client) => ({ client, by, at }))];
    },
    unkept: () => unkept,
    keep(these) {
      const kept = new Set(these);
      unkept = unkept.filter((one) => !kept.has(one));
    },
  };
}
