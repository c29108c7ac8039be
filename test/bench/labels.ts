/** Labels and the tree of brackets of a whole text: worked out anew whenever paragraphs or glyphs change. */
import { bracketsOf } from "#collab/brackets.ts";
import type { Paragraph, Span, TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { MAX_PARAGRAPHS, type Relation } from "#collab/model.ts";
import { numbersOf } from "#collab/numbering.ts";
import { median, quantile, type Bench, type Figure } from "./row.ts";

const WARM_UP = 30;
const ROUNDS = 200;
const RELATIONS = 100;
const BRACKETS = 400;

type Size = { readonly paragraphs: number; readonly most: number };

/** The budget is that of a text of 600 paragraphs; the longest text that may be has it for so many more. */
const WHOLE: Size = { paragraphs: 600, most: 10 };
const LONGEST: Size = { paragraphs: MAX_PARAGRAPHS, most: 80 };

const nameOf = ({ paragraphs }: Size): string =>
  `labels and tree of brackets of ${paragraphs.toLocaleString("en")} paragraphs`;

function figureOf(size: Size): Figure {
  return {
    name: nameOf(size),
    unit: "ms",
    most: size.most,
    hasBaseline: false,
    workload: `A resolution of ${size.paragraphs} paragraphs and sub-paragraphs, ${RELATIONS} of them inserted after another one or alternatives to it, ${BRACKETS} brackets nested, crossing and over several paragraphs. All its numbers are frozen but that of one paragraph, new in the middle. Read as the server reads it, labels and brackets one after the other, ${ROUNDS} times after ${WARM_UP}: the median.`,
  };
}

/** As a paragraph stands in the text: every sixth is one of its own, the others are parts of it. */
const LEVELS = [0, 1, 2, 2, 1, 1];

function relationOf(at: number, size: Size): Relation {
  const every = Math.floor(size.paragraphs / RELATIONS);
  // To the paragraph of the same level six before it.
  if (at < 6 || at % every !== every - 1) return null;
  return { kind: at % 2 === 0 ? "after" : "alternative", to: `p${at - 6}` };
}

/** Four brackets for every so many paragraphs: two that nest, one that crosses them, one over the next paragraph. */
function spansOf(at: number, size: Size): Span[] {
  const every = Math.floor(size.paragraphs / (BRACKETS / 4));
  let clock = at * 1_000;
  const words = (text: string): Span => {
    const span = { kind: "words", text, ids: [[1, clock, text.length]] } as const;
    clock += text.length;
    return span;
  };
  const glyph = (name: string, side: "open" | "close"): Span => {
    clock += 1;
    return { kind: "bracket", bracket: name, side, ids: [[1, clock - 1, 1]] };
  };
  if (at % every === 1) return [words("further agreed"), glyph(`d${at - 1}`, "close"), words(" in plenary;")];
  if (at % every !== 0)
    return [words("Requests the Secretariat to maintain a register of points of contact;")];
  const [a, b, c, d] = [`a${at}`, `b${at}`, `c${at}`, `d${at}`];
  return [
    glyph(a, "open"),
    words("Requests "),
    glyph(b, "open"),
    words("the Secretariat"),
    glyph(b, "close"),
    glyph(c, "open"),
    words(" to maintain"),
    glyph(a, "close"),
    words(" a register"),
    glyph(c, "close"),
    glyph(d, "open"),
    words(";"),
  ];
}

/** The text as it stands after a version, with one paragraph more in its middle. */
function textOf(size: Size): TextDocument {
  const bare = Array.from({ length: size.paragraphs }, (_, at): Paragraph => {
    const role = at < size.paragraphs / 5 ? "pp" : "op";
    const level = LEVELS[at % LEVELS.length] ?? 0;
    const order = `a${String(at).padStart(6, "0")}`;
    const relation = relationOf(at, size);
    return { id: `p${at}`, role, level, relation, dir: "auto", order, spans: spansOf(at, size) };
  });
  const middle = bare[Math.floor(size.paragraphs / 2 / LEVELS.length) * LEVELS.length];
  const paper: TextDocument = {
    kind: "resolution",
    paragraphs: bare.filter((each) => each !== middle),
    hidden: [],
  };
  const numbers = numbersOf(paper, { anew: false });
  const paragraphs = bare.map((each) => {
    const frozen = numbers.get(each.id);
    return frozen === undefined ? each : { ...each, frozen };
  });
  const isNew = paragraphs.filter(({ frozen }) => frozen === undefined);
  if (isNew.length !== 1) throw new Error(`${isNew.length} paragraphs have no number on paper`);
  return { ...paper, paragraphs };
}

export const labels: Bench = {
  name: "labels",
  figures: [WHOLE, LONGEST].map(figureOf),
  async run({ say, note }) {
    for (const size of [WHOLE, LONGEST]) {
      const text = textOf(size);
      const took: number[] = [];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const start = performance.now();
        const named = new Set([...labelsOf(text).values()].map(({ short }) => short));
        const { brackets, lone } = bracketsOf(text);
        const ms = performance.now() - start;
        if (named.size !== size.paragraphs || brackets.length !== BRACKETS || lone.length > 0)
          throw new Error(`${named.size} labels, ${brackets.length} brackets, ${lone.length} glyphs alone`);
        if (round >= WARM_UP) took.push(ms);
      }
      say(`${nameOf(size)}: median ${median(took).toFixed(1)} ms, p99 ${quantile(took, 0.99).toFixed(1)} ms`);
      note(nameOf(size), { value: median(took) });
    }
  },
};
