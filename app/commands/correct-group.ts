/** The secretariat corrects a group's names, or what is said of the source of its list. */
import { cleanFields } from "#app/rules/fields.ts";
import {
  type Fields,
  type GroupWords,
  changesBetween,
  fieldsAfter,
  fieldsOfNames,
  groupProblems,
  withFields,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type GroupRow, changeGroup, findGroup } from "#db/stores/group.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

function groupFields({ names, source, asOf, verified }: GroupRow): Fields {
  return { ...fieldsOfNames(names), source, asOf, verified: verified ?? false };
}

/** Refused to all but the secretariat, without a reason, and when nothing differs. */
export async function correctGroup(
  context: CommandContext,
  input: GroupWords & { readonly groupId: string; readonly verified: boolean; readonly seen?: number },
): Promise<Refusal | null> {
  const typed = cleanFields("group", input);
  const { groupId, source, asOf, verified, reason, seen } = typed;
  return actOnReference(context, {
    permission: "correctReference",
    name: "correctGroup",
    topic: "reference",
    work: async (tx, acting) => {
      const group = await findGroup(tx, groupId);
      if (!group) return refuse("not-found", "not-there");
      const fields = groupProblems(typed);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const wanted = { ...fieldsOfNames(typed), source: source || null, asOf: asOf || null, verified };
      const changes = changesBetween(groupFields(group), wanted);
      const about = { thing: "group", thingId: groupId, changes, reason, acting, seen } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      const { id: _id, ...facts } = withFields(group, fieldsAfter([{ value: changes }]));
      await changeGroup(tx, groupId, facts);
      return { result: null, thing: "group", thingId: groupId, detail: kept };
    },
  });
}
