/** A seat in a delegation is left: what ends with it, whoever says so. */
import type { WriteTx } from "#db/database.ts";
import { type DelegateRow, endDelegate } from "#db/stores/delegate.ts";
import { type Pen, listPensThrough } from "#db/stores/drafter.ts";
import { endOutsideLinks } from "./end-links.ts";
import { endPens } from "./end-pens.ts";
import type { By } from "./who.ts";

/**
 * Rule PE17: with the seats end the pens of whoever could be appointed through the seat alone, and the links that a head
 * made for them (rule PE18). Returns these pens, for `tellPens`.
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
): Promise<readonly Pen[]> {
  const { sessionId, delegationId, seats, by, at } = what;
  const personIds = seats.map(({ personId }) => personId);
  const pens = await listPensThrough(tx, { sessionId, through: { delegationId }, personIds });
  for (const { id } of seats) await endDelegate(tx, id, at);
  await endPens(tx, { sessionId, pens, by, at });
  for (const personId of personIds) await endOutsideLinks(tx, { personId, sessionId, by, at });
  return pens;
}
