/** The smallest difference between the words of a paragraph as they are and as they are wanted. */
import * as Y from "yjs";
import type { Paragraph, Span } from "#collab/document.ts";
import { cutRanges, joinRanges } from "#collab/id-ranges.ts";
import type { IdRange } from "#collab/model.ts";
import { eachCarried } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { rangeOf, runsOf } from "#collab/runs.ts";
import { MAX_CARRY_RANGES } from "./limits.ts";
import { withoutThose } from "./restore-copies.ts";
import type { Covered } from "./restore-copies.ts";
import type { EachPart, Format, Step, WordsPlan } from "./restore-plan.ts";
import { areSame, embedOf, EM, matchUnits, STRONG, unitsOf } from "./restore-units.ts";
import type { Stay, Units } from "./restore-units.ts";

/** Part of a record of carried or copied words. */
export type CarriedWords = { readonly src: readonly IdRange[]; readonly dst: readonly IdRange[] };

/** What is to be recorded of words that came back. `copied`: the same words stand in another place. */
export type WrittenWords = { readonly carried: CarriedWords[]; readonly copied: CarriedWords[] };

/** Most paragraphs have not changed at all: that is seen without taking them apart. */
function readsTheSame(a: readonly Span[], b: readonly Span[]): boolean {
  return (
    a.length === b.length &&
    a.every((span, at) => {
      const other = b[at];
      if (span.kind === "words") {
        return (
          other?.kind === "words" &&
          span.text === other.text &&
          span.em === other.em &&
          span.strong === other.strong
        );
      }
      if (span.kind === "note") return other?.kind === "note" && span.note === other.note;
      if (span.kind === "reference") return other?.kind === "reference" && span.to === other.to;
      return other?.kind === "bracket" && span.bracket === other.bracket && span.side === other.side;
    })
  );
}

/**
 * Null when the paragraph already has these words with this formatting. Of `others`, which stay where they are, nothing
 * is kept here: two copies of one character would not both be left alone, so it comes in anew.
 */
export function planWords(
  now: Paragraph | null,
  paragraph: Paragraph,
  { roots, others }: { readonly roots: Roots; readonly others: Covered | null },
): WordsPlan | null {
  if (!others && readsTheSame(now?.spans ?? [], paragraph.spans)) return null;
  const before = unitsOf(now);
  const wanted = unitsOf(paragraph);
  if (!others && areSame(before, wanted)) return null;
  const matched = matchUnits(before, wanted, roots);
  const stays = others ? withoutThose(matched, before, { others, roots }) : matched;
  const steps: Step[] = [];
  let start = 0;
  let place = 0;
  let keep = 0;
  for (const next of [...stays, { at: wanted.text.length, place: before.text.length, length: 0 }]) {
    if (next.at > start || next.place > place) {
      steps.push({ keep, remove: next.place - place, from: start, to: next.at });
      keep = 0;
    }
    keep += next.length;
    start = next.at + next.length;
    place = next.place + next.length;
  }
  const formats = formatsIn(before, wanted, stays);
  return steps.length + formats.length > 0 ? { wanted, steps, formats, before, stays } : null;
}

function lookOf({ looks }: Units, at: number): number {
  return looks?.[at] ?? 0;
}

function formatsOf(looks: number): { readonly em: boolean; readonly strong: boolean } {
  return { em: (looks & EM) !== 0, strong: (looks & STRONG) !== 0 };
}

function formatsIn(before: Units, wanted: Units, stays: readonly Stay[]): Format[] {
  if (before.looks === null && wanted.looks === null) return [];
  const formats: Format[] = [];
  for (const { at, place, length } of stays) {
    for (let from = 0; from < length;) {
      const looks = lookOf(wanted, at + from);
      const isOther = (step: number): boolean =>
        lookOf(wanted, at + step) === looks && lookOf(before, place + step) !== looks;
      let to = from;
      while (to < length && isOther(to)) to += 1;
      if (to > from) formats.push({ at: at + from, length: to - from, ...formatsOf(looks) });
      from = Math.max(to, from + 1);
    }
  }
  return formats;
}

