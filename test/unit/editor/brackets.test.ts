import { EditorState, TextSelection } from "prosemirror-state";
import type { Command } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { createBracketBoard } from "#collab/client/editor/bracket-board.ts";
import { bracketSelection, typeClosing, typeOpening } from "#collab/client/editor/bracket-commands.ts";
import { bracketAtCaret } from "#collab/client/editor/facts.ts";
import { pasteImported } from "#collab/client/editor/paste.ts";
import { countSigns, nextSign, pairSignAt, signAtCaret } from "#collab/client/editor/plain-signs.ts";
import { readPlain } from "#collab/read-plain.ts";
import { textSchema } from "#collab/schema.ts";

/** "|" stands for the caret, two of them for a selection; "{k" and "}k" for the glyphs of the bracket k. */
function text(...lines: readonly string[]): EditorState {
  const carets: number[] = [];
  let pos = 0;
  const nodes = lines.map((line, at) => {
    pos += 1;
    const content = line.split(/(\||[{}]\w)/).flatMap((part) => {
      if (part === "|") carets.push(pos);
      if (part === "|" || part === "") return [];
      const isGlyph = /^[{}]\w$/.test(part);
      pos += isGlyph ? 1 : part.length;
      if (!isGlyph) return [textSchema.text(part)];
      return [textSchema.node("bracket", { bracket: part[1], side: part[0] === "{" ? "open" : "close" })];
    });
    pos += 1;
    return textSchema.node("paragraph", { id: `p${at}`, role: "op" }, content);
  });
  const doc = textSchema.node("doc", null, nodes);
  const [anchor = 1, head = anchor] = carets;
  return EditorState.create({ doc, selection: TextSelection.create(doc, anchor, head) });
}

function lines({ doc, selection }: EditorState): string[] {
  const found: string[] = [];
  doc.forEach((node, pos) => {
    let line = "";
    node.forEach((child, offset) => {
      const { bracket, side } = child.attrs;
      const words = child.text ?? `${side === "open" ? "{" : "}"}${String(bracket)}`;
      const from = pos + 1 + offset;
      const at = child.text === undefined ? (selection.head === from ? 0 : -1) : selection.head - from;
      line += at >= 0 && at < words.length ? `${words.slice(0, at)}|${words.slice(at)}` : words;
    });
    found.push(selection.head === pos + 1 + node.content.size ? `${line}|` : line);
  });
  return found;
}

function after(state: EditorState, command: Command): string[] {
  let now = state;
  const done = command(state, (tr) => (now = now.apply(tr)));
  return done ? lines(now) : ["not done"];
}

const newId = (): string => "k";

describe("typing brackets", () => {
  it("[BR10] an opening sign brackets what is selected, across paragraphs too", () => {
    expect(after(text("All |States| affirm"), typeOpening(newId))).toEqual(["All {kStates|}k affirm"]);
    expect(after(text("All |States", "recall| it"), typeOpening(newId))).toEqual([
      "All {kStates",
      "recall|}k it",
    ]);
  });

  it("[BR10] without a selection it opens a pair around the caret", () => {
    expect(after(text("All | affirm"), typeOpening(newId))).toEqual(["All {k|}k affirm"]);
  });

  it("[BR10] a closing sign goes behind the end of the innermost bracket, and is a character outside of any", () => {
    expect(after(text("{aAll {bStates|}b affirm}a"), typeClosing)).toEqual(["{aAll {bStates}b| affirm}a"]);
    expect(after(text("{aAll {bStates}b aff|irm}a"), typeClosing)).toEqual(["{aAll {bStates}b affirm}a|"]);
    expect(after(text("{aAll |States", "recall}a it"), typeClosing)).toEqual([
      "{aAll States",
      "recall}a| it",
    ]);
    expect(after(text("{aAll}a Sta|tes"), typeClosing)).toEqual(["not done"]);
  });

  it("[BR10] the command brackets the selection, and without one the whole paragraph", () => {
    expect(after(text("All |States| affirm"), bracketSelection(newId))).toEqual(["All {kStates|}k affirm"]);
    expect(after(text("All Sta|tes", "recall"), bracketSelection(newId))).toEqual([
      "{kAll Sta|tes}k",
      "recall",
    ]);
  });
});

