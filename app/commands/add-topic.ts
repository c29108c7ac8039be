/** A topic with its question and its own scale is put on the list, as the last. */
import { cleanFields } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { scaleProblems, topicProblems } from "#app/rules/topics.ts";
import { findLastPlace, insertTopicChange, listTopics, putTopic } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference } from "./reference-act.ts";

/**
 * `scale`: a label for each stance. Refused to all but the secretariat, for a title that another topic has, and for a
 * scale that is none. `exercise`: topics of exercises and real ones do not mix (rule PS9).
 */
export async function addTopic(
  context: CommandContext,
  input: {
    readonly title: string;
    readonly question: string;
    readonly scale: readonly string[];
    readonly exercise: boolean;
  },
): Promise<Refusal | { readonly topicId: string }> {
  const { title, question, exercise } = cleanFields("topic", input);
  const labels = input.scale.map((label) => cleanFields("stance", { label }).label).filter(Boolean);
  return actOnReference(context, {
    permission: "manageTopics",
    name: "addTopic",
    topic: "topics",
    work: async (tx, { by, at }) => {
      const others = await listTopics(tx, { exercise });
      const fields = {
        ...topicProblems({ title, question }),
        ...scaleProblems(labels),
        ...(others.some((one) => one.title === title) ? { title: "topic-taken" } : {}),
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const topicId = context.newId();
      const scale = labels.map((label) => ({ id: context.newId(), label }));
      await putTopic(tx, {
        id: topicId,
        title,
        question,
        scale,
        exercise,
        order: await findLastPlace(tx, exercise),
      });
      const row = { id: context.newId(), topicId, what: "added", after: title, by: by.personId, at } as const;
      const kept = await insertTopicChange(tx, row);
      return { result: { topicId }, thing: "topic", thingId: topicId, detail: kept };
    },
  });
}
