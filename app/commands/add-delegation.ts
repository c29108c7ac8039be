/** An entity takes part in a session. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { findDelegationOf, insertDelegation, listEntitiesOutside } from "#db/stores/delegation.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused for an entity that takes part already or is not of this kind of session: exercise and reality never mix. One
 * that was withdrawn is brought back instead (rule PE15).
 */
export async function addDelegation(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly entityId: string;
    readonly capacity: "participant" | "observer";
  },
): Promise<Refusal | { readonly delegationId: string }> {
  const { sessionId, entityId, capacity } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageDelegations",
    name: "addDelegation",
    topic: "delegations",
    work: async (tx, { session, at }) => {
      const existing = await findDelegationOf(tx, { sessionId, entityId });
      if (existing !== null && existing.withdrawnAt !== null)
        return refuse("conflict", "check-fields", { fields: { entity: "entity-withdrawn" } });
      const outside = await listEntitiesOutside(tx, { sessionId, exercise: session.exercise });
      if (!outside.some(({ id }) => id === entityId)) {
        return refuse("invalid", "check-fields", { fields: { entity: "entity-not-outside" } });
      }
      const delegationId = context.newId();
      await insertDelegation(tx, {
        id: delegationId,
        sessionId,
        entityId,
        capacity,
        createdAt: at,
        withdrawnAt: null,
      });
      return {
        result: { delegationId },
        thing: "delegation",
        thingId: delegationId,
        detail: { entityId, capacity },
      };
    },
  });
}
