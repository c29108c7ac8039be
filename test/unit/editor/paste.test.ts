import { EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { fitsOneEdit, pasteImported } from "#collab/client/editor/paste.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import type { Imported } from "#collab/read-words.ts";
import { attrsOf, textSchema } from "#collab/schema.ts";

function state(role: string, words: string, caret: number): EditorState {
  const doc = textSchema.node("doc", null, [
    textSchema.node("paragraph", { id: "p1", role }, words === "" ? [] : [textSchema.text(words)]),
    textSchema.node("paragraph", { id: "p2", role: "op" }, [textSchema.text("behind")]),
  ]);
  return EditorState.create({ doc, selection: TextSelection.create(doc, 1 + caret) });
}

function paste(before: EditorState, imported: Imported): EditorState {
  let number = 0;
  const tr = pasteImported(before, imported, () => `n${(number += 1)}`);
  return tr ? before.apply(tr) : before;
}

function rows(now: EditorState): string[] {
  const found: string[] = [];
  now.doc.forEach((node) => {
    let words = "";
    node.forEach((child) => {
      const marks = child.marks.map((mark) => mark.type.name[0]).join("");
      words += child.isText
        ? marks
          ? `<${marks}:${child.text}>`
          : child.text
        : `^${String(child.attrs["note"])}`;
    });
    found.push(`${attrsOf(node).role}${attrsOf(node).level} ${words}`);
  });
  return found;
}

describe("paste", () => {
  it("[ED14] words from a page take their italics along and join the paragraph they are pasted into", () => {
    const imported = readHtmlFile("<p>the <i>Charter</i></p>", "resolution");
    const now = paste(state("pp", "Recalling ,", 10), imported);
    expect(rows(now)).toEqual(["pp0 Recalling the <e:Charter>,", "op0 behind"]);
    expect(now.selection.head).toBe(1 + "Recalling the Charter".length);
  });

  it("[ED15] several paragraphs keep their roles and levels; the first and last join what is there", () => {
    const imported = readHtmlFile(
      "<p>1. Decides to meet;</p><p>(a) in May;</p><p>(b) in June</p>",
      "resolution",
    );
    expect(rows(paste(state("op", "Before after", 7), imported))).toEqual([
      "op0 Before Decides to meet;",
      "op1 in May;",
      "op1 in Juneafter",
      "op0 behind",
    ]);
    expect(rows(paste(state("plain", "", 0), imported))).toEqual([
      "op0 Decides to meet;",
      "op1 in May;",
      "op1 in June",
      "op0 behind",
    ]);
  });

  it("[ED16] footnotes come with their references, and inside a note everything is words", () => {
    const html =
      '<p>Noting the report<a href="#_ftn1" name="_ftnref1">[1]</a>;</p><p>Noting more</p>' +
      '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> A/75/816.</p></div>';
    const imported = readHtmlFile(html, "resolution");
    const now = paste(state("pp", "", 0), imported);
    expect(rows(now)).toEqual([
      "pp0 Noting the report^n1;",
      "pp0 Noting more",
      "op0 behind",
      "footnote0 A/75/816.",
    ]);
    const note = state("footnote", "See ", 4);
    expect(rows(paste(note, imported))[0]).toBe("footnote0 See Noting the report; Noting more");
  });

  it("[ED17] what is too long for one edit is for the import", () => {
    const long = readHtmlFile(`<p>${"x".repeat(15_000)}</p>`.repeat(4), "report");
    expect(fitsOneEdit(long)).toBe(false);
    expect(fitsOneEdit(readHtmlFile("<p>short</p>", "report"))).toBe(true);
  });
});
