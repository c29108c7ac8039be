/** An entity joined a group, or its membership had not been recorded. */
import {
  type MembershipFacts,
  cleanReason,
  membershipId,
  membershipProblems,
  recordedAnew,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { findEntity } from "#db/stores/entity.ts";
import { findGroup, insertMembership, listMembershipsIn } from "#db/stores/group.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

/** Refused for an entity that is not there, and for days on which it is a member already (rule RF3). */
export async function addMembership(
  context: CommandContext,
  input: MembershipFacts & { readonly groupId: string; readonly entityId: string },
): Promise<Refusal | null> {
  const typed = cleanReason(input);
  const { groupId, entityId, role, from, to, reason } = typed;
  return actOnReference(context, {
    permission: "correctReference",
    name: "addMembership",
    topic: "reference",
    work: async (tx, acting) => {
      const group = await findGroup(tx, groupId);
      if (!group) return refuse("not-found", "not-there");
      const entity = await findEntity(tx, entityId);
      const theirs = (await listMembershipsIn(tx, groupId)).filter((one) => one.entityId === entityId);
      const fields = {
        ...membershipProblems(typed, theirs),
        ...(entity && belongsTo(entity, group) ? {} : { entity: "entity-not-there" }),
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const thingId = membershipId({ groupId, entityId, from });
      const changes = recordedAnew(role, to);
      const about = { thing: "membership", thingId, changes, reason, acting } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      await insertMembership(tx, { groupId, entityId, role, from, to });
      return { result: null, thing: "group", thingId: groupId, detail: kept };
    },
  });
}
