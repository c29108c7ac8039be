/**
 * Accepting and rejecting suggestions: by the server alone, within one transaction that the caller opens. What was
 * decided is kept beside the suggestions, so that everybody knows which characters are the text's own by now.
 */
import type * as Y from "yjs";
import { joinRanges } from "#collab/id-ranges.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import { liveIds } from "#collab/projection.ts";
import { rangeSetOf, splitBy } from "#collab/range-set.ts";
import { eachRoot } from "#collab/roots.ts";
import type { RangeSet } from "#collab/range-set.ts";
import { rangeOf, runsOf } from "#collab/runs.ts";
import {
  GONE_PREFIX,
  marksOf,
  outKey,
  paragraphSuggestedBy,
  readSuggestions,
  suggestionMap,
  SUGGESTIONS,
  VERDICT_PREFIX,
} from "#collab/suggestions.ts";
import type { Suggested, Verdict } from "#collab/suggestions.ts";

/** One thing that a suggestion would change in a live paragraph. */
export type Change = {
  readonly suggestion: number;
  readonly paragraph: string;
} & (
  | { readonly kind: "in" | "out"; readonly offset: number; readonly roots: readonly IdRange[] }
  | { readonly kind: "paragraph" | "gone" }
);

/** Everything that is pending, in reading order; words that lie together are one change for each suggestion. */
export function changesOf(doc: Y.Doc, suggested: Suggested = readSuggestions(doc)): Change[] {
  const changes: Change[] = [];
  for (const paragraph of liveIds(doc)) {
    const by = paragraphSuggestedBy(doc, suggested, paragraph);
    const isRejected = suggested.rejectedParagraphs.has(paragraph);
    if (by !== null && !isRejected) changes.push({ kind: "paragraph", suggestion: by, paragraph });
    for (const { id, gone } of suggested.suggestions.values())
      if (gone.has(paragraph)) changes.push({ kind: "gone", suggestion: id, paragraph });
    const map = paragraphsOf(doc).get(paragraph);
    const text = map && wordsOf(map);
    if (text) changes.push(...wordsIn(suggested, paragraph, runsOf(text).map(rangeOf)));
  }
  return changes;
}

function wordsIn(suggested: Suggested, paragraph: string, ids: readonly IdRange[]): Change[] {
  const changes: Change[] = [];
  /** Changes that go on, with where they have come to. */
  const open = new Map<string, { end: number; roots: IdRange[] }>();
  let offset = 0;
  for (const run of marksOf(suggested, ids)) {
    const sayings: (readonly ["in" | "out", number])[] = run.out.map((by) => ["out", by]);
    if (run.in !== null) sayings.push(["in", run.in]);
    for (const [kind, suggestion] of sayings) {
      const known = open.get(`${kind}${suggestion}`);
      if (known?.end === offset) {
        known.end += run.length;
        known.roots.push(...run.roots);
        continue;
      }
      const roots = [...run.roots];
      open.set(`${kind}${suggestion}`, { end: offset + run.length, roots });
      changes.push({ kind, suggestion, paragraph, offset, roots });
    }
    offset += run.length;
  }
  return changes;
}

/** Takes ranges out of what suggestions would delete; by suggestion. */
function lift(doc: Y.Doc, suggested: Suggested, decided: ReadonlyMap<number, RangeSet>): void {
  for (const [id, set] of decided) {
    const entry = suggestionMap(doc, id);
    for (const range of suggested.suggestions.get(id)?.out ?? []) {
      const kept: IdRange[] = [];
      let clock = range[1];
      let isTouched = false;
      eachRoot(suggested.roots, range, (root) =>
        splitBy(set, root, (part, isIn) => {
          if (isIn) isTouched = true;
          else kept.push([range[0], clock, part[2]]);
          clock += part[2];
        }),
      );
      if (!isTouched) continue;
      entry?.delete(outKey(range));
      for (const rest of joinRanges(kept)) entry?.set(outKey(rest), rest[2]);
    }
  }
}