describe("plain signs", () => {
  it("[BR10] beside the caret become a bracket with their partner by nesting, else to the paragraph's edge", () => {
    const bracket = bracketSelection(newId);
    const plain = (...all: readonly string[]): string[] =>
      after(text(...all), bracket).map((line) => line.replace("|", ""));
    expect(plain("a |[b [c] d", "e] f")).toEqual(["a {kb [c] d", "e}k f"]);
    expect(plain("a [b c|] d")).toEqual(["a {kb c}k d"]);
    expect(plain("a [|b c", "d")).toEqual(["a {kb c}k", "d"]);
    expect(plain("a b]| c", "d")).toEqual(["{ka b}k c", "d"]);
  });
});

describe("what is offered for plain signs", () => {
  it("[BR10] the button of a sign makes a bracket of that one, wherever the caret is", () => {
    expect(after(text("a [b [c d|", "e] f"), pairSignAt(6, newId))).toEqual(["a [b {kc d|", "e}k f"]);
    expect(after(text("a [b| c"), pairSignAt(1, newId))).toEqual(["not done"]);
  });

  it("[BR10] a sign in a footnote has its partner in that note alone", () => {
    const note = (words: string) =>
      textSchema.node("paragraph", { id: words, role: "footnote" }, [textSchema.text(words)]);
    const body = textSchema.node("paragraph", { id: "p", role: "op" }, [textSchema.text("a [b")]);
    const state = EditorState.create({
      doc: textSchema.node("doc", null, [body, note("x] y"), note("z [w")]),
    });
    expect(after(state, pairSignAt(3, newId)).map((line) => line.replace("|", ""))).toEqual([
      "a {kb}k",
      "x] y",
      "z [w",
    ]);
    expect(after(state, pairSignAt(8, newId)).map((line) => line.replace("|", ""))).toEqual([
      "a [b",
      "{kx}k y",
      "z [w",
    ]);
  });

  it("[BR10] they are counted, and a key leads from one to the next, round at the end", () => {
    const state = text("|a [b", "c] d {ke}k");
    expect(countSigns(state.doc)).toBe(2);
    expect(after(state, nextSign)).toEqual(["a [|b", "c] d {ke}k"]);
    expect(after(text("a [|b", "c] d"), nextSign)).toEqual(["a [b", "c]| d"]);
    expect(after(text("a [b", "c]| d"), nextSign)).toEqual(["a [|b", "c] d"]);
    expect(after(text("|a {kb}k"), nextSign)).toEqual(["not done"]);
    expect([signAtCaret(text("a [|b")), signAtCaret(text("a |[b")), signAtCaret(text("|a [b"))]).toEqual([
      3,
      3,
      null,
    ]);
  });
});

describe("pasted brackets", () => {
  it("[BR5] get ids of their own by nesting, over paragraphs; a sign alone stays a character", () => {
    let made = 0;
    const pasted = (source: string): string[] => {
      const tr = pasteImported(text("|"), readPlain(source, "resolution"), () => `${made++}`);
      return tr ? lines(text("").apply(tr)).map((line) => line.replace("|", "")) : [];
    };
    expect(pasted("[a [b] c]")).toEqual(["{0a {1b}1 c}0"]);
    expect(pasted("x] [y")).toEqual(["x] [y"]);
    expect(pasted("1. [a\n\n2. b] c")).toEqual(["{2a", "b}2 c"]);
  });
});

describe("the numbers in the editor", () => {
  it("[BR11] are told to the views whose number changed and to no others, and not for words", () => {
    const board = createBracketBoard();
    const told: string[] = [];
    for (const id of ["a", "b"]) board.watch(id, () => told.push(id));
    board.read(text("{aone {btwo}b}a").doc);
    expect([board.numberOf("a"), board.numberOf("b"), told.splice(0)]).toEqual([1, 2, ["a", "b"]]);
    board.read(text("{aone more {btwo}b}a").doc);
    expect(told).toEqual([]);
    board.read(text("one {btwo}b").doc);
    expect([board.numberOf("a"), board.numberOf("b"), told.splice(0)]).toEqual([null, 1, ["a", "b"]]);
    board.look("caret", "b");
    expect([board.isLookedAt("b"), told.splice(0)]).toEqual([true, ["b"]]);
    board.look("caret", null);
    expect([board.isLookedAt("b"), told]).toEqual([false, ["b"]]);
  });

  it("[BR11] a bracket is looked at where the caret is beside one of its ends", () => {
    expect(bracketAtCaret(text("one {a|two}a"))).toBe("a");
    expect(bracketAtCaret(text("one {atwo}a|"))).toBe("a");
    expect(bracketAtCaret(text("o|ne {atwo}a"))).toBe(null);
  });
});
