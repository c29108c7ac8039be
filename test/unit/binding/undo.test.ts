/** Undo and redo of one's own acts, with others in the text. */
import { expect, test } from "vitest";
import { carriesOf, rootsOf } from "#collab/carry.ts";
import { projectDocument } from "#collab/projection.ts";
import { textSchema } from "#collab/schema.ts";
import {
  at,
  change,
  deleteParagraph,
  erase,
  hidden,
  merge,
  moveToEnd,
  people,
  repair,
  seen,
  split,
  sync,
  type,
} from "./people.ts";

function two(options = {}) {
  const [ann, bob] = people(2, options);
  if (ann === undefined || bob === undefined) throw new Error("Two people were asked for");
  return { ann, bob };
}
const FIRST = "a:Alpha bravo charlie delta";

test("[BD6] words typed quickly are undone together, after a pause apart", () => {
  const { ann } = two();
  type(ann, "a", 0, "1");
  type(ann, "a", 1, "2");
  ann.wait();
  type(ann, "a", 2, "3");
  expect(ann.binding.undo()).toBe(true);
  expect(seen(ann)[0]).toBe("a:12Alpha bravo charlie delta");
  ann.binding.undo();
  expect(seen(ann)[0]).toBe(FIRST);
  expect(ann.binding.undo()).toBe(false);
  ann.binding.redo();
  ann.binding.redo();
  expect(seen(ann)[0]).toBe("a:123Alpha bravo charlie delta");
  expect(ann.binding.mayRedo()).toBe(false);
});

test("[BD6] words and structure are undone in the order in which they were done", () => {
  const { ann, bob } = two();
  type(ann, "a", 11, "ONE");
  split(ann, "a", 12);
  type(ann, "n00", 0, "TWO");
  moveToEnd(ann, "b");
  sync(ann, bob);
  const lines = [seen(ann)];
  for (let i = 0; i < 4; i++) {
    ann.binding.undo();
    sync(ann, bob);
    lines.push(seen(ann));
  }
  expect(lines.map((line) => line[0])).toEqual([
    "a:Alpha bravoO",
    "a:Alpha bravoO",
    "a:Alpha bravoO",
    "a:Alpha bravoONE charlie delta",
    FIRST,
  ]);
  for (let i = 0; i < 4; i++) ann.binding.redo();
  sync(ann, bob);
  expect(seen(bob)).toEqual([
    "a:Alpha bravoO",
    "n00:TWONE charlie delta",
    "c:Hotel india juliet",
    "b:Echo foxtrot golf",
  ]);
});

test("[BD6] undo leaves the words that another typed among one's own", () => {
  const { ann, bob } = two();
  type(ann, "a", 5, "MINE");
  sync(ann, bob);
  type(bob, "a", 7, "theirs");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alphatheirs bravo charlie delta");
});

test("[BD6] one's own words are undone although another has split them off meanwhile", () => {
  const { ann, bob } = two();
  type(ann, "a", 20, "MINE");
  sync(ann, bob);
  split(bob, "a", 11);
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha bravo", "n10: charlie delta"]);
});

test("[BD6] formatting is undone where another has not changed it since", () => {
  const { ann, bob } = two();
  const em = textSchema.mark("em");
  change(ann, (tr) => tr.addMark(at(ann, "a", 0), at(ann, "a", 11), em));
  sync(ann, bob);
  change(bob, (tr) => tr.removeMark(at(bob, "a", 6), at(bob, "a", 11), em));
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  const spans = projectDocument(bob.doc, "report").paragraphs[0]?.spans ?? [];
  expect(spans.every((span) => span.kind === "words" && span.em === undefined)).toBe(true);
});

test("[BD7] undoing a split brings back the words that another typed in the new paragraph", () => {
  const { ann, bob } = two();
  split(ann, "a", 11);
  sync(ann, bob);
  type(bob, "n00", 3, "THEIRS");
  type(bob, "a", 11, " and more");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)).toHaveLength(3);
  expect(seen(bob)[0]).toBe("a:Alpha bravo and more chTHEIRSarlie delta");
  ann.binding.redo();
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha bravo and more", "n00: chTHEIRSarlie delta"]);
});

test("[BD7] undoing a split whose first half was merged away brings the words to where that half is", () => {
  const { ann, bob } = two();
  split(ann, "b", 4);
  sync(ann, bob);
  merge(bob, "b");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)).toEqual(["a:Alpha bravo charlie deltaEcho foxtrot golf", "c:Hotel india juliet"]);
});

