/** A topic changes places with its neighbour on the list; the order is the secretariat's from then on (rule RF9). */
import { orderAt, targetOf } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { TOPICS_ORDERED, changeTopic, findTopic, listTopics } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference } from "./reference-act.ts";

/** Refused for a topic that is not there, and at the end of the list. */
export async function moveTopic(
  context: CommandContext,
  { topicId, direction }: { readonly topicId: string; readonly direction: "up" | "down" },
): Promise<Refusal | null> {
  return actOnReference(context, {
    permission: "manageTopics",
    name: "orderTopics",
    topic: "topics",
    work: async (tx) => {
      const topic = await findTopic(tx, topicId);
      if (!topic) return refuse("not-found", "not-there");
      const all = await listTopics(tx, { exercise: topic.exercise });
      const places = all.map(({ id }, order) => ({ id, order, parentId: null }));
      const place = places.find(({ id }) => id === topicId);
      const target = place ? targetOf(places, place, direction) : null;
      const moved = target ? orderAt(places, topicId, target) : null;
      if (!moved) return refuse("rule", "item-at-end");
      for (const [at, id] of moved.entries()) await changeTopic(tx, id, { order: at + 1 });
      return { result: null, ...TOPICS_ORDERED, detail: { topicIds: moved } };
    },
  });
}
