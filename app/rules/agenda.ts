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
  const byParent = new Map<string | null, T[]>();
  for (const item of items.toSorted((a, b) => a.order - b.order)) {
    const parentId = item.parentId !== null && known.has(item.parentId) ? item.parentId : null;
    const siblings = byParent.get(parentId);
    if (siblings) siblings.push(item);
    else byParent.set(parentId, [item]);
  }
  const under = (parentId: string | null): Branch<T>[] =>
    (byParent.get(parentId) ?? []).map((item) => ({ item, children: under(item.id) }));
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

/** The items under a parent, in their order. */
export function itemsUnder<T extends Placed>(items: readonly T[], parentId: string | null): T[] {
  return items.filter((item) => item.parentId === parentId).toSorted((a, b) => a.order - b.order);
}

/** Where an item stands: under which, and between which two. */
export type Standing = {
  readonly parentId: string | null;
  readonly previousId: string | null;
  readonly nextId: string | null;
};

export function standingOf(items: readonly Placed[], item: Placed): Standing {
  const siblings = itemsUnder(items, item.parentId);
  const at = siblings.findIndex(({ id }) => id === item.id);
  return {
    parentId: item.parentId,
    previousId: siblings[at - 1]?.id ?? null,
    nextId: siblings[at + 1]?.id ?? null,
  };
}

/**
 * Whether somebody moved the item since it stood as `seen`: it is under another parent, or has two other neighbours. One
 * other neighbour is the neighbour's doing (rule AG10).
 */
export function wasMoved(now: Standing, seen: Standing): boolean {
  return now.parentId !== seen.parentId || (now.previousId !== seen.previousId && now.nextId !== seen.nextId);
}

/** As a form carries it. */
export function writeStanding({ parentId, previousId, nextId }: Standing): string {
  return [parentId, previousId, nextId].map((id) => id ?? "").join(",");
}

/** Null for what is none: a page that did not say what it showed expects nothing. */
export function readStanding(written: string): Standing | null {
  const [parentId, previousId, nextId, ...more] = written.split(",").map((id) => id || null);
  if (parentId === undefined || previousId === undefined || nextId === undefined) return null;
  return more.length === 0 ? { parentId, previousId, nextId } : null;
}

/** Where an item is to go: under which, and in front of which of those; null: behind the last. */
export type Target = { readonly parentId: string | null; readonly beforeId: string | null };

export const STEPS = ["up", "down", "in", "out"] as const;
export type Step = (typeof STEPS)[number];

/** One place up or down among its siblings, under the one before it, or behind its parent; null where it cannot go. */
export function targetOf(items: readonly Placed[], item: Placed, step: Step): Target | null {
  const { parentId, previousId, nextId } = standingOf(items, item);
  switch (step) {
    case "up":
      return previousId === null ? null : { parentId, beforeId: previousId };
    case "down": {
      if (nextId === null) return null;
      const siblings = itemsUnder(items, parentId);
      const behind = siblings[siblings.findIndex(({ id }) => id === nextId) + 1];
      return { parentId, beforeId: behind?.id ?? null };
    }
    case "in":
      return previousId === null ? null : { parentId: previousId, beforeId: null };
    case "out": {
      const parent = items.find(({ id }) => id === parentId);
      if (!parent) return null;
      return { parentId: parent.parentId, beforeId: standingOf(items, parent).nextId };
    }
  }
}

/** The ids under the target's parent, in their order, when the item has gone there; null when the target is no place. */
export function orderAt(items: readonly Placed[], itemId: string, target: Target): string[] | null {
  const { parentId, beforeId } = target;
  if (parentId !== null && !items.some(({ id }) => id === parentId)) return null;
  const siblings = itemsUnder(items, parentId).map(({ id }) => id);
  const others = siblings.filter((id) => id !== itemId);
  if (beforeId === null) return [...others, itemId];
  if (beforeId === itemId) return siblings.length > others.length ? siblings : null;
  const at = others.indexOf(beforeId);
  return at < 0 ? null : [...others.slice(0, at), itemId, ...others.slice(at)];
}

