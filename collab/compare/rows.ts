/** The rows of one group of paragraphs that belong together, with their words aligned. */
import type { Label } from "#collab/labels.ts";
import type { IdRange } from "#collab/model.ts";
import type { Group } from "./align.ts";
import type { Segment, Side } from "./comparison.ts";
import { hunksOf } from "./hunks.ts";
import type { Hunk } from "./hunks.ts";
import { matchTokens } from "./match.ts";
import { differingStretches } from "./stretches.ts";
import { idsBetween, NOTE_SIGN, readsLike, tokensIn, without } from "./tokens.ts";
import type { Reading, Tokens, Vocabulary } from "./tokens.ts";

export type Labels = ReadonlyMap<string, Label>;

/** A replacement of words, before it has a number. */
export type WordChange = {
  removed: string;
  inserted: string;
  /** Only space at the seam of a split or merger: belongs to that. */
  readonly seam: boolean;
  readonly onlyA: readonly IdRange[];
  readonly onlyB: readonly IdRange[];
};

type DraftSegment = Omit<Segment, "no"> & { text: string; readonly change: WordChange | null };
export type DraftRow = {
  readonly a: Side | null;
  readonly b: Side | null;
  readonly segments: DraftSegment[];
};

type SideTokens = Tokens & {
  readonly readings: readonly Reading[];
  /** For each token, which of `readings` it stands in. */
  readonly parts: readonly number[];
};

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Of what a sign in the words leads to: the number of a footnote, or what a paragraph is called. */
function signOf(note: string, labels: Labels): string {
  const number = labels.get(note)?.number ?? "–";
  return note.startsWith("@") ? number : number.replace(/\d/g, (digit) => RAISED[Number(digit)] ?? digit);
}

export function sideOf(reading: Reading, labels: Labels, part: boolean): Side {
  const { id, role, level, dir } = reading.paragraph;
  return { id, label: labels.get(id)?.short ?? "", role, level, dir, part };
}

/** Adds words to a row, apart from the words before when they are of another kind. */
function add(
  row: DraftRow,
  piece: Pick<DraftSegment, "kind" | "text" | "change" | "atA" | "atB">,
  note: string | undefined,
  labels: Labels,
): void {
  if (note !== undefined) {
    row.segments.push({ ...piece, text: signOf(note, labels), note });
    return;
  }
  const last = row.segments.at(-1);
  if (last && last.kind === piece.kind && last.change === piece.change && last.note === undefined) {
    last.text += piece.text;
  } else row.segments.push({ ...piece });
}

/** Adds a stretch of a paragraph as words of one kind; `atA` and `atB` are its places on both sides. */
function addStretch(
  row: DraftRow,
  kind: Segment["kind"],
  stretch: {
    readonly reading: Reading;
    readonly from: number;
    readonly to: number;
    readonly atA: number;
    readonly atB: number;
  },
  labels: Labels,
): void {
  const { reading, from, to, atA, atB } = stretch;
  let next = from;
  const words = (until: number): void => {
    const places = { atA: atA + next - from, atB: atB + next - from };
    const text = reading.text.slice(next, until);
    if (text !== "") add(row, { kind, text, change: null, ...places }, undefined, labels);
  };
  for (const [at, note] of reading.notes) {
    if (at < from || at >= to) continue;
    words(at);
    const places = { atA: atA + at - from, atB: atB + at - from };
    add(row, { kind, text: NOTE_SIGN, change: null, ...places }, note, labels);
    next = at + 1;
  }
  words(to);
}

/** A whole paragraph as one kind of words. */
export function wholeRow(
  reading: Reading,
  kind: Segment["kind"],
  sides: { readonly a: Side | null; readonly b: Side | null },
  labels: Labels,
): DraftRow {
  const row: DraftRow = { ...sides, segments: [] };
  addStretch(row, kind, { reading, from: 0, to: reading.text.length, atA: 0, atB: 0 }, labels);
  return row;
}

function joinTokens(readings: readonly Reading[], vocabulary: Vocabulary): SideTokens {
  const joined = {
    texts: [] as string[],
    keys: [] as number[],
    starts: [] as number[],
    parts: [] as number[],
  };
  for (const [part, reading] of readings.entries()) {
    const tokens = tokensIn(reading, 0, reading.text.length, vocabulary);
    for (const [at, text] of tokens.texts.entries()) {
      joined.texts.push(text);
      joined.keys.push(tokens.keys[at] ?? -1);
      joined.starts.push(tokens.starts[at] ?? 0);
      joined.parts.push(part);
    }
  }
  return { ...joined, readings };
}

function sideTokens(reading: Reading, from: number, to: number, vocabulary: Vocabulary): SideTokens {
  const tokens = tokensIn(reading, from, to, vocabulary);
  return { ...tokens, readings: [reading], parts: tokens.texts.map(() => 0) };
}

function idsOf(tokens: SideTokens, from: number, to: number): IdRange[] {
  const ranges: IdRange[] = [];
  let at = from;
  while (at < to) {
    const part = tokens.parts[at] ?? 0;
    let stop = at + 1;
    while (stop < to && tokens.parts[stop] === part) stop += 1;
    const last = stop - 1;
    const reading = tokens.readings[part];
    if (reading) {
      const end = (tokens.starts[last] ?? 0) + (tokens.texts[last]?.length ?? 0);
      ranges.push(...idsBetween(reading.paragraph, tokens.starts[at] ?? 0, end));
    }
    at = stop;
  }
  return ranges;
}

