/** Brackets in what a page does again after a refusal. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { unitsOf } from "#collab/client/replica/difference.ts";
import { replayUnit } from "#collab/client/replica/replay.ts";
import { bracketsOf } from "#collab/brackets.ts";
import { carriesOf, rootsOf } from "#collab/carry.ts";
import { plainWords } from "#collab/document.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { projectDocument } from "#collab/projection.ts";
import { runsOf } from "#collab/runs.ts";
import { textSchema } from "#collab/schema.ts";
import { at, change, erase, people, split, sync } from "./people.ts";
import type { Person } from "./people.ts";

function two(): { readonly ann: Person; readonly room: Person } {
  const [ann, room] = people(2);
  if (!ann || !room) throw new Error("Two people were asked for");
  return { ann, room };
}

function bracket(
  person: Person,
  name: string,
  from: readonly [string, number],
  to: readonly [string, number],
): void {
  change(person, (tr) => {
    tr.insert(at(person, ...to), textSchema.node("bracket", { bracket: name, side: "close" }));
    return tr.insert(at(person, ...from), textSchema.node("bracket", { bracket: name, side: "open" }));
  });
}

/** What the room's text is once everything of Ann's that it has not is done again, all of it or one unit. */
function again(ann: Person, room: Person, only?: string): Y.Doc {
  const doc = createTextDoc();
  doc.clientID = 77;
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
  Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(room.doc), "network");
  let made = 0;
  for (const unit of unitsOf(room.doc, ann.doc))
    if (only === undefined || unit.changes.some(({ id }) => id === only))
      replayUnit(doc, unit, () => `r${(made += 1)}`);
  return doc;
}

function linesOf(doc: Y.Doc): string[] {
  return projectDocument(doc, "resolution").paragraphs.map((paragraph) => plainWords(paragraph));
}

test("[BR15] a new bracket over two paragraphs comes again with both its glyphs, under a new id", () => {
  const { ann, room } = two();
  bracket(ann, "k", ["a", 6], ["b", 4]);
  expect(unitsOf(room.doc, ann.doc)).toHaveLength(1);
  const doc = again(ann, room, "b");
  expect(linesOf(doc).slice(0, 2)).toEqual(["Alpha [bravo charlie delta", "Echo] foxtrot golf"]);
  expect(bracketsOf(projectDocument(doc, "resolution")).brackets.map(({ id }) => id)).toEqual(["r1"]);
});

test("[BR15] one that was split since keeps its glyphs, and the record of what went where is true", () => {
  const { ann, room } = two();
  bracket(ann, "k", ["a", 6], ["a", 19]);
  split(ann, "a", 12);
  const doc = again(ann, room);
  expect(linesOf(doc).slice(0, 2)).toEqual(["Alpha [bravo", " charlie] delta"]);
  const { brackets, lone } = bracketsOf(projectDocument(doc, "resolution"));
  expect([brackets.length, lone]).toEqual([1, []]);
});

test("[BR15] a bracket of the room's that was split keeps its id, and its glyph the record of where it came from", () => {
  const { ann, room } = two();
  bracket(room, "k", ["a", 6], ["a", 19]);
  sync(ann, room);
  split(ann, "a", 12);
  const doc = again(ann, room);
  const text = projectDocument(doc, "resolution");
  expect(bracketsOf(text).brackets.map(({ id }) => id)).toEqual(["k"]);
  const rootOf = rootsOf(carriesOf(doc));
  const glyph = text.paragraphs[1]?.spans.find(({ kind }) => kind === "bracket");
  const [client = 0, clock = 0] = glyph?.ids[0] ?? [];
  expect(rootOf(client, clock)[0]).toBe(room.doc.clientID);
});

test("[BR15] a bracket that was taken away goes again as a whole", () => {
  const { ann, room } = two();
  bracket(room, "k", ["a", 6], ["b", 4]);
  sync(ann, room);
  erase(ann, "a", 6, 7);
  expect(linesOf(again(ann, room)).slice(0, 2)).toEqual(["Alpha bravo charlie delta", "Echo foxtrot golf"]);
});

test("[BR15] it stays as a whole where somebody carried its other glyph to where the page never saw it", () => {
  const { ann, room } = two();
  bracket(room, "k", ["a", 6], ["a", 19]);
  sync(ann, room);
  erase(ann, "a", 4, 7);
  expect(linesOf(ann.doc)[0]).toBe("Alph[bravo charlie] delta");
  erase(ann, "a", 4, 5);
  split(room, "a", 12);
  const doc = again(ann, room);
  expect(linesOf(doc).slice(0, 2)).toEqual(["Alph[bravo", " charlie] delta"]);
  expect(bracketsOf(projectDocument(doc, "resolution")).lone).toEqual([]);
});

test("[BR15] half of a bracket is not brought, its words are", () => {
  const { ann, room } = two();
  const text = wordsOf(paragraphsOf(ann.doc).get("a") ?? new Y.Map());
  ann.doc.transact(() => {
    text?.insert(0, "New ", {});
    text?.insertEmbed(4, { bracket: "x", side: "open" }, {});
    text?.insert(5, "and ", {});
  });
  const doc = again(ann, room);
  expect(linesOf(doc)[0]).toBe("New and Alpha bravo charlie delta");
  const map = paragraphsOf(doc).get("a");
  const words = map ? wordsOf(map) : null;
  expect(words ? runsOf(words).every(({ content }) => typeof content === "string") : false).toBe(true);
});
