/**
 * Compares any two wordings of a text: paragraph by paragraph by id, then the words within, each change with who made
 * it and when. Moves, splits and mergers are told as such, not as deleted and added words.
 */
import type { Attribution, ParagraphAct } from "./attribution.ts";
import { alignParagraphs } from "./compare/align.ts";
import type { Group } from "./compare/align.ts";
import type { Change, ChangeKind, Comparison, Row, Segment, Side } from "./compare/comparison.ts";
import { alignedRows, sideOf, wholeRow } from "./compare/rows.ts";
import type { DraftRow, Labels, WordChange } from "./compare/rows.ts";
import { idsBetween, readingOf, readsLike } from "./compare/tokens.ts";
import type { Reading, Vocabulary } from "./compare/tokens.ts";
import { makersOf } from "./compare/who.ts";
import type { Maker, Source, Traces } from "./compare/who.ts";
import type { TextDocument } from "./document.ts";
import { labelsOf } from "./labels.ts";
import { referencesIn } from "./references.ts";
import type { Carry, IdRange } from "./model.ts";
import { rootsOf } from "./roots.ts";
import { countWords, isSpace, isWord, tokensOf } from "./words.ts";

export type { Change, ChangeKind, Comparison, Row, Segment, Side, Totals } from "./compare/comparison.ts";
export type { Maker } from "./compare/who.ts";

export type CompareInput = {
  readonly a: TextDocument;
  readonly b: TextDocument;
  /** All carries of the text up to the newer wording; none when the texts are not of one history. */
  readonly carries?: readonly Carry[];
  /** Without it changes have no makers. */
  readonly attribution?: Attribution | null;
  /** Sequence numbers of both wordings; A may be the newer one. */
  readonly seqs?: { readonly a: number; readonly b: number };
};

type Structural = {
  readonly kind: ChangeKind;
  readonly traces: Traces;
  readonly removed: string;
  readonly inserted: string;
};

function idsOfWhole(reading: Reading): IdRange[] {
  return idsBetween(reading.paragraph, 0, reading.text.length);
}

/** What happened to the paragraph of a row itself. */
function structuralOf(
  row: DraftRow,
  group: Group,
  { a, b, reversed }: { a: Reading | undefined; b: Reading | undefined; reversed: boolean },
): Structural[] {
  const came: readonly ParagraphAct[] = ["created", "restored"];
  const went: readonly ParagraphAct[] = ["deleted"];
  const wording = row.segments.map((segment) => segment.text).join("");
  const none = { removed: "", inserted: "" };
  const empty: Traces = { onlyA: [], onlyB: [] };
  if (row.a === null && row.b && b) {
    const paragraph = row.b.id;
    const acts = (reversed ? went : came).map((act) => ({ paragraph, act }));
    return [
      { kind: "added", traces: { onlyA: [], onlyB: idsOfWhole(b), acts }, removed: "", inserted: wording },
    ];
  }
  if (row.b === null && row.a && a) {
    const paragraph = row.a.id;
    const acts = (reversed ? came : went).map((act) => ({ paragraph, act }));
    return [
      { kind: "deleted", traces: { onlyA: idsOfWhole(a), onlyB: [], acts }, removed: wording, inserted: "" },
    ];
  }
  if (!row.a || !row.b || !a || !b) return [];
  if (row.a.part && row.a.id !== row.b.id && group.b.length > 1) {
    const acts = [{ paragraph: row.b.id, act: "created" as const }];
    // Words that a split carries were written into the new paragraph by whoever split it.
    const carried = row.segments
      .filter((segment) => segment.kind === "equal")
      .flatMap(({ atB, text }) => idsBetween(b.paragraph, atB, atB + text.length));
    return [{ kind: "split", traces: { onlyA: [], onlyB: carried, acts }, ...none }];
  }
  if (row.b.part && row.a.id !== row.b.id && group.a.length > 1) {
    return [
      { kind: "merged", traces: { ...empty, acts: [{ paragraph: row.a.id, act: "deleted" }] }, ...none },
    ];
  }
  const found: Structural[] = [];
  const paragraph = row.b.id;
  if (group.moved)
    found.push({ kind: "moved", traces: { ...empty, acts: [{ paragraph, act: "moved" }] }, ...none });
  if (row.a.role !== row.b.role || row.a.level !== row.b.level) {
    const acts = [
      { paragraph, act: "role" as const },
      { paragraph, act: "level" as const },
    ];
    found.push({ kind: "role", traces: { ...empty, acts }, ...none });
  }
  return found;
}

