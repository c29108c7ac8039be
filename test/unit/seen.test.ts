/** What pages write down when they hide paragraphs, and what is read from it. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import type { ParagraphMap } from "#collab/model.ts";
import { deletionsOf, heldOf, hideParagraphs, isSeen, seenRecords } from "#collab/seen.ts";

function mapIn(doc: Y.Doc, id: string): ParagraphMap {
  const map = paragraphsOf(doc).get(id);
  if (!map) throw new Error(`no paragraph ${id}`);
  return map;
}

/** Documents of clients 10, 20, … with paragraphs a and b, five characters each, of client 1. */
function documents(count: number): Y.Doc[] {
  const base = createTextDoc();
  base.clientID = 1;
  for (const id of ["a", "b"]) {
    const map: ParagraphMap = new Y.Map();
    paragraphsOf(base).set(id, map);
    map.set("deleted", false);
    map.set("text", new Y.Text("words"));
  }
  return Array.from({ length: count }, (_, at) => {
    const doc = createTextDoc({ gc: false });
    doc.clientID = 10 * (at + 1);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    return doc;
  });
}

let names = 0;
const newId = (): string => `id${(names += 1)}`;

function hide(doc: Y.Doc, ...ids: string[]): void {
  doc.transact(() => hideParagraphs(doc, ids, { newId }));
}

function type(doc: Y.Doc, id: string, words: string): void {
  wordsOf(mapIn(doc, id))?.insert(0, words);
}

const bring = (from: Y.Doc, to: Y.Doc): void => Y.applyUpdate(to, Y.encodeStateAsUpdate(from));

/** Up to which clock those who hid the paragraph held a client's characters, as this document tells. */
const heldIn = (doc: Y.Doc, id: string, client: number): number =>
  heldOf(deletionsOf(mapIn(doc, id), seenRecords(doc)), client);

describe("what a page held of what it hid", () => {
  it("[BD21] is told for each client with words in one of the paragraphs, in one record for the act", () => {
    const [one, two, three] = documents(3) as [Y.Doc, Y.Doc, Y.Doc];
    type(two, "a", "more ");
    type(three, "b", "and ");
    bring(two, one);
    hide(one, "a", "b");
    bring(three, one);
    const end = Y.getState(one.store, 1);
    for (const id of ["a", "b"]) {
      expect([1, 20, 30].map((client) => heldIn(one, id, client))).toEqual([end, 5, 0]);
      expect(heldIn(one, id, 10)).toBeGreaterThan(0);
    }
    expect([...seenRecords(one).values()].flat().length).toBe(1);
  });

  it("[BD21] of two pages that hid it at the same time both count, and after it was shown only who hides it again", () => {
    const [one, two, three] = documents(3) as [Y.Doc, Y.Doc, Y.Doc];
    type(three, "a", "more ");
    bring(three, two);
    hide(one, "a");
    hide(two, "a");
    bring(two, one);
    bring(one, two);
    for (const doc of [one, two]) {
      expect(deletionsOf(mapIn(doc, "a"), seenRecords(doc)).length).toBe(2);
      expect(heldIn(doc, "a", 30)).toBe(5);
    }
    mapIn(one, "a").set("deleted", false);
    expect(deletionsOf(mapIn(one, "a"), seenRecords(one))).toEqual([]);
    type(three, "a", "yet ");
    bring(three, two);
    hide(one, "a");
    expect(deletionsOf(mapIn(one, "a"), seenRecords(one)).length).toBe(1);
    expect(heldIn(one, "a", 30)).toBe(5);
  });

  it("[BD21] is that of the act itself: another record of the page does not speak for it", () => {
    const [one, two] = documents(2) as [Y.Doc, Y.Doc];
    hide(one, "a");
    type(two, "b", "more ");
    bring(two, one);
    hide(one, "b");
    expect([heldIn(one, "a", 20), heldIn(one, "b", 20)]).toEqual([0, 5]);
  });

  it("[BD21] is not known of a paragraph that was hidden without a record", () => {
    const [one] = documents(1) as [Y.Doc];
    mapIn(one, "a").set("deleted", true);
    expect(deletionsOf(mapIn(one, "a"), seenRecords(one))).toMatchObject([{ client: 10, held: null }]);
    expect(heldIn(one, "a", 1)).toBe(0);
  });

  it("[BD21] is read from a document that was encoded and read again", () => {
    const [one, two] = documents(2) as [Y.Doc, Y.Doc];
    type(two, "a", "more ");
    bring(two, one);
    hide(one, "a");
    mapIn(one, "a").set("deleted", false);
    hide(one, "a");
    const again = createTextDoc({ gc: false });
    paragraphsOf(again);
    bring(one, again);
    expect(heldIn(again, "a", 20)).toBe(5);
    expect(deletionsOf(mapIn(again, "a"), seenRecords(again))).toEqual(
      deletionsOf(mapIn(one, "a"), seenRecords(one)),
    );
  });

  it("[GT18] has the form of pairs of whole numbers", () => {
    for (const value of [[], [[1, 2]], [[4_294_967_295, 0]]]) expect(isSeen(value)).toBe(true);
    for (const value of [null, "x", [1, 2], [[1]], [[1, 2, 3]], [[1, -1]], [[1, 0.5]], [["1", 2]]])
      expect(isSeen(value)).toBe(false);
  });
});
