/**
 * Where in the model each item of an update belongs, found by walking parents and origins before anything is applied:
 * so most of what must be refused never touches the gate's copy.
 */
import * as Y from "yjs";
import { PARAGRAPHS } from "#collab/model.ts";
import { findInCopy, findInUpdate } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

export type Place =
  /** An entry of the map of paragraphs. */
  | { readonly at: "paragraphs"; readonly paragraphId: string }
  /** A key of a paragraph. */
  | { readonly at: "field"; readonly paragraphId: string; readonly key: string }
  /** Between the words of a paragraph. */
  | { readonly at: "words"; readonly paragraphId: string };

export type PlaceFault = "outside-model" | "pending" | "malformed";

function samePlace(a: Place, b: Place): boolean {
  if (a.at !== b.at || a.paragraphId !== b.paragraphId) return false;
  return a.at !== "field" || b.at !== "field" || a.key === b.key;
}

/** The place of an item that the copy has; null for anything outside of the model. */
export function placeInCopy(copy: Y.Doc, item: Y.Item): Place | null {
  const root: unknown = copy.getMap(PARAGRAPHS);
  const { parent, parentSub } = item;
  if (parent === root) return parentSub === null ? null : { at: "paragraphs", paragraphId: parentSub };
  const holder = parent instanceof Y.AbstractType ? parent._item : null;
  if (!holder) return null;
  if (holder.parent === root) {
    if (holder.parentSub === null || parentSub === null) return null;
    return { at: "field", paragraphId: holder.parentSub, key: parentSub };
  }
  const above = holder.parent instanceof Y.AbstractType ? holder.parent._item : null;
  if (!above || above.parent !== root || above.parentSub === null || holder.parentSub !== "text") return null;
  return parentSub === null ? { at: "words", paragraphId: above.parentSub } : null;
}

type Dependency = { readonly client: number; readonly clock: number };

/** Items of the update on which the place of `item` depends. */
function dependenciesOf(item: Y.Item): Dependency[] {
  const parent: unknown = item.parent;
  if (typeof parent === "string") return [];
  if (parent instanceof Y.ID) return [parent];
  return [item.origin, item.rightOrigin].filter((id) => id !== null);
}

/** Resolves the places of the items of one update. */
export function createPlaces(copy: Y.Doc, shape: UpdateShape): (item: Y.Item) => Place | PlaceFault {
  const known = new Map<Y.Item, Place | PlaceFault>();
  const open = new Set<Y.Item>();

  function at({ client, clock }: Dependency): Place | PlaceFault {
    const stored = findInCopy(copy, client, clock);
    if (stored) return placeInCopy(copy, stored) ?? "outside-model";
    const item = findInUpdate(shape, client, clock);
    if (!item) return "pending";
    return known.get(item) ?? "malformed";
  }

  /** The type that an id names, which must be the first and only id of a container. */
  function inside(id: Dependency, sub: string | null): Place | PlaceFault {
    const item = findInCopy(copy, id.client, id.clock) ?? findInUpdate(shape, id.client, id.clock);
    if (!item) return "pending";
    if (!(item.content instanceof Y.ContentType)) return "outside-model";
    const holder = at(id);
    if (typeof holder === "string") return holder;
    if (holder.at === "paragraphs") {
      return sub === null ? "outside-model" : { at: "field", paragraphId: holder.paragraphId, key: sub };
    }
    if (holder.at !== "field" || holder.key !== "text" || sub !== null) return "outside-model";
    return { at: "words", paragraphId: holder.paragraphId };
  }

  function compute(item: Y.Item): Place | PlaceFault {
    const parent: unknown = item.parent;
    if (typeof parent === "string") {
      if (parent !== PARAGRAPHS || item.parentSub === null) return "outside-model";
      return { at: "paragraphs", paragraphId: item.parentSub };
    }
    if (parent instanceof Y.ID) return inside(parent, item.parentSub);
    if (!item.origin && !item.rightOrigin) return "malformed";
    const left = item.origin && at(item.origin);
    const right = item.rightOrigin && at(item.rightOrigin);
    if (typeof left === "string") return left;
    if (typeof right === "string") return right;
    if (left && right && !samePlace(left, right)) return "outside-model";
    return left ?? right ?? "malformed";
  }

  return (item) => {
    const stack = [item];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const current = top;
      open.add(current);
      const next = dependenciesOf(current)
        .filter(({ client, clock }) => !findInCopy(copy, client, clock))
        .map(({ client, clock }) => findInUpdate(shape, client, clock))
        .find((found) => found !== null && found !== current && !known.has(found));
      // An item that waits for itself, through others, has no place: `compute` then says so.
      if (next && !open.has(next)) {
        stack.push(next);
        continue;
      }
      known.set(current, compute(current));
      open.delete(current);
      stack.pop();
    }
    return known.get(item) ?? "malformed";
  };
}
