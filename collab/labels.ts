/**
 * What a paragraph is called. Labels are computed from kind, role, level, order and relations, never typed: moving a
 * paragraph renames it and everything behind it, for everybody alike, until numbers freeze; see `label-paths.ts`.
 */
import type { Convention, TextKind } from "./document.ts";
import { type LabelPath, type Mark, type Numbered, pathsOf, type Step } from "./label-paths.ts";
import type { Role } from "./model.ts";

export type Label = {
  /** Unique in the text, for lists and links: "PP1", "OP1 (a) (i)", "12 (b)", "II.A", "Annex I, 3", "note 4", or "". */
  readonly short: string;
  /** `short` without the annex it stands in: what the gutter shows. */
  readonly within: string;
  /** The annex it stands in ("Annex I"), or "". */
  readonly place: string;
  /** What stands before the paragraph in print: "1.", "(a)", "(i)", "II.", "A.", or "". */
  readonly number: string;
  /** For a screen reader: "operative paragraph 3, sub-paragraph a". */
  readonly spoken: string;
  /** What its marks mean: "alternative to PP6; second inserted after PP6 alt", or "". */
  readonly told: string;
};

/** What labels need to know of a paragraph; `Paragraph` has it, and so has the editor's own document. */
export type Labelled = Numbered & {
  readonly spans: readonly { readonly kind: string; readonly note?: string }[];
};

/** The words of the spoken form, from the message catalogue; English when none are given. */
export type LabelWords = {
  readonly pp: string;
  readonly op: string;
  readonly numbered: string;
  readonly recommendation: string;
  readonly sub: string;
  readonly heading: string;
  readonly annex: string;
  readonly note: string;
  readonly unreferenced: string;
  /** With "{label}" for what it was inserted after or would replace. */
  readonly after: string;
  readonly alternative: string;
  /** With "{nth}" too, for the second and those after it. */
  readonly nthAfter: string;
  readonly nthAlternative: string;
  /** Second, third and so on. */
  readonly nth: readonly string[];
  /** Of a new paragraph in front of all that had a number before it. */
  readonly before: string;
};

export const ENGLISH_LABEL_WORDS: LabelWords = {
  pp: "preambular paragraph",
  op: "operative paragraph",
  numbered: "paragraph",
  recommendation: "recommendation, paragraph",
  sub: "sub-paragraph",
  heading: "heading",
  annex: "annex",
  note: "note",
  unreferenced: "note without a reference",
  after: "inserted after {label}",
  alternative: "alternative to {label}",
  nthAfter: "{nth} inserted after {label}",
  nthAlternative: "{nth} alternative to {label}",
  nth: ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
  before: "inserted before the first",
};

const UNREFERENCED = "–";
const NO_LABEL: Label = { short: "", within: "", place: "", number: "", spoken: "", told: "" };

/** 1 → a, 26 → z, 27 → aa, as in sub-paragraphs; 0 stays 0. */
export function letters(n: number): string {
  if (n === 0) return "0";
  let rest = n;
  let out = "";
  while (rest > 0) {
    rest -= 1;
    out = String.fromCharCode(97 + (rest % 26)) + out;
    rest = Math.floor(rest / 26);
  }
  return out;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** 4 → iv; 0 stays 0. */
export function roman(n: number): string {
  if (n === 0) return "0";
  let rest = n;
  let out = "";
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      out += sign;
      rest -= value;
    }
  }
  return out;
}

const upperRoman = (n: number): string => roman(n).toUpperCase();

/** Depth 1 (a), 2 (i), 3 a., 4 i., 5 1): the order of the United Nations Editorial Manual, continued. */
function subNumber(depth: number, n: number): string {
  if (depth === 1) return `(${letters(n)})`;
  if (depth === 2) return `(${roman(n)})`;
  if (depth === 3) return `${letters(n)}.`;
  if (depth === 4) return `${roman(n)}.`;
  return `${n})`;
}

/** Headings of a report: I., A., 1., (a), (i), a. */
function headingNumber(depth: number, n: number): string {
  if (depth === 0) return `${upperRoman(n)}.`;
  if (depth === 1) return `${letters(n).toUpperCase()}.`;
  if (depth === 2) return `${n}.`;
  return subNumber(depth - 2, n);
}

/** Footnotes in the order of their first reference in the body. */
function noteNumbers(paragraphs: readonly Labelled[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const paragraph of paragraphs) {
    if (paragraph.role === "footnote") continue;
    for (const span of paragraph.spans) {
      if (span.kind === "note" && span.note !== undefined && !numbers.has(span.note)) {
        numbers.set(span.note, numbers.size + 1);
      }
    }
  }
  return numbers;
}

/** What follows a number when something stands behind it or for it: bis is the second, and so on. */
const LATIN =
  "bis ter quater quinquies sexies septies octies novies decies undecies duodecies terdecies quaterdecies quindecies sexdecies septdecies octodecies novodecies vicies".split(
    " ",
  );

function latin(n: number): string {
  return LATIN[n - 1] ?? `bis ${n + 1}`;
}

/** "bis", "alt", "alt 2"; where bis stands for alternatives, what is inserted has a capital letter. */
function markOf({ kind, n }: Mark, convention: Convention): string {
  if (convention === "alternative") return kind === "alternative" ? latin(n) : letters(n).toUpperCase();
  if (kind === "after") return latin(n);
  return n === 1 ? "alt" : `alt ${n}`;
}

