/** The secretariat corrects a membership's role or days, or closes it with a first day outside. */
import {
  type Changes,
  type MembershipFacts,
  changesBetween,
  cleanReason,
  membershipId,
  membershipProblems,
  recordedAnew,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { changeMembership, findMembership, listMembershipsIn } from "#db/stores/group.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

/**
 * `was` is the first day by which the membership is on record. Refused as "conflict" for one that is not there (any more), for days
 * on which the entity is a member by another row (rule RF3), and when nothing differs.
 */
export async function correctMembership(
  context: CommandContext,
  input: MembershipFacts & {
    readonly groupId: string;
    readonly entityId: string;
    readonly was: string;
    readonly seen?: number;
  },
): Promise<Refusal | null> {
  const typed = cleanReason(input);
  const { groupId, entityId, was, role, from, to, reason, seen } = typed;
  return actOnReference(context, {
    permission: "correctReference",
    name: "correctMembership",
    topic: "reference",
    work: async (tx, acting) => {
      const key = { groupId, entityId, from: was };
      const standing = await findMembership(tx, key);
      if (!standing) return refuse("conflict", "membership-moved");
      const others = (await listMembershipsIn(tx, groupId)).filter(
        (one) => one.entityId === entityId && one.from !== was,
      );
      const fields = membershipProblems(typed, others);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const hashes: string[] = [];
      const keep = async (thingId: string, changes: Changes, seen?: number) => {
        const about = { thing: "membership", thingId, changes, reason, acting, seen } as const;
        const kept = await recordCorrection(tx, context, about);
        if (!isRefusal(kept)) hashes.push(kept.sha256);
        return kept;
      };
      // Its first day names a membership: with another it is another row, in the files too.
      const isMoved = from !== was;
      const changes = isMoved
        ? { recorded: { before: true, after: false } }
        : changesBetween({ role: standing.role, to: standing.to }, { role, to });
      const kept = await keep(membershipId(key), changes, seen);
      if (isRefusal(kept)) return kept;
      if (isMoved) {
        await keep(membershipId({ groupId, entityId, from }), recordedAnew(role, to));
      }
      await changeMembership(tx, key, { from, role, to });
      return { result: null, thing: "group", thingId: groupId, detail: { sha256: hashes } };
    },
  });
}
