/**
 * Taking back what was decided about suggestions: it is pending again, whatever others have written since. Words that
 * were taken out come back where they stood, as the characters they were.
 */
import * as Y from "yjs";
import { joinRanges } from "#collab/id-ranges.ts";
import { CARRY_PREFIX, paragraphsOf, wordsOf } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import { rangeSetOf, splitBy } from "#collab/range-set.ts";
import type { RangeSet } from "#collab/range-set.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { firstItem, rangeOf, runsOf } from "#collab/runs.ts";
import {
  GONE_PREFIX,
  isVerdict,
  outKey,
  readSuggestions,
  suggestionMap,
  SUGGESTIONS,
  VERDICT_PREFIX,
} from "#collab/suggestions.ts";

type Piece = { readonly content: string | object; readonly id: IdRange };

/** What stands in the text now, by the characters that were typed first. */
function standing(doc: Y.Doc, roots: Roots): RangeSet {
  const found: IdRange[] = [];
  paragraphsOf(doc).forEach((map) => {
    const text = map.get("deleted") === true ? null : wordsOf(map);
    for (const run of text ? runsOf(text) : []) eachRoot(roots, rangeOf(run), (root) => found.push(root));
  });
  return rangeSetOf(found);
}

/** Deleted characters of a paragraph, in order; the document must keep what is deleted. */
function piecesOf(text: Y.Text, wanted: RangeSet): Piece[] {
  const pieces: Piece[] = [];
  for (let item = firstItem(text); item !== null; item = item.right) {
    const { content, deleted } = item;
    const { client, clock } = item.id;
    if (!deleted) continue;
    splitBy(wanted, [client, clock, item.length], (id, isIn) => {
      const from = id[1] - clock;
      const words = content instanceof Y.ContentString ? content.str.slice(from, from + id[2]) : null;
      const embed: unknown = content instanceof Y.ContentEmbed ? content.embed : null;
      const what = words ?? (typeof embed === "object" ? embed : null);
      if (isIn && what !== null) pieces.push({ content: what, id });
    });
  }
  return pieces;
}

/**
 * Brings pieces back right behind the deleted ones, between the same formats; returns what went where. An insertion by
 * offset would not do: Yjs puts it behind everything deleted there, and words of two acts would change places.
 */
function putBack(transaction: Y.Transaction, text: Y.Text, pieces: readonly Piece[]): IdRange[] {
  const { doc } = transaction;
  const { store, clientID } = doc;
  const dst: IdRange[] = [];
  for (const { content, id } of pieces) {
    const left = Y.getItemCleanEnd(transaction, store, Y.createID(id[0], id[1] + id[2] - 1));
    if (!(left instanceof Y.Item)) continue;
    const clock = Y.getState(store, clientID);
    new Y.Item(
      Y.createID(clientID, clock),
      left,
      left.lastId,
      left.right,
      left.right?.id ?? null,
      text,
      null,
      typeof content === "string" ? new Y.ContentString(content) : new Y.ContentEmbed({ ...content }),
    ).integrate(transaction, 0);
    dst.push([clientID, clock, id[2]]);
  }
  // What Yjs remembers of offsets holds no longer; it forgets it in the same way after an update.
  if (text._searchMarker) text._searchMarker.length = 0;
  return joinRanges(dst);
}

/** Those of the ranges whose characters stand nowhere: others may have brought them back in the meantime. */
function missing(ranges: readonly IdRange[], roots: Roots, there: RangeSet): IdRange[] {
  const found: IdRange[] = [];
  for (const range of ranges) {
    let clock = range[1];
    eachRoot(roots, range, (root) =>
      splitBy(there, root, ([, , length], isThere) => {
        if (!isThere) found.push([range[0], clock, length]);
        clock += length;
      }),
    );
  }
  return found;
}

/**
 * Takes an act back.
 * @param id of the act
 * @param as what the records of returning words are called
 * @returns false when there is no such act, or it was taken back already
 */
export function revertVerdict(doc: Y.Doc, id: string, as: string): boolean {
  return doc.transact((transaction) => revert(transaction, id, as));
}

function revert(transaction: Y.Transaction, id: string, as: string): boolean {
  const { doc } = transaction;
  const top = doc.getMap(SUGGESTIONS);
  const verdict = top.get(VERDICT_PREFIX + id);
  if (!isVerdict(verdict)) return false;
  for (const paragraph of verdict.hidden) paragraphsOf(doc).get(paragraph)?.set("deleted", false);
  const { roots } = readSuggestions(doc);
  const there = standing(doc, roots);
  verdict.taken.forEach(([paragraph, ids], place) => {
    const map = paragraphsOf(doc).get(paragraph);
    const text = map && wordsOf(map);
    if (!text) return;
    const pieces = piecesOf(text, rangeSetOf(missing(ids, roots, there)));
    const dst = putBack(transaction, text, pieces);
    const src = joinRanges(pieces.map(({ id: each }) => each));
    if (dst.length > 0) map.set(`${CARRY_PREFIX}${as}-${place}`, { from: paragraph, src, dst });
  });
  for (const [suggestion, ranges] of verdict.out) {
    const entry = suggestionMap(doc, suggestion);
    for (const range of ranges) {
      const known: unknown = entry?.get(outKey(range));
      entry?.set(outKey(range), Math.max(range[2], typeof known === "number" ? known : 0));
    }
  }
  for (const [suggestion, paragraph] of verdict.gone)
    suggestionMap(doc, suggestion)?.set(GONE_PREFIX + paragraph, true);
  top.delete(VERDICT_PREFIX + id);
  return true;
}
