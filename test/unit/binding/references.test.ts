/** References to paragraphs while several people write. */
import { expect, test } from "vitest";
import { followReference, insertReference } from "#collab/client/editor/reference-commands.ts";
import { plainWords } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { projectDocument } from "#collab/projection.ts";
import { referencesIn } from "#collab/references.ts";
import { idOf } from "#collab/schema.ts";
import {
  deleteParagraph,
  erase,
  merge,
  moveToEnd,
  people,
  seen,
  select,
  split,
  sync,
  type,
} from "./people.ts";
import type { Person } from "./people.ts";

function two(): { readonly ann: Person; readonly bob: Person } {
  const [ann, bob] = people(2);
  if (!ann || !bob) throw new Error("Two people were asked for");
  return { ann, bob };
}

function refer({ binding }: Person, to: string): boolean {
  return insertReference(to)(binding.state, binding.apply);
}

/** What the references of the text say, in its order. */
function said({ doc }: Person): string[] {
  const text = projectDocument(doc, "resolution");
  const references = referencesIn(text, labelsOf(text));
  return text.paragraphs.flatMap(({ id, spans }) =>
    spans.flatMap((span) =>
      span.kind === "reference" ? `${id}: ${references.get(span.to)?.text ?? ""}` : [],
    ),
  );
}

test("[XR1] [XR5] a reference follows its paragraph when that moves, is split, deleted and brought back", () => {
  const { ann, bob } = two();
  select(ann, "a", 6);
  expect(refer(ann, "b")).toBe(true);
  sync(ann, bob);
  expect(said(bob)).toEqual(["a: OP2"]);
  moveToEnd(bob, "b");
  split(bob, "b", 4);
  sync(ann, bob);
  expect(said(ann)).toEqual(["a: OP3"]);
  deleteParagraph(bob, "b");
  sync(ann, bob);
  expect(said(ann)).toEqual(["a: OP3 (deleted)"]);
  bob.binding.undo();
  sync(ann, bob);
  expect(said(ann)).toEqual(["a: OP3"]);
});

test("[XR2] one whose words were taken away before it was joined to another says its last label all the same", () => {
  const { ann, bob } = two();
  select(ann, "a", 6);
  refer(ann, "b");
  erase(ann, "b", 0, "Echo foxtrot golf".length);
  merge(ann, "b");
  sync(ann, bob);
  expect(seen(bob)).toHaveLength(2);
  expect(said(bob)).toEqual(["a: OP2 (deleted)"]);
});

test("[XR5] it goes with the words around it, is typed over as one character, and one undo brings it back", () => {
  const { ann, bob } = two();
  select(ann, "a", 6);
  refer(ann, "c");
  ann.wait();
  split(ann, "a", 3);
  sync(ann, bob);
  const [, part] = seen(bob).map((line) => line.split(":")[0] ?? "");
  expect(said(bob)).toEqual([`${part}: OP4`]);
  merge(bob, part ?? "");
  sync(ann, bob);
  expect(said(ann)).toEqual(["a: OP3"]);
  select(bob, "a", 5, 8);
  bob.wait();
  bob.binding.apply(bob.binding.state.tr.insertText("x"));
  sync(ann, bob);
  expect(said(ann)).toEqual([]);
  bob.binding.undo();
  sync(ann, bob);
  expect(said(ann)).toEqual(["a: OP3"]);
});

test("[XR3] takes the place of the selection in one paragraph, and leads to its paragraph by a command", () => {
  const { ann } = two();
  select(ann, "a", 0, 5);
  expect(refer(ann, "c")).toBe(true);
  const [first] = projectDocument(ann.doc, "resolution").paragraphs;
  expect(first && plainWords(first)).toBe(" bravo charlie delta");
  expect(refer(ann, "nowhere")).toBe(false);
  const { binding } = ann;
  expect(followReference(binding.state, binding.apply)).toBe(true);
  expect(idOf(binding.state.selection.$head.parent)).toBe("c");
  expect(followReference(binding.state, binding.apply)).toBe(false);
  type(ann, "a", 0, "So");
  expect(said(ann)).toEqual(["a: OP3"]);
});
