/** The secretariat seats the first head of a delegation, who then seats everybody else. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { listDelegationsWithHead } from "#db/stores/delegate.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { admitToSeats, takeSeat } from "./seat.ts";

/**
 * Rule PE11: refused with "head-there" while the delegation has a head who is not suspended; the chair is refused
 * always. Otherwise as `takeSeat`.
 */
export async function seatFirstHead(
  context: CommandContext,
  input: { readonly delegationId: string; readonly personId: string },
): Promise<Refusal | { readonly delegateId: string }> {
  const { delegationId, personId } = input;
  const admitted = await admitToSeats(context, "seatFirstHead", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { delegation, by, late } = admitted;
  const at = context.now();
  const delegateId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const refusal = await late(tx);
    if (refusal) return refusal;
    if ((await listDelegationsWithHead(tx, delegation.sessionId)).has(delegationId)) {
      return refuse("conflict", "head-there");
    }
    const person = await findPerson(tx, personId);
    return takeSeat(tx, { delegateId, delegation, person, role: "head", by, at });
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "taking-part", sessionId: delegation.sessionId }, "delegations");
  return { delegateId };
}
