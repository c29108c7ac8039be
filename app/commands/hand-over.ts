/** A head of a delegation gives the headship to another of its people, and stays as editor or leaves. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type DelegateRow, endDelegate, insertDelegate, listSeats } from "#db/stores/delegate.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { tellPens } from "./end-pens.ts";
import { leaveSeats } from "./leave-seat.ts";
import { admitToSeats } from "./seat.ts";

export const afterwards = ["editor", "leave"] as const;

/**
 * Rule PE12: refused to all but its heads, and with "head-successor" for whoever is not of its people, suspended, or
 * the head who hands over. Somebody who is head already stays it; then only the one who hands over steps down.
 */
export async function handOver(
  context: CommandContext,
  input: {
    readonly delegationId: string;
    /** The seat of the new head. */
    readonly delegateId: string;
    readonly afterwards: (typeof afterwards)[number];
  },
): Promise<Refusal | { readonly personId: string }> {
  const { delegationId, delegateId } = input;
  const admitted = await admitToSeats(context, "manageDelegates", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { by, late } = admitted;
  const { sessionId } = admitted.delegation;
  const at = context.now();
  const done = await context.db.write(async (tx) => {
    // Of two who hand over at the same time, or to each other, the second may be head no more.
    const refusal = await late(tx);
    if (refusal) return refusal;
    const seats = await listSeats(tx, delegationId);
    const own = seats.find((seat) => seat.personId === by.personId);
    if (!own) return refuse("not-allowed", "not-allowed");
    const next = seats.find((seat) => seat.id === delegateId && seat.id !== own.id);
    const person = next ? await findPerson(tx, next.personId) : null;
    if (!next || !person || person.suspendedAt !== null) {
      return refuse("invalid", "check-fields", { fields: { delegate: "head-successor" } });
    }
    const sit = (personId: string, role: DelegateRow["role"]) =>
      insertDelegate(tx, { id: context.newId(), delegationId, personId, role, fromAt: at, untilAt: null });
    if (next.role !== "head") {
      await endDelegate(tx, next.id, at);
      await sit(next.personId, "head");
    }
    const { personId: from } = own;
    const isLeaving = input.afterwards === "leave";
    const pens = isLeaving ? await leaveSeats(tx, { sessionId, delegationId, seats: [own], by, at }) : [];
    if (!isLeaving) {
      await endDelegate(tx, own.id, at);
      await sit(from, "editor");
    }
    const ended = { pens: pens.map(({ drafterId }) => drafterId) };
    const detail = { from, to: next.personId, afterwards: input.afterwards, ...ended };
    const what = { act: "handOver", thing: "delegation", thingId: delegationId };
    await appendEvent(tx, { at, by, ...what, sessionId, detail });
    return { personId: next.personId, pens };
  });
  if (isRefusal(done)) return done;
  for (const personId of [by.personId, done.personId]) context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "taking-part", sessionId }, "delegations");
  tellPens(context, { sessionId, pens: done.pens });
  return { personId: done.personId };
}
