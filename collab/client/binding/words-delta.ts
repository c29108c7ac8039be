/**
 * What one transaction did to the words of a paragraph, read from the items. `event.delta` is never touched: its
 * getter deletes format items inside the remote transaction, and delete sets differ afterwards.
 */
import * as Y from "yjs";
import { characterKey } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { contentOf, firstItem, withFormat } from "#collab/runs.ts";
import type { Formats } from "#collab/runs.ts";
import type { Piece } from "./pieces.ts";

export type WordsChange =
  | { readonly kind: "keep"; readonly length: number }
  | { readonly kind: "remove"; readonly length: number }
  | { readonly kind: "insert"; readonly piece: Piece };

function isNew(item: Y.Item, transaction: Y.Transaction): boolean {
  return item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
}

function wasRemoved(item: Y.Item, transaction: Y.Transaction): boolean {
  if (!item.deleted || isNew(item, transaction)) return false;
  if (item.content instanceof Y.ContentFormat) return false;
  // Garbage collection may have replaced the content already; a deleted item of unknown content was countable.
  const isCounted = item.countable || item.content instanceof Y.ContentDeleted;
  return isCounted && Y.isDeleted(transaction.deleteSet, item.id);
}

export function readChanges(text: Y.Text, transaction: Y.Transaction): WordsChange[] {
  const changes: WordsChange[] = [];
  let formats: Formats = { em: false, strong: false };
  const extend = (kind: "keep" | "remove", length: number): void => {
    const last = changes.at(-1);
    if (last?.kind === kind) changes[changes.length - 1] = { kind, length: last.length + length };
    else changes.push({ kind, length });
  };
  for (let item = firstItem(text); item !== null; item = item.right) {
    if (item.content instanceof Y.ContentFormat) {
      if (!item.deleted) formats = withFormat(formats, item.content);
    } else if (item.deleted) {
      if (wasRemoved(item, transaction)) extend("remove", item.length);
    } else if (item.countable) {
      if (isNew(item, transaction))
        changes.push({ kind: "insert", piece: { ...formats, content: contentOf(item) } });
      else extend("keep", item.length);
    }
  }
  return changes;
}

/** The ids of the visible characters as they were before a transaction. */
export function keysBefore(text: Y.Text, transaction: Y.Transaction): CharacterKey[] {
  const keys: CharacterKey[] = [];
  for (let item = firstItem(text); item !== null; item = item.right) {
    const wasVisible = item.deleted
      ? wasRemoved(item, transaction)
      : item.countable && !isNew(item, transaction);
    if (!wasVisible) continue;
    for (let i = 0; i < item.length; i++) keys.push(characterKey(item.id.client, item.id.clock + i));
  }
  return keys;
}
