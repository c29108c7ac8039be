/** The smallest difference between the words of a paragraph as they are and as they are wanted. */
import type * as Y from "yjs";
import type { Paragraph, Span } from "#collab/document.ts";
import { longestRising, matchTokens } from "#collab/compare/match.ts";
import { readingOf, tokensIn } from "#collab/compare/tokens.ts";
import { characterKey, idRangesOf, joinRanges } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import type { IdRange } from "#collab/model.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { isWord } from "#collab/words.ts";
import { tears } from "./gate-deletes.ts";

type Formats = { readonly em: boolean; readonly strong: boolean };
type Unit = Formats & {
  /** One UTF-16 unit; "" for a reference to a footnote. */
  readonly text: string;
  readonly note: string | null;
  readonly id: readonly [client: number, clock: number];
};

type Insert = {
  /** In the words as they are. */
  readonly at: number;
  readonly units: readonly Unit[];
};

export type WordsPlan = {
  readonly length: number;
  readonly deletes: readonly { readonly at: number; readonly length: number }[];
  readonly inserts: readonly Insert[];
  /** Formatting of kept characters, by their place in the wanted words. */
  readonly formats: readonly (Formats & { readonly at: number })[];
  /** Characters that stay. */
  readonly kept: readonly IdRange[];
};

/** Part of a carry record. */
export type CarriedWords = { readonly src: readonly IdRange[]; readonly dst: readonly IdRange[] };

function unitsOf(paragraph: Paragraph | null): Unit[] {
  const units: Unit[] = [];
  for (const span of paragraph?.spans ?? []) {
    let at = 0;
    const formats = {
      em: span.kind === "words" && span.em === true,
      strong: span.kind === "words" && span.strong === true,
    };
    for (const [client, clock, length] of span.ids) {
      for (let index = 0; index < length; index += 1, at += 1) {
        const id = [client, clock + index] as const;
        if (span.kind === "words") units.push({ ...formats, text: span.text[at] ?? "", note: null, id });
        else if (span.kind === "note") units.push({ ...formats, text: "", note: span.note, id });
      }
    }
  }
  return units;
}

function reads(a: Unit | undefined, b: Unit | undefined): boolean {
  return a !== undefined && b !== undefined && a.text === b.text && a.note === b.note;
}

function looks(a: Unit, b: Unit): boolean {
  return a.em === b.em && a.strong === b.strong;
}

function rootOf(roots: Roots, [client, clock]: readonly [number, number]): CharacterKey {
  let key = characterKey(client, clock);
  eachRoot(roots, [client, clock, 1], (root) => {
    key = characterKey(root[0], root[1]);
  });
  return key;
}

/** For each wanted unit the place of the unit that stays for it, or -1; places rise. */
function match(before: Paragraph | null, wanted: Paragraph, units: Units, roots: Roots): Int32Array {
  const { from, to } = units;
  const matches = new Int32Array(to.length).fill(-1);
  const byRoot = new Map<CharacterKey, number>();
  from.forEach((unit, at) => byRoot.set(rootOf(roots, unit.id), at));
  const places: number[] = [];
  const found: number[] = [];
  to.forEach((unit, at) => {
    const place = byRoot.get(rootOf(roots, unit.id));
    if (place === undefined || !reads(from[place], unit)) return;
    places.push(at);
    found.push(place);
  });
  for (const index of longestRising(found)) matches[places[index] ?? 0] = found[index] ?? -1;
  if (before) matchGaps(before, wanted, matches, from.length);
  keepPairsWhole(units, matches);
  return matches;
}

/** Words that were typed anew and read the same stay too. */
function matchGaps(before: Paragraph, wanted: Paragraph, matches: Int32Array, length: number): void {
  const [a, b] = [readingOf(before), readingOf(wanted)];
  const vocabulary = new Map<string, number>();
  let start = 0;
  let place = 0;
  for (let at = 0; at <= matches.length; at += 1) {
    const next = at < matches.length ? (matches[at] ?? -1) : length;
    if (next < 0) continue;
    if (at > start && next > place) {
      const left = tokensIn(a, place, next, vocabulary);
      const right = tokensIn(b, start, at, vocabulary);
      const tokens = matchTokens(left, right);
      const isWordAt = (index: number, token: number): boolean =>
        tokens[index] === token && isWord(left.texts[index] ?? "");
      tokens.forEach((token, index) => {
        // A space or a sign by itself is no word that stayed; beside one it is part of what was typed anew.
        const stays =
          token >= 0 &&
          (isWordAt(index, token) || isWordAt(index - 1, token - 1) || isWordAt(index + 1, token + 1));
        if (!stays) return;
        const text = left.texts[index] ?? "";
        for (let unit = 0; unit < text.length; unit += 1) {
          matches[(right.starts[token] ?? 0) + unit] = (left.starts[index] ?? 0) + unit;
        }
      });
    }
    start = at + 1;
    place = next + 1;
  }
}

