/**
 * What a transaction did to the text: the one way in which edits, commands, repairs and replayed rows are read. Never
 * through `event.delta`, which writes while it is read.
 */
import * as Y from "yjs";
import type { ParagraphAct } from "#collab/attribution.ts";
import { PARAGRAPHS } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import { paragraphIdOf } from "#collab/projection.ts";

export type Touch = {
  /** The paragraph is new. */
  created: boolean;
  /** Its entry in the map was removed or replaced: never allowed. */
  removed: boolean;
  words: boolean;
  readonly fields: Set<string>;
};

export type Effect = {
  /** Exactly what was new, as an update: replayed parts are left out. */
  readonly update: Uint8Array;
  readonly inserted: readonly IdRange[];
  /** Newly deleted ids only. */
  readonly deleted: readonly IdRange[];
  readonly acts: readonly { readonly paragraph: string; readonly act: ParagraphAct }[];
  readonly touched: ReadonlyMap<string, Touch>;
};

/** Runs `change` in one transaction of `doc` and says what it did; null when it did nothing. */
export function effectOf(doc: Y.Doc, change: () => void): Effect | null {
  let update: Uint8Array | null = null;
  let rest: Omit<Effect, "update"> | null = null;
  const onUpdate = (bytes: Uint8Array): void => {
    update = bytes;
  };
  const onAfter = (transaction: Y.Transaction): void => {
    rest = readTransaction(transaction);
  };
  doc.on("update", onUpdate);
  doc.on("afterTransaction", onAfter);
  try {
    doc.transact(change);
  } finally {
    doc.off("update", onUpdate);
    doc.off("afterTransaction", onAfter);
  }
  return update === null || rest === null
    ? null
    : { update: update as Uint8Array, ...(rest as Omit<Effect, "update">) };
}

/** Applies an update and says what it did; null when it brought nothing new. */
export function effectOfUpdate(doc: Y.Doc, update: Uint8Array): Effect | null {
  return effectOf(doc, () => Y.applyUpdate(doc, update));
}

function readTransaction(transaction: Y.Transaction): Omit<Effect, "update"> {
  const inserted: IdRange[] = [];
  for (const [client, end] of transaction.afterState) {
    const start = transaction.beforeState.get(client) ?? 0;
    if (end > start) inserted.push([client, start, end - start]);
  }
  const deleted: IdRange[] = [];
  for (const [client, ranges] of transaction.deleteSet.clients) {
    for (const { clock, len } of ranges) deleted.push([client, clock, len]);
  }
  const touched = readTouched(transaction);
  return { inserted, deleted, touched, acts: actsOf(transaction, touched) };
}

function readTouched(transaction: Y.Transaction): Map<string, Touch> {
  const touched = new Map<string, Touch>();
  const root: unknown = transaction.doc.getMap(PARAGRAPHS);
  const touch = (id: string): Touch => {
    const known = touched.get(id);
    if (known) return known;
    const made: Touch = { created: false, removed: false, words: false, fields: new Set() };
    touched.set(id, made);
    return made;
  };
  for (const [type, keys] of transaction.changed) {
    const target: unknown = type;
    if (target === root) {
      for (const key of keys) {
        if (key === null) continue;
        const item = transaction.doc.getMap(PARAGRAPHS)._map.get(key);
        const isNew = item !== undefined && isAdded(transaction, item);
        const note = touch(key);
        if (!isNew || item.left !== null || item.deleted) {
          note.removed = true;
          continue;
        }
        note.created = true;
        note.words = true;
        // Yjs names the change of the map alone; what a new type holds is new altogether.
        const map: unknown = transaction.doc.getMap(PARAGRAPHS).get(key);
        if (map instanceof Y.Map) for (const field of map.keys()) note.fields.add(field);
      }
      continue;
    }
    const id = paragraphIdOf(type, root);
    if (id === null) continue;
    const note = touch(id);
    if (target instanceof Y.Text) note.words = true;
    else for (const key of keys) if (key !== null) note.fields.add(key);
  }
  return touched;
}

function isAdded(transaction: Y.Transaction, item: Y.Item): boolean {
  return item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
}

function lastValue(item: Y.Item | null): unknown {
  return item?.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined;
}

const actOfField: Readonly<Record<string, ParagraphAct>> = {
  order: "moved",
  role: "role",
  level: "level",
  dir: "dir",
};

function actsOf(
  transaction: Y.Transaction,
  touched: ReadonlyMap<string, Touch>,
): { paragraph: string; act: ParagraphAct }[] {
  const acts: { paragraph: string; act: ParagraphAct }[] = [];
  for (const [paragraph, { created, fields }] of touched) {
    if (created) {
      acts.push({ paragraph, act: "created" });
      continue;
    }
    const map: unknown = transaction.doc.getMap(PARAGRAPHS).get(paragraph);
    if (!(map instanceof Y.Map)) continue;
    for (const key of fields) {
      const item = map._map.get(key);
      if (!item || !isAdded(transaction, item)) continue;
      let before: Y.Item | null = item.left;
      while (before && isAdded(transaction, before)) before = before.left;
      const [was, is] = [lastValue(before), lastValue(item)];
      if (was === is) continue;
      if (key !== "deleted") {
        const act = actOfField[key];
        if (act) acts.push({ paragraph, act });
      } else if (is === true) {
        acts.push({ paragraph, act: "deleted" });
      } else if (wasEverShown(before)) {
        acts.push({ paragraph, act: "restored" });
      }
    }
  }
  return acts;
}

/** New paragraphs begin hidden for a moment; showing them first is not a restoration. */
function wasEverShown(item: Y.Item | null): boolean {
  for (let at = item; at; at = at.left) if (lastValue(at) === false) return true;
  return false;
}
