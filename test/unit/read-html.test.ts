import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextKind } from "#collab/document.ts";
import { MAX_PARAGRAPH_LENGTH, MAX_PARAGRAPHS } from "#collab/model.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import { readPlain } from "#collab/read-plain.ts";
import type { Imported, ImportedSpan } from "#collab/read-words.ts";

function words(spans: readonly ImportedSpan[]): string {
  return spans.map((span) => ("note" in span ? `{${span.note + 1}}` : span.text)).join("");
}

function told(imported: Imported): string[] {
  return imported.paragraphs.map(({ role, level, spans }) => `${role}${level || ""}: ${words(spans)}`);
}

const read = (html: string, kind: TextKind = "resolution"): string[] => told(readHtmlFile(html, kind));

describe("roles and levels", () => {
  it("[IM1] finds preambular and operative paragraphs by their opening words", () => {
    expect(
      read(`<p>The General Assembly,</p><p><i>Recalling</i> its resolution 75/240,</p>
        <p>Noting with concern the growing use of ransomware,</p><p><b>Decides</b> to meet;</p><p>Also requests a report.</p>`),
    ).toEqual([
      "plain: The General Assembly,",
      "pp: Recalling its resolution 75/240,",
      "pp: Noting with concern the growing use of ransomware,",
      "op: Decides to meet;",
      "op: Also requests a report.",
    ]);
  });

  it("[IM2] takes typed labels off and turns them into roles and levels", () => {
    expect(
      read(`<p>PP1 Recalling the Charter,</p><p>OP 3. Decides:</p><p>(a) To meet;</p><p>(b) To report:</p>
        <p>(i) Annually;</p><p>(ii) In writing;</p><p>4. Requests the Secretariat to act.</p><p>OP7 bis (a) To pay;</p>`),
    ).toEqual([
      "pp: Recalling the Charter,",
      "op: Decides:",
      "op1: To meet;",
      "op1: To report:",
      "op2: Annually;",
      "op2: In writing;",
      "op: Requests the Secretariat to act.",
      "op1: To pay;",
    ]);
  });

  it("[IM2] tells the ninth letter from the first roman figure", () => {
    const letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    const lines = ["1. Decides:", ...letters.map((letter) => `(${letter}) Item;`), "(i) Part;"];
    const levels = readHtmlFile(lines.map((line) => `<p>${line}</p>`).join(""), "resolution").paragraphs.map(
      (p) => p.level,
    );
    expect(levels).toEqual([0, ...letters.map(() => 1), 2]);
  });

  it("[IM1] reads a report: headings, numbered paragraphs, recommendations, an annex", () => {
    expect(
      read(
        `<h1>I. Introduction</h1><p>1. The Group met.</p><p>12. It agreed that:</p><p>(a) States report;</p>
         <h2>A. Threats</h2><p>Recommendation 3: States should share.</p><h1>Annex I</h1><p>1. Terms.</p><p>Unnumbered.</p>`,
        "report",
      ),
    ).toEqual([
      "heading: Introduction",
      "numbered: The Group met.",
      "numbered: It agreed that:",
      "numbered1: States report;",
      "heading1: Threats",
      "recommendation: States should share.",
      "annex: ",
      "numbered: Terms.",
      "plain: Unnumbered.",
    ]);
  });

  it("[IM1] nests lists into levels", () => {
    expect(
      read(
        "<ol><li>Decides:<ol><li>To meet;<ul><li>Twice;</li></ul></li></ol></li><li>Requests help.</li></ol>",
      ),
    ).toEqual(["op: Decides:", "op1: To meet;", "op2: Twice;", "op: Requests help."]);
    expect(read('<p>Decides:</p><ol type="a"><li>To meet;</li></ol>')).toEqual([
      "op: Decides:",
      "op1: To meet;",
    ]);
  });

  it("[IM1] leaves a statement as it is typed", () => {
    expect(read("<p>1. Recalling our view</p><p>(a) Decides</p>", "statement")).toEqual([
      "plain: 1. Recalling our view",
      "plain: (a) Decides",
    ]);
  });
});

