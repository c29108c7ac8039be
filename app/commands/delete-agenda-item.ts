/** An item is taken off the agenda. It stays in the record, with all that was said of it. */
import { obstacleToDeleting } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { changeAgendaItem, countUnderItem, listAgenda } from "#db/stores/agenda.ts";
import { calledIn, reasonFor, recordChange } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/** Refused while anything stands under it, or it is under discussion, with what to do (rule AG14). */
export async function deleteAgendaItem(
  context: CommandContext,
  input: { readonly sessionId: string; readonly itemId: string; readonly reason?: string },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "deleteAgendaItem",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      const items = await listAgenda(tx, sessionId);
      if (!items.some(({ id }) => id === itemId)) return refuse("not-found", "not-there");
      const before = calledIn(items, itemId);
      const under = {
        ...(await countUnderItem(tx, itemId)),
        children: items.filter(({ parentId }) => parentId === itemId).length,
      };
      const obstacle = obstacleToDeleting({ ...under, isNow: session.itemUnderDiscussionId === itemId });
      if (obstacle) return refuse("rule", obstacle, { values: { item: before, ...under } });
      const { reason, fields } = reasonFor(session, input.reason);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      await changeAgendaItem(tx, itemId, { deletedAt: at });
      const change = { itemId, what: "deleted", before, after: "" } as const;
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: await recordChange(context, tx, { session, by, at, reason, ...change }),
      };
    },
  });
}
