/** Runs in the page of `composing.test.ts`: one text, one editor, and another person who writes when told to. */
import { TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import * as Y from "yjs";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { documentNode } from "#collab/nodes.ts";

const doc = createTextDoc();
for (const [id, order] of [
  ["a", "F"],
  ["b", "U"],
] as const) {
  const map = new Y.Map<unknown>();
  paragraphsOf(doc).set(id, map);
  const text = new Y.Text();
  for (const [key, value] of Object.entries({ order, role: "op", level: 0, deleted: false, text }))
    map.set(key, value);
  text.insert(0, id === "a" ? "Alpha bravo" : "Echo foxtrot", {});
}
const other = createTextDoc();
Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
doc.on("update", (update: Uint8Array, origin: unknown) => {
  if (origin !== "network") Y.applyUpdate(other, update, "network");
});
other.on("update", (update: Uint8Array, origin: unknown) => {
  if (origin !== "network") Y.applyUpdate(doc, update, "network");
});

const binding = bindText({ doc });
const view = new EditorView(document.body, { state: binding.state });
binding.attach(view);
view.focus();

const page = {
  /** The other person types. */
  write(id: string, offset: number, words: string): void {
    const map = paragraphsOf(other).get(id);
    const text = map === undefined ? null : wordsOf(map);
    text?.insert(offset, words, {});
  },
  caret(id: string, offset: number): void {
    let pos = 0;
    binding.state.doc.forEach((node, at) => {
      if (node.attrs["id"] === id) pos = at + 1 + offset;
    });
    const { state } = binding;
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, pos)));
    view.focus();
  },
  read: () => ({
    screen: [...view.dom.querySelectorAll("p")].map((each) => each.textContent),
    others: documentNode(other).children.map((each) => each.textContent),
    isSame: binding.state.doc.eq(documentNode(doc)),
    isComposing: view.composing,
    stats: binding.stats,
  }),
  undo: () => binding.undo(),
};

export type ComposingPage = typeof page;

Object.assign(globalThis, { page });
