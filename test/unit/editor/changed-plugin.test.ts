import { EditorState } from "prosemirror-state";
import { expect, it } from "vitest";
import { FROM_TEXT } from "#collab/client/binding/bind-text.ts";
import { changedPlugin } from "#collab/client/editor/changed-plugin.ts";
import { textSchema } from "#collab/schema.ts";

/** Two paragraphs and the boxes in them, as words. */
function room(now: () => number) {
  const plugin = changedPlugin(now);
  const paragraph = (id: string, words: string) =>
    textSchema.node("paragraph", { id, role: "op", level: 0 }, [textSchema.text(words)]);
  const doc = textSchema.node("doc", null, [
    paragraph("a", "Calls upon States"),
    paragraph("b", "Decides to meet"),
  ]);
  let state = EditorState.create({ doc, plugins: [plugin] });
  return {
    type: (at: number, words: string, source: "remote" | "local") => {
      state = state.apply(state.tr.insertText(words, at).setMeta(FROM_TEXT, source));
    },
    boxes: () =>
      (plugin.getState(state)?.find() ?? []).map(({ from, to }) => state.doc.textBetween(from, to, "|")),
  };
}

it("[ED18] words that somebody else types letter by letter stand in one box, apart from other places", () => {
  const { type, boxes } = room(() => 0);
  for (const [at, letter] of [..." all"].entries()) type(11 + at, letter, "remote");
  expect(boxes()).toEqual([" all"]);
  type(24 + 4, "also ", "remote");
  expect(boxes()).toEqual([" all", "also "]);
  type(11, "!", "remote");
  expect(boxes()).toEqual(["! all", "also "]);
});

it("[ED18] one's own words have no box", () => {
  const { type, boxes } = room(() => 0);
  type(11, " all", "local");
  expect(boxes()).toEqual([]);
});
