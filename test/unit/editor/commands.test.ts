import { EditorState, TextSelection } from "prosemirror-state";
import type { Command } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { find, findNext, findPlaces, findPlugin, foundIn } from "#collab/client/editor/find-plugin.ts";
import { moveParagraphBefore, moveParagraphs } from "#collab/client/editor/move-commands.ts";
import { followNote, insertFootnote } from "#collab/client/editor/note-commands.ts";
import {
  beginText,
  joinAfter,
  joinBefore,
  setRole,
  shiftLevel,
  splitParagraph,
} from "#collab/client/editor/paragraph-commands.ts";
import { endRelation, insertRelated } from "#collab/client/editor/relate-commands.ts";
import type { Role } from "#collab/model.ts";
import { attrsOf, textSchema } from "#collab/schema.ts";
import type { ParagraphAttrs } from "#collab/schema.ts";

type Row = readonly [role: Role, level: number, words: string];

/** "|" stands for the caret, or two of them for a selection; "^x" for a reference to the note x. */
function text(...rows: readonly Row[]): EditorState {
  const carets: number[] = [];
  let pos = 0;
  const nodes = rows.map(([role, level, words], at) => {
    const content = [];
    pos += 1;
    for (const part of words.split(/(\||\^\w)/)) {
      if (part === "|") carets.push(pos);
      else if (part.startsWith("^")) {
        content.push(textSchema.node("footnote", { note: part.slice(1) }));
        pos += 1;
      } else if (part !== "") {
        content.push(textSchema.text(part));
        pos += part.length;
      }
    }
    pos += 1;
    const id = role === "footnote" ? (words.split(":")[0] ?? "") : `p${at + 1}`;
    return textSchema.node("paragraph", { id, role, level }, content);
  });
  const doc = textSchema.node("doc", null, nodes);
  const [anchor = 1, head = anchor] = carets;
  const selection = nodes.length > 0 ? TextSelection.create(doc, anchor, head) : undefined;
  return EditorState.create({ doc, selection, plugins: [findPlugin()] });
}

function after(state: EditorState, ...commands: readonly Command[]): EditorState {
  let now = state;
  for (const command of commands) command(now, (tr) => (now = now.apply(tr)));
  return now;
}

/** Role, level and words of each paragraph, with "|" where the caret is. */
function rows(state: EditorState, withCaret = true): Row[] {
  const found: Row[] = [];
  state.doc.forEach((node, pos) => {
    const { role, level } = attrsOf(node);
    let words = node.textBetween(0, node.content.size, "", () => "^");
    const at = state.selection.head - pos - 1;
    if (withCaret && at >= 0 && at <= node.content.size) words = `${words.slice(0, at)}|${words.slice(at)}`;
    found.push([role, level, words]);
  });
  return found;
}

function ids(state: EditorState): (string | null)[] {
  const found: (string | null)[] = [];
  state.doc.forEach((node) => found.push((attrsOf(node) satisfies ParagraphAttrs).id));
  return found;
}

