/** An item of the agenda is dragged by its handle: before, behind or under another. Escape gives up. */
import { type Placed, type Target, mayStandUnder, standingOf } from "#app/rules/agenda.ts";

type Drag = {
  readonly itemId: string;
  readonly items: readonly Placed[];
  readonly drop: (target: Target) => void;
};

type Where = "before" | "behind" | "under";

const EDGE = 48;
/** The middle of a row means under it, its ends before and behind. */
const END = 0.3;

/** Follows the pointer until it is let go. Rows have the id `item-…`. */
export function startDrag(event: PointerEvent, { itemId, items, drop }: Drag): void {
  event.preventDefault();
  const rows = items
    .filter(({ id }) => mayStandUnder(items, itemId, id))
    .map((item) => ({ item, row: document.getElementById(`item-${item.id}`) }))
    .filter((one): one is { item: Placed; row: HTMLElement } => one.row !== null);
  const held = document.getElementById(`item-${itemId}`);
  held?.classList.add("held");
  let target: Target | null = null;
  let marked: HTMLElement | null = null;

  const unmark = (): void => {
    marked?.removeAttribute("data-drop");
    marked = null;
    target = null;
  };
  const mark = (row: HTMLElement, where: Where, wanted: Target): void => {
    unmark();
    row.dataset["drop"] = where;
    marked = row;
    target = wanted;
  };
  const move = (moved: PointerEvent): void => {
    if (moved.clientY < EDGE) scrollBy(0, -EDGE / 3);
    if (moved.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 3);
    const over = rows.find(({ row }) => {
      const { top, bottom } = row.getBoundingClientRect();
      return moved.clientY >= top && moved.clientY < bottom;
    });
    if (!over) return unmark();
    const { item, row } = over;
    const { top, height } = row.getBoundingClientRect();
    const at = (moved.clientY - top) / height;
    const { parentId } = item;
    if (at < END) mark(row, "before", { parentId, beforeId: item.id });
    else if (at > 1 - END) mark(row, "behind", { parentId, beforeId: standingOf(items, item).nextId });
    else mark(row, "under", { parentId: item.id, beforeId: null });
  };
  const stop = (): void => {
    unmark();
    held?.classList.remove("held");
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", release);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", giveUp, true);
  };
  const release = (): void => {
    const wanted = target;
    stop();
    if (wanted) drop(wanted);
  };
  const giveUp = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.preventDefault();
    stop();
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", giveUp, true);
}
