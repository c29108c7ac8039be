/** A person leaves a delegation and takes nothing private along. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findDelegate, hasHeadWithout } from "#db/stores/delegate.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { tellPens } from "./end-pens.ts";
import { leaveSeats } from "./leave-seat.ts";
import { admitToSeats } from "./seat.ts";

/**
 * Rule PE11: refused to all but its heads, and for somebody who is in no delegation any more. Rule PE13: with
 * "last-head" for the last head, who hands over first.
 */
export async function removeDelegate(
  context: CommandContext,
  input: { readonly delegateId: string },
): Promise<Refusal | { readonly personId: string }> {
  const found = await findDelegate(context.db.read, input.delegateId);
  if (!found) return refuse("not-found", "not-there");
  const { delegationId, personId } = found;
  const admitted = await admitToSeats(context, "manageDelegates", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { by, late } = admitted;
  const { sessionId } = admitted.delegation;
  const at = context.now();
  const pens = await context.db.write(async (tx) => {
    // Of two who remove the same person, the second finds nobody.
    const seat = await findDelegate(tx, found.id);
    if (!seat) return refuse("not-found", "not-there");
    const refusal = await late(tx);
    if (refusal) return refusal;
    const isNeeded =
      seat.role === "head" && !(await hasHeadWithout(tx, { delegationId, delegateId: seat.id }));
    if (isNeeded) return refuse("rule", "last-head");
    const left = await leaveSeats(tx, { sessionId, delegationId, seats: [seat], by, at });
    const detail = { delegationId, personId, pens: left.map(({ drafterId }) => drafterId) };
    await appendEvent(tx, {
      at,
      by,
      act: "removeDelegate",
      thing: "delegate",
      thingId: found.id,
      sessionId,
      detail,
    });
    return left;
  });
  if (isRefusal(pens)) return pens;
  context.notices.rightsChanged(personId);
  tellPens(context, { sessionId, pens });
  context.notices.tell({ kind: "taking-part", sessionId }, "delegations");
  return { personId };
}