type Units = { readonly from: readonly Unit[]; readonly to: readonly Unit[] };

function keepPairsWhole({ from, to }: Units, matches: Int32Array): void {
  for (let at = 0; at < to.length; at += 1) {
    const place = matches[at] ?? -1;
    if (place < 0) continue;
    const inPair = (units: readonly Unit[], index: number): number =>
      tears(`${units[index - 1]?.text ?? ""}${units[index]?.text ?? ""}`, 1)
        ? -1
        : tears(`${units[index]?.text ?? ""}${units[index + 1]?.text ?? ""}`, 1)
          ? 1
          : 0;
    const other = inPair(to, at);
    if (other !== inPair(from, place) || (other !== 0 && matches[at + other] !== place + other)) {
      matches[at] = -1;
      if (other !== 0) matches[at + other] = -1;
    }
  }
}

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
  const units: Units = { from: unitsOf(before), to: unitsOf(wanted) };
  const { from, to } = units;
  const isSame =
    from.length === to.length &&
    to.every((unit, at) => {
      const other = from[at];
      return other !== undefined && reads(other, unit) && looks(other, unit);
    });
  if (isSame) return null;
  const matches = match(before, wanted, units, roots);
  const deletes: { at: number; length: number }[] = [];
  const inserts: Insert[] = [];
  const formats: (Formats & { at: number })[] = [];
  const kept: IdRange[] = [];
  let start = 0;
  let place = 0;
  for (let at = 0; at <= to.length; at += 1) {
    const next = at < to.length ? (matches[at] ?? -1) : from.length;
    if (next < 0) continue;
    if (next > place) deletes.push({ at: place, length: next - place });
    if (at > start) inserts.push({ at: place, units: to.slice(start, at) });
    const [stays, unit] = [from[next], to[at]];
    if (stays && unit) {
      kept.push([stays.id[0], stays.id[1], 1]);
      if (!looks(stays, unit)) formats.push({ at, em: unit.em, strong: unit.strong });
    }
    start = at + 1;
    place = next + 1;
  }
  return { length: to.length, deletes, inserts, formats, kept: joinRanges(kept) };
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
  const insertAt = new Map(plan.inserts.map((insert) => [insert.at, insert.units]));
  const places = [...new Set([...deleteAt.keys(), ...insertAt.keys()])].sort((a, b) => b - a);
  for (const at of places) {
    const length = deleteAt.get(at) ?? 0;
    if (length > 0) text.delete(at, length);
    const units = insertAt.get(at);
    if (units) carried.push(...insertUnits(text, at, units, isElsewhere));
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
  at: number,
  units: readonly Unit[],
  isElsewhere: (client: number, clock: number) => boolean,
): CarriedWords[] {
  let offset = at;
  for (let index = 0; index < units.length;) {
    const unit = units[index];
    if (!unit) break;
    // Explicit attributes: nothing is inherited from the words beside it.
    const attributes = { ...(unit.em ? { em: true } : {}), ...(unit.strong ? { strong: true } : {}) };
    let words = unit.text;
    let next = index + 1;
    for (
      let same = units[next];
      unit.note === null && same && same.note === null && looks(same, unit);
      same = units[next]
    ) {
      words += same.text;
      next += 1;
    }
    if (unit.note === null) text.insert(offset, words, attributes);
    else text.insertEmbed(offset, { footnote: unit.note }, attributes);
    offset += next - index;
    index = next;
  }
  const made = idRangesOf(text, at, units.length);
  const src: IdRange[] = [];
  const dst: IdRange[] = [];
  let index = 0;
  for (const [client, clock, length] of made) {
    for (let step = 0; step < length; step += 1, index += 1) {
      const unit = units[index];
      if (!unit || isElsewhere(...unit.id)) continue;
      src.push([unit.id[0], unit.id[1], 1]);
      dst.push([client, clock + step, 1]);
    }
  }
  return src.length === 0 ? [] : [{ src: joinRanges(src), dst: joinRanges(dst) }];
}
