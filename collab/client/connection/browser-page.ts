/** A drafter's page with the browser's own socket, clock, chance and storage. */
import { openReplicaStore } from "#collab/client/replica/indexed-db.ts";
import { browserClock } from "./clock.ts";
import { startDrafting } from "./drafting.ts";
import type { Drafting, DraftingEvent } from "./drafting.ts";
import { webSockets } from "./socket.ts";

export type PageOptions = {
  readonly textId: string;
  readonly personId: string;
  readonly tell: (event: DraftingEvent) => void;
};

/** Loads this person's replica, then connects. */
export async function startPage({ textId, personId, tell }: PageOptions): Promise<Drafting> {
  const address = new URL("/collab", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("text", textId);
  return startDrafting({
    socket: webSockets(address.href),
    clock: browserClock,
    random: Math.random,
    store: await openReplicaStore({ personId, textId }),
    newId: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) =>
        byte.toString(36).padStart(2, "0"),
      ).join(""),
    tell,
  });
}
