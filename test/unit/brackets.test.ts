import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bracketNumbers, bracketsOf, pairByNesting, wordsInside } from "#collab/brackets.ts";
import type { Paragraph, Span, TextDocument } from "#collab/document.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { countWords } from "#collab/words.ts";

/** "a {1 b }1 c": `{x` opens and `}x` closes the bracket x; the rest are words. */
function paragraph(id: string, source: string, role: Paragraph["role"] = "op"): Paragraph {
  const spans: Span[] = [];
  for (const part of source.split(/([{}]\w)/)) {
    const [sign = "", name = ""] = part;
    if (part === "") continue;
    if (/^[{}]\w$/.test(part))
      spans.push({ kind: "bracket", bracket: name, side: sign === "{" ? "open" : "close", ids: [[1, 0, 1]] });
    else spans.push({ kind: "words", text: part, ids: [[1, 0, part.length]] });
  }
  return { id, role, level: 0, relation: null, dir: "auto", order: id, spans };
}

function text(...sources: readonly string[]): TextDocument {
  const paragraphs = sources.map((source, at) => paragraph(`p${at}`, source));
  return { kind: "resolution", paragraphs, hidden: [] };
}

describe("reading brackets", () => {
  it("[BR1] numbers brackets by how deep they lie, across paragraphs", () => {
    const { brackets, lone } = bracketsOf(text("x {a y {b z }b", "w {c }c v }a"));
    expect(brackets.map(({ id, number, level, paragraphs }) => [id, number, level, paragraphs])).toEqual([
      ["a", 1, 0, ["p0", "p1"]],
      ["b", 2, 1, ["p0"]],
      ["c", 2, 1, ["p1"]],
    ]);
    expect(lone).toEqual([]);
  });

  it("[BR2] reads two that cross as neither within the other, with different numbers", () => {
    const document = text("{a one {b two }a three {c four }b five }c");
    const { brackets, byId } = bracketsOf(document);
    expect(brackets.map(({ id, number, level, crosses }) => [id, number, level, crosses])).toEqual([
      ["a", 1, 0, ["b"]],
      ["b", 2, 0, ["a", "c"]],
      ["c", 3, 0, ["b"]],
    ]);
    const b = byId.get("b");
    expect(b && wordsInside(document, b)).toBe(" two ] three [ four ");
  });

  it("[BR2] holds what stands between its glyphs also where a move has turned them round", () => {
    const document = text("one }a two", "three {a four");
    const [bracket] = bracketsOf(document).brackets;
    expect(bracket).toMatchObject({ id: "a", isTurned: true, number: 1, paragraphs: ["p0", "p1"] });
    expect(bracket && wordsInside(document, bracket)).toBe(" two\nthree ");
  });

  it("[BR3] names glyphs without a partner and those too many, and gives them no number", () => {
    const { brackets, lone } = bracketsOf(text("{a one {b }a {a", "}a two }c"));
    expect(brackets.map(({ id }) => id)).toEqual(["a"]);
    expect(lone.map(({ bracket, side, paragraph: of }) => [bracket, side, of])).toEqual([
      ["b", "open", "p0"],
      ["a", "open", "p0"],
      ["a", "close", "p1"],
      ["c", "close", "p1"],
    ]);
  });

  it("[BR4] counts brackets, bracketed words and clean paragraphs, as a whole and by section", () => {
    const paragraphs = [
      paragraph("p0", "one two {a three }a four"),
      paragraph("h1", "Heading", "heading"),
      paragraph("p1", "five {b six {c seven }c"),
      paragraph("p2", "eight nine"),
      paragraph("p3", "ten }b eleven"),
      paragraph("p4", "twelve"),
      paragraph("n1", "{d note }d", "footnote"),
    ];
    const numbers = bracketNumbers({ paragraphs });
    expect(numbers).toMatchObject({
      brackets: 3,
      words: 13,
      bracketedWords: 6,
      bracketedPercent: 46.2,
      bracketedParagraphs: 4,
      cleanParagraphs: 2,
    });
    expect(numbers.sections).toMatchObject([
      { heading: null, brackets: 1, words: 4, bracketedWords: 1, bracketedPercent: 25 },
      { heading: "h1", brackets: 2, words: 9, bracketedWords: 5, bracketedParagraphs: 3, cleanParagraphs: 2 },
    ]);
  });

  it("[BR11] is plain signs in plain text", () => {
    const masthead = { body: "", session: "", agendaItem: "", symbol: "", date: "", title: "T", version: "" };
    expect(exportPlain(text("{aone {btwo}b", "three}a"), { ...masthead, chainHead: "" })).toBe(
      "T\n\nOP1  [one [two]\n\nOP2  three]\n",
    );
  });

  it("[BR5] pairs what is pasted or imported by nesting and leaves out what has no partner", () => {
    expect(pairByNesting(["open", "open", "close", "close"])).toEqual([3, 2, 1, 0]);
    expect(pairByNesting(["close", "open", "open", "close"])).toEqual([null, null, 3, 2]);
    expect(pairByNesting([])).toEqual([]);
  });
});

/** Texts with any glyphs at all between their words. */
const documents = fc
  .array(
    fc.array(
      fc.oneof(
        fc.constantFrom("word ", "coun", "1,000 ", "don't ", "中文"),
        fc.tuple(fc.constantFrom("{", "}"), fc.constantFrom("a", "b", "c", "d")).map((sign) => sign.join("")),
      ),
      { maxLength: 12 },
    ),
    { maxLength: 5 },
  )
  .map((sources) => text(...sources.map((parts) => parts.join(""))));

describe("any text with brackets", () => {
  it("[BR1][BR3] makes of each glyph an end of one bracket, or names it as alone", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { brackets, lone } = bracketsOf(document);
        const glyphs = document.paragraphs
          .flatMap(({ spans }) => spans)
          .filter(({ kind }) => kind === "bracket");
        expect(brackets.length * 2 + lone.length).toBe(glyphs.length);
      }),
    );
  });

  it("[BR2] gives no two brackets that overlap the same number, and crosses both ways or neither", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { brackets, byId } = bracketsOf(document);
        const range = ({ open, close }: (typeof brackets)[number]): [number, number] => {
          const [a, b] = [open, close].map(({ index, offset }) => index * 1_000 + offset);
          return [Math.min(a ?? 0, b ?? 0), Math.max(a ?? 0, b ?? 0)];
        };
        for (const one of brackets)
          for (const other of brackets) {
            if (one === other) continue;
            const [a, b] = range(one);
            const [c, d] = range(other);
            if (a < d && c < b) expect(one.number).not.toBe(other.number);
            const crosses = (a < c && c < b && b < d) || (c < a && a < d && d < b);
            expect(one.crosses.includes(other.id)).toBe(crosses);
            expect(byId.get(other.id)?.crosses.includes(one.id)).toBe(crosses);
          }
      }),
    );
  });

  it("[BR4] counts every word once, inside or outside", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const numbers = bracketNumbers(document);
        const all = document.paragraphs.reduce(
          (sum, { spans }) =>
            sum + countWords(spans.map((span) => (span.kind === "words" ? span.text : "[")).join("")),
          0,
        );
        expect(numbers.bracketedWords).toBeLessThanOrEqual(numbers.words);
        // A glyph without a partner cuts a word for the eye, but is none of a bracket's ends.
        expect(numbers.words).toBe(all);
        expect(numbers.sections.reduce((sum, { words }) => sum + words, 0)).toBe(numbers.words);
      }),
    );
  });
});
