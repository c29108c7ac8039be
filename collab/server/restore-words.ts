/** The smallest difference between the words of a paragraph as they are and as they are wanted. */
import type * as Y from "yjs";
import type { Paragraph, Span } from "#collab/document.ts";
import { idRangesOf, joinRanges } from "#collab/id-ranges.ts";
import type { IdRange } from "#collab/model.ts";
import type { Roots } from "#collab/roots.ts";
import { areSame, EM, matchUnits, STRONG, unitsOf } from "./restore-units.ts";
import type { Units } from "./restore-units.ts";

type Formats = { readonly em: boolean; readonly strong: boolean };

type Insert = {
  /** In the words as they are. */
  readonly at: number;
  /** Wanted units from and up to these places. */
  readonly from: number;
  readonly to: number;
};

export type WordsPlan = {
  readonly wanted: Units;
  readonly deletes: readonly { readonly at: number; readonly length: number }[];
  readonly inserts: readonly Insert[];
  /** Formatting of kept characters, by their place in the wanted words. */
  readonly formats: readonly (Formats & { readonly at: number })[];
  /** Characters that stay. */
  readonly kept: readonly IdRange[];
};

/** Part of a carry record. */
export type CarriedWords = { readonly src: readonly IdRange[]; readonly dst: readonly IdRange[] };

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
      return span.kind === "note" && other?.kind === "note" && span.note === other.note;
    })
  );
}

/** Null when the paragraph already has these words with this formatting. */
export function planWords(before: Paragraph | null, wanted: Paragraph, roots: Roots): WordsPlan | null {
  if (readsTheSame(before?.spans ?? [], wanted.spans)) return null;
  const from = unitsOf(before);
  const to = unitsOf(wanted);
  if (areSame(from, to)) return null;
  const matches = matchUnits({ before, wanted, from, to }, roots);
  const deletes: { at: number; length: number }[] = [];
  const inserts: Insert[] = [];
  const formats: (Formats & { at: number })[] = [];
  const kept: IdRange[] = [];
  let run: [number, number, number] = [-1, 0, 0];
  let start = 0;
  let place = 0;
  for (let at = 0; at <= matches.length; at += 1) {
    const next = at < matches.length ? (matches[at] ?? -1) : from.text.length;
    if (next < 0) continue;
    if (next > place) deletes.push({ at: place, length: next - place });
    if (at > start) inserts.push({ at: place, from: start, to: at });
    if (at < matches.length) {
      const client = from.clients[next] ?? 0;
      const clock = from.clocks[next] ?? 0;
      if (run[0] === client && run[1] + run[2] === clock) run[2] += 1;
      else kept.push((run = [client, clock, 1]));
      const looks = to.looks[at] ?? 0;
      if (looks !== from.looks[next]) formats.push({ at, ...formatsOf(looks) });
    }
    start = at + 1;
    place = next + 1;
  }
  return { wanted: to, deletes, inserts, formats, kept };
}

function formatsOf(looks: number): Formats {
  return { em: (looks & EM) !== 0, strong: (looks & STRONG) !== 0 };
}

/**
 * Writes a plan into the words and returns what to record: wanted words that came back, with their old and new ids.
 * Words for which `isElsewhere` says that they stand in another place are copies and get no record.
 */
export function writeWords(
  text: Y.Text,
  plan: WordsPlan,
  isElsewhere: (client: number, clock: number) => boolean,
): CarriedWords[] {
  const carried: CarriedWords[] = [];
  const deleteAt = new Map(plan.deletes.map(({ at, length }) => [at, length]));
  const insertAt = new Map(plan.inserts.map((insert) => [insert.at, insert]));
  const places = [...new Set([...deleteAt.keys(), ...insertAt.keys()])].sort((a, b) => b - a);
  for (const at of places) {
    const length = deleteAt.get(at) ?? 0;
    if (length > 0) text.delete(at, length);
    const insert = insertAt.get(at);
    if (insert) carried.push(...insertUnits(text, plan.wanted, insert, isElsewhere));
  }
  for (let index = 0; index < plan.formats.length;) {
    const first = plan.formats[index];
    if (!first) break;
    let length = 1;
    for (let next = plan.formats[index + length]; next; next = plan.formats[index + length]) {
      if (next.at !== first.at + length || next.em !== first.em || next.strong !== first.strong) break;
      length += 1;
    }
    text.format(first.at, length, { em: first.em, strong: first.strong });
    index += length;
  }
  return carried;
}

function insertUnits(
  text: Y.Text,
  wanted: Units,
  { at, from, to }: Insert,
  isElsewhere: (client: number, clock: number) => boolean,
): CarriedWords[] {
  let offset = at;
  for (let index = from; index < to;) {
    const looks = wanted.looks[index] ?? 0;
    const { em, strong } = formatsOf(looks);
    // Explicit attributes: nothing is inherited from the words beside it.
    const attributes = { ...(em ? { em: true } : {}), ...(strong ? { strong: true } : {}) };
    const note = wanted.notes.get(index);
    let next = index + 1;
    if (note === undefined) {
      while (next < to && wanted.looks[next] === looks && !wanted.notes.has(next)) next += 1;
      text.insert(offset, wanted.text.slice(index, next), attributes);
    } else {
      text.insertEmbed(offset, { footnote: note }, attributes);
    }
    offset += next - index;
    index = next;
  }
  const src: IdRange[] = [];
  const dst: IdRange[] = [];
  let index = from;
  for (const [client, clock, length] of idRangesOf(text, at, to - from)) {
    for (let step = 0; step < length; step += 1, index += 1) {
      const [oldClient = 0, oldClock = 0] = [wanted.clients[index], wanted.clocks[index]];
      if (isElsewhere(oldClient, oldClock)) continue;
      src.push([oldClient, oldClock, 1]);
      dst.push([client, clock + step, 1]);
    }
  }
  return src.length === 0 ? [] : [{ src: joinRanges(src), dst: joinRanges(dst) }];
}
