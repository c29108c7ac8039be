/** A topic changes places with its neighbour on the list; the order is the secretariat's from then on (rule RF9). */
import { type Standing, orderAt, standingOf, targetOf, wasMoved } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { TOPICS_ORDERED, changeTopic, findTopic, listTopicOrders, listTopics } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference } from "./reference-act.ts";

/**
 * Refused for a topic that is not there, and at the end of the list; as a conflict when somebody else moved this one
 * meanwhile (rule RF20): moves of others are no hindrance.
 */
export async function moveTopic(
  context: CommandContext,
  input: {
    readonly topicId: string;
    readonly direction: "up" | "down";
    /** Where the page showed it; null or undefined: the page did not say. */
    readonly seen?: Standing | null;
  },
): Promise<Refusal | null> {
  const { topicId, direction, seen } = input;
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
      if (place && seen && wasMoved(standingOf(places, place), seen)) {
        const by = await findMover(tx, { topicId, seen });
        return refuse("conflict", by === null ? "topics-ordered" : "topic-moved", {
          values: { topic: topic.title, by: by ?? "" },
        });
      }
      const target = place ? targetOf(places, place, direction) : null;
      const moved = target ? orderAt(places, topicId, target) : null;
      if (!moved) return refuse("rule", "item-at-end");
      for (const [at, id] of moved.entries()) await changeTopic(tx, id, { order: at + 1 });
      return { result: null, ...TOPICS_ORDERED, detail: { topicIds: moved } };
    },
  });
}

/** Who made the order in which a topic stands elsewhere than `seen`; null where it was the files. */
async function findMover(
  db: Reading,
  { topicId, seen }: { readonly topicId: string; readonly seen: Standing },
): Promise<string | null> {
  const orders = await listTopicOrders(db, topicId);
  const stoodAsSeen = (topicIds: readonly string[]) => {
    const places = topicIds.map((id, order) => ({ id, order, parentId: null }));
    const place = places.find(({ id }) => id === topicId);
    return place !== undefined && !wasMoved(standingOf(places, place), seen);
  };
  // The first act behind the last order that was as seen.
  const last = orders.findIndex(({ topicIds }) => stoodAsSeen(topicIds));
  return (last < 0 ? orders.at(-1) : orders[last - 1])?.by ?? null;
}
