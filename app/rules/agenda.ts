/** The agenda as a tree, and who stands where in it. */

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

/** "5 (e)": the number of an item with those above it. */
export function fullNumber(items: readonly (Placed & { readonly number: string })[], itemId: string): string {
  const numbers: string[] = [];
  for (let at: string | null = itemId; at !== null;) {
    const item: (Placed & { readonly number: string }) | undefined = items.find(({ id }) => id === at);
    if (!item || numbers.length > 8) break;
    numbers.unshift(item.number);
    at = item.parentId;
  }
  return numbers.join(" ");
}
