/** An item is put on the agenda, as the last under its parent. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { insertAgendaItem, listAgenda, setItemTopics } from "#db/stores/agenda.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

export type NewAgendaItem = {
  readonly sessionId: string;
  readonly parentId: string | null;
  readonly number: string;
  readonly title: string;
  readonly note: string;
  readonly topicIds: readonly string[];
};

/** Refused under a parent that is not on this agenda, and for a number that a sibling has (rule AG1). */
export async function addAgendaItem(
  context: CommandContext,
  input: NewAgendaItem,
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, parentId, number, title, note, topicIds } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "addAgendaItem",
    topic: "agenda",
    work: async (tx, { at }) => {
      const items = await listAgenda(tx, sessionId);
      if (parentId !== null && !items.some(({ id }) => id === parentId)) {
        return refuse("invalid", "check-fields", { fields: { parent: "parent-not-there" } });
      }
      const siblings = items.filter((item) => item.parentId === parentId);
      if (siblings.some((item) => item.number === number)) {
        return refuse("conflict", "check-fields", { fields: { number: "number-taken" } });
      }
      const itemId = context.newId();
      const order = Math.max(0, ...siblings.map((item) => item.order)) + 1;
      const state = { status: "not-yet", statusAt: at, createdAt: at } as const;
      await insertAgendaItem(tx, { id: itemId, sessionId, parentId, order, number, title, note, ...state });
      await setItemTopics(tx, itemId, topicIds);
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: { number, title, parentId },
      };
    },
  });
}