/** Gives the rows their numbers, in reading order. */
class Numbering {
  readonly rows: Row[] = [];
  readonly changes: Change[] = [];
  readonly #source: Source | null;
  readonly #numbers = new Map<WordChange, number>();

  constructor(source: Source | null) {
    this.#source = source;
  }

  #tell(kind: ChangeKind, sides: { a: Side | null; b: Side | null }, what: Omit<Structural, "kind">): number {
    const no = this.changes.length + 1;
    this.changes.push({
      no,
      kind,
      paragraphId: sides.b?.id ?? sides.a?.id ?? "",
      labelA: sides.a?.label ?? null,
      labelB: sides.b?.label ?? null,
      removed: what.removed,
      inserted: what.inserted,
      makers: makersOf(this.#source, what.traces),
    });
    return no;
  }

  add(row: DraftRow, structural: readonly Structural[]): void {
    const numbers = new Set<number>();
    for (const { kind, ...what } of structural) numbers.add(this.#tell(kind, row, what));
    const whole = row.a === null || row.b === null ? this.changes.length : null;
    // Space that went or came at the seam of a split or merger is part of that.
    const seam = structural.some(({ kind }) => kind === "split" || kind === "merged")
      ? this.changes.length
      : null;
    const segments: Segment[] = row.segments.map(({ change, ...segment }) => {
      if (change === null) return { ...segment, no: segment.kind === "equal" ? null : whole };
      if (change.seam && seam !== null) return { ...segment, no: seam };
      let no = this.#numbers.get(change);
      if (no === undefined) {
        no = this.#tell("words", row, { traces: change, removed: change.removed, inserted: change.inserted });
        this.#numbers.set(change, no);
      }
      numbers.add(no);
      return { ...segment, no };
    });
    const { a, b } = row;
    this.rows.push({
      paragraphId: b?.id ?? a?.id ?? "",
      a,
      b,
      segments,
      changes: [...numbers].sort((x, y) => x - y),
    });
  }
}

function totalsOf(rows: readonly Row[], changes: readonly Change[]): Comparison["totals"] {
  const kept = new Set(changes.map((change) => change.no));
  const movedRows = new Set(
    changes.filter((change) => change.kind === "moved").map((change) => change.paragraphId),
  );
  let added = 0;
  let removed = 0;
  let moved = 0;
  for (const row of rows) {
    for (const segment of row.segments) {
      if (segment.kind === "equal" || segment.note !== undefined) continue;
      if (segment.no === null || !kept.has(segment.no)) continue;
      if (segment.kind === "ins") added += countWords(segment.text);
      else removed += countWords(segment.text);
    }
    if (row.b && movedRows.has(row.b.id)) {
      for (const segment of row.segments) if (segment.kind === "equal") moved += countWords(segment.text);
    }
  }
  const changedParagraphs = rows.filter((row) => row.changes.some((no) => kept.has(no))).length;
  return { changes: changes.length, changedParagraphs, paragraphs: rows.length, added, removed, moved };
}

function sourceOf({ attribution, seqs }: CompareInput): Source | null {
  if (!attribution) return null;
  if (!seqs) return { attribution, from: null, to: null, reversed: false };
  const reversed = seqs.a > seqs.b;
  return { attribution, from: Math.min(seqs.a, seqs.b), to: Math.max(seqs.a, seqs.b), reversed };
}

/** Everything that makes B another text than A. Applied to A, row by row, it gives B. */
export function compareDocuments(input: CompareInput): Comparison {
  const readings = { a: input.a.paragraphs.map(readingOf), b: input.b.paragraphs.map(readingOf) };
  const labels: { a: Labels; b: Labels } = {
    a: labelsWithReferences(input.a),
    b: labelsWithReferences(input.b),
  };
  const vocabulary: Vocabulary = new Map();
  const source = sourceOf(input);
  const reversed = source?.reversed ?? false;
  const numbering = new Numbering(source);
  const byIdA = new Map(readings.a.map((reading) => [reading.paragraph.id, reading]));
  const byIdB = new Map(readings.b.map((reading) => [reading.paragraph.id, reading]));

  for (const group of alignParagraphs(readings.a, readings.b, rootsOf(input.carries ?? []))) {
    const a = readings.a[group.a[0] ?? -1];
    const b = readings.b[group.b[0] ?? -1];
    let rows: DraftRow[] = [];
    if (a && b) rows = alignedRows(group, readings, labels, vocabulary);
    else if (a) rows = [wholeRow(a, "del", { a: sideOf(a, labels.a, false), b: null }, labels.a)];
    else if (b) rows = [wholeRow(b, "ins", { a: null, b: sideOf(b, labels.b, false) }, labels.b)];
    for (const row of rows) {
      numbering.add(
        row,
        structuralOf(row, group, { a: byIdA.get(row.a?.id ?? ""), b: byIdB.get(row.b?.id ?? ""), reversed }),
      );
    }
  }
  const { rows, changes } = numbering;
  return { rows, changes, totals: totalsOf(rows, changes) };
}

/** Everybody who made a change, once each, in the order of first appearance. */
export function makersIn(comparison: Comparison): readonly Maker[] {
  const found = new Map<string, Maker>();
  for (const change of comparison.changes) {
    for (const maker of change.makers) {
      const key = `${maker.person ?? ""}\n${maker.delegation ?? ""}`;
      if (!found.has(key)) found.set(key, maker);
    }
  }
  return [...found.values()];
}

export type ChangeFilter = { readonly person?: string; readonly delegation?: string };

/**
 * The same comparison with only the changes in which that person or delegation had a part, and the rows that show
 * them. Numbers stay as they were; other changes' words remain in the rows under numbers that are no longer listed.
 */
export function filterComparison(comparison: Comparison, filter: ChangeFilter): Comparison {
  const changes = comparison.changes.filter((change) =>
    change.makers.some(
      (maker) =>
        (filter.person === undefined || maker.person === filter.person) &&
        (filter.delegation === undefined || maker.delegation === filter.delegation),
    ),
  );
  const kept = new Set(changes.map((change) => change.no));
  const rows = comparison.rows
    .filter((row) => row.changes.some((no) => kept.has(no)))
    .map((row) => ({ ...row, changes: row.changes.filter((no) => kept.has(no)) }));
  return { rows, changes, totals: { ...totalsOf(rows, changes), paragraphs: comparison.totals.paragraphs } };
}

/** Two wordings without the words that both begin and end with: cut at a space, so that no word is cut in two. */
function differingParts(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  while (start > 0 && !isSpace(a.charAt(start - 1))) start -= 1;
  let end = 0;
  const most = shorter - start;
  while (end < most && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end += 1;
  while (end > 0 && !isSpace(a.charAt(a.length - end))) end -= 1;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Words added and removed between two wordings, for lists: counts only, moved and split words cancel out. */
export function countWordChanges(
  a: TextDocument,
  b: TextDocument,
): { readonly added: number; readonly removed: number } {
  const balance = new Map<string, number>();
  const weigh = (text: string, by: number): void => {
    for (const token of tokensOf(text)) {
      if (isWord(token)) balance.set(token, (balance.get(token) ?? 0) + by);
    }
  };
  const before = new Map(a.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  for (const paragraph of b.paragraphs) {
    const old = before.get(paragraph.id);
    before.delete(paragraph.id);
    if (old === paragraph) continue;
    const [was, is] = [old && readingOf(old), readingOf(paragraph)];
    if (was && readsLike(was, is)) continue;
    const [removed, added] = differingParts(was?.text ?? "", is.text);
    weigh(removed, -1);
    weigh(added, 1);
  }
  for (const paragraph of before.values()) weigh(readingOf(paragraph).text, -1);
  let added = 0;
  let removed = 0;
  for (const count of balance.values()) {
    if (count > 0) added += count;
    else removed -= count;
  }
  return { added, removed };
}

/** What references to paragraphs say stands under "@" and the id, where the words have them. */
function labelsWithReferences(document: TextDocument): Labels {
  const labels = labelsOf(document);
  const references = referencesIn(document, labels);
  if (references.size === 0) return labels;
  const said = [...references].map(([id, { text, spoken }]) => {
    return [`@${id}`, { short: text, within: text, place: "", number: text, spoken, told: "" }] as const;
  });
  return new Map([...labels, ...said]);
}
