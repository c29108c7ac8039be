/**
 * What a page held of the paragraphs that it hid. Whoever deletes or merges may be behind the others: words that were
 * in the log by then and had not reached the page are not meant by it. So a page writes down, in front of the deletion
 * and in the same act, how much it held, and the record of a deletion is the newest one of its client before it.
 */
import * as Y from "yjs";
import { paragraphsOf, SEEN_PREFIX, wordsOf } from "./model.ts";
import type { ParagraphMap, Seen } from "./model.ts";
import { runsOf } from "./runs.ts";

/** More clients than that are left out: their words then count as not held. */
const MAX_SEEN_CLIENTS = 4_000;

/** The setting of `deleted` that hides a paragraph, by its identity. */
export type Deletion = {
  readonly client: number;
  readonly clock: number;
  /** What its page held; null where the page wrote nothing down (the server never does). */
  readonly held: Seen | null;
};

/** Records of a text by the client that wrote them, in the order of its clocks. */
export type SeenIndex = Map<number, { readonly clock: number; readonly held: Seen }[]>;

/** Whether a stored value has the shape of a record; its truth is for the gate to check. */
export function isSeen(value: unknown): value is Seen {
  return (
    Array.isArray(value) &&
    value.length <= MAX_SEEN_CLIENTS &&
    value.every(
      (pair: unknown) =>
        Array.isArray(pair) &&
        pair.length === 2 &&
        pair.every((part) => Number.isSafeInteger(part) && part >= 0),
    )
  );
}

function seenIn(doc: Y.Doc, ids: readonly string[]): Seen {
  const clients = new Set<number>();
  for (const id of ids) {
    const map = paragraphsOf(doc).get(id);
    const text = map ? wordsOf(map) : null;
    for (const { client } of text ? runsOf(text) : []) clients.add(client);
  }
  clients.delete(doc.clientID);
  return [...clients].slice(0, MAX_SEEN_CLIENTS).map((client) => [client, Y.getState(doc.store, client)]);
}

/**
 * Hides paragraphs on a page, with the record of what it holds of them now (`seen` where that was at another time).
 * Within a transaction that the caller opens.
 */
export function hideParagraphs(
  doc: Y.Doc,
  ids: readonly string[],
  { newId, seen = seenIn(doc, ids) }: { readonly newId: () => string; readonly seen?: Seen },
): void {
  const maps = ids.flatMap((id) => paragraphsOf(doc).get(id) ?? []);
  maps[0]?.set(SEEN_PREFIX + newId(), seen);
  for (const map of maps) map.set("deleted", true);
}

/** Adds the record under this key of a paragraph, if it is one. */
export function noteSeen(index: SeenIndex, map: ParagraphMap, key: string): void {
  const item = key.startsWith(SEEN_PREFIX) ? map._map.get(key) : undefined;
  const value: unknown = item && !item.deleted ? map.get(key) : null;
  if (!item || !isSeen(value)) return;
  const { client, clock } = item.id;
  const list = index.get(client) ?? [];
  if (list.length === 0) index.set(client, list);
  list.splice(list.findLastIndex((one) => one.clock < clock) + 1, 0, { clock, held: value });
}

/** All records of a text. */
export function seenRecords(doc: Y.Doc): SeenIndex {
  const index: SeenIndex = new Map();
  paragraphsOf(doc).forEach((map) => {
    for (const key of map._map.keys()) noteSeen(index, map, key);
  });
  return index;
}

/**
 * The deletions that hide a paragraph now: several where pages deleted it at the same time, not knowing of each other,
 * the newest of each, which held all that the same page's older ones did. Empty for a paragraph that is not hidden.
 */
export function deletionsOf(map: ParagraphMap, index: SeenIndex): Deletion[] {
  const deletions: Deletion[] = [];
  const told = new Set<number>();
  for (let item: Y.Item | null = map._map.get("deleted") ?? null; item; item = item.left) {
    const { content } = item;
    const values: readonly unknown[] = content instanceof Y.ContentAny ? content.arr : [];
    const { client, clock: first } = item.id;
    for (let at = values.length - 1; at >= 0; at -= 1) {
      if (values[at] !== true) return deletions;
      // However often a page says it, it is one deletion, and looked up once.
      if (told.has(client)) continue;
      told.add(client);
      const clock = first + at;
      const record = index.get(client)?.findLast((one) => one.clock < clock);
      deletions.push({ client, clock, held: record?.held ?? null });
    }
    if (values.length === 0) return deletions;
  }
  return deletions;
}

/** Up to which clock the pages that hid a paragraph held the characters of a client; 0 where nothing was written down. */
export function heldOf(deletions: readonly Deletion[], client: number): number {
  return deletions.reduce((end, deletion) => {
    if (!deletion.held) return end;
    if (deletion.client === client) return Math.max(end, deletion.clock);
    return Math.max(end, deletion.held.find(([of]) => of === client)?.[1] ?? 0);
  }, 0);
}
