import * as fc from "fast-check";
import { parse } from "parse5";
import { describe, expect, it } from "vitest";
import { plainWords } from "#collab/document.ts";
import { exportHtml } from "#collab/export-html.ts";
import type { Masthead } from "#collab/export-html.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import { readPlain } from "#collab/read-plain.ts";
import { ANA, Draft } from "#test/support/draft.ts";

const MAST: Masthead = {
  body: "Standing Group on ICT Security",
  session: "First session",
  agendaItem: "Agenda item 5",
  symbol: "SIM/ICT/2027/CRP.2/Rev.1",
  date: "11 May 2027",
  title: "Assistance after ICT incidents",
  version: "Rev.1",
  chainHead: "ab12cd34",
};

function sample(): Draft {
  const draft = new Draft();
  draft.add(ANA, "plain", "The Standing Group,");
  draft.add(ANA, "pp", "Recalling its decision 2025/4,");
  const op = draft.add(ANA, "op", "Decides to establish [, on a voluntary basis,] a register;");
  draft.add(ANA, "op", "To name a contact;", { level: 1 });
  const note = draft.add(ANA, "footnote", "See A/79/214.");
  draft.refer(ANA, op, 20, note);
  return draft;
}

describe("a version as an HTML file", () => {
  it("[CP8] carries masthead, labels, brackets and footnotes, and nothing to fetch or run", () => {
    const html = exportHtml(sample().document(), MAST);
    for (const part of Object.values(MAST)) expect(html).toContain(part);
    for (const label of ["PP1", "OP1", "OP1 (a)"]) expect(html).toContain(`<bdi>${label}</bdi>`);
    expect(html).toContain('<bdi dir="ltr">SIM/ICT/2027/CRP.2/Rev.1</bdi>');
    expect(html).toContain("See A/79/214.");
    expect(html).not.toMatch(/<script|<link|src=|url\(|https?:/);
    expect(html).not.toContain('class="lines"');
  });

  it("[CP8] numbers every fifth line on request", () => {
    const html = exportHtml(sample().document(), MAST, { lineNumbers: true });
    expect(html).toMatch(/<pre class="lines" aria-hidden="true">\n\n\n\n5\n\n\n\n\n10\n/);
  });

  it("[CP8] is set from right to left for Arabic", () => {
    expect(exportHtml(sample().document(), MAST, { lang: "ar" })).toContain('<html lang="ar" dir="rtl">');
  });

  it("[CP8] is read back with the same roles, levels, words and notes", () => {
    const document = sample().document();
    const imported = readHtmlFile(exportHtml(document, { ...MAST, chainHead: "" }), "resolution");
    const body = imported.paragraphs.slice(-4);
    expect(body.map(({ role, level }) => [role, level])).toEqual([
      ["plain", 0],
      ["pp", 0],
      ["op", 0],
      ["op", 1],
    ]);
    const words = body.map(({ spans }) => spans.map((span) => ("note" in span ? "" : span.text)).join(""));
    expect(words).toEqual(document.paragraphs.slice(0, 4).map(plainWords));
    expect(imported.notes).toEqual([[{ text: "See A/79/214." }]]);
  });

  it("[CP9] escapes whatever anybody typed, in the text and in the masthead", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 40 }),
        fc.constantFrom("</style><script>", '"><img src=x onerror=y>', "&lt;b&gt;"),
        (words, evil) => {
          const typed = `${evil}${words}`.replaceAll(/[\r\0]/g, "");
          const draft = new Draft();
          draft.add(ANA, "op", typed);
          const mast = Object.fromEntries(Object.keys(MAST).map((key) => [key, typed])) as Masthead;
          const html = exportHtml(draft.document(), mast, { lang: typed });
          const names = new Set<string>();
          const nodes: { nodeName: string; childNodes?: unknown[] }[] = [parse(html)];
          for (let node = nodes.pop(); node; node = nodes.pop()) {
            names.add(node.nodeName);
            nodes.push(...((node.childNodes ?? []) as typeof nodes));
          }
          for (const name of ["script", "img", "b"]) expect(names.has(name), html).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a version as plain text", () => {
  it("[CP10] carries labels, brackets, and the footnotes at the end", () => {
    expect(exportPlain(sample().document(), MAST)).toBe(
      `Standing Group on ICT Security
First session
Agenda item 5
SIM/ICT/2027/CRP.2/Rev.1
11 May 2027
Assistance after ICT incidents, Rev.1

The Standing Group,

PP1  Recalling its decision 2025/4,

OP1  Decides to establish{1} [, on a voluntary basis,] a register;

  OP1 (a)  To name a contact;

Notes

{1}  See A/79/214.

ab12cd34
`,
    );
  });

  it("[CP10] wraps at the width asked for and keeps every word", () => {
    const draft = new Draft();
    draft.add(
      ANA,
      "op",
      "Decides to establish a register of technical teams able to assist. ".repeat(8).trim(),
    );
    const plain = exportPlain(draft.document(), MAST, { width: 60 });
    for (const line of plain.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    expect(plain.replaceAll(/\s+/g, " ")).toContain(draft.words("p1"));
  });

  it("[CP10] is read back with the same roles and words", () => {
    const document = sample().document();
    const plain = exportPlain(document, { ...MAST, chainHead: "" });
    const imported = readPlain(plain, "resolution");
    const words = imported.paragraphs.map(({ spans }) =>
      spans.map((span) => ("note" in span ? "" : span.text)).join(""),
    );
    expect(words.slice(-4)).toEqual(document.paragraphs.slice(0, 4).map(plainWords));
    expect(imported.paragraphs.slice(-3).map(({ role, level }) => [role, level])).toEqual([
      ["pp", 0],
      ["op", 0],
      ["op", 1],
    ]);
    expect(imported.notes).toEqual([[{ text: "See A/79/214." }]]);
  });
});
