/**
 * Suggestions: insertions and deletions that are not agreed to yet.
 *
 * A suggestion is the Yjs client number that writes it and nothing else: its first act is its own entry in
 * `doc.getMap("suggestions")`, under that number. What it inserts is what that number typed, and what it would delete
 * are the characters named by its keys `out:<client>:<clock>` = length; `gone:<paragraph>` would delete a paragraph.
 * A character that a split, a merger, an undo or a restoration has copied counts as the one that was typed first.
 * `verdict:<id>` beside the entries is the server's: what was accepted or rejected by one act; see `verdicts.ts`.
 */
import * as Y from "yjs";
import { isCarry } from "./carry.ts";
import type { Paragraph, Span, TextDocument } from "./document.ts";
import { joinRanges } from "./id-ranges.ts";
import { CARRY_PREFIX, COPY_PREFIX, paragraphsOf } from "./model.ts";
import type { Carry, IdRange } from "./model.ts";
import { rangeSetOf, splitBy } from "./range-set.ts";
import type { RangeSet } from "./range-set.ts";
import { eachRoot, rootsOf } from "./roots.ts";
import type { Roots } from "./roots.ts";

export const SUGGESTIONS = "suggestions";
const OUT_PREFIX = "out:";
export const GONE_PREFIX = "gone:";
export const VERDICT_PREFIX = "verdict:";

export type Suggestion = {
  /** The client number that writes it. */
  readonly id: number;
  readonly person: string;
  /** Null for officers. */
  readonly delegation: string | null;
  /** What it would delete, as it was written. */
  readonly out: readonly IdRange[];
  /** The same by the characters that were typed first. */
  readonly outRoots: RangeSet;
  /** Paragraphs that it would delete. */
  readonly gone: ReadonlySet<string>;
};

/** One act by which suggestions were accepted or rejected, with what it takes to take it back. */
export type Verdict = {
  readonly accepted: boolean;
  /** Suggested characters that it was about, as they were typed first. */
  readonly words: readonly IdRange[];
  /** Suggested paragraphs that it was about. */
  readonly paragraphs: readonly string[];
  /** Suggested deletions that it was about, by suggestion. */
  readonly out: readonly (readonly [suggestion: number, ranges: readonly IdRange[]])[];
  readonly gone: readonly (readonly [suggestion: number, paragraph: string])[];
  /** What it took out of which paragraphs, and which it hid. */
  readonly taken: readonly (readonly [paragraph: string, ids: readonly IdRange[]])[];
  readonly hidden: readonly string[];
};

export type Suggested = {
  readonly suggestions: ReadonlyMap<number, Suggestion>;
  readonly verdicts: readonly Verdict[];
  readonly accepted: RangeSet;
  readonly acceptedParagraphs: ReadonlySet<string>;
  readonly rejectedParagraphs: ReadonlySet<string>;
  readonly roots: Roots;
};

export type SuggestionMap = Y.Map<unknown>;

/** Named by the whole client number, so that no two can have one name. */
export function suggestionMap(doc: Y.Doc, id: number): SuggestionMap | null {
  const map = doc.getMap(SUGGESTIONS).get(String(id));
  return map instanceof Y.Map ? (map as SuggestionMap) : null;
}

export function outKey([client, clock]: IdRange): string {
  return `${OUT_PREFIX}${client}:${clock}`;
}

/** The characters that a key names; null for any other key or value. */
export function readOut(key: string, value: unknown): IdRange | null {
  const found = /^out:(0|[1-9]\d{0,9}):(0|[1-9]\d{0,15})$/.exec(key);
  if (!found || typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0) return null;
  return [Number(found[1]), Number(found[2]), value];
}

export function isVerdict(value: unknown): value is Verdict {
  return typeof value === "object" && value !== null && "accepted" in value && "hidden" in value;
}

/** The characters that were typed first, of any. */
function rootsOfRanges(roots: Roots, ranges: readonly IdRange[]): IdRange[] {
  const found: IdRange[] = [];
  for (const range of ranges) eachRoot(roots, range, (root) => found.push(root));
  return joinRanges(found);
}

