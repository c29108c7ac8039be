/** An item is opened, suspended or concluded. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type AgendaItemRow, changeAgendaItem, findAgendaItem } from "#db/stores/agenda.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/** Refused for an item that is not on this agenda. */
export async function setItemStatus(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string; readonly status: AgendaItemRow["status"] },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, status } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "setItemStatus",
    topic: "agenda",
    work: async (tx, { at }) => {
      const item = await findAgendaItem(tx, { sessionId, itemId });
      if (!item) return refuse("not-found", "not-there");
      await changeAgendaItem(tx, itemId, { status, statusAt: at });
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: { status, was: item.status },
      };
    },
  });
}
