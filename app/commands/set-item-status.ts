/** An item is opened, suspended or concluded. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type AgendaItemRow, changeAgendaItem, findAgendaItem } from "#db/stores/agenda.ts";
import { setItemUnderDiscussion } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/** Rule AG4: the discussion of an item that is not open any more has ended. Refused for an item that is not on this agenda. */
export async function setItemStatus(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string; readonly status: AgendaItemRow["status"] },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, status } = input;
  const done = await actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "setItemStatus",
    topic: "agenda",
    work: async (tx, { session, at }) => {
      const item = await findAgendaItem(tx, { sessionId, itemId });
      if (!item) return refuse("not-found", "not-there");
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
  if (!isRefusal(done)) context.notices.tell({ kind: "session", sessionId }, "session");
  return done;
}
