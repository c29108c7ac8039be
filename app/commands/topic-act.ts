/** How every change to a topic runs: on record for ever, with who and when, what stood before and what stands since. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { sha256 } from "#db/canonical.ts";
import type { TopicChangeRow, TopicRow } from "#db/stores/topic.ts";
import { changeTopic, findTopic, insertTopicChange } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference } from "./reference-act.ts";

export type TopicChange = Pick<TopicChangeRow, "what" | "before" | "after"> & {
  readonly change: Partial<Pick<TopicRow, "title" | "question" | "scale" | "closedAt">>;
};

/** Names how a topic stands: another one after every change, of the secretariat or of the files. */
export function stateOfTopic({ title, question, scale, closedAt }: TopicRow): string {
  return sha256(JSON.stringify([title, question, scale, closedAt])).slice(0, 16);
}

/**
 * `work` says what changes, or refuses. Refused to all but the secretariat and for a topic that is not there; and as
 * "conflict" when the topic is not any more as the form was made from it (rule RF16). `seen`: how it stood then, by
 * `stateOfTopic`; undefined: whatever it is.
 */
export async function actOnTopic(
  context: CommandContext,
  options: {
    readonly topicId: string;
    readonly name: string;
    readonly seen: string | undefined;
    readonly work: (topic: TopicRow, at: number) => Refusal | TopicChange;
  },
): Promise<Refusal | null> {
  const { topicId, name, seen, work } = options;
  return actOnReference(context, {
    permission: "manageTopics",
    name,
    topic: "topics",
    work: async (tx, { by, at }) => {
      const topic = await findTopic(tx, topicId);
      if (!topic) return refuse("not-found", "not-there");
      const done = work(topic, at);
      if (isRefusal(done)) return done;
      if (seen !== undefined && seen !== stateOfTopic(topic)) return refuse("conflict", "topic-changed");
      const { what, before, after, change } = done;
      await changeTopic(tx, topicId, change);
      const row = { id: context.newId(), topicId, what, before, after, by: by.personId, at };
      const kept = await insertTopicChange(tx, row);
      return { result: null, thing: "topic", thingId: topicId, detail: kept };
    },
  });
}
