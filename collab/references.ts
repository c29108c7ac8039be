/**
 * References from the words of one paragraph to another: they hold its id and say what it is called now. Of a paragraph
 * that is deleted they say what it was called last, which on paper is its own for good; before that it is what it would
 * be called if it stood in its place again.
 */
import type { Paragraph, TextDocument } from "./document.ts";
import { ENGLISH_LABEL_WORDS, labelsOf } from "./labels.ts";
import type { Label, LabelWords } from "./labels.ts";
import { compareOrder } from "./order.ts";

export type Reference = {
  /** What stands in the text: "OP3", "OP3 (deleted)". */
  readonly text: string;
  /** For a screen reader: "OP3, operative paragraph 3". Begins as what is seen, for those who give orders by voice. */
  readonly spoken: string;
  /** There is a paragraph to go to. */
  readonly isLive: boolean;
};

/** From the message catalogue, with "{label}". */
export type ReferenceWords = {
  readonly deleted: string;
  /** Of a deleted paragraph that had no label. */
  readonly deletedUnnamed: string;
  /** It leads to nothing in this text. */
  readonly unknown: string;
};

export const ENGLISH_REFERENCE_WORDS: ReferenceWords = {
  deleted: "{label} (deleted)",
  deletedUnnamed: "(deleted paragraph)",
  unknown: "(no such paragraph)",
};

/** Of a paragraph without a label its first words are said. */
const FIRST_WORDS = 40;

/** The first words of a paragraph, with "…" where there are more. */
export function firstWords(words: string): string {
  const said = words.trim().replaceAll(/\s+/g, " ");
  return said.length > FIRST_WORDS ? `${said.slice(0, FIRST_WORDS).trimEnd()}…` : said;
}

/** What a reference says. `label` is that of the paragraph, or its last; null where the text never had it. */
export function referenceTo(
  target: { readonly label: Label; readonly words: string; readonly isLive: boolean } | null,
  words: ReferenceWords = ENGLISH_REFERENCE_WORDS,
): Reference {
  if (target === null) return { text: words.unknown, spoken: words.unknown, isLive: false };
  const { label, isLive } = target;
  const own = label.short === "" ? firstWords(target.words) : label.short;
  const named = (text: string): Reference => {
    return { text, spoken: label.spoken === "" ? text : `${text}, ${label.spoken}`, isLive };
  };
  if (isLive) return own === "" ? referenceTo(null, words) : named(own);
  return named(own === "" ? words.deletedUnnamed : words.deleted.replace("{label}", () => own));
}

const wordsIn = ({ spans }: Paragraph): string =>
  spans.map((span) => (span.kind === "words" ? span.text : "")).join("");

/** The deleted paragraphs of a text that can be named: with words, or because others refer to them. */
export function deletedIn({ hidden, gone = [] }: TextDocument): readonly Paragraph[] {
  return gone.length === 0 ? hidden : [...hidden, ...gone];
}

/** The last labels of these deleted paragraphs, by id. */
export function lastLabels(
  document: TextDocument,
  ids: ReadonlySet<string>,
  words: LabelWords = ENGLISH_LABEL_WORDS,
): ReadonlyMap<string, Label> {
  const back = deletedIn(document).filter(({ id }) => ids.has(id));
  if (back.length === 0) return new Map();
  const paragraphs = [...document.paragraphs, ...back].toSorted(
    (a, b) => compareOrder(a.order, b.order) || compareOrder(a.id, b.id),
  );
  const labels = labelsOf({ ...document, paragraphs }, words);
  return new Map(back.flatMap(({ id }) => (labels.has(id) ? [[id, labels.get(id) ?? NO_LABEL]] : [])));
}

const NO_LABEL: Label = { short: "", within: "", place: "", number: "", spoken: "", told: "" };

/** Every reference in the live paragraphs of a text, by the id that it leads to; empty for most texts. */
export function referencesIn(
  document: TextDocument,
  labels: ReadonlyMap<string, Label>,
  words: { readonly labels?: LabelWords; readonly references?: ReferenceWords } = {},
): ReadonlyMap<string, Reference> {
  const targets = new Set<string>();
  for (const { spans } of document.paragraphs)
    for (const span of spans) if (span.kind === "reference") targets.add(span.to);
  if (targets.size === 0) return NONE;
  const live = new Map(document.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  const hidden = new Map(deletedIn(document).map((paragraph) => [paragraph.id, paragraph]));
  const last = lastLabels(document, targets, words.labels);
  return new Map(
    [...targets].map((id) => {
      const at = live.get(id);
      const gone = at ? undefined : hidden.get(id);
      const paragraph = at ?? gone;
      const label = (at ? labels : last).get(id) ?? NO_LABEL;
      const target = paragraph ? { label, words: wordsIn(paragraph), isLive: at !== undefined } : null;
      return [id, referenceTo(target, words.references)];
    }),
  );
}

const NONE: ReadonlyMap<string, Reference> = new Map();
