/** An item is put on the agenda, as the last under its parent. */
import { faultsOfItem, placeProblems } from "#app/rules/agenda.ts";
import { cleanFields } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { insertAgendaItem, listAgenda, setItemTopics } from "#db/stores/agenda.ts";
import { listTopics } from "#db/stores/topic.ts";
import { calledIn, reasonFor, recordChange } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

export type NewAgendaItem = {
  readonly sessionId: string;
  readonly parentId: string | null;
  readonly number: string;
  readonly title: string;
  readonly note: string;
  readonly topicIds: readonly string[];
  /** Needed once the agenda is adopted. */
  readonly reason?: string;
};

/**
 * Refused under a parent that is not on this agenda, for a number that a sibling has, for a topic that is not there, and
 * without a reason once the agenda is adopted.
 */
export async function addAgendaItem(
  context: CommandContext,
  input: NewAgendaItem,
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, parentId, number, title, note, topicIds } = cleanFields("item", input);
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "addAgendaItem",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      const items = await listAgenda(tx, sessionId);
      const topics = await listTopics(tx, { exercise: session.exercise });
      const { reason, fields: faults } = reasonFor(session, input.reason);
      const fields = {
        ...faultsOfItem({ number, title, note }),
        ...placeProblems(items, { itemId: null, parentId, number }),
        ...topicProblems(topics, topicIds),
        ...faults,
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const siblings = items.filter((item) => item.parentId === parentId);
      const itemId = context.newId();
      const order = Math.max(0, ...siblings.map((item) => item.order)) + 1;
      const state = { status: "not-yet", statusAt: at, createdAt: at } as const;
      await insertAgendaItem(tx, { id: itemId, sessionId, parentId, order, number, title, note, ...state });
      await setItemTopics(tx, itemId, topicIds);
      const after = calledIn(await listAgenda(tx, sessionId), itemId);
      const change = { itemId, what: "added", before: "", after } as const;
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: {
          number,
          title,
          note,
          parentId,
          topicIds,
          ...(await recordChange(context, tx, { session, by, at, reason, ...change })),
        },
      };
    },
  });
}

/** Exercise and reality never mix: an item has topics of its own kind of session alone. */
export function topicProblems(
  topics: readonly { readonly id: string }[],
  topicIds: readonly string[],
): Record<string, string> {
  const isThere = topicIds.every((topicId) => topics.some(({ id }) => id === topicId));
  return isThere ? {} : { topics: "topic-not-there" };
}
