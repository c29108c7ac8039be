/** The item under discussion is set, or nothing is under discussion. An item that is taken up is open. */
import type { Refusal } from "#app/rules/refusal.ts";
import { changeAgendaItem, findAgendaItem } from "#db/stores/agenda.ts";
import { setItemUnderDiscussion } from "#db/stores/session.ts";
import { refusedOff } from "./agenda-ground.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession, unchanged } from "./session-act.ts";

/** Rule AG4. Refused for an item that is not on this agenda. */
export async function takeUpItem(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string | null },
): Promise<Refusal | { readonly itemId: string | null }> {
  const { sessionId, itemId } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "takeUpItem",
    // Told in few words to thousands of pages, not each page made anew.
    topic: "now",
    work: async (tx, { session, at }) => {
      if (itemId === session.itemUnderDiscussionId) return unchanged({ itemId });
      if (itemId !== null) {
        const item = await findAgendaItem(tx, { sessionId, itemId });
        if (!item) return refusedOff(tx, session, itemId);
        if (item.status !== "open") await changeAgendaItem(tx, itemId, { status: "open", statusAt: at });
      }
      await setItemUnderDiscussion(tx, sessionId, itemId);
      return { result: { itemId }, thing: "session", thingId: sessionId, detail: { itemId } };
    },
  });
}
