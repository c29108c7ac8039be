/** A person is appointed to an office of a session. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { listDelegates } from "#db/stores/delegate.ts";
import { insertOfficer, listOfficers, type OfficerRow } from "#db/stores/officer.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { endOutsideLinks } from "./end-links.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused for a person who is not there or holds an office already, and, for the offices that serve all delegations
 * alike, for a person who sits in one (rules PE3, PE4). Links of theirs that a head made end (rule PE18).
 */
export async function appointOfficer(
  context: CommandContext,
  input: { readonly sessionId: string; readonly personId: string; readonly office: OfficerRow["office"] },
): Promise<Refusal | { readonly officerId: string }> {
  const { sessionId, personId, office } = input;
  const done = await actOnSession(context, {
    sessionId,
    permission: "appointOfficer",
    name: "appointOfficer",
    topic: "delegations",
    work: async (tx, { by, at }) => {
      const person = await findPerson(tx, personId);
      if (!person || person.suspendedAt !== null) {
        return refuse("invalid", "check-fields", { fields: { person: "person-not-there" } });
      }
      if ((await listOfficers(tx, sessionId)).some((held) => held.personId === personId)) {
        return refuse("conflict", "check-fields", { fields: { person: "officer-already" } });
      }
      const servesAll = office === "chair" || office === "secretariat";
      if (servesAll && (await listDelegates(tx, sessionId)).some((seat) => seat.personId === personId)) {
        return refuse("conflict", "check-fields", { fields: { person: "delegate-not-officer" } });
      }
      const officerId = context.newId();
      await insertOfficer(tx, { id: officerId, sessionId, personId, office, fromAt: at, untilAt: null });
      await endOutsideLinks(tx, { personId, sessionId, by, at });
      return { result: { officerId }, thing: "officer", thingId: officerId, detail: { personId, office } };
    },
  });
  if (!isRefusal(done)) context.notices.rightsChanged(personId);
  return done;
}
