/** The head of a delegation gives somebody a seat in it: as head, editor or reader. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { DelegateRow } from "#db/stores/delegate.ts";
import { listPeopleOfEntity } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { admitToSeats, takeSeat } from "./seat.ts";

/** Rule PE11: refused to all but its heads. Rule PE10: people of others are not there. Otherwise as `takeSeat`. */
export async function addDelegate(
  context: CommandContext,
  input: { readonly delegationId: string; readonly personId: string; readonly role: DelegateRow["role"] },
): Promise<Refusal | { readonly delegateId: string }> {
  const { delegationId, personId, role } = input;
  const admitted = await admitToSeats(context, "manageDelegates", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { delegation, by, late } = admitted;
  const at = context.now();
  const delegateId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const refusal = await late(tx);
    if (refusal) return refusal;
    const person = (await listPeopleOfEntity(tx, delegation.entityId)).find(({ id }) => id === personId);
    return takeSeat(tx, { delegateId, delegation, person, role, by, at });
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "taking-part", sessionId: delegation.sessionId }, "delegations");
  return { delegateId };
}
