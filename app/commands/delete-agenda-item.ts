/** An item is taken off the agenda. It stays in the record, with all that was said of it. */
import { editionOf, obstacleToDeleting } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { changeAgendaItem, countUnderItem, listAgenda } from "#db/stores/agenda.ts";
import { findEditor, refusedOff } from "./agenda-ground.ts";
import { calledIn, reasonFor, recordChange } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused while anything stands under it, or it is under discussion, with what to do (rule AG14); as a conflict when
 * somebody else changed it (rule AG26) or took it off (rule AG25) meanwhile.
 */
export async function deleteAgendaItem(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly itemId: string;
    /** `editionOf` the item as the page showed it; "" or undefined: whatever it says. */
    readonly seen?: string;
    readonly reason?: string;
  },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, seen } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "deleteAgendaItem",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      const items = await listAgenda(tx, sessionId);
      const item = items.find(({ id }) => id === itemId);
      if (!item) return refusedOff(tx, session, itemId);
      const before = calledIn(items, itemId);
      if (seen && seen !== editionOf(item)) {
        const by = await findEditor(tx, item);
        return refuse("conflict", "item-changed-since", { values: { item: before, by } });
      }
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