/** Takes characters out of every paragraph that holds them, hidden ones included: a merger would bring them back. */
function take(doc: Y.Doc, suggested: Suggested, doomed: RangeSet): Verdict["taken"] {
  const taken: [string, IdRange[]][] = [];
  if (doomed.size === 0) return taken;
  paragraphsOf(doc).forEach((map, id) => {
    const text = wordsOf(map);
    const cuts: { readonly offset: number; readonly id: IdRange }[] = [];
    for (const run of text ? runsOf(text) : []) {
      let { offset, clock } = run;
      eachRoot(suggested.roots, rangeOf(run), (root) =>
        splitBy(doomed, root, ([, , length], isIn) => {
          if (isIn) cuts.push({ offset, id: [run.client, clock, length] });
          offset += length;
          clock += length;
        }),
      );
    }
    for (const { offset, id: range } of cuts.toReversed()) text?.delete(offset, range[2]);
    if (cuts.length > 0) taken.push([id, joinRanges(cuts.map((cut) => cut.id))]);
  });
  return taken;
}

/**
 * Accepts or rejects what is pending. With a suggested paragraph goes what the same suggestion wrote in it; of a
 * rejected one the words of others stay, and the paragraph with them until they are gone too.
 * @param options.which of what is pending now: what somebody else decided a moment ago is not
 * @param options.id of this act, for the record of it
 * @returns what was decided; where that is nothing, nothing was written
 */
export function decide(
  doc: Y.Doc,
  {
    which,
    accepted,
    id,
  }: { readonly which: (change: Change) => boolean; readonly accepted: boolean; readonly id: string },
): readonly Change[] {
  const suggested = readSuggestions(doc);
  const pending = changesOf(doc, suggested);
  const paragraphs = pending.filter((change) => change.kind === "paragraph" && which(change));
  const chosen = pending.filter(
    (change) =>
      which(change) ||
      (change.kind === "in" &&
        paragraphs.some(
          ({ paragraph, suggestion }) => paragraph === change.paragraph && suggestion === change.suggestion,
        )),
  );
  if (chosen.length === 0) return chosen;
  const words = chosen.flatMap((change) => (change.kind === "in" ? change.roots : []));
  const out = new Map<number, IdRange[]>();
  for (const change of chosen)
    if (change.kind === "out")
      out.set(change.suggestion, [...(out.get(change.suggestion) ?? []), ...change.roots]);
  lift(doc, suggested, new Map([...out].map(([by, ranges]) => [by, rangeSetOf(ranges)])));
  const taken = take(doc, suggested, rangeSetOf(accepted ? [...out.values()].flat() : words));
  const gone: [number, string][] = [];
  const hidden = new Set<string>();
  for (const { kind, paragraph, suggestion } of chosen) {
    if (kind !== "gone") continue;
    suggestionMap(doc, suggestion)?.delete(GONE_PREFIX + paragraph);
    gone.push([suggestion, paragraph]);
    if (accepted) hidden.add(paragraph);
  }
  const rejected = accepted ? [] : paragraphs.map(({ paragraph }) => paragraph);
  if (!accepted)
    for (const each of emptied(doc, [...suggested.rejectedParagraphs, ...rejected])) hidden.add(each);
  for (const each of hidden) paragraphsOf(doc).get(each)?.set("deleted", true);
  const verdict: Verdict = {
    accepted,
    words: joinRanges(words),
    paragraphs: paragraphs.map(({ paragraph }) => paragraph),
    out: [...out],
    gone,
    taken,
    hidden: [...hidden],
  };
  doc.getMap(SUGGESTIONS).set(VERDICT_PREFIX + id, verdict);
  return chosen;
}

/** Of rejected paragraphs those that are shown and have no words left. */
function emptied(doc: Y.Doc, rejected: readonly string[]): string[] {
  return rejected.filter((id) => {
    const map = paragraphsOf(doc).get(id);
    return map && wordsOf(map)?.length === 0 && map.get("deleted") !== true;
  });
}
