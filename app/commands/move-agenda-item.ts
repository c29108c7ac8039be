/** An item moves: one step, or to a place that somebody dragged it to. */
import {
  type Standing,
  type Step,
  type Target,
  fullNumber,
  mayStandUnder,
  numberUnder,
  orderAt,
  standingOf,
  targetOf,
  wasMoved,
} from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type AgendaItemInList, changeAgendaItem, listAgenda } from "#db/stores/agenda.ts";
import { findMover, refusedOff } from "./agenda-ground.ts";
import { calledIn, reasonFor, recordChange } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession, unchanged } from "./session-act.ts";

type Move = {
  readonly sessionId: string;
  readonly itemId: string;
  readonly to: Step | Target;
  /** Where the page showed it; null: the page did not say. */
  readonly seen?: Standing | null;
  readonly reason?: string;
};

/**
 * Refused where it cannot go (rules AG2, AG3), and as a conflict when somebody else moved this item, took it off (rule
 * AG25) or took away the place, meanwhile: moves of other items are no hindrance (rule AG10).
 */
export async function moveAgendaItem(
  context: CommandContext,
  input: Move,
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, to, seen = null } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "moveAgendaItem",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      const items = await listAgenda(tx, sessionId);
      const item = items.find(({ id }) => id === itemId);
      if (!item) return refusedOff(tx, session, itemId);
      const values = { item: calledIn(items, itemId) };
      if (seen && wasMoved(standingOf(items, item), seen)) {
        const by = await findMover(tx, { items, item, seen });
        return refuse("conflict", "item-moved", { values: { ...values, by } });
      }
      const target = typeof to === "string" ? targetOf(items, item, to) : to;
      if (!target) return refuse("rule", to === "in" || to === "out" ? "item-no-level" : "item-at-end");
      const { parentId } = target;
      if (!mayStandUnder(items, itemId, parentId)) return refuse("rule", "item-below-itself", { values });
      const order = orderAt(items, itemId, target);
      if (!order) return refuse("conflict", "place-gone", { values });
      if (parentId === item.parentId && isInOrder(items, order)) return unchanged({ itemId });
      const { reason, fields } = reasonFor(session, input.reason);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields, values });
      const number = numberUnder(items, item, parentId);
      for (const [index, id] of order.entries()) await changeAgendaItem(tx, id, { order: index + 1 });
      await changeAgendaItem(tx, itemId, { parentId, number });
      const change = {
        itemId,
        what: "moved",
        before: placedIn(items, itemId),
        after: placedIn(await listAgenda(tx, sessionId), itemId),
      } as const;
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: {
          parentId,
          number,
          order,
          was: { parentId: item.parentId, number: item.number },
          ...(await recordChange(context, tx, { session, by, at, reason, ...change })),
        },
      };
    },
  });
}

function isInOrder(items: readonly AgendaItemInList[], order: readonly string[]): boolean {
  const places = order.map((id) => items.findIndex((item) => item.id === id));
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
}

/** "5 (d), 5 (e) Assistance, 5 (f)": the item between its neighbours, by their full numbers. */
function placedIn(items: readonly AgendaItemInList[], itemId: string): string {
  const item = items.find(({ id }) => id === itemId);
  if (!item) return "";
  const { previousId, nextId } = standingOf(items, item);
  const neighbour = (id: string | null) => (id === null ? "" : fullNumber(items, id));
  return [neighbour(previousId), calledIn(items, itemId), neighbour(nextId)]
    .filter((name) => name !== "")
    .join(", ");
}
