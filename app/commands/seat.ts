/** A seat in a delegation: what holds for whoever takes one, and the rows that say so. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { type DelegateRow, insertDelegate, isSeated, sitsForAnother } from "#db/stores/delegate.ts";
import { type DelegationInList, findDelegation } from "#db/stores/delegation.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listOfficers } from "#db/stores/officer.ts";
import type { PersonRow } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { endOutsideLinks } from "./end-links.ts";
import { noLonger } from "./still-may.ts";
import { type By, byOf } from "./who.ts";

type AdmittedToSeats = {
  readonly delegation: DelegationInList;
  readonly by: By;
  /** In the transaction: null while the right is still there. */
  readonly late: (tx: WriteTx) => Promise<Refusal | null>;
};

/** Rule PE11: refused to whoever may not do the act in this delegation. */
export async function admitToSeats(
  context: Pick<CommandContext, "db" | "viewer">,
  act: "manageDelegates" | "seatFirstHead",
  delegationId: string,
): Promise<Refusal | AdmittedToSeats> {
  const delegation = await findDelegation(context.db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId } = delegation;
  const { viewer } = context;
  const thing = { kind: "delegation", sessionId, delegationId } as const;
  const allowed = may(act, viewer, thing);
  if (allowed !== true) return allowed;
  const by = byOf(viewer, sessionId);
  if (isRefusal(by)) return by;
  return { delegation, by, late: (tx) => noLonger(tx, { act, viewer, thing }) };
}

/**
 * Rule PE4: nobody sits on two sides. Refused for nobody and for the suspended, for a person who is in a delegation of
 * the session already, and for those whose office serves all delegations alike: they would read what one prepares.
 * Links of theirs that a head made end when they sit for another entity too (rule PE18).
 */
export async function takeSeat(
  tx: WriteTx,
  seat: {
    readonly delegateId: string;
    readonly delegation: DelegationInList;
    readonly person: PersonRow | null | undefined;
    readonly role: DelegateRow["role"];
    readonly by: By;
    readonly at: number;
  },
): Promise<Refusal | null> {
  const { delegateId, delegation, person, role, by, at } = seat;
  const { id: delegationId, sessionId } = delegation;
  const wrong = (kind: Refusal["kind"], code: string) =>
    refuse(kind, "check-fields", { fields: { person: code } });
  if (!person || person.suspendedAt !== null) return wrong("invalid", "person-not-there");
  const personId = person.id;
  if (await isSeated(tx, { sessionId, personId })) return wrong("conflict", "delegate-already");
  const offices = (await listOfficers(tx, sessionId)).filter((held) => held.personId === personId);
  if (person.secretariat || offices.some(({ office }) => office === "chair" || office === "secretariat")) {
    return wrong("rule", "officer-not-delegate");
  }
  await insertDelegate(tx, { id: delegateId, delegationId, personId, role, fromAt: at, untilAt: null });
  if (await sitsForAnother(tx, { personId, entityId: delegation.entityId })) {
    await endOutsideLinks(tx, { personId, sessionId, by, at });
  }
  const detail = { delegationId, personId, role };
  const what = { act: "addDelegate", thing: "delegate", thingId: delegateId };
  await appendEvent(tx, { at, by, ...what, sessionId, detail });
  return null;
}
