/**
 * How long an update would keep Yjs busy. An item that does not stand between its two neighbours any more is placed by
 * going over everything between them; an update made of such items can take minutes. Honest pages write runs whose
 * neighbours are still neighbours, or nearly so.
 */
import type * as Y from "yjs";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import type { Place } from "./places.ts";
import { findInCopy, findInUpdate } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

/** Steps that one update may take; some twenty milliseconds. */
const MAX_STEPS = 200_000;

function keyOf(id: Y.ID | null): string {
  return id === null ? "" : `${id.client}.${id.clock}`;
}

function placeKey(place: Place): string {
  return place.at === "field" ? `${place.paragraphId} ${place.key}` : `${place.at} ${place.paragraphId}`;
}

function isSameId(a: Y.ID | null, b: Y.ID | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
}

/** Returns a function to be asked for each new item in order: false when the update has become too laborious. */
export function createEffort(copy: Y.Doc, shape: UpdateShape): (item: Y.Item, place: Place) => boolean {
  let steps = 0;
  const costs = new Map<Y.Item, number>();
  /** New items behind each origin, and the newest of them. */
  const behind = new Map<string, { count: number; newest: Y.Item }>();
  const freshIn = new Map<string, number>();
  const storedIn = new Map<string, number>();

  function first(place: Place): Y.Item | null {
    const map = paragraphsOf(copy).get(place.paragraphId);
    if (!map) return null;
    if (place.at === "words") return wordsOf(map)?._start ?? null;
    let item = (place.at === "field" ? map._map.get(place.key) : null) ?? null;
    while (item?.left) item = item.left;
    return item;
  }

  /** All stored items of a place: the most that can lie between two of them. */
  function countStored(place: Place): number {
    const key = placeKey(place);
    const known = storedIn.get(key);
    if (known !== undefined) return known;
    let count = 0;
    for (let item = first(place); item; item = item.right) count += 1;
    storedIn.set(key, count);
    return count;
  }

  /** Items between two stored neighbours. */
  function walk(item: Y.Item, place: Place, left: Y.Item | null): number {
    const { origin, rightOrigin } = item;
    if (left && origin && origin.clock < left.id.clock + left.length - 1) {
      // In the middle of an item: its own rest is the neighbour.
      const isNext = rightOrigin?.client === origin.client && rightOrigin.clock === origin.clock + 1;
      if (isNext) return 1;
    }
    const right = rightOrigin && findInCopy(copy, rightOrigin.client, rightOrigin.clock);
    let count = 1;
    for (let at = left ? left.right : first(place); at && at !== right; at = at.right) {
      count += 1;
      if (steps + count > MAX_STEPS) break;
    }
    return count;
  }

  function costOf(item: Y.Item, place: Place): number {
    const { origin, rightOrigin } = item;
    const originKey = `${placeKey(place)} ${keyOf(origin)}`;
    const sharers = behind.get(originKey);
    behind.set(originKey, { count: (sharers?.count ?? 0) + 1, newest: item });
    const fresh = freshIn.get(placeKey(place)) ?? 0;
    freshIn.set(placeKey(place), fresh + 1);
    const most = (): number => fresh + countStored(place) + 1;

    const stored = origin && findInCopy(copy, origin.client, origin.clock);
    const before = origin && !stored ? findInUpdate(shape, origin.client, origin.clock) : null;
    if (before) {
      // Typing on: as easy to place as the run that it continues.
      if (!sharers && isSameId(before.rightOrigin, rightOrigin)) return costs.get(before) ?? 1;
      return sharers && rightOrigin && isSameId(sharers.newest.id, rightOrigin)
        ? (costs.get(sharers.newest) ?? 1)
        : most();
    }
    // Typing in front of what was just typed.
    if (sharers && rightOrigin && isSameId(sharers.newest.id, rightOrigin))
      return costs.get(sharers.newest) ?? 1;
    const isRightFresh = rightOrigin && !findInCopy(copy, rightOrigin.client, rightOrigin.clock);
    if (isRightFresh) return most();
    return walk(item, place, stored) + (sharers?.count ?? 0);
  }

  return (item, place) => {
    if (place.at === "paragraphs") return true;
    const cost = costOf(item, place);
    costs.set(item, cost);
    steps += cost;
    return steps <= MAX_STEPS;
  };
}