function wordChange(a: SideTokens, b: SideTokens, hunk: Hunk): WordChange {
  const gone = idsOf(a, hunk.a0, hunk.a1);
  const come = idsOf(b, hunk.b0, hunk.b1);
  const many = a.readings.length > 1 ? a : b;
  const [from, to] = many === a ? [hunk.a0, hunk.a1] : [hunk.b0, hunk.b1];
  const texts = [...a.texts.slice(hunk.a0, hunk.a1), ...b.texts.slice(hunk.b0, hunk.b1)];
  const seam =
    many.readings.length > 1 &&
    texts.every((text) => text.trim() === "") &&
    many.parts[Math.max(0, from - 1)] !== many.parts[Math.min(many.parts.length - 1, to)];
  return { removed: "", inserted: "", seam, onlyA: without(gone, come), onlyB: without(come, gone) };
}

/** Writes the tokens of both sides into rows, one row for each part of the side that has several. */
function writeRows(
  rows: readonly DraftRow[],
  a: SideTokens,
  b: SideTokens,
  labels: { a: Labels; b: Labels },
): void {
  const merging = a.readings.length > 1;
  const rowAt = (inA: number, inB: number): DraftRow | undefined =>
    rows[(merging ? a.parts[inA] : b.parts[inB]) ?? 0];
  const write = (
    kind: Segment["kind"],
    inA: number,
    inB: number,
    row: DraftRow,
    change: WordChange | null,
  ): void => {
    const tokens = kind === "del" ? a : b;
    const at = kind === "del" ? inA : inB;
    const text = tokens.texts[at] ?? "";
    const start = tokens.starts[at] ?? 0;
    const note = text === NOTE_SIGN ? tokens.readings[tokens.parts[at] ?? 0]?.notes.get(start) : undefined;
    const side = kind === "del" ? labels.a : labels.b;
    add(row, { kind, text, change, atA: a.starts[inA] ?? 0, atB: b.starts[inB] ?? 0 }, note, side);
    if (change === null) return;
    const read = note === undefined ? text : signOf(note, side);
    if (kind === "del") change.removed += read;
    else change.inserted += read;
  };

  let inA = 0;
  let inB = 0;
  const matches = matchTokens(a, b);
  const end = { a0: a.keys.length, a1: a.keys.length, b0: b.keys.length, b1: b.keys.length };
  for (const hunk of [...hunksOf(a, b, matches), end]) {
    for (; inA < hunk.a0; inA += 1, inB += 1) {
      const row = rowAt(inA, inB);
      if (row) write("equal", inA, inB, row, null);
    }
    if (hunk === end) return;
    const change = wordChange(a, b, hunk);
    for (; inA < hunk.a1; inA += 1) {
      const row = rowAt(inA, change.seam || hunk.b0 < hunk.b1 ? hunk.b0 : Math.max(0, hunk.b0 - 1));
      if (row) write("del", inA, inB, row, change);
    }
    for (; inB < hunk.b1; inB += 1) {
      const row = rowAt(
        change.seam ? hunk.a1 : hunk.a0 < hunk.a1 ? hunk.a1 - 1 : Math.max(0, hunk.a0 - 1),
        inB,
      );
      if (row) write("ins", inA, inB, row, change);
    }
  }
}

/** The rows of paragraphs that stand in both texts. */
export function alignedRows(
  group: Group,
  readings: { readonly a: readonly Reading[]; readonly b: readonly Reading[] },
  labels: { readonly a: Labels; readonly b: Labels },
  vocabulary: Vocabulary,
): DraftRow[] {
  const inA = group.a.flatMap((at) => readings.a[at] ?? []);
  const inB = group.b.flatMap((at) => readings.b[at] ?? []);
  const [a, b] = [inA[0], inB[0]];
  if (!a || !b) return [];
  if (inA.length === 1 && inB.length === 1) {
    const sides = { a: sideOf(a, labels.a, false), b: sideOf(b, labels.b, false) };
    if (readsLike(a, b)) return [wholeRow(b, "equal", sides, labels.b)];
    const row: DraftRow = { ...sides, segments: [] };
    let [atA, atB] = [0, 0];
    const equalUntil = (until: number): void => {
      if (until > atB) addStretch(row, "equal", { reading: b, from: atB, to: until, atA, atB }, labels.b);
    };
    for (const { a0, a1, b0, b1 } of differingStretches(a, b)) {
      equalUntil(b0);
      writeRows([row], sideTokens(a, a0, a1, vocabulary), sideTokens(b, b0, b1, vocabulary), labels);
      [atA, atB] = [a1, b1];
    }
    equalUntil(b.text.length);
    return [row];
  }
  const rows: DraftRow[] =
    inA.length > 1
      ? inA.map((reading) => ({
          a: sideOf(reading, labels.a, false),
          b: sideOf(b, labels.b, true),
          segments: [],
        }))
      : inB.map((reading) => ({
          a: sideOf(a, labels.a, true),
          b: sideOf(reading, labels.b, false),
          segments: [],
        }));
  writeRows(rows, joinTokens(inA, vocabulary), joinTokens(inB, vocabulary), labels);
  return rows;
}
