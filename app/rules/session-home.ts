/** What is next on an agenda, and which texts move: for the home of a session. Rules HM1 to HM3. */
import { type Numbered, fullNumber, inAgendaOrder } from "./agenda.ts";

type Item = Numbered & { readonly title: string; readonly status: string };

export type NextItem = { readonly id: string; readonly number: string; readonly title: string };

/**
 * The items that come next, in the order of the agenda: behind the one under discussion, not concluded, and without those
 * that are only a heading for what stands under them.
 */
export function nextItems(items: readonly Item[], nowId: string | null, most: number): NextItem[] {
  const order = inAgendaOrder(items);
  const at = order.findIndex(({ id }) => id === nowId);
  const isHeading = (id: string) => order.some(({ parentId }) => parentId === id);
  return order
    .slice(at + 1)
    .filter(({ id, status }) => status !== "concluded" && !isHeading(id))
    .slice(0, most)
    .map(({ id, title }) => ({ id, number: fullNumber(order, id), title }));
}

/** A text moves while somebody wrote in it, or a version of it was issued, within a day. */
export const MOVES_FOR_MS = 24 * 3_600_000;

/** What moved, the last first; `movedAt` 0 for what never did. */
export function moving<T extends { readonly movedAt: number }>(texts: readonly T[], now: number): T[] {
  return texts
    .filter(({ movedAt }) => movedAt > 0 && now - movedAt < MOVES_FOR_MS)
    .toSorted((a, b) => b.movedAt - a.movedAt);
}