describe("keys for paragraphs", () => {
  it("[ED1] Enter gives the part behind the caret the role and level of the part before it", () => {
    const state = after(text(["pp", 0, "Recalling|, noting"]), splitParagraph("resolution"));
    expect(rows(state)).toEqual([
      ["pp", 0, "Recalling"],
      ["pp", 0, "|, noting"],
    ]);
    expect(ids(state)).toEqual(["p1", null]);
    expect(rows(after(text(["op", 1, "(a)|"]), splitParagraph("resolution")))).toEqual([
      ["op", 1, "(a)"],
      ["op", 1, "|"],
    ]);
  });

  it("[ED2] Enter behind a heading begins a paragraph of the body", () => {
    expect(rows(after(text(["heading", 1, "Norms|"]), splitParagraph("report")))).toEqual([
      ["heading", 1, "Norms"],
      ["numbered", 0, "|"],
    ]);
    expect(
      rows(after(text(["op", 0, "Decides"], ["heading", 0, "Part|"]), splitParagraph("resolution"))),
    ).toEqual([
      ["op", 0, "Decides"],
      ["heading", 0, "Part"],
      ["op", 0, "|"],
    ]);
    expect(rows(after(text(["heading", 0, "No|rms"]), splitParagraph("report")))).toEqual([
      ["heading", 0, "No"],
      ["heading", 0, "|rms"],
    ]);
  });

  it("[ED3] Enter in an empty sub-paragraph takes it one level out, and a note is never split", () => {
    expect(rows(after(text(["op", 0, "Decides"], ["op", 1, "|"]), splitParagraph("resolution")))).toEqual([
      ["op", 0, "Decides"],
      ["op", 0, "|"],
    ]);
    const note = text(["op", 0, "Decides^a"], ["footnote", 0, "a: se|e"]);
    expect(splitParagraph("resolution")(note)).toBe(true);
    expect(rows(after(note, splitParagraph("resolution")))).toEqual(rows(note));
  });

  it("[ED4] Backspace at the start goes one level out first, then joins the paragraph before", () => {
    const once = after(text(["op", 0, "Decides"], ["op", 1, "|to meet"]), joinBefore);
    expect(rows(once)).toEqual([
      ["op", 0, "Decides"],
      ["op", 0, "|to meet"],
    ]);
    const twice = after(once, joinBefore);
    expect(rows(twice)).toEqual([["op", 0, "Decides|to meet"]]);
    expect(ids(twice)).toEqual(["p1"]);
  });

  it("[ED5] joining with an empty paragraph keeps the other one as it is", () => {
    const before = after(text(["pp", 0, ""], ["op", 0, "|Decides"]), joinBefore);
    expect([rows(before), ids(before)]).toEqual([[["op", 0, "|Decides"]], ["p2"]]);
    const behind = after(text(["op", 0, "Decides|"], ["heading", 0, ""]), joinAfter);
    expect([rows(behind), ids(behind)]).toEqual([[["op", 0, "Decides|"]], ["p1"]]);
    expect(rows(after(text(["op", 0, "Decides|"], ["op", 1, " to meet"]), joinAfter))).toEqual([
      ["op", 0, "Decides| to meet"],
    ]);
  });

  it("[ED6] nothing joins over the line between text and notes", () => {
    const state = text(["op", 0, "Decides^a|"], ["footnote", 0, "a: see"]);
    expect(joinAfter(state)).toBe(true);
    expect(rows(after(state, joinAfter))).toEqual(rows(state));
    const note = text(["op", 0, "Decides^a"], ["footnote", 0, "|a: see"]);
    expect(rows(after(note, joinBefore))).toEqual(rows(note));
  });

  it("[ED7] Tab goes at most one level below the paragraph before, for all that is selected", () => {
    const state = text(["op", 0, "Decides"], ["op", 0, "|one"], ["op", 0, "two|"]);
    expect(rows(after(state, shiftLevel(1)), false).map(([, level]) => level)).toEqual([0, 1, 1]);
    expect(rows(after(state, shiftLevel(1), shiftLevel(1)), false).map(([, level]) => level)).toEqual([
      0, 1, 2,
    ]);
    expect(rows(after(state, shiftLevel(1), shiftLevel(-1)), false).map(([, level]) => level)).toEqual([
      0, 0, 0,
    ]);
    expect(rows(after(text(["op", 0, "|first"]), shiftLevel(1)), false)).toEqual([["op", 0, "first"]]);
    expect(shiftLevel(1)(text(["plain", 0, "|words"]))).toBe(false);
  });

  it("[ED8] a role is given to all that is selected, never to a note", () => {
    const state = text(["op", 2, "|one"], ["pp", 0, "two^a"], ["footnote", 0, "a:| see"]);
    expect(rows(after(state, setRole("plain")), false)).toEqual([
      ["plain", 0, "one"],
      ["plain", 0, "two^"],
      ["footnote", 0, "a: see"],
    ]);
    expect(setRole("footnote")(state)).toBe(false);
  });

  it("[ED9] moving takes sub-paragraphs along and passes whole branches", () => {
    const state = text(
      ["op", 0, "one"],
      ["op", 1, "a"],
      ["op", 0, "tw|o"],
      ["op", 1, "b"],
      ["op", 0, "three"],
    );
    const up = after(state, moveParagraphs(-1));
    expect(rows(up).map(([, , words]) => words)).toEqual(["tw|o", "b", "one", "a", "three"]);
    expect(ids(up)).toEqual(["p3", "p4", "p1", "p2", "p5"]);
    const down = after(state, moveParagraphs(1));
    expect(rows(down).map(([, , words]) => words)).toEqual(["one", "a", "three", "tw|o", "b"]);
    expect(rows(after(down, moveParagraphs(1)))).toEqual(rows(down));
    expect(rows(after(up, moveParagraphs(-1)))).toEqual(rows(up));
    // The very nodes go along: the binding tells a move by them.
    expect(up.doc.child(0)).toBe(state.doc.child(2));
  });

  it("[ED10] a paragraph dropped in its own branch stays, and none lands behind the notes", () => {
    const state = text(["op", 0, "|one"], ["op", 1, "a"], ["op", 0, "two^n"], ["footnote", 0, "n: see"]);
    expect(rows(after(state, moveParagraphBefore("p1", "p2")), false)).toEqual(rows(state, false));
    expect(rows(after(state, moveParagraphBefore("p1", "n")), false).map(([, , words]) => words)).toEqual([
      "two^",
      "one",
      "a",
      "n: see",
    ]);
    expect(rows(after(state, moveParagraphBefore("p3", "p1")), false).map(([, , words]) => words)).toEqual([
      "two^",
      "one",
      "a",
      "n: see",
    ]);
    expect(moveParagraphBefore("n", "p1")(state)).toBe(false);
  });

  it("[ED11] a footnote stands where its reference puts it, and the caret goes there and back", () => {
    let number = 0;
    const insert = insertFootnote(() => `new${(number += 1)}`);
    const state = after(
      text(["op", 0, "one^a|, two^b"], ["footnote", 0, "a: see"], ["footnote", 0, "b: see"]),
      insert,
    );
    expect(rows(state)).toEqual([
      ["op", 0, "one^^, two^"],
      ["footnote", 0, "a: see"],
      ["footnote", 0, "|"],
      ["footnote", 0, "b: see"],
    ]);
    expect(ids(state)).toEqual(["p1", "a", "new1", "b"]);
    const back = after(state, followNote);
    expect(rows(back)[0]).toEqual(["op", 0, "one^^|, two^"]);
    expect(insert(state)).toBe(false);
    expect(rows(after(back, followNote))[2]).toEqual(["footnote", 0, "|"]);
  });

  it("[ED12] an empty text begins with the paragraph that its kind begins with", () => {
    expect(rows(after(text(), beginText("report")))).toEqual([["numbered", 0, "|"]]);
    expect(rows(after(text(), beginText("resolution")))).toEqual([["pp", 0, "|"]]);
    expect(beginText("statement")(text(["plain", 0, "x"]))).toBe(false);
  });
});

