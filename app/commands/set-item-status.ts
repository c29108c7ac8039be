/** An item is opened, suspended or concluded. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type AgendaItemRow, changeAgendaItem, findAgendaItem } from "#db/stores/agenda.ts";
import { setItemUnderDiscussion } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession, unchanged } from "./session-act.ts";

/** Rule AG4: the discussion of an item that is not open any more has ended. Refused for an item that is not on this agenda. */
export async function setItemStatus(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string; readonly status: AgendaItemRow["status"] },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, status } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "setItemStatus",
    // Told in few words to thousands of pages, not each page made anew.
    topic: "now",
    work: async (tx, { session, at }) => {
      const item = await findAgendaItem(tx, { sessionId, itemId });
      if (!item) return refuse("not-found", "not-there");
      if (item.status === status) return unchanged({ itemId });
      await changeAgendaItem(tx, itemId, { status, statusAt: at });
      const endsDiscussion = status !== "open" && session.itemUnderDiscussionId === itemId;
      if (endsDiscussion) await setItemUnderDiscussion(tx, sessionId, null);
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: { status, was: item.status, endsDiscussion },
      };
    },
  });
}
