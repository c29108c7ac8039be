/** A person becomes head, editor or reader of a delegation. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type DelegateRow, findDelegation, insertDelegate, listDelegates } from "#db/stores/delegation.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listOfficers } from "#db/stores/officer.ts";
import { findPerson, listPeopleOfEntity } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";

/**
 * Rule PE4: nobody sits on two sides. Refused for a person who is in a delegation of the session already, and for those
 * whose office serves all delegations alike: they would read what one of them prepares. Rule PE10: to a head, people of
 * others are not there.
 */
export async function addDelegate(
  context: CommandContext,
  input: { readonly delegationId: string; readonly personId: string; readonly role: DelegateRow["role"] },
): Promise<Refusal | { readonly delegateId: string }> {
  const { delegationId, personId, role } = input;
  const delegation = await findDelegation(context.db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId } = delegation;
  const allowed = may("manageDelegates", context.viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, sessionId);
  if (isRefusal(by)) return by;
  const anybody = may("manageDelegations", context.viewer, { kind: "session", sessionId }) === true;
  const at = context.now();
  const delegateId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const person = anybody
      ? await findPerson(tx, personId)
      : (await listPeopleOfEntity(tx, delegation.entityId)).find(({ id }) => id === personId);
    if (!person || person.suspendedAt !== null) {
      return refuse("invalid", "check-fields", { fields: { person: "person-not-there" } });
    }
    if ((await listDelegates(tx, sessionId)).some((one) => one.personId === personId)) {
      return refuse("conflict", "check-fields", { fields: { person: "delegate-already" } });
    }
    const offices = (await listOfficers(tx, sessionId)).filter((held) => held.personId === personId);
    if (person.secretariat || offices.some(({ office }) => office === "chair" || office === "secretariat")) {
      return refuse("rule", "check-fields", { fields: { person: "officer-not-delegate" } });
    }
    await insertDelegate(tx, { id: delegateId, delegationId, personId, role, fromAt: at, untilAt: null });
    const detail = { delegationId, personId, role };
    await appendEvent(tx, {
      at,
      by,
      act: "addDelegate",
      thing: "delegate",
      thingId: delegateId,
      sessionId,
      detail,
    });
    return null;
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "session", sessionId }, "delegations");
  return { delegateId };
}
