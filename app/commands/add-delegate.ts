/** The head of a delegation gives somebody a seat in it: as head, editor or reader. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type DelegateRow, findDelegation } from "#db/stores/delegation.ts";
import { listPeopleOfEntity } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { takeSeat } from "./seat.ts";
import { byOf } from "./who.ts";

/** Rule PE11: refused to all but its heads. Rule PE10: people of others are not there. Otherwise as `takeSeat`. */
export async function addDelegate(
  context: CommandContext,
  input: { readonly delegationId: string; readonly personId: string; readonly role: DelegateRow["role"] },
): Promise<Refusal | { readonly delegateId: string }> {
  const { delegationId, personId, role } = input;
  const delegation = await findDelegation(context.db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId, entityId } = delegation;
  const allowed = may("manageDelegates", context.viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, sessionId);
  if (isRefusal(by)) return by;
  const at = context.now();
  const delegateId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const person = (await listPeopleOfEntity(tx, entityId)).find(({ id }) => id === personId);
    return takeSeat(tx, { delegateId, delegation, person, role, by, at });
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "session", sessionId }, "delegations");
  return { delegateId };
}