/** "7 bis." and "(b) bis": the marks stand behind the number and before its full stop. */
function withMarks(number: string, { marks }: Step, convention: Convention): string {
  const stop = number.endsWith(".") ? "." : "";
  const bare = stop === "" ? number : number.slice(0, -1);
  return `${[bare, ...marks.map((mark) => markOf(mark, convention))].join(" ")}${stop}`;
}

const bare = (number: string): string => number.replace(/\.$/, "");

/** The numbers of a path as print has them, from the outermost level inwards. */
function numbersOf({ family, steps }: LabelPath, convention: Convention): string[] {
  return steps.map((step, depth) => {
    if (family === "annex") return withMarks(`Annex ${upperRoman(step.n)}`, step, convention);
    if (family === "heading") return withMarks(headingNumber(depth, step.n), step, convention);
    return withMarks(depth === 0 ? `${step.n}.` : subNumber(depth, step.n), step, convention);
  });
}

const PREFIX = { pp: "PP", op: "OP", numbered: "", heading: "", annex: "" } as const;

/** A path as it is called within its annex: "PP6 alt bis", "OP7 (b) (ii)", "15 bis", "II.A". */
function within(path: LabelPath, convention: Convention): string {
  const numbers = numbersOf(path, convention).map(bare);
  return `${PREFIX[path.family]}${numbers.join(path.family === "heading" ? "." : " ")}`;
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** What the marks of a path say in words: "alternative to PP6; second inserted after PP6 alt". */
function explain(path: LabelPath, convention: Convention, words: LabelWords): string {
  const [first, ...rest] = path.steps;
  const last = rest.pop() ?? first;
  const upTo = (marks: readonly Mark[]): string => {
    const [start = first, ...others] = [...path.steps.slice(0, -1), { ...last, marks }];
    return within({ ...path, steps: [start, ...others] }, convention);
  };
  const sentences = last.marks.map(({ kind, n }, at) => {
    const label = upTo(last.marks.slice(0, at));
    if (n === 1) return fill(kind === "after" ? words.after : words.alternative, { label });
    const nth = words.nth[n - 2] ?? `${n}.`;
    return fill(kind === "after" ? words.nthAfter : words.nthAlternative, { label, nth });
  });
  return [...(last.n === 0 ? [words.before] : []), ...sentences].join("; ");
}

/** "operative paragraph 3, sub-paragraph a bis". */
function speak(role: Role, path: LabelPath, numbers: readonly string[], words: LabelWords): string {
  if (path.family === "heading") return `${words.heading} ${numbers.map(bare).join(".")}`;
  if (path.family === "annex") {
    const { n, marks } = path.steps[0];
    return [words.annex, n, ...marks.map((mark) => markOf(mark, "inserted"))].join(" ");
  }
  const base = role === "pp" || role === "op" || role === "recommendation" ? words[role] : words.numbered;
  const subs = numbers.slice(1).map((number) => `, ${words.sub} ${bare(number).replaceAll(/[()]/g, "")}`);
  return `${base} ${bare(numbers[0] ?? "")}${subs.join("")}`;
}

function labelOf(role: Role, path: LabelPath, how: { convention: Convention; words: LabelWords }): Label {
  const { convention, words } = how;
  const numbers = numbersOf(path, convention);
  const label = within(path, convention);
  const spoken = speak(role, path, numbers, words);
  const told = explain(path, convention, words);
  const [number = ""] = path.family === "pp" && path.steps.length === 1 ? [] : numbers.slice(-1);
  if (path.annex === null) return { short: label, within: label, place: "", number, spoken, told };
  const annex: LabelPath = { annex: null, family: "annex", steps: [path.annex] };
  const place = within(annex, convention);
  const spokenPlace = speak("annex", annex, [place], words);
  return {
    short: `${place}, ${label}`,
    within: label,
    place,
    number,
    told,
    spoken: `${spokenPlace}, ${spoken}`,
  };
}

function noteLabel(n: number | undefined, words: LabelWords): Label {
  if (n !== undefined) {
    const spoken = `${words.note} ${n}`;
    return { short: `note ${n}`, within: `${n}`, place: "", number: `${n}`, spoken, told: "" };
  }
  const [short, spoken] = [UNREFERENCED, words.unreferenced];
  return { short, within: short, place: "", number: short, spoken, told: "" };
}

/** What of a text its labels depend on; a `TextDocument` has it. */
export type LabelledText = {
  readonly kind: TextKind;
  /** In reading order. */
  readonly paragraphs: readonly Labelled[];
  /** "inserted" when it is not said. */
  readonly convention?: Convention | undefined;
  /** Frozen paths of paragraphs that do not stand in the text any more. */
  readonly taken?: readonly string[] | undefined;
};

/**
 * Labels of the live paragraphs, by paragraph id. Headings are numbered in reports only; plain paragraphs have an empty
 * label. Rules LB1 to LB7 and LB12 to LB16.
 */
export function labelsOf(
  { kind, paragraphs, convention = "inserted", taken }: LabelledText,
  words: LabelWords = ENGLISH_LABEL_WORDS,
): ReadonlyMap<string, Label> {
  const notes = noteNumbers(paragraphs);
  const paths = pathsOf(kind, paragraphs, taken);
  return new Map(
    paragraphs.map(({ id, role }) => {
      if (role === "footnote") return [id, noteLabel(notes.get(id), words)];
      const path = paths.get(id);
      return [id, path ? labelOf(role, path, { convention, words }) : NO_LABEL];
    }),
  );
}