/** Where carried characters came from, copies beside their originals included. */
function rootsIn(doc: Y.Doc): Roots {
  const carries: (Carry & { key: string })[] = [];
  paragraphsOf(doc).forEach((map) => {
    for (const key of map._map.keys()) {
      if (!key.startsWith(CARRY_PREFIX) && !key.startsWith(COPY_PREFIX)) continue;
      const value = map.get(key);
      if (isCarry(value)) carries.push({ from: value.from, src: value.src, dst: value.dst, key });
    }
  });
  return rootsOf(carries.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
}

/** Everything about suggestions that a text holds. An entry that is not the first act of its number is none. */
export function readSuggestions(doc: Y.Doc): Suggested {
  const roots = rootsIn(doc);
  const suggestions = new Map<number, Suggestion>();
  const verdicts: Verdict[] = [];
  const top = doc.getMap(SUGGESTIONS);
  for (const key of top.keys()) {
    const value = top.get(key);
    if (key.startsWith(VERDICT_PREFIX)) {
      if (isVerdict(value)) verdicts.push(value);
      continue;
    }
    const id = top._map.get(key)?.id;
    if (!(value instanceof Y.Map) || id?.clock !== 0 || String(id.client) !== key) continue;
    const out: IdRange[] = [];
    const gone = new Set<string>();
    value.forEach((each: unknown, name: string) => {
      const range = readOut(name, each);
      if (range) out.push(range);
      else if (name.startsWith(GONE_PREFIX)) gone.add(name.slice(GONE_PREFIX.length));
    });
    const [person, delegation]: unknown[] = [value.get("person"), value.get("delegation")];
    suggestions.set(id.client, {
      id: id.client,
      person: String(person),
      delegation: typeof delegation === "string" ? delegation : null,
      out,
      outRoots: rangeSetOf(rootsOfRanges(roots, out)),
      gone,
    });
  }
  const accepted = verdicts.filter((verdict) => verdict.accepted);
  const rejected = verdicts.filter((verdict) => !verdict.accepted);
  return {
    suggestions,
    verdicts,
    accepted: rangeSetOf(accepted.flatMap(({ words }) => words)),
    acceptedParagraphs: new Set(accepted.flatMap(({ paragraphs }) => paragraphs)),
    rejectedParagraphs: new Set(rejected.flatMap(({ paragraphs }) => paragraphs)),
    roots,
  };
}

/** Consecutive characters of which the same suggestions say the same. */
export type SuggestedRun = {
  readonly length: number;
  /** The suggestion that inserted them; null for the text's own words. */
  readonly in: number | null;
  /** The suggestions that would delete them, by number. */
  readonly out: readonly number[];
  readonly roots: readonly IdRange[];
};

/** What is suggested of some characters, in their order; the lengths add up to theirs. */
export function marksOf(suggested: Suggested, ids: readonly IdRange[]): SuggestedRun[] {
  const runs: { length: number; in: number | null; out: number[]; roots: IdRange[] }[] = [];
  const add = (root: IdRange, by: number | null, out: number[]): void => {
    const last = runs.at(-1);
    if (last?.in === by && last.out.join() === out.join()) {
      last.length += root[2];
      last.roots = joinRanges([...last.roots, root]);
    } else runs.push({ length: root[2], in: by, out, roots: [root] });
  };
  const deleting = [...suggested.suggestions.values()]
    .filter(({ out }) => out.length > 0)
    .toSorted((a, b) => a.id - b.id);
  const divide = (root: IdRange, by: number | null, at: number, out: number[]): void => {
    const suggestion = deleting[at];
    if (!suggestion) add(root, by, out);
    else
      splitBy(suggestion.outRoots, root, (part, isOut) =>
        divide(part, by, at + 1, isOut ? [...out, suggestion.id] : out),
      );
  };
  for (const range of ids)
    eachRoot(suggested.roots, range, (root) => {
      if (!suggested.suggestions.has(root[0])) divide(root, null, 0, []);
      else
        splitBy(suggested.accepted, root, (part, isAccepted) =>
          divide(part, isAccepted ? null : root[0], 0, []),
        );
    });
  return runs;
}

/** The suggestion that made a paragraph; null for one of the text's own. */
export function paragraphSuggestedBy(doc: Y.Doc, suggested: Suggested, id: string): number | null {
  const client = paragraphsOf(doc)._map.get(id)?.id.client;
  if (client === undefined || !suggested.suggestions.has(client)) return null;
  return suggested.acceptedParagraphs.has(id) ? null : client;
}

/** What of a span nobody suggested, or everybody agreed to. */
function withoutPending(suggested: Suggested, span: Span): Span[] {
  let text = "";
  const ids: IdRange[] = [];
  let at = 0;
  for (const range of span.ids) {
    let clock = range[1];
    for (const run of marksOf(suggested, [range])) {
      if (run.in === null) {
        if (span.kind === "words") text += span.text.slice(at, at + run.length);
        ids.push([range[0], clock, run.length]);
      }
      at += run.length;
      clock += run.length;
    }
  }
  if (ids.length === 0) return [];
  return [span.kind === "words" ? { ...span, text, ids: joinRanges(ids) } : span];
}

/**
 * The text as it would be if everything pending were rejected. A suggested paragraph stays where words stand in it that
 * nobody suggested.
 */
export function withoutSuggestions(doc: Y.Doc, suggested: Suggested, document: TextDocument): TextDocument {
  const paragraphs: Paragraph[] = [];
  for (const paragraph of document.paragraphs) {
    const spans = paragraph.spans.flatMap((span) => withoutPending(suggested, span));
    const isOwn = paragraphSuggestedBy(doc, suggested, paragraph.id) === null;
    if (isOwn || spans.length > 0) paragraphs.push({ ...paragraph, spans });
  }
  return { ...document, paragraphs };
}
