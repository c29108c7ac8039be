/** Several people change the same place at the same moment. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { carriesOf } from "#collab/carry.ts";
import { lengthOf } from "#collab/id-ranges.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { projectDocument } from "#collab/projection.ts";
import { textSchema } from "#collab/schema.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import {
  at,
  change,
  deleteParagraph,
  hidden,
  merge,
  moveToEnd,
  people,
  repair,
  seen,
  select,
  split,
  sync,
  type,
} from "./people.ts";

const em = textSchema.mark("em");

function two(options = {}) {
  const [ann, bob] = people(2, options);
  if (ann === undefined || bob === undefined) throw new Error("Two people were asked for");
  return { ann, bob };
}

test("[BD11] two split a paragraph at the same place: the repair leaves each word once", () => {
  const { ann, bob } = two();
  split(ann, "a", 11);
  split(bob, "a", 11);
  sync(ann, bob);
  expect(seen(ann).filter((line) => line.includes(" charlie delta"))).toHaveLength(2);
  expect(repair(ann)).toBe(" charlie delta".length);
  sync(ann, bob);
  expect(
    seen(bob)
      .join("\n")
      .match(/charlie/g),
  ).toHaveLength(1);
  expect(seen(bob)).toContain("n00: charlie delta");
  expect(repair(bob)).toBe(0);
});

test("[BD3] a split records which characters went where", () => {
  const { ann } = two();
  split(ann, "a", 11);
  const [carry, ...others] = carriesOf(ann.doc);
  expect(others).toEqual([]);
  expect(carry).toMatchObject({ from: "a", to: "n00", src: [[1, expect.any(Number), 14]] });
  expect(lengthOf(carry?.dst ?? [])).toBe(14);
});

test("[BD3] what a deletion over two paragraphs joins is carried also where both begin and end alike", () => {
  const { ann, bob } = two();
  for (const id of ["a", "b"]) {
    change(ann, (tr) => tr.insert(at(ann, id, 0), textSchema.text("The ")));
    type(ann, id, ann.binding.state.doc.child(id === "a" ? 0 : 1).content.size, " end;");
  }
  sync(ann, bob);
  // From the start of the first to behind the first word of the second.
  change(bob, (tr) => tr.delete(at(bob, "a", 0), at(bob, "b", "The Echo ".length)));
  expect(seen(bob)[0]).toBe("a:foxtrot golf end;");
  const [carry, ...others] = carriesOf(bob.doc);
  expect(others).toEqual([]);
  expect(carry).toMatchObject({ from: "b", to: "a" });
  expect(lengthOf(carry?.src ?? [])).toBe("foxtrot golf end;".length);
  sync(ann, bob);
});

test("[BD4] words typed into the tail that another splits off stay in their paragraph", () => {
  const { ann, bob } = two();
  split(ann, "a", 11);
  type(bob, "a", 14, "NEW");
  sync(ann, bob);
  expect(seen(ann)[0]).toBe("a:Alpha bravoNEW");
});

test("[BD4] words typed into a paragraph that another merges away stay in it, hidden", () => {
  const { ann, bob } = two();
  merge(ann, "b");
  type(bob, "b", 4, "NEW");
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha bravo charlie deltaEcho foxtrot golf");
  expect(hidden(bob)).toEqual(["b:EchoNEW foxtrot golf"]);
  expect(projectDocument(bob.doc, "resolution").hidden.map((each) => each.id)).toEqual(["b"]);
});

test("[BD4] words typed into a paragraph that another moves go with it", () => {
  const { ann, bob } = two();
  moveToEnd(ann, "a");
  type(bob, "a", 5, "NEW");
  sync(ann, bob);
  expect(seen(ann).at(-1)).toBe("a:AlphaNEW bravo charlie delta");
  expect(carriesOf(ann.doc)).toEqual([]);
});

test("[BD4] words typed into a paragraph that another deletes are kept in it", () => {
  const { ann, bob } = two();
  deleteParagraph(ann, "a");
  type(bob, "a", 5, "NEW");
  sync(ann, bob);
  expect(hidden(ann)).toEqual(["a:AlphaNEW bravo charlie delta"]);
});

test("[BD18] two new paragraphs at the same place with the same key keep one order for everybody", () => {
  const { ann, bob } = two({ random: () => 0.5 });
  for (const each of [ann, bob])
    change(each, (tr) =>
      tr.insert(at(each, "b", 0) - 1, textSchema.node("paragraph", null, textSchema.text("new"))),
    );
  sync(ann, bob);
  expect(seen(ann)).toHaveLength(5);
  change(bob, (tr) =>
    tr.insert(at(bob, "n10", 0) - 1, textSchema.node("paragraph", null, textSchema.text("more"))),
  );
  sync(ann, bob);
  expect(seen(ann)).toHaveLength(6);
});

test("[BD5] typing beside and inside formatted words is plain unless it says otherwise", () => {
  const { ann, bob } = two();
  change(ann, (tr) => tr.addMark(at(ann, "a", 6), at(ann, "a", 11), em));
  sync(ann, bob);
  type(bob, "a", 11, "END");
  type(bob, "a", 8, "MID");
  type(bob, "a", 6, "START");
  sync(ann, bob);
  const spans = projectDocument(ann.doc, "report").paragraphs[0]?.spans ?? [];
  expect(spans.map((span) => (span.kind === "words" ? [span.text, span.em ?? false] : null))).toEqual([
    ["Alpha START", false],
    ["br", true],
    ["MID", false],
    ["avo", true],
    ["END charlie delta", false],
  ]);
});

test("[BD5] removing a format while another types inside leaves the rest of the paragraph plain", () => {
  const { ann, bob } = two();
  change(ann, (tr) => tr.addMark(at(ann, "a", 6), at(ann, "a", 11), em));
  sync(ann, bob);
  change(ann, (tr) => tr.removeMark(at(ann, "a", 6), at(ann, "a", 11), em));
  type(bob, "a", 8, "Q");
  sync(ann, bob);
  const spans = projectDocument(bob.doc, "report").paragraphs[0]?.spans ?? [];
  const last = spans.at(-1);
  expect(last?.kind === "words" && last.em).toBeFalsy();
  expect(last?.kind === "words" && last.text.endsWith("charlie delta")).toBe(true);
  const values: unknown[] = [];
  const map = paragraphsOf(ann.doc).get("a");
  for (let item = map === undefined ? null : (wordsOf(map)?._start ?? null); item; item = item.right)
    if (item.content instanceof Y.ContentFormat && item.id.client === 10)
      values.push((item.content as unknown as { value: unknown }).value);
  expect(values).toContain(false);
});

test("[BD1] two bracket the same phrase and a third types inside: four glyphs, nobody's words touched", () => {
  const [ann, bob, eve] = people(3);
  if (ann === undefined || bob === undefined || eve === undefined) throw new Error("Three people");
  for (const each of [ann, bob])
    change(each, (tr) => {
      const bracket = `k${each.doc.clientID}`;
      tr.insert(at(each, "a", 11), textSchema.node("bracket", { bracket, side: "close" }));
      return tr.insert(at(each, "a", 6), textSchema.node("bracket", { bracket, side: "open" }));
    });
  type(eve, "a", 8, "Z");
  sync(ann, bob, eve);
  expect(seen(eve)[0]).toBe("a:Alpha [[brZavo]] charlie delta");
});

test("[BD17] remote words at the caret leave it where it is, and two typists do not interleave", () => {
  const { ann, bob } = two();
  select(bob, "a", 5);
  type(ann, "a", 5, "XX");
  sync(ann, bob);
  expect(bob.binding.state.selection.head).toBe(at(bob, "a", 5));
  for (let i = 0; i < 3; i++) {
    type(ann, "a", 7 + i + i, "x");
    bob.binding.apply(bob.binding.state.tr.insertText("y"));
    sync(ann, bob);
  }
  expect(seen(ann)[0]).toMatch(/yyy/);
});

test("[BD17] a selected range does not grow when others type at its ends", () => {
  const { ann, bob } = two();
  select(bob, "a", 6, 11);
  type(ann, "a", 11, "after");
  type(ann, "a", 6, "before");
  sync(ann, bob);
  const { from, to } = bob.binding.state.selection;
  expect(bob.binding.state.doc.textBetween(from, to)).toBe("bravo");
});

test("[BD17] a caret sent to others is the same place there, and nonsense is nowhere", () => {
  const { ann, bob } = two();
  select(ann, "b", 4);
  const caret: unknown = JSON.parse(JSON.stringify(ann.binding.caretOf()));
  type(bob, "b", 0, "12345");
  expect(bob.binding.resolveCaret(caret)).toEqual({ paragraphId: "b", offset: 9 });
  expect(bob.binding.resolveCaret({ item: "x" })).toBeNull();
  expect(bob.binding.resolveCaret(null)).toBeNull();
});

test("[BD19] receiving overlapping formats and deletions makes nobody write", () => {
  const [ann, bob, eve, joe] = people(4);
  if (ann === undefined || bob === undefined || eve === undefined || joe === undefined)
    throw new Error("Four people");
  change(ann, (tr) => tr.addMark(at(ann, "a", 2), at(ann, "a", 10), em));
  change(bob, (tr) => tr.addMark(at(bob, "a", 6), at(bob, "a", 14), em));
  change(eve, (tr) => tr.delete(at(eve, "a", 1), at(eve, "a", 12)));
  sync(ann, bob, eve, joe);
  const snapshots = [ann, bob, eve, joe].map((each) => Y.snapshot(each.doc));
  for (const snapshot of snapshots)
    expect(Y.equalSnapshots(snapshot, snapshots[0] ?? Y.emptySnapshot)).toBe(true);
});

test("[BD19] Yjs would write by itself when it receives formats, if the text did not forbid it", () => {
  const unasked = (make: () => Y.Doc): number => {
    const docs = [make(), make(), make()];
    docs[0]?.getText("t").insert(0, "The representatives of States confirm", {});
    let count = 0;
    for (const doc of docs) {
      doc.getText("t");
      for (const from of docs.slice(0, 1)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), "network");
      doc.on("update", (_update: Uint8Array, origin: unknown) => {
        if (origin !== "network" && origin !== "act") count++;
      });
    }
    const random = seededRandom(5);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let i = 0; i < 200; i++) {
      for (const doc of docs) {
        const text = doc.getText("t");
        const act = (): void => {
          if (random() < 0.3) text.delete(below(20), 1);
          else text.format(below(20), 1 + below(10), { em: random() < 0.5 ? true : null });
          text.insert(below(20), "x", {});
        };
        doc.transact(act, "act");
      }
      for (const from of docs)
        for (const to of docs)
          Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), "network");
    }
    return count;
  };
  expect(unasked(() => new Y.Doc())).toBeGreaterThan(0);
  expect(unasked(() => createTextDoc())).toBe(0);
});

test("[BD20] a split waits while an update is missing, typing does not", () => {
  let waited = 0;
  const { ann, bob } = two({ onWaiting: () => waited++ });
  type(ann, "a", 0, "1");
  type(ann, "a", 1, "2");
  const [first, second] = ann.out.splice(0);
  if (first === undefined || second === undefined) throw new Error("Two updates were expected");
  Y.applyUpdate(bob.doc, second, "network");
  split(bob, "a", 5);
  expect(seen(bob)).toHaveLength(3);
  expect(waited).toBe(1);
  type(bob, "b", 0, "B");
  Y.applyUpdate(bob.doc, first, "network");
  split(bob, "a", 7);
  sync(ann, bob);
  expect(seen(ann).slice(0, 3)).toEqual(["a:12Alpha", "n10: bravo charlie delta", "b:BEcho foxtrot golf"]);
});