describe("find", () => {
  it("[ED13] counts the places whatever their case, goes round, and follows what is typed", () => {
    const state = text(["op", 0, "States and |STATES"], ["op", 0, "a State"]);
    expect(findPlaces(state.doc, "state")).toEqual([
      { from: 1, to: 6 },
      { from: 12, to: 17 },
      { from: 22, to: 27 },
    ]);
    let now = after(state, find("state"));
    expect(foundIn(now).current).toBe(1);
    now = after(now, findNext(1), findNext(1));
    expect(foundIn(now).current).toBe(0);
    expect([now.selection.from, now.selection.to]).toEqual([1, 6]);
    now = now.apply(now.tr.insertText("State, ", 1));
    expect(foundIn(now).places).toHaveLength(4);
    expect(foundIn(after(now, find(""))).places).toEqual([]);
    expect(findNext(1)(text(["op", 0, "|x"]))).toBe(false);
  });
});

describe("paragraphs that belong to another one", () => {
  /** What each paragraph is related to: "after p1", and "|" where the caret is. */
  function relations(state: EditorState): string[] {
    const found: string[] = [];
    state.doc.forEach((node, pos) => {
      const { relation, role, level } = attrsOf(node);
      const caret = state.selection.head === pos + 1 ? "|" : "";
      found.push(`${role}${level}${relation ? ` ${relation.kind} ${relation.to}` : ""}${caret}`);
    });
    return found;
  }

  it("[ED19] a new one stands behind it, its sub-paragraphs and those of its kind, and has the caret", () => {
    const state = text(["op", 0, "Decides|"], ["op", 1, "to meet"], ["op", 0, "Requests"]);
    expect(relations(after(state, insertRelated("after")))).toEqual(["op0", "op1", "op0 after p1|", "op0"]);
    const back = (tr: EditorState["tr"]) => tr.setSelection(TextSelection.create(tr.doc, 1));
    const toStart: Command = ({ tr }, dispatch) => (dispatch?.(back(tr)), true);
    const both = after(state, insertRelated("after"), toStart, insertRelated("alternative"));
    expect(relations(both)).toEqual(["op0", "op1", "op0 alternative p1|", "op0 after p1", "op0"]);
  });

  it("[ED19] of several the newest comes last, behind what belongs to the others", () => {
    const rows: readonly Row[] = [
      ["pp", 0, "Recalling|"],
      ["pp", 0, "Noting"],
      ["pp", 0, "Aware"],
      ["pp", 0, "Stressing"],
    ];
    const related = (to: number, kind: "after" | "alternative", by: string): Command => {
      return ({ tr }, dispatch) => {
        let pos = 0;
        for (let at = 0; at < to; at += 1) pos += tr.doc.child(at).nodeSize;
        dispatch?.(tr.setNodeAttribute(pos, "relation", { kind, to: by }));
        return true;
      };
    };
    const state = after(text(...rows), related(1, "alternative", "p1"), related(2, "after", "p2"));
    expect(relations(after(state, insertRelated("alternative")))).toEqual([
      "pp0",
      "pp0 alternative p1",
      "pp0 after p2",
      "pp0 alternative p1|",
      "pp0",
    ]);
  });

  it("[ED19] plain paragraphs and notes have none, and a relation can be ended", () => {
    for (const role of ["plain", "footnote"] as const) {
      const state = text([role, 0, "a: words|"]);
      expect(insertRelated("after")(state)).toBe(false);
    }
    const state = after(text(["op", 0, "Decides|"]), insertRelated("after"));
    expect(relations(after(state, endRelation))).toEqual(["op0", "op0|"]);
    expect(endRelation(text(["op", 0, "Decides|"]))).toBe(false);
  });
});
