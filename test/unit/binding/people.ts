/** Some people with one text open, and the network between them, which the test moves by hand. */
import { TextSelection } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { expect } from "vitest";
import * as Y from "yjs";
import { bindText } from "#collab/client/binding/bind-text.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import type { BindingOptions } from "#collab/client/binding/binding-options.ts";
import { carriesOf, deleteStretches, laterCopies } from "#collab/carry.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { documentNode } from "#collab/nodes.ts";
import { idOf, textSchema } from "#collab/schema.ts";

export type Person = {
  readonly binding: Binding;
  readonly doc: Y.Doc;
  readonly out: Uint8Array[];
  readonly locked: string[];
  /** Moves this person's clock on, so that the next typing is undone by itself. */
  readonly wait: () => void;
};

const DRAFT = [
  ["a", "F", "op", "Alpha bravo charlie delta"],
  ["b", "U", "op", "Echo foxtrot golf"],
  ["c", "k", "op", "Hotel india juliet"],
] as const;

/** `count` people before the same draft of three paragraphs a, b and c. */
export function people(count: number, options: Partial<BindingOptions> = {}): Person[] {
  const base = createTextDoc();
  base.clientID = 1;
  for (const [id, order, role, words] of DRAFT) {
    const map = new Y.Map<unknown>();
    paragraphsOf(base).set(id, map);
    const text = new Y.Text();
    for (const [key, value] of Object.entries({ order, role, level: 0, relation: null, dir: "auto" }))
      map.set(key, value);
    map.set("deleted", false);
    map.set("text", text);
    text.insert(0, words, {});
  }
  return Array.from({ length: count }, (_, i) => {
    const doc = createTextDoc();
    doc.clientID = 10 + i;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base), "network");
    let made = 0;
    let now = 0;
    const locked: string[] = [];
    const binding = bindText({
      doc,
      newId: () => `n${i}${made++}`,
      clock: () => now,
      onLocked: (id) => locked.push(id),
      ...options,
    });
    const out: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network") out.push(update);
    });
    return { binding, doc, out, locked, wait: () => (now += 10_000) };
  });
}

/** Everybody gets what everybody wrote; afterwards all are equal and every view is the projection. */
export function sync(...all: Person[]): void {
  for (const person of all)
    for (const update of person.out.splice(0))
      for (const other of all) if (other !== person) Y.applyUpdate(other.doc, update, "network");
  for (const person of all) {
    expect(person.binding.state.doc.toJSON()).toEqual(documentNode(person.doc).toJSON());
    expect(person.binding.state.doc.toJSON()).toEqual(all[0]?.binding.state.doc.toJSON());
    expect(person.out).toEqual([]);
    expect(person.binding.stats.fallback).toBe(0);
  }
}

/** What the server does with duplicates, done by one of the people. */
export function repair(person: Person): number {
  return deleteStretches(person.doc, laterCopies(person.doc, carriesOf(person.doc)), "repair");
}

/** `id:words` of every paragraph on the screen. */
export function seen({ binding }: Person): string[] {
  const lines: string[] = [];
  binding.state.doc.forEach((node) => {
    lines.push(`${idOf(node)}:${node.textBetween(0, node.content.size, "", leaf)}`);
  });
  return lines;
}

function leaf(node: { readonly type: { readonly name: string }; readonly attrs: object }): string {
  if (node.type.name === "footnote") return "*";
  return "side" in node.attrs && node.attrs.side === "open" ? "[" : "]";
}

export function hidden({ doc }: Person): string[] {
  const lines: string[] = [];
  paragraphsOf(doc).forEach((map, id) => {
    if (map.get("deleted") === true) lines.push(`${id}:${wordsOf(map)?.toString() ?? ""}`);
  });
  return lines;
}

export function at({ binding }: Person, id: string, offset: number): number {
  let found = -1;
  binding.state.doc.forEach((node, pos) => {
    if (idOf(node) === id) found = pos + 1 + offset;
  });
  if (found < 0) throw new Error(`Nobody sees paragraph ${id}`);
  return found;
}

export function change(person: Person, work: (tr: Transaction) => Transaction): void {
  person.binding.apply(work(person.binding.state.tr));
}

export function type(person: Person, id: string, offset: number, words: string): void {
  change(person, (tr) => tr.insert(at(person, id, offset), textSchema.text(words)));
}

export function erase(person: Person, id: string, from: number, to: number): void {
  change(person, (tr) => tr.delete(at(person, id, from), at(person, id, to)));
}

export function split(person: Person, id: string, offset: number): void {
  change(person, (tr) => tr.split(at(person, id, offset)));
}

/** Merges a paragraph into the one before it. */
export function merge(person: Person, id: string): void {
  change(person, (tr) => tr.join(at(person, id, 0) - 1));
}

export function deleteParagraph(person: Person, id: string): void {
  const start = at(person, id, 0) - 1;
  const size = person.binding.state.doc.nodeAt(start)?.nodeSize ?? 0;
  change(person, (tr) => tr.delete(start, start + size));
}

/** Takes a paragraph and puts it down after the last one. */
export function moveToEnd(person: Person, id: string): void {
  const start = at(person, id, 0) - 1;
  const node = person.binding.state.doc.nodeAt(start);
  if (node === null) throw new Error(`Nobody sees paragraph ${id}`);
  change(person, (tr) => {
    tr.delete(start, start + node.nodeSize);
    return tr.insert(tr.doc.content.size, node);
  });
}

export function select(person: Person, id: string, from: number, to = from): void {
  change(person, (tr) =>
    tr.setSelection(TextSelection.create(tr.doc, at(person, id, from), at(person, id, to))),
  );
}
