/** Locked paragraphs, footnotes, characters and compositions. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { paragraphsOf } from "#collab/model.ts";
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
  seen,
  select,
  split,
  sync,
  type,
} from "./people.ts";

function two(options = {}) {
  const [ann, bob] = people(2, options);
  if (ann === undefined || bob === undefined) throw new Error("Two people were asked for");
  return { ann, bob };
}
const lockB = { isLocked: (id: string) => id === "b" };

test("[BD14] nothing that touches a locked paragraph is done, and the person is told which one", () => {
  const { ann } = two(lockB);
  const before = seen(ann);
  type(ann, "b", 0, "x");
  erase(ann, "b", 0, 2);
  split(ann, "b", 4);
  merge(ann, "b");
  merge(ann, "c");
  deleteParagraph(ann, "b");
  moveToEnd(ann, "b");
  change(ann, (tr) => tr.setNodeAttribute(at(ann, "b", 0) - 1, "role", "pp"));
  change(ann, (tr) => tr.addMark(at(ann, "a", 3), at(ann, "b", 3), textSchema.mark("em")));
  change(ann, (tr) => tr.delete(at(ann, "a", 3), at(ann, "c", 3)));
  expect(ann.locked).toEqual(Array.from({ length: 10 }, () => "b"));
  expect(seen(ann)).toEqual(before);
  expect(ann.out).toEqual([]);
});

test("[BD14] a person who may not write changes nothing", () => {
  const { ann } = two({ mayEdit: () => false });
  type(ann, "a", 0, "x");
  expect(ann.binding.undo()).toBe(false);
  expect(ann.out).toEqual([]);
});

test("[BD15] a locked paragraph between two typists, one of whom moves and merges its neighbours", () => {
  const { ann, bob } = two(lockB);
  const locked = (): unknown => [
    paragraphsOf(bob.doc).get("b")?.get("order"),
    seen(bob).find((line) => line.startsWith("b:")),
  ];
  const before = locked();
  type(bob, "a", 5, "BOB");
  moveToEnd(ann, "a");
  type(bob, "c", 5, "BOB");
  sync(ann, bob);
  expect(seen(ann)).toEqual([
    "b:Echo foxtrot golf",
    "c:HotelBOB india juliet",
    "a:AlphaBOB bravo charlie delta",
  ]);
  merge(ann, "a");
  type(bob, "a", 0, "late");
  sync(ann, bob);
  expect(seen(bob)).toEqual(["b:Echo foxtrot golf", "c:HotelBOB india julietAlphaBOB bravo charlie delta"]);
  expect(hidden(bob)).toEqual(["a:lateAlphaBOB bravo charlie delta"]);
  expect(locked()).toEqual(before);
  // Moving "c" above the locked paragraph moves "c", whichever of the two the gesture could be read as.
  const c = ann.binding.state.doc.child(1);
  change(ann, (tr) => tr.delete(at(ann, "c", 0) - 1, tr.doc.content.size).insert(0, c));
  sync(ann, bob);
  expect(seen(bob)[1]).toBe("b:Echo foxtrot golf");
  expect(locked()).toEqual(before);
  expect(ann.locked).toEqual([]);
  ann.binding.undo();
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)).toContain("a:lateAlphaBOB bravo charlie delta");
  expect(locked()).toEqual(before);
});

test("[BD12] a character outside the basic plane is never divided", () => {
  const { ann, bob } = two();
  type(ann, "a", 5, "😀");
  sync(ann, bob);
  change(ann, (tr) => tr.insertText("|", at(ann, "a", 6)));
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha|😀 bravo charlie delta");
  erase(ann, "a", 7, 8);
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha| bravo charlie delta");
  type(ann, "a", 5, "😀");
  // An input method that replaces only the second half.
  change(ann, (tr) => tr.replaceWith(at(ann, "a", 6), at(ann, "a", 7), textSchema.text("\uDE01")));
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha😁| bravo charlie delta");
  change(ann, (tr) => tr.addMark(at(ann, "a", 6), at(ann, "a", 8), textSchema.mark("em")));
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha😁| bravo charlie delta");
});

test("[BD12] a lone half becomes U+FFFD before either model has it", () => {
  const { ann, bob } = two();
  type(ann, "a", 0, "\uD83D");
  type(ann, "a", 1, "q\uDE00q");
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:\uFFFDq\uFFFDqAlpha bravo charlie delta");
});

test("[BD12] direction overrides are stripped from what is typed and pasted", () => {
  const { ann, bob } = two();
  type(ann, "a", 0, "a\u202Eb\u2066c\u2069");
  type(ann, "b", 0, "\u202D");
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:abcAlpha bravo charlie delta", "b:Echo foxtrot golf"]);
});

function footnote(person: Parameters<typeof at>[0], id: string, offset: number): void {
  change(person, (tr) => {
    tr.insert(at(person, id, offset), textSchema.node("footnote", { note: "note1" }));
    return tr.insert(
      tr.doc.content.size,
      textSchema.node("paragraph", { id: "note1", role: "footnote" }, textSchema.text("Source")),
    );
  });
}

test("[BD13] deleting the last reference deletes its footnote, and undo brings both back", () => {
  const { ann, bob } = two();
  footnote(ann, "a", 5);
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha* bravo charlie delta");
  expect(seen(bob).at(-1)).toBe("note1:Source");
  erase(bob, "a", 4, 7);
  sync(ann, bob);
  expect(seen(ann)).not.toContain("note1:Source");
  bob.binding.undo();
  sync(ann, bob);
  expect(seen(ann)[0]).toBe("a:Alpha* bravo charlie delta");
  expect(seen(ann).at(-1)).toBe("note1:Source");
  deleteParagraph(bob, "a");
  sync(ann, bob);
  expect(seen(ann)).toEqual(["b:Echo foxtrot golf", "c:Hotel india juliet"]);
  bob.binding.undo();
  sync(ann, bob);
  expect(seen(ann).at(-1)).toBe("note1:Source");
});

test("[BD13] moving a paragraph keeps the footnotes of its references", () => {
  const { ann, bob } = two();
  footnote(ann, "a", 5);
  change(ann, (tr) => {
    const node = tr.doc.child(0);
    tr.delete(0, node.nodeSize);
    return tr.insert(tr.doc.child(0).nodeSize, node);
  });
  sync(ann, bob);
  expect(seen(bob)).toEqual([
    "b:Echo foxtrot golf",
    "a:Alpha* bravo charlie delta",
    "c:Hotel india juliet",
    "note1:Source",
  ]);
});

test("[BD8] [BD13] undoing a footnote keeps it while another's words are in it", () => {
  const { ann, bob } = two();
  footnote(ann, "a", 5);
  sync(ann, bob);
  type(bob, "note1", 6, ": A/1");
  sync(ann, bob);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:Alpha* bravo charlie delta");
  expect(seen(bob).at(-1)).toBe("note1:: A/1");
});

test("[BD16] words of others arrive in a composed paragraph when the composition ends, in their places", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("a");
  type(ann, "a", 5, "n");
  type(bob, "a", 0, "BOB ");
  type(bob, "b", 0, "BOB ");
  erase(bob, "a", 15, 23);
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  expect(seen(ann)[0]).toBe("a:Alphan bravo charlie delta");
  expect(seen(ann)[1]).toBe("b:BOB Echo foxtrot golf");
  change(ann, (tr) => tr.insertText("ni", at(ann, "a", 5), at(ann, "a", 6)));
  change(ann, (tr) => tr.insertText("你", at(ann, "a", 5), at(ann, "a", 7)));
  expect(seen(ann)[0]).toBe("a:Alpha你 bravo charlie delta");
  ann.binding.endComposition();
  sync(ann, bob);
  expect(seen(ann)[0]).toBe("a:BOB Alpha你 bravo delta");
  expect(ann.binding.stats.held).toBe(1);
  ann.binding.undo();
  sync(ann, bob);
  expect(seen(bob)[0]).toBe("a:BOB Alpha bravo delta");
});

test("[BD16] a composition goes on in a paragraph that another deletes or moves; its words are kept", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("b");
  const node = ann.binding.state.doc.child(1);
  deleteParagraph(bob, "b");
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  expect(ann.binding.state.doc.child(1)).toBe(node);
  type(ann, "b", 4, "你");
  ann.binding.endComposition();
  sync(ann, bob);
  expect(hidden(bob)).toEqual(["b:Echo你 foxtrot golf"]);
  ann.binding.beginComposition("c");
  moveToEnd(bob, "a");
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  type(ann, "c", 0, "你");
  ann.binding.endComposition();
  sync(ann, bob);
  expect(seen(bob)).toEqual(["c:你Hotel india juliet", "a:Alpha bravo charlie delta"]);
});

test("[BD16] a split during a composition that holds others' words back is made on the whole text", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("a");
  type(bob, "a", 0, "BOB ");
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  select(ann, "a", 5);
  split(ann, "a", 5);
  sync(ann, bob);
  expect(seen(bob).slice(0, 2)).toEqual(["a:BOB Alpha", "n00: bravo charlie delta"]);
});

test("[BD16] nobody merges words into a paragraph that another has deleted during the composition", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("a");
  deleteParagraph(bob, "a");
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  merge(ann, "b");
  sync(ann, bob);
  expect(seen(ann)).toEqual(["b:Echo foxtrot golf", "c:Hotel india juliet"]);
});

test("[BD16] moving a paragraph whose view is held back never puts back words without those of others", () => {
  const { ann, bob } = two();
  ann.binding.beginComposition("a");
  type(bob, "a", 0, "BOB ");
  for (const update of bob.out.splice(0)) Y.applyUpdate(ann.doc, update, "network");
  moveToEnd(ann, "a");
  moveToEnd(ann, "a");
  sync(ann, bob);
  expect(seen(bob).at(-1)).toBe("a:BOB Alpha bravo charlie delta");
});