/** How items of a level are numbered, from the top: 1, (a), (i), and behind that a. */
function numberAt(depth: number, count: number): string {
  if (depth === 0) return String(count);
  if (depth === 1) return `(${letters(count)})`;
  return depth === 2 ? `(${roman(count)})` : `${letters(count)}.`;
}

/** a to z, aa, bb, … */
function letters(count: number): string {
  const letter = String.fromCharCode(97 + ((count - 1) % 26));
  return letter.repeat(Math.ceil(count / 26));
}

function roman(count: number): string {
  const digits: readonly (readonly [number, string])[] = [
    [100, "c"],
    [90, "xc"],
    [50, "l"],
    [40, "xl"],
    [10, "x"],
    [9, "ix"],
    [5, "v"],
    [4, "iv"],
    [1, "i"],
  ];
  let left = count;
  let written = "";
  for (const [value, digit] of digits) {
    for (; left >= value; left -= value) written += digit;
  }
  return written;
}

/** How deep an item under `parentId` stands: 0 at the top. */
function depthUnder(items: readonly Placed[], parentId: string | null): number {
  let depth = 0;
  for (let at = parentId; at !== null && depth <= items.length; depth += 1) {
    at = items.find(({ id }) => id === at)?.parentId ?? null;
  }
  return depth;
}

/** No agenda counts further. */
const HIGHEST_COUNT = 500;

/** The number of the level behind the highest that is taken under this parent (rule AG11). */
export function nextNumber(items: readonly Numbered[], parentId: string | null): string {
  const depth = depthUnder(items, parentId);
  const taken = new Set(itemsUnder(items, parentId).map(({ number }) => number));
  let count = HIGHEST_COUNT;
  while (count > 0 && !taken.has(numberAt(depth, count))) count -= 1;
  return numberAt(depth, count + 1);
}

/** The number of an item that goes under another parent: its own where that is of the level and free, else the next. */
export function numberUnder(items: readonly Numbered[], item: Numbered, parentId: string | null): string {
  if (item.parentId === parentId) return item.number;
  const isFree = itemsUnder(items, parentId).every(({ number }) => number !== item.number);
  const isOfLevel = depthUnder(items, item.parentId) === depthUnder(items, parentId);
  return isFree && isOfLevel ? item.number : nextNumber(items, parentId);
}

/** What an agenda item says, in a few signs: a form carries them, and whoever saved meanwhile is noticed (rule AG10). */
export function editionOf(item: {
  readonly number: string;
  readonly title: string;
  readonly note: string;
  readonly parentId: string | null;
  readonly topicIds: readonly string[];
}): string {
  const { number, title, note, parentId, topicIds } = item;
  return signsOf(JSON.stringify([number, title, note, parentId, topicIds.toSorted()]));
}

/** What an agenda says as a whole, and in which order: the form that adopts it carries it (rule AG26). */
export function agendaEdition(items: readonly (Placed & Parameters<typeof editionOf>[0])[]): string {
  return signsOf(JSON.stringify(inAgendaOrder(items).map((item) => [item.id, editionOf(item)])));
}

/** FNV-1a, twice with different beginnings: it tells apart and protects nothing. */
function signsOf(said: string): string {
  return [0x811c9dc5, 0x01234567].map((seed) => hashFrom(seed, said)).join("");
}

function hashFrom(seed: number, said: string): string {
  let hash = seed;
  for (let at = 0; at < said.length; at += 1) hash = Math.imul(hash ^ said.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What stands in the way of taking an item off the agenda, as a message code; null when nothing does (rule AG14). */
export function obstacleToDeleting(about: {
  readonly isNow: boolean;
  readonly children: number;
  readonly texts: number;
  readonly statements: number;
  readonly positions: number;
}):
  | "item-is-now"
  | "item-has-items"
  | "item-has-texts"
  | "item-has-statements"
  | "item-has-positions"
  | null {
  if (about.isNow) return "item-is-now";
  if (about.children > 0) return "item-has-items";
  if (about.texts > 0) return "item-has-texts";
  if (about.statements > 0) return "item-has-statements";
  return about.positions > 0 ? "item-has-positions" : null;
}

export type Numbered = Placed & { readonly number: string };

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
