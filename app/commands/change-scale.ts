/** A scale gets another stance, or one of its stances another name; nothing is ever taken off it (rule RF7). */
import { cleanFields } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { renamed, stanceProblems } from "#app/rules/topics.ts";
import type { CommandContext } from "./context.ts";
import { actOnTopic } from "./topic-act.ts";

/** Refused for a name that a stance of the scale has or had, and when the scale is full. */
export async function addStance(
  context: CommandContext,
  input: { readonly topicId: string; readonly label: string; readonly seen?: string },
): Promise<Refusal | null> {
  const { topicId, label, seen } = cleanFields("stance", input);
  return actOnTopic(context, {
    topicId,
    name: "addStance",
    seen,
    work: ({ scale }) => {
      const fields = stanceProblems(label, scale);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const longer = [...scale, { id: context.newId(), label }];
      return { what: "stance-added", before: "", after: label, change: { scale: longer } };
    },
  });
}

/** Positions stay where they stand, under the new name; the old one stays with the stance and in the history. */
export async function renameStance(
  context: CommandContext,
  input: {
    readonly topicId: string;
    readonly stanceId: string;
    readonly label: string;
    readonly seen?: string;
  },
): Promise<Refusal | null> {
  const { topicId, stanceId, label, seen } = cleanFields("stance", input);
  return actOnTopic(context, {
    topicId,
    name: "renameStance",
    seen,
    work: ({ scale }) => {
      const stance = scale.find(({ id }) => id === stanceId);
      if (!stance) return refuse("invalid", "check-fields", { fields: { stance: "stance-unknown" } });
      if (stance.label === label) return refuse("invalid", "nothing-changed");
      const fields = stanceProblems(
        label,
        scale.filter((one) => one !== stance),
      );
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const change = { scale: renamed(scale, stanceId, label) };
      return { what: "stance-renamed", before: stance.label, after: label, change };
    },
  });
}
