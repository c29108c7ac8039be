/** The text as a value, identities of characters, and which copies a repair deletes. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { carriesOf, laterCopies, rootsOf } from "#collab/carry.ts";
import { plainWords } from "#collab/document.ts";
import { charactersOf, cutRanges, idRangesOf, joinRanges, lengthOf } from "#collab/id-ranges.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { changedParagraphs, projectDocument } from "#collab/projection.ts";
import { textSchema } from "#collab/schema.ts";
import { change, at, deleteParagraph, merge, people, seen, split, sync, type } from "./people.ts";

function two() {
  const [ann, bob] = people(2);
  if (ann === undefined || bob === undefined) throw new Error("Two people were asked for");
  return { ann, bob };
}

test("[BD1] spans cover their words exactly with identities, and equal neighbours are one span", () => {
  const { ann, bob } = two();
  type(bob, "a", 6, "very ");
  sync(ann, bob);
  change(ann, (tr) => tr.addMark(at(ann, "a", 0), at(ann, "a", 8), textSchema.mark("strong")));
  change(ann, (tr) => tr.insert(at(ann, "a", 5), textSchema.node("footnote", { note: "f" })));
  const [paragraph] = projectDocument(ann.doc, "report").paragraphs;
  expect(paragraph?.spans.map((span) => (span.kind === "words" ? span.text : span.kind))).toEqual([
    "Alpha",
    "note",
    " ve",
    "ry bravo charlie delta",
  ]);
  for (const span of paragraph?.spans ?? [])
    expect(lengthOf(span.ids)).toBe(span.kind === "words" ? span.text.length : 1);
  expect(paragraph?.spans.at(-1)?.ids.map(([client, , length]) => [client, length])).toEqual([
    [11, 3],
    [1, 19],
  ]);
});

test("[BD1] a paragraph whose fields have not arrived reads the same for everybody, one without words is left out", () => {
  const doc = createTextDoc();
  const map = new Y.Map<unknown>();
  paragraphsOf(doc).set("x", map);
  expect(projectDocument(doc, "report").paragraphs).toEqual([]);
  map.set("text", new Y.Text("words"));
  map.set("role", "nonsense");
  map.set("level", 6_000);
  const [paragraph] = projectDocument(doc, "report").paragraphs;
  expect(paragraph).toMatchObject({ role: "plain", level: 5, relation: null, dir: "auto", order: "V" });
  expect(paragraph === undefined ? "" : plainWords(paragraph)).toBe("words");
});

test("[BD1] footnotes come after the body whatever their order keys", () => {
  const { ann } = two();
  change(ann, (tr) =>
    tr.insert(0, textSchema.node("paragraph", { id: "f", role: "footnote" }, textSchema.text("Source"))),
  );
  expect(seen(ann).at(-1)).toBe("f:Source");
  expect(projectDocument(ann.doc, "report").paragraphs.at(-1)?.id).toBe("f");
});

test("[BD19] the paragraphs that a transaction changed are named without writing", () => {
  const { ann, bob } = two();
  const changed: string[][] = [];
  bob.doc.on("afterTransaction", (transaction: Y.Transaction) => {
    changed.push([...changedParagraphs(transaction)].toSorted());
  });
  type(ann, "b", 0, "x");
  split(ann, "c", 5);
  deleteParagraph(ann, "a");
  sync(ann, bob);
  expect(changed).toEqual([["b"], ["c", "n00"], ["a"]]);
});

test("[BD3] ranges are joined, cut and counted in characters", () => {
  const ranges = joinRanges([
    [1, 0, 3],
    [1, 3, 2],
    [2, 0, 1],
    [1, 9, 4],
  ]);
  expect(ranges).toEqual([
    [1, 0, 5],
    [2, 0, 1],
    [1, 9, 4],
  ]);
  expect(lengthOf(ranges)).toBe(10);
  expect(cutRanges(ranges, 4, 8)).toEqual([
    [1, 4, 1],
    [2, 0, 1],
    [1, 9, 2],
  ]);
  expect([...charactersOf([[7, 1, 2]])]).toEqual([
    [7, 1],
    [7, 2],
  ]);
});

test("[BD3] a word that was split off and merged back leads to the character that was typed", () => {
  const { ann, bob } = two();
  split(ann, "a", 11);
  sync(ann, bob);
  merge(bob, "n00");
  sync(ann, bob);
  const text = wordsOf(paragraphsOf(ann.doc).get("a") ?? new Y.Map());
  const [first] = text === null ? [] : idRangesOf(text, 20, 1);
  const rootOf = rootsOf(carriesOf(ann.doc));
  expect(first?.[0]).toBe(11);
  expect(first === undefined ? null : rootOf(first[0], first[1])[0]).toBe(1);
});

test("[BD11] the earliest carry in the log wins, numbers are compared as numbers, pairs stay whole", () => {
  const { ann, bob } = two();
  type(ann, "a", 11, "😀😀");
  sync(ann, bob);
  split(ann, "a", 11);
  split(bob, "a", 11);
  sync(ann, bob);
  const carries = carriesOf(ann.doc);
  const length = "😀😀 charlie delta".length;
  expect(laterCopies(ann.doc, carries)).toEqual([{ paragraph: "n10", offset: 0, length }]);
  expect(laterCopies(ann.doc, carries.toReversed())).toEqual([{ paragraph: "n00", offset: 0, length }]);
  expect(laterCopies(ann.doc, carries, { since: carries.length })).toEqual([]);
  // A carry that names half of a pair deletes neither half.
  const half = carries.map((carry, i) =>
    i === 0
      ? carry
      : { ...carry, src: cutRanges(carry.src, 1, length), dst: cutRanges(carry.dst, 1, length) },
  );
  const [stretch] = laterCopies(ann.doc, half);
  expect(stretch).toEqual({ paragraph: "n10", offset: 2, length: length - 2 });
});

test("[BD11] words in a hidden paragraph are not copies to be deleted", () => {
  const { ann } = two();
  merge(ann, "b");
  expect(laterCopies(ann.doc, carriesOf(ann.doc))).toEqual([]);
});
