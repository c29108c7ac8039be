import { describe, expect, it } from "vitest";
import { numberedHtml } from "#app/components/text/numbered-lines.ts";
import { createAttribution } from "#collab/attribution.ts";
import { compareDocuments } from "#collab/compare.ts";
import { plainWords } from "#collab/document.ts";
import type { Paragraph, Span, TextDocument } from "#collab/document.ts";
import { exportHtml } from "#collab/export-html.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { labelsOf } from "#collab/labels.ts";
import { numbersOf } from "#collab/numbering.ts";
import { createPaperCache, paperDelta, paperParagraphs } from "#collab/paper.ts";
import { firstWords, referencesIn } from "#collab/references.ts";
import { frozenDocument, plainBody, statementBlocks } from "#collab/statement-words.ts";
import { hashInput } from "#collab/words.ts";

const MASTHEAD = {
  body: "",
  session: "",
  agendaItem: "",
  symbol: "",
  date: "",
  title: "",
  version: "",
  chainHead: "",
};

/** "Recalls {c} above": a reference to the paragraph c among words. */
function paragraph(id: string, words: string, more: Partial<Paragraph> = {}): Paragraph {
  let clock = 0;
  const spans = words.split(/(\{\w+\})/).flatMap((part): Span[] => {
    if (part === "") return [];
    const to = /^\{(\w+)\}$/.exec(part)?.[1];
    const length = to === undefined ? part.length : 1;
    const ids = [[id.charCodeAt(0), clock, length]] as const;
    clock += length;
    return [to === undefined ? { kind: "words", text: part, ids } : { kind: "reference", to, ids }];
  });
  return { id, role: "op", level: 0, relation: null, dir: "auto", order: id, spans, ...more };
}

function text(paragraphs: readonly Paragraph[], hidden: readonly Paragraph[] = []): TextDocument {
  const taken = hidden.flatMap(({ frozen }) => frozen ?? []);
  return { kind: "resolution", paragraphs, hidden, ...(taken.length > 0 ? { taken } : {}) };
}

const said = (document: TextDocument, to: string) => referencesIn(document, labelsOf(document)).get(to);

const a = paragraph("a", "Decides as in {c};");
const b = paragraph("b", "Requests more;");
const c = paragraph("c", "Invites all;");

describe("a reference to a paragraph", () => {
  it("[XR1] says what the paragraph is called now, wherever it stands", () => {
    expect(said(text([a, b, c]), "c")).toEqual({
      text: "OP3",
      spoken: "OP3, operative paragraph 3",
      isLive: true,
    });
    expect(said(text([c, a, b]), "c")?.text).toBe("OP1");
    expect(said(text([a, b, { ...c, role: "pp" }]), "c")?.text).toBe("PP1");
    expect(said(text([a, b, { ...c, relation: { kind: "after", to: "b" } }]), "c")?.text).toBe("OP2 bis");
  });

  it("[XR1] to a paragraph without a label says its first words", () => {
    const long = paragraph("c", `Words ${"and words ".repeat(9)}`, { role: "plain" });
    expect(said(text([a, long]), "c")?.text).toBe("Words and words and words and words and…");
    expect(firstWords("  two   words ")).toBe("two words");
  });

  it("[XR2] that is deleted says its last label and that it is deleted", () => {
    const first = text([a, c], [b]);
    expect(said({ ...first, paragraphs: [paragraph("a", "As in {b};"), c] }, "b")).toEqual({
      text: "OP2 (deleted)",
      spoken: "OP2 (deleted), operative paragraph 2",
      isLive: false,
    });
    // On paper it has that number for good, whatever comes in front of it.
    const numbers = numbersOf(text([a, b, c]), { anew: false });
    const frozen = (each: Paragraph): Paragraph => ({ ...each, frozen: numbers.get(each.id) ?? "" });
    const before = paragraph("Z", "Reaffirms {b};");
    expect(said(text([before, frozen(a), frozen(c)], [frozen(b)]), "b")?.text).toBe("OP2 (deleted)");
    const unnamed = paragraph("b", "{x}", { role: "plain" });
    expect(said(text([paragraph("a", "As in {b};")], [unnamed]), "b")?.text).toBe("(deleted paragraph)");
  });

  it("[XR2] that is not in the text says so, and leads nowhere", () => {
    const foreign = text([paragraph("a", "As in {zz};")]);
    expect(said(foreign, "zz")).toMatchObject({ text: "(no such paragraph)", isLive: false });
    const [paper] = paperParagraphs(foreign);
    expect(paper?.html).toContain('<span class="xref gone"><bdi>(no such paragraph)</bdi></span>');
  });

  it("[XR1] is a link on paper and in the file, and its label in plain words and in numbered lines", () => {
    const document = text([a, b, c]);
    const link = '<a class="xref" href="#p-c" aria-label="OP3, operative paragraph 3"><bdi>OP3</bdi></a>';
    expect(paperParagraphs(document)[0]?.html).toContain(`</i> as in ${link};`);
    expect(exportHtml(document, MASTHEAD)).toContain(link);
    expect(exportPlain(document, MASTHEAD)).toContain("Decides as in OP3;");
    expect(numberedHtml(document, "en")).toContain(" as in OP3;");
  });

  it("[XR1] [LB11] a delta of the paper has the paragraphs whose references say something else, and no others", () => {
    const cache = createPaperCache();
    const before = paperParagraphs(text([a, b, c]), { cache });
    const after = paperParagraphs(text([a, c]), { cache });
    expect(paperDelta(before, after)).toMatchObject({ removed: ["b"], set: [{ id: "a" }, { id: "c" }] });
    const gone = paperParagraphs(text([a, b], [c]), { cache });
    expect(paperDelta(before, gone)).toMatchObject({ removed: ["c"], set: [{ id: "a" }] });
    expect(gone[0]?.html).toContain("OP3 (deleted)");
  });

  it("[XR1] is told where two wordings are compared, each with the label that it had", () => {
    const attribution = createAttribution();
    const before = text([a, b, c]);
    const other = text([paragraph("a", "Decides as in {b};"), b, c]);
    const { rows } = compareDocuments({ a: before, b: other, carries: [], attribution });
    expect(rows[0]?.segments.map(({ kind, text: words }) => [kind, words])).toEqual([
      ["equal", "Decides as in "],
      ["del", "OP3"],
      ["ins", "OP2"],
      ["equal", ";"],
    ]);
  });

  it("[XR6] is no word, and is hashed by the place of its paragraph", () => {
    expect(plainWords(a)).toBe("Decides as in ;");
    const hash = hashInput(text([a, b, c]));
    expect(hash).toContain('{"paragraph":2}');
    expect(hashInput(text([paragraph("a", "Decides as in {b};"), b, c]))).not.toBe(hash);
    const renamed = text([
      paragraph("x", "Decides as in {z};"),
      paragraph("y", "Requests more;"),
      paragraph("z", "Invites all;"),
    ]);
    expect(hashInput(renamed)).toBe(hash);
  });

  it("[XR4] in a statement that is kept for good holds no id, and says nothing", () => {
    const kept = frozenDocument({ ...text([a, c]), kind: "statement" });
    expect(JSON.stringify(kept)).not.toContain('"to":"c"');
    expect(plainBody(statementBlocks(kept))).toBe("Decides as in ;\n\nInvites all;");
  });
});
