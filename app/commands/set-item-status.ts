/** An item is opened, suspended or concluded. */
import type { Refusal } from "#app/rules/refusal.ts";
import { type AgendaItemRow, changeAgendaItem, findAgendaItem } from "#db/stores/agenda.ts";
import { setItemUnderDiscussion } from "#db/stores/session.ts";
import { refusedOff, refusedStatus } from "./agenda-ground.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession, unchanged } from "./session-act.ts";

/**
 * Rule AG4: the discussion of an item that is not open any more has ended. Refused for an item that is not on this
 * agenda, and as a conflict when somebody else gave it another status meanwhile (rule AG26).
 */
export async function setItemStatus(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly itemId: string;
    readonly status: AgendaItemRow["status"];
    /** Which the page showed; undefined: whichever it has. */
    readonly seen?: AgendaItemRow["status"];
  },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, status, seen } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "setItemStatus",
    // Told in few words to thousands of pages, not each page made anew.
    topic: "now",
    work: async (tx, { session, at }) => {
      const item = await findAgendaItem(tx, { sessionId, itemId });
      if (!item) return refusedOff(tx, session, itemId);
      if (item.status === status) return unchanged({ itemId });
      if (seen && seen !== item.status) return refusedStatus(tx, item);
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