type Delta = {
  readonly retain?: number;
  readonly insert?: string | ReturnType<typeof embedOf>;
  readonly delete?: number;
  readonly attributes?: Readonly<Record<string, true>>;
};

/**
 * Writes a plan into the words, in one go from their beginning to their end, and returns what to record: wanted words
 * that came back, with their old and new ids. Words that stand in another place are copies: no record of carried words
 * may name them, or one of the two would be taken for too many.
 */
export function writeWords(text: Y.Text, plan: WordsPlan, eachPart: EachPart): WrittenWords {
  const { doc } = text;
  if (!doc) throw new Error("Words were to be restored in a paragraph that is in no text.");
  const delta: Delta[] = [];
  for (const { keep, remove, from, to } of plan.steps) {
    if (keep > 0) delta.push({ retain: keep });
    if (remove > 0) delta.push({ delete: remove });
    addInserts(delta, plan.wanted, from, to);
  }
  const clock = Y.getState(doc.store, doc.clientID);
  text.applyDelta(delta);
  const taken = Y.getState(doc.store, doc.clientID) - clock;
  const inserts = plan.steps.filter(({ from, to }) => to > from);
  const count = inserts.reduce((sum, { from, to }) => sum + to - from, 0);
  // Formatting takes ids as well, between those of the words.
  const all = taken === count ? [] : runsOf(text).map(rangeOf);
  const ids: readonly IdRange[] =
    taken === count
      ? [[doc.clientID, clock, count]]
      : inserts.flatMap(({ from, to }) => cutRanges(all, from, to));
  for (const { at, length, em, strong } of plan.formats) text.format(at, length, { em, strong });
  const sources = inserts.flatMap(({ from, to }) => cutRanges(plan.wanted.ids, from, to));
  return recordsOf({ src: sources, dst: ids }, eachPart);
}

/** Explicit attributes: nothing is inherited from the words beside it. */
function addInserts(delta: Delta[], units: Units, from: number, to: number): void {
  for (let at = from; at < to;) {
    const { em, strong } = formatsOf(lookOf(units, at));
    const attributes = { ...(em ? { em: true as const } : {}), ...(strong ? { strong: true as const } : {}) };
    const note = units.notes.get(at);
    const next = note === undefined ? endOfWords(units, at, to) : at + 1;
    delta.push({ insert: note === undefined ? units.text.slice(at, next) : embedOf(note), attributes });
    at = next;
  }
}

/** Up to where words look as at `at`, without a sign between. */
function endOfWords(units: Units, at: number, to: number): number {
  if (units.looks === null && units.notes.size === 0) return to;
  let next = at + 1;
  while (next < to && lookOf(units, next) === lookOf(units, at) && !units.notes.has(next)) next += 1;
  return next;
}

/** One record of each kind for all that came back in a paragraph, and another where that would be too long. */
function recordsOf(words: CarriedWords, eachPart: EachPart): WrittenWords {
  const carried: Ranges[] = [];
  const copied: Ranges[] = [];
  eachCarried(words, ([client, clock, length], sourceClient, sourceClock) => {
    eachPart([sourceClient, sourceClock, length], (offset, part, isElsewhere) => {
      const records = isElsewhere ? copied : carried;
      let last = records.at(-1);
      if (!last || last.src.length >= MAX_CARRY_RANGES) records.push((last = { src: [], dst: [] }));
      last.src.push([sourceClient, sourceClock + offset, part]);
      last.dst.push([client, clock + offset, part]);
    });
  });
  const joined = ({ src, dst }: Ranges): CarriedWords => ({ src: joinRanges(src), dst: joinRanges(dst) });
  return { carried: carried.map(joined), copied: copied.map(joined) };
}

type Ranges = { readonly src: IdRange[]; readonly dst: IdRange[] };
