/** A person's office in a session ends. Their sockets and streams close within two seconds. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { endOfficer, findOfficer } from "#db/stores/officer.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

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
    work: async (tx, { at }) => {
      const held = await findOfficer(tx, officerId);
      if (!held || held.sessionId !== sessionId) return refuse("not-found", "not-there");
      await endOfficer(tx, officerId, at);
      const { personId, office } = held;
      return { result: { personId }, thing: "officer", thingId: officerId, detail: { personId, office } };
    },
  });
  if (!isRefusal(done)) context.notices.rightsChanged(done.personId);
  return done;
}