test("[BD8] undoing a new paragraph hides it only while it holds nobody else's words", () => {
  const { ann, bob } = two();
  const insert = (): void =>
    change(ann, (tr) =>
      tr.insert(at(ann, "b", 0) - 1, textSchema.node("paragraph", null, textSchema.text("new"))),
    );
  insert();
  ann.binding.undo();
  expect(seen(ann)).toHaveLength(3);
  insert();
  sync(ann, bob);
  const id = seen(bob)[1]?.split(":")[0] ?? "";
  type(bob, id, 3, " theirs");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[1]).toBe(`${id}: theirs`);
});

test("[BD9] undoing a merge brings the paragraph back with what another wrote among its words", () => {
  const { ann, bob } = two();
  merge(ann, "b");
  sync(ann, bob);
  type(bob, "a", 30, "THEIRS");
  type(bob, "a", 0, ">");
  erase(bob, "a", 40, 42);
  sync(ann, bob);
  const merged = seen(bob)[0] ?? "";
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:>Alpha bravo charlie delta");
  expect(seen(bob)[1]).toBe(`b:${merged.slice("a:>Alpha bravo charlie delta".length)}`);
  ann.binding.redo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe(merged);
  expect(repair(ann)).toBe(0);
});

test("[BD6] undoing a deletion shows the paragraph again, with what another typed in it meanwhile", () => {
  const { ann, bob } = two();
  deleteParagraph(ann, "a");
  type(bob, "a", 5, "NEW");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:AlphaNEW bravo charlie delta");
  ann.binding.redo();
  sync(ann, bob);
  expect(hidden(bob)).toEqual(["a:AlphaNEW bravo charlie delta"]);
});

test("[BD10] words restored by undo are recorded as the characters they were", () => {
  const { ann, bob } = two();
  erase(ann, "a", 6, 12);
  sync(ann, bob);
  type(bob, "a", 6, "X");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]?.replace("X", "")).toBe(FIRST);
  const rootOf = rootsOf(carriesOf(bob.doc));
  const spans = projectDocument(bob.doc, "report").paragraphs[0]?.spans ?? [];
  const roots = spans.flatMap((span) => span.ids.map(([client, clock]) => rootOf(client, clock)[0]));
  expect(new Set(roots)).toEqual(new Set([1, 11]));
  ann.binding.redo();
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(ann)[0]?.replace("X", "")).toBe(FIRST);
});

test("[BD10] [BD11] two delete the same words, both undo: the repair leaves them once", () => {
  const { ann, bob } = two();
  erase(ann, "a", 6, 12);
  erase(bob, "a", 6, 12);
  sync(ann, bob);
  ann.binding.undo();
  bob.binding.undo();
  sync(ann, bob);
  expect(repair(ann)).toBe(6);
  sync(ann, bob);
  expect(seen(bob)[0]).toBe(FIRST);
});

test("[BD6] a pasted run of paragraphs is undone in one act", () => {
  const { ann, bob } = two();
  change(ann, (tr) => {
    const node = (text: string) => textSchema.node("paragraph", null, textSchema.text(text));
    const slice = textSchema.node("doc", null, [node("one"), node("two"), node("three")]).slice(1, 16);
    return tr.replace(at(ann, "a", 5), at(ann, "a", 11), slice);
  });
  expect(
    seen(ann)
      .slice(0, 3)
      .map((line) => line.split(":")[1]),
  ).toEqual(["Alphaone", "two", "three charlie delta"]);
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)).toEqual([FIRST, "b:Echo foxtrot golf", "c:Hotel india juliet"]);
  ann.binding.redo();
  sync(ann, bob);
  expect(seen(bob).map((line) => line.split(":")[1])).toContain("three charlie delta");
});

test("[BD6] [BD14] an act is not undone while its paragraph is locked, and can be afterwards", () => {
  const locks = new Set<string>();
  const { ann } = two({ isLocked: (id: string) => locks.has(id) });
  type(ann, "a", 0, "1");
  locks.add("a");
  expect(ann.binding.undo()).toBe(false);
  expect(ann.locked).toEqual(["a"]);
  locks.delete("a");
  expect(ann.binding.undo()).toBe(true);
  expect(seen(ann)[0]).toBe(FIRST);
});
