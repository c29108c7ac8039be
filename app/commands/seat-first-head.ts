/** The secretariat seats the first head of a delegation, who then seats everybody else. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findDelegation, listDelegationsWithHead } from "#db/stores/delegation.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { takeSeat } from "./seat.ts";
import { byOf } from "./who.ts";

/**
 * Rule PE11: refused with "head-there" while the delegation has a head who is not suspended; the chair is refused
 * always. Otherwise as `takeSeat`.
 */
export async function seatFirstHead(
  context: CommandContext,
  input: { readonly delegationId: string; readonly personId: string },
): Promise<Refusal | { readonly delegateId: string }> {
  const { delegationId, personId } = input;
  const delegation = await findDelegation(context.db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId } = delegation;
  const allowed = may("seatFirstHead", context.viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, sessionId);
  if (isRefusal(by)) return by;
  const at = context.now();
  const delegateId = context.newId();
  const refused = await context.db.write(async (tx) => {
    if ((await listDelegationsWithHead(tx, sessionId)).has(delegationId)) {
      return refuse("conflict", "head-there");
    }
    const person = await findPerson(tx, personId);
    return takeSeat(tx, { delegateId, delegation, person, role: "head", by, at });
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "session", sessionId }, "delegations");
  return { delegateId };
}
