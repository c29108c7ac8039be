/** A seat in a delegation is left: what ends with it, whoever says so. */
import type { WriteTx } from "#db/database.ts";
import { type DelegateRow, endDelegate } from "#db/stores/delegate.ts";
import { type SeatPen, endDrafter, listSeatPens } from "#db/stores/drafter.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { endOutsideLinks } from "./end-links.ts";
import type { By } from "./who.ts";

/**
 * Rule PE17: with the seats end the pens of whoever could be appointed through the seat alone, each on record as a
 * drafter's withdrawal, and the links that a head made for them (rule PE18). Returns these pens; once the transaction is over, `tellPens` closes what is open.
 */
export async function leaveSeats(
  tx: WriteTx,
  what: {
    readonly sessionId: string;
    readonly delegationId: string;
    readonly seats: readonly DelegateRow[];
    readonly by: By;
    readonly at: number;
  },
): Promise<readonly SeatPen[]> {
  const { sessionId, delegationId, seats, by, at } = what;
  const personIds = seats.map(({ personId }) => personId);
  const pens = await listSeatPens(tx, { sessionId, delegationId, personIds });
  for (const { id } of seats) await endDelegate(tx, id, at);
  for (const { drafterId, textId, personId } of pens) {
    await endDrafter(tx, drafterId, at);
    const about = { act: "withdrawDrafter", thing: "text", thingId: textId, sessionId };
    await appendEvent(tx, { at, by, ...about, detail: { drafterId, personId } });
  }
  for (const personId of personIds) await endOutsideLinks(tx, { personId, sessionId, by, at });
  return pens;
}

/** Closes the pages of texts that somebody writes in no more, and tells those who read who does. */
export function tellPens(
  context: Pick<CommandContext, "rooms" | "notices">,
  { sessionId, pens }: { readonly sessionId: string; readonly pens: readonly SeatPen[] },
): void {
  for (const { personId, textId } of pens) context.rooms.withdraw({ personId, textId });
  for (const textId of new Set(pens.map((pen) => pen.textId))) {
    context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, "rights");
  }
}