describe("what word processors and pages write", () => {
  it("[IM3] reads Word: lists drawn by Word, footnotes, italics", () => {
    const imported = readHtmlFile(
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body><div class=WordSection1>
       <p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
       style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><i style='mso-bidi-font-style:normal'>Decides</i>
       to meet<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
       style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a> in 2027;<o:p></o:p></p>
       <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>(a)</span>To report;</p></div>
       <div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
       style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title="">[1]</a> See <i>A/79/214</i>.</p><p class=MsoFootnoteText>Second part.</p></div></div></body></html>`,
      "resolution",
    );
    expect(told(imported)).toEqual(["op: Decides to meet{1} in 2027;", "op1: To report;"]);
    expect(imported.paragraphs[0]?.spans[0]).toEqual({ text: "Decides", em: true });
    expect(imported.notes.map(words)).toEqual(["See A/79/214. Second part."]);
    expect(imported.warnings).toEqual([]);
  });

  it("[IM3] reads Google Docs: styles for bold and italics, footnotes", () => {
    const imported = readHtmlFile(
      `<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-style:italic;font-weight:400">Decides</span><span
       style="font-weight:700"> firmly</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> to meet;</p></b>
       <hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> See the report.</span></p></div>`,
      "resolution",
    );
    expect(imported.paragraphs[0]).toMatchObject({ role: "op", dir: "ltr" });
    expect(imported.paragraphs[0]?.spans).toEqual([
      { text: "Decides", em: true },
      { text: " firmly", strong: true },
      { note: 0 },
      { text: " to meet;" },
    ]);
    expect(imported.notes.map(words)).toEqual(["See the report."]);
  });

  it("[IM3] flattens tables row by row and says so", () => {
    const imported = readHtmlFile(
      "<table><tr><th>State</th><th>Date</th></tr><tr><td><p>Lumara</p></td><td>3 May</td></tr></table><img src=x>",
      "report",
    );
    expect(told(imported)).toEqual(["plain: State | Date", "plain: Lumara | 3 May"]);
    expect(imported.warnings.map(({ code, count }) => [code, count])).toEqual([
      ["table", 1],
      ["image", 1],
    ]);
  });

  it("[IM3] keeps struck words and says so", () => {
    const imported = readHtmlFile("<p>Decides <del>not</del> to meet;</p>", "resolution");
    expect(told(imported)).toEqual(["op: Decides not to meet;"]);
    expect(imported.warnings.map((warning) => warning.code)).toEqual(["struck"]);
  });

  it("[IM4] takes no script, style, link or hidden words, and keeps square brackets", () => {
    const imported = readHtmlFile(
      `<style>a{}</style><script>alert(1)</script><p onclick="x()">Decides [to meet] <a href="javascript:alert(1)">here</a><span style="display:none">hidden</span>;</p>`,
      "resolution",
    );
    expect(imported.paragraphs).toEqual([
      { role: "op", level: 0, dir: "auto", spans: [{ text: "Decides [to meet] here;" }] },
    ]);
  });

  it("[IM4] cleans spaces, invisible signs, direction overrides and halves of characters", () => {
    const imported = readHtmlFile(
      "<p>De\u00ADcides\u200B \u00A0 to\n\n\u202Emeet\u2066 \uD83D;</p>",
      "resolution",
    );
    expect(told(imported)).toEqual(["op: Decides to meet \uFFFD;"]);
  });

  it("[IM5] cuts what is too long into pieces, loses nothing and says so", () => {
    const long = "Decides to consider this matter further. ".repeat(1_200).trim();
    const imported = readHtmlFile(`<p>${long}</p>`, "resolution");
    expect(imported.paragraphs.length).toBe(3);
    for (const { spans } of imported.paragraphs)
      expect(words(spans).length).toBeLessThanOrEqual(MAX_PARAGRAPH_LENGTH);
    expect(imported.paragraphs.map(({ spans }) => words(spans)).join(" ")).toBe(long);
    expect(imported.warnings).toEqual([{ code: "cut", count: 3, words: long.slice(0, 60) }]);
  });

  it("[IM5] hands back what does not fit into one text", () => {
    const imported = readHtmlFile("<p>Decides;</p>".repeat(MAX_PARAGRAPHS + 7), "resolution");
    expect([imported.paragraphs.length, imported.rest.length]).toEqual([MAX_PARAGRAPHS, 7]);
    expect(imported.warnings.map(({ code, count }) => [code, count])).toEqual([["many", 7]]);
  });

  it("[IM5] reads 6,000 levels of nesting", () => {
    const imported = readHtmlFile(`${"<div><b><ul><li>".repeat(1_500)}Decides to meet;`, "resolution");
    expect(imported.paragraphs.map(({ spans, level }) => [words(spans), level])).toEqual([
      ["Decides to meet;", 5],
    ]);
  });

  const TAGS = [
    "p",
    "div",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "h1",
    "h3",
    "span",
    "blockquote",
    "pre",
    "a",
    "section",
    "sup",
  ];
  const html = fc.letrec<{ node: string; tree: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.stringMatching(/^[a-z]{2,9}[,;.]?$/).map((word) => ` zq${word} `),
      fc.constantFrom("<br>", "<hr>", "&nbsp;", "<!-- no -->", "<!--[if mso]>no<![endif]-->"),
      tie("tree"),
    ),
    tree: fc
      .tuple(
        fc.constantFrom(...TAGS),
        fc.constantFrom(
          "",
          ' style="mso-list:l0 level3 lfo1"',
          ' id="_ftn1"',
          ' href="#_ftn1"',
          ' data-role="op" data-level="9"',
          ' dir="rtl"',
        ),
        fc.array(tie("node"), { maxLength: 4 }),
      )
      .map(([tag, attributes, children]) => `<${tag}${attributes}>${children.join("")}</${tag}>`),
  })).tree;

  it("[IM5] never throws and keeps every visible word, in whatever order tags come", () => {
    fc.assert(
      fc.property(
        fc.array(html, { maxLength: 6 }),
        fc.constantFrom<TextKind>("resolution", "report", "statement"),
        (parts, kind) => {
          const source = parts.join("");
          const imported = readHtmlFile(source, kind);
          const expected = source.replaceAll(/<[^>]*>/g, " ").match(/zq[a-z]+/g) ?? [];
          const kept = [...imported.paragraphs.map((p) => p.spans), ...imported.notes].map(words).join(" ");
          const left = new Set(kept.match(/zq[a-z]+/g) ?? []);
          for (const word of expected) expect(left.has(word), `${word} in ${source}`).toBe(true);
          for (const { level } of imported.paragraphs) expect(level).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("[IM5] never throws on bytes that are no HTML", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff), { maxLength: 120 }).map((codes) => String.fromCharCode(...codes)),
        (bytes) => {
          readHtmlFile(bytes, "resolution");
          readHtmlFile(`<p ${bytes}>${bytes}<table><a href="#_ftn1">${bytes}`, "report");
          for (const { spans } of readPlain(bytes, "report").paragraphs)
            expect(words(spans).isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("plain text", () => {
  it("[IM6] joins wrapped lines, reads labels, and takes a section of notes off the end", () => {
    const imported = readPlain(
      "Recalling the\nCharter,\n\n1. Decides [to] meet;[1]\n(a) Twice a\nyear;\n\nNotes\n\n[1] See A/79/214.\n",
      "resolution",
    );
    expect(told(imported)).toEqual([
      "pp: Recalling the Charter,",
      "op: Decides [to] meet;{1}",
      "op1: Twice a year;",
    ]);
    expect(imported.notes.map(words)).toEqual(["See A/79/214."]);
  });

  it("[IM6] leaves [1] as typed words where no section of notes explains it", () => {
    expect(told(readPlain("Decides to meet;[1]\nRequests help.", "resolution"))).toEqual([
      "op: Decides to meet;[1]",
      "op: Requests help.",
    ]);
  });
});
