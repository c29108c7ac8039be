/** The agenda as a tree, and who stands where in it. */
import { faultsOfLength } from "./fields.ts";

/** Where an item stands in the work of a session. */
export const ITEM_STATUSES = ["not-yet", "open", "suspended", "concluded"] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export type Placed = {
  readonly id: string;
  readonly parentId: string | null;
  readonly order: number;
};

export type Branch<T extends Placed> = { readonly item: T; readonly children: readonly Branch<T>[] };

/** Items as a tree, siblings by `order`. An item whose parent is missing stands at the top. */
export function agendaTree<T extends Placed>(items: readonly T[]): Branch<T>[] {
  const known = new Set(items.map(({ id }) => id));
  const under = (parentId: string | null): Branch<T>[] =>
    items
      .filter(
        (item) => (item.parentId !== null && known.has(item.parentId) ? item.parentId : null) === parentId,
      )
      .toSorted((a, b) => a.order - b.order)
      .map((item) => ({ item, children: under(item.id) }));
  return under(null);
}

/** Items in the order in which the agenda is read: each followed by those under it. */
export function inAgendaOrder<T extends Placed>(items: readonly T[]): T[] {
  const read = (branch: Branch<T>): T[] => [branch.item, ...branch.children.flatMap(read)];
  return agendaTree(items).flatMap(read);
}

/** Whether `itemId` may stand under `parentId`: not under itself or anything below it (rule AG2). */
export function mayStandUnder(items: readonly Placed[], itemId: string, parentId: string | null): boolean {
  for (let at = parentId; at !== null; at = items.find(({ id }) => id === at)?.parentId ?? null) {
    if (at === itemId) return false;
  }
  return true;
}

/**
 * The siblings of an item in their new order when it moves one place up or down, as ids; null when it stands at that
 * end already.
 */
export function movedAmongSiblings(
  items: readonly Placed[],
  itemId: string,
  direction: "up" | "down",
): string[] | null {
  const item = items.find(({ id }) => id === itemId);
  if (!item) return null;
  const siblings = items
    .filter(({ parentId }) => parentId === item.parentId)
    .toSorted((a, b) => a.order - b.order)
    .map(({ id }) => id);
  const at = siblings.indexOf(itemId);
  const to = direction === "up" ? at - 1 : at + 1;
  const other = siblings[to];
  if (other === undefined) return null;
  siblings[to] = itemId;
  siblings[at] = other;
  return siblings;
}

type Numbered = Placed & { readonly number: string };

/** "5 (e)": the number of an item with those above it. */
export function fullNumber(items: readonly Numbered[], itemId: string): string {
  const numbers: string[] = [];
  let item = items.find(({ id }) => id === itemId);
  while (item && numbers.length < items.length) {
    numbers.unshift(item.number);
    const { parentId }: Numbered = item;
    item = items.find(({ id }) => id === parentId);
  }
  return numbers.join(" ");
}

/** What is wrong with the words of an item, as message codes by field. */
export function faultsOfItem(words: {
  readonly number: string;
  readonly title: string;
  readonly note: string;
}): Record<string, string> {
  const faults = faultsOfLength("item", words);
  if (words.number === "") faults["number"] = "required";
  if (words.title === "") faults["title"] = "required";
  return faults;
}

/**
 * What stands in the way of an item at this place, as message codes by field; empty when nothing does (rules AG1, AG2).
 * `itemId` is null for an item that is not on the agenda yet.
 */
export function placeProblems(
  items: readonly Numbered[],
  item: { readonly itemId: string | null; readonly parentId: string | null; readonly number: string },
): Record<string, string> {
  const { itemId, parentId, number } = item;
  if (parentId !== null && !items.some(({ id }) => id === parentId)) return { parent: "parent-not-there" };
  if (itemId !== null && !mayStandUnder(items, itemId, parentId)) return { parent: "parent-below" };
  const isTaken = items.some(
    (one) => one.parentId === parentId && one.id !== itemId && one.number === number,
  );
  return isTaken ? { number: "number-taken" } : {};
}
