/** A delegation leaves a session, as when it was added by mistake; and it can be brought back. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { listSeats } from "#db/stores/delegate.ts";
import { findReleasedCount, listSeatsToBringBack, setWithdrawn } from "#db/stores/delegation-withdrawal.ts";
import { type DelegationRow, findAnyDelegation, findDelegation } from "#db/stores/delegation.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { tellPens } from "./end-pens.ts";
import { leaveSeats } from "./leave-seat.ts";
import { takeSeat } from "./seat.ts";
import { actOnSession } from "./session-act.ts";

type Which = { readonly sessionId: string; readonly delegationId: string };

/**
 * Rule PE15: by the secretariat, with a reason. Its people lose their seats, and the pens that they had through them (rule PE17); what it released stays on record, and its
 * drafts and notes are kept for nobody but itself. Refused as "conflict" for one that is withdrawn already.
 */
export async function withdrawDelegation(
  context: CommandContext,
  input: Which & { readonly reason: string },
): Promise<Refusal | { readonly people: readonly string[] }> {
  const { sessionId, delegationId, reason } = cleanFields("delegationWithdrawal", input);
  const done = await actOnSession(context, {
    sessionId,
    permission: "withdrawDelegation",
    name: "withdrawDelegation",
    topic: "delegations",
    work: async (tx, { by, at }) => {
      const found = await findHere(tx, { sessionId, delegationId });
      if (isRefusal(found)) return found;
      if (found.withdrawnAt !== null) return refuse("conflict", "delegation-withdrawn");
      const fields = faultsOfLength("delegationWithdrawal", { reason });
      if (reason === "") fields["reason"] = "delegation-reason-missing";
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const seats = await listSeats(tx, delegationId);
      const pens = await leaveSeats(tx, { sessionId, delegationId, seats, by, at });
      await setWithdrawn(tx, delegationId, at);
      const people = seats.map(({ personId }) => personId);
      const released = await findReleasedCount(tx, delegationId);
      const ended = { seats: seats.map(({ id }) => id), pens: pens.map(({ drafterId }) => drafterId) };
      const detail = { reason, ...ended, released };
      return { result: { people, pens }, thing: "delegation", thingId: delegationId, detail };
    },
  });
  if (isRefusal(done)) return done;
  const { people, pens } = done;
  for (const personId of people) context.notices.rightsChanged(personId);
  tellPens(context, { sessionId, pens });
  return { people };
}

/**
 * Rule PE15: it takes part again, with what it had and with its people. Whoever was named for another entity meanwhile
 * or sat for one, presides or is suspended stays out: its heads seat them, and where no head is left the secretariat names a first one (rule PE11).
 */
export async function bringBackDelegation(
  context: CommandContext,
  { sessionId, delegationId }: Which,
): Promise<Refusal | { readonly people: readonly string[] }> {
  const done = await actOnSession(context, {
    sessionId,
    permission: "withdrawDelegation",
    name: "bringBackDelegation",
    topic: "delegations",
    work: async (tx, { by, at }) => {
      const found = await findHere(tx, { sessionId, delegationId });
      if (isRefusal(found)) return found;
      if (found.withdrawnAt === null) return refuse("conflict", "delegation-back");
      await setWithdrawn(tx, delegationId, null);
      const delegation = await findDelegation(tx, delegationId);
      if (!delegation) throw new Error(`delegation ${delegationId} is gone`);
      const people: string[] = [];
      for (const { personId, role } of await listSeatsToBringBack(tx, found)) {
        const person = await findPerson(tx, personId);
        const seat = { delegateId: context.newId(), delegation, person, role, by, at };
        if ((await takeSeat(tx, seat)) === null) people.push(personId);
      }
      return { result: { people }, thing: "delegation", thingId: delegationId };
    },
  });
  if (!isRefusal(done)) for (const personId of done.people) context.notices.rightsChanged(personId);
  return done;
}

async function findHere(tx: WriteTx, { sessionId, delegationId }: Which): Promise<Refusal | DelegationRow> {
  const found = await findAnyDelegation(tx, delegationId);
  return found?.sessionId === sessionId ? found : refuse("not-found", "not-there");
}
