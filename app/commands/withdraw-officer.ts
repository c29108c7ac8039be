/** A person's office in a session ends. Their sockets and streams close within two seconds. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { listPensThrough } from "#db/stores/drafter.ts";
import { endOfficer, findOfficer } from "#db/stores/officer.ts";
import type { CommandContext } from "./context.ts";
import { endPens, tellPens } from "./end-pens.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Rule PE17: with the office end the pens that the person could be given through it alone. Of links there is nothing to
 * end: those that a head made ended with the appointment, and no head makes one for an officer (rules PE16 and PE18).
 */
export async function withdrawOfficer(
  context: CommandContext,
  input: { readonly sessionId: string; readonly officerId: string },
): Promise<Refusal | { readonly personId: string }> {
  const { sessionId, officerId } = input;
  const done = await actOnSession(context, {
    sessionId,
    permission: "appointOfficer",
    name: "withdrawOfficer",
    topic: "delegations",
    work: async (tx, { by, at }) => {
      const held = await findOfficer(tx, officerId);
      if (!held || held.sessionId !== sessionId) return refuse("not-found", "not-there");
      const { personId, office } = held;
      const which = { sessionId, through: { officerId }, personIds: [personId] };
      const pens = await listPensThrough(tx, which);
      await endOfficer(tx, officerId, at);
      await endPens(tx, { sessionId, pens, by, at });
      const detail = { personId, office, pens: pens.map(({ drafterId }) => drafterId) };
      return { result: { personId, pens }, thing: "officer", thingId: officerId, detail };
    },
  });
  if (isRefusal(done)) return done;
  const { personId, pens } = done;
  context.notices.rightsChanged(personId);
  tellPens(context, { sessionId, pens });
  return { personId };
}
