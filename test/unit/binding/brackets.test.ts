/** Square brackets while several people write around them. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { bracketsOf } from "#collab/brackets.ts";
import { projectDocument } from "#collab/projection.ts";
import { textSchema } from "#collab/schema.ts";
import {
  at,
  change,
  deleteParagraph,
  erase,
  merge,
  moveToEnd,
  people,
  seen,
  split,
  sync,
  type,
} from "./people.ts";
import type { Person } from "./people.ts";

function one(options = {}): Person {
  const [ann] = people(1, options);
  if (!ann) throw new Error("One person was asked for");
  return ann;
}

function two(): { readonly ann: Person; readonly bob: Person } {
  const [ann, bob] = people(2);
  if (!ann || !bob) throw new Error("Two people were asked for");
  return { ann, bob };
}

type End = readonly [id: string, offset: number];

function bracket(person: Person, from: End, to: End, name = "k1"): void {
  change(person, (tr) => {
    tr.insert(at(person, ...to), textSchema.node("bracket", { bracket: name, side: "close" }));
    return tr.insert(at(person, ...from), textSchema.node("bracket", { bracket: name, side: "open" }));
  });
}

function numbersOf({ doc }: Person): (readonly [string, number])[] {
  return bracketsOf(projectDocument(doc, "resolution")).brackets.map(({ id, number }) => [id, number]);
}

test("[BR6] a glyph that is deleted takes its partner along, in another paragraph too, and one undo brings both back", () => {
  const { ann, bob } = two();
  bracket(ann, ["a", 6], ["b", 4]);
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha [bravo charlie delta", "b:Echo] foxtrot golf"]);
  erase(bob, "b", 4, 5);
  sync(ann, bob);
  expect(seen(ann).slice(0, 2)).toEqual(["a:Alpha bravo charlie delta", "b:Echo foxtrot golf"]);
  bob.binding.undo();
  sync(ann, bob);
  expect(seen(ann).slice(0, 2)).toEqual(["a:Alpha [bravo charlie delta", "b:Echo] foxtrot golf"]);
  expect(numbersOf(ann)).toEqual([["k1", 1]]);
});

test("[BR7] words deleted together with one glyph of a bracket leave it standing", () => {
  const ann = one();
  bracket(ann, ["a", 6], ["a", 19]);
  expect(seen(ann)[0]).toBe("a:Alpha [bravo charlie] delta");
  erase(ann, "a", 3, 12);
  expect(seen(ann)[0]).toBe("a:Alp[ charlie] delta");
  ann.binding.undo();
  expect(seen(ann)[0]).toBe("a:Alpha [bravo charlie] delta");
  erase(ann, "a", 3, 22);
  expect(seen(ann)[0]).toBe("a:Alpdelta");
});

test("[BR7] so do words that are typed over, and words deleted over several paragraphs", () => {
  const ann = one();
  bracket(ann, ["a", 6], ["b", 4]);
  change(ann, (tr) => tr.insertText("new", at(ann, "a", 3), at(ann, "a", 12)));
  expect(seen(ann)[0]).toBe("a:Alpnew[ charlie delta");
  expect(ann.binding.state.selection.head).toBe(at(ann, "a", 6));
  change(ann, (tr) => tr.delete(at(ann, "a", 8), at(ann, "b", 8)));
  expect(seen(ann)[0]).toBe("a:Alpnew[ ]xtrot golf");
  expect(numbersOf(ann)).toEqual([["k1", 1]]);
});

test("[BR7] a paragraph that is deleted as a whole keeps its words and takes the partners of its glyphs along", () => {
  const { ann, bob } = two();
  bracket(ann, ["a", 6], ["b", 4]);
  deleteParagraph(ann, "b");
  expect(seen(ann)).toEqual(["a:Alpha bravo charlie delta", "c:Hotel india juliet"]);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha [bravo charlie delta", "b:Echo] foxtrot golf"]);
});

test("[BR8] a bracket is undone by itself, whatever was typed just before and after it", () => {
  const ann = one({ clock: () => 0 });
  type(ann, "a", 0, "x");
  bracket(ann, ["a", 1], ["a", 6]);
  type(ann, "a", 0, "y");
  ann.binding.undo();
  expect(seen(ann)[0]).toBe("a:x[Alpha] bravo charlie delta");
  ann.binding.undo();
  expect(seen(ann)[0]).toBe("a:xAlpha bravo charlie delta");
  ann.binding.redo();
  expect(seen(ann)[0]).toBe("a:x[Alpha] bravo charlie delta");
});

test("[BR9] glyphs go with the words around them through splits, mergers and moves, and stay one bracket", () => {
  const { ann, bob } = two();
  bracket(ann, ["a", 6], ["a", 19]);
  split(ann, "a", 12);
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha [bravo", "n00: charlie] delta"]);
  moveToEnd(bob, "n00");
  merge(bob, "n00");
  sync(ann, bob);
  expect(seen(ann).at(-1)).toBe("c:Hotel india juliet charlie] delta");
  expect(numbersOf(ann)).toEqual([["k1", 1]]);
  // The split is past undoing; the bracket before it is not, wherever its glyphs have gone.
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob).join()).not.toMatch(/[[\]]/);
});

test("[BR9] two who bracket words that cross have two brackets, and undoing one leaves the other", () => {
  const { ann, bob } = two();
  bracket(ann, ["a", 0], ["a", 11], "k1");
  bracket(bob, ["a", 6], ["a", 19], "k2");
  sync(ann, bob);
  expect(seen(ann)[0]).toBe("a:[Alpha [bravo] charlie] delta");
  expect(numbersOf(ann)).toEqual([
    ["k1", 1],
    ["k2", 2],
  ]);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha [bravo charlie] delta");
});

test("[BR6] where the partner stands in a locked paragraph the bracket stays", () => {
  const locks = new Set<string>();
  const ann = one({ isLocked: (id: string) => locks.has(id) });
  bracket(ann, ["a", 6], ["b", 4]);
  locks.add("b");
  erase(ann, "a", 6, 7);
  expect(ann.locked).toEqual(["b"]);
  expect(seen(ann).slice(0, 2)).toEqual(["a:Alpha [bravo charlie delta", "b:Echo] foxtrot golf"]);
});

test("[BR6] a glyph takes its partner along where a composition still holds that back from the view", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("b");
  bracket(bob, ["a", 6], ["b", 4]);
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  expect(seen(ann).slice(0, 2)).toEqual(["a:Alpha [bravo charlie delta", "b:Echo foxtrot golf"]);
  erase(ann, "a", 6, 7);
  ann.binding.endComposition();
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:Alpha bravo charlie delta", "b:Echo foxtrot golf"]);
});

test("[LF6] a held bracket is not taken away: by its glyph, its whole paragraph, or an undo; its words may change", () => {
  const held = new Set<string>();
  const told: string[] = [];
  const ann = one({ isHeld: (id: string) => held.has(id), onHeld: (id: string) => told.push(id) });
  bracket(ann, ["a", 6], ["a", 12]);
  const before = seen(ann);
  held.add("k1");
  erase(ann, "a", 6, 7);
  deleteParagraph(ann, "a");
  ann.binding.undo();
  expect(seen(ann)).toEqual(before);
  expect(told).toEqual(["k1", "k1", "k1"]);
  split(ann, "a", 9);
  moveToEnd(ann, "b");
  expect(told).toHaveLength(3);
  held.delete("k1");
  erase(ann, "a", 6, 7);
  expect(told).toHaveLength(3);
  expect(numbersOf(ann)).toEqual([]);
});
