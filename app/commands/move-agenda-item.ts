/** An item moves one place up or down among its siblings. */
import { movedAmongSiblings } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { changeAgendaItem, listAgenda } from "#db/stores/agenda.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/** Refused at the end that it stands at already (rule AG3). */
export async function moveAgendaItem(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string; readonly direction: "up" | "down" },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, direction } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "moveAgendaItem",
    topic: "agenda",
    work: async (tx) => {
      const items = await listAgenda(tx, sessionId);
      if (!items.some(({ id }) => id === itemId)) return refuse("not-found", "not-there");
      const order = movedAmongSiblings(items, itemId, direction);
      if (!order) return refuse("rule", "item-at-end");
      for (const [index, id] of order.entries()) await changeAgendaItem(tx, id, { order: index + 1 });
      return { result: { itemId }, thing: "agenda_item", thingId: itemId, detail: { direction } };
    },
  });
}
