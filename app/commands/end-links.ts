/** Links of a person that a head made end when the person gets duties that the head has no part in. */
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLinksFromOutside } from "#db/stores/one-time-link.ts";
import type { By } from "./who.ts";

/** Rule PE18: whoever holds such a link would take those duties over by following it. Recorded where there was one. */
export async function endOutsideLinks(
  tx: WriteTx,
  what: {
    readonly personId: string;
    readonly sessionId: string;
    readonly by: Pick<By, "personId" | "delegationId">;
    readonly at: number;
  },
): Promise<void> {
  const { personId, sessionId, by, at } = what;
  const links = await endLinksFromOutside(tx, personId, at);
  if (links.length === 0) return;
  const about = { act: "endLinks", thing: "person", thingId: personId, sessionId };
  await appendEvent(tx, { at, by, ...about, detail: { links } });
}
