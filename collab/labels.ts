/**
 * What a paragraph is called. Labels are computed from kind, role, level and order, never typed: moving a paragraph
 * renames it and everything behind it, for everybody alike.
 */
import type { TextKind } from "./document.ts";
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
};

/** What labels need to know of a paragraph; `Paragraph` has it, and so has the editor's own document. */
export type Labelled = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
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
};

const UNREFERENCED = "–";
const NO_LABEL: Label = { short: "", within: "", place: "", number: "", spoken: "" };

/** 1 → a, 26 → z, 27 → aa, as in sub-paragraphs. */
export function letters(n: number): string {
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

export function roman(n: number): string {
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
  if (depth === 0) return `${roman(n).toUpperCase()}.`;
  if (depth === 1) return `${letters(n).toUpperCase()}.`;
  if (depth === 2) return `${n}.`;
  return subNumber(depth - 2, n);
}

/**
 * Counts one family of paragraphs. Depth is counted from the levels above, not taken from the level itself: a
 * paragraph two levels below the one before it is its first sub-paragraph all the same, so no label occurs twice.
 */
class Outline {
  readonly #levels: number[] = [];
  readonly #counts: number[] = [];

  /** The counts from the outermost level to this paragraph, e.g. [3, 1] for 3 (a). */
  next(level: number): readonly number[] {
    while ((this.#levels.at(-1) ?? -1) >= level) this.#levels.pop();
    const depth = this.#levels.push(level) - 1;
    this.#counts[depth] = (this.#counts[depth] ?? 0) + 1;
    this.#counts.length = depth + 1;
    return this.#counts;
  }

  /** What follows belongs to no paragraph before it; counting goes on. */
  breakOff(): void {
    this.#levels.length = 0;
  }

  restart(): void {
    this.#levels.length = 0;
    this.#counts.length = 0;
  }
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

function counted(prefix: string, base: string, sub: string, path: readonly number[], place: Place): Label {
  const first = path[0] ?? 0;
  let within = `${prefix}${first}`;
  let spoken = `${base} ${first}`;
  let number = prefix === "PP" ? "" : `${first}.`;
  for (let depth = 1; depth < path.length; depth += 1) {
    number = subNumber(depth, path[depth] ?? 0);
    const bare = number.replace(/\.$/, "");
    within += ` ${bare}`;
    spoken += `, ${sub} ${bare.replace(/[()]/g, "")}`;
  }
  return placed(within, number, spoken, place);
}

type Place = { readonly label: string; readonly spoken: string };
const BODY: Place = { label: "", spoken: "" };

function placed(within: string, number: string, spoken: string, place: Place): Label {
  if (place.label === "") return { short: within, within, place: "", number, spoken };
  return {
    short: within && `${place.label}, ${within}`,
    within,
    place: place.label,
    number,
    spoken: spoken && `${place.spoken}, ${spoken}`,
  };
}

/**
 * Labels of the live paragraphs, by paragraph id. `paragraphs` are in reading order. Headings are numbered in
 * reports only; plain paragraphs have an empty label; relations do not count yet.
 */
export function labelsOf(
  kind: TextKind,
  paragraphs: readonly Labelled[],
  words: LabelWords = ENGLISH_LABEL_WORDS,
): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  const notes = noteNumbers(paragraphs);
  const pp = new Outline();
  const op = new Outline();
  const numbered = new Outline();
  const headings = new Outline();
  const counting = [pp, op, numbered];
  let annexes = 0;
  let place = BODY;

  for (const { id, role, level } of paragraphs) {
    switch (role) {
      case "pp":
        labels.set(id, counted("PP", words.pp, words.sub, pp.next(level), place));
        break;
      case "op":
        labels.set(id, counted("OP", words.op, words.sub, op.next(level), place));
        break;
      case "numbered":
      case "recommendation":
        labels.set(id, counted("", words[role], words.sub, numbered.next(level), place));
        break;
      case "heading": {
        for (const outline of counting) outline.breakOff();
        if (kind !== "report") {
          labels.set(id, NO_LABEL);
          break;
        }
        const path = headings.next(level);
        const numbers = path.map((n, depth) => headingNumber(depth, n));
        const within = numbers.map((number) => number.replace(/\.$/, "")).join(".");
        labels.set(id, placed(within, numbers.at(-1) ?? "", `${words.heading} ${within}`, place));
        break;
      }
      case "annex": {
        for (const outline of counting) outline.restart();
        headings.restart();
        annexes += 1;
        const label = `Annex ${roman(annexes).toUpperCase()}`;
        place = { label, spoken: `${words.annex} ${annexes}` };
        labels.set(id, { short: label, within: label, place: "", number: label, spoken: place.spoken });
        break;
      }
      case "footnote": {
        const n = notes.get(id);
        if (n === undefined) {
          const spoken = words.unreferenced;
          labels.set(id, {
            short: UNREFERENCED,
            within: UNREFERENCED,
            place: "",
            number: UNREFERENCED,
            spoken,
          });
        } else {
          const spoken = `${words.note} ${n}`;
          labels.set(id, { short: `note ${n}`, within: `${n}`, place: "", number: `${n}`, spoken });
        }
        break;
      }
      case "plain":
        labels.set(id, NO_LABEL);
        break;
      default:
        role satisfies never;
    }
  }
  return labels;
}
