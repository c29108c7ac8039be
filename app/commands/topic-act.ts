/** How every change to a topic runs: on record for ever, with who and when, what stood before and what stands since. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { TopicChangeRow, TopicRow } from "#db/stores/topic.ts";
import { changeTopic, findTopic, insertTopicChange } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference } from "./reference-act.ts";

export type TopicChange = Pick<TopicChangeRow, "what" | "before" | "after"> & {
  readonly change: Partial<Pick<TopicRow, "title" | "question" | "scale" | "closedAt">>;
};

/** `work` says what changes, or refuses. Refused to all but the secretariat and for a topic that is not there. */
export async function actOnTopic(
  context: CommandContext,
  options: {
    readonly topicId: string;
    readonly name: string;
    readonly work: (topic: TopicRow, at: number) => Refusal | TopicChange;
  },
): Promise<Refusal | null> {
  const { topicId, name, work } = options;
  return actOnReference(context, {
    permission: "manageTopics",
    name,
    topic: "topics",
    work: async (tx, { by, at }) => {
      const topic = await findTopic(tx, topicId);
      if (!topic) return refuse("not-found", "not-there");
      const done = work(topic, at);
      if (isRefusal(done)) return done;
      const { what, before, after, change } = done;
      await changeTopic(tx, topicId, change);
      const row = { id: context.newId(), topicId, what, before, after, by: by.personId, at };
      const kept = await insertTopicChange(tx, row);
      return { result: null, thing: "topic", thingId: topicId, detail: kept };
    },
  });
}
