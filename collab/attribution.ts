/**
 * Who inserted which characters and who deleted which, from the server's own log: the one source of "who did it".
 * The index grows by one log row at a time (`noteRow` changes it in place: 90,000 rows are noted when a text is
 * opened) and is kept with checkpoints.
 *
 * A person's acts within 60 seconds share one stamp, that of the first: `at` and `seq` are right to a minute of that
 * person's work, and neighbouring characters of one stamp are one run. Who comes back to a paragraph in which somebody
 * else has acted meanwhile begins a stamp of their own: which came first in a paragraph stays known.
 */
import type { IdRange } from "./model.ts";

/** `person` and `delegation` are null for the server's own repairs and for officers of no delegation; `at` in ms. */
export type Stamp = {
  readonly seq: number;
  readonly person: string | null;
  readonly delegation: string | null;
  readonly at: number;
};

/** What was changed about a paragraph itself, as against its words. */
export const PARAGRAPH_ACTS = ["created", "deleted", "restored", "moved", "role", "level", "dir"] as const;
export type ParagraphAct = (typeof PARAGRAPH_ACTS)[number];

/** What one log row did. `deleted` holds newly deleted characters only; `acts` may be left out. */
export type AttributedRow = {
  readonly inserted: readonly IdRange[];
  readonly deleted: readonly IdRange[];
  readonly acts?: readonly { readonly paragraph: string; readonly act: ParagraphAct }[];
  readonly stamp: Stamp;
  /** The paragraphs that it was done in. */
  readonly touched?: Iterable<string>;
  /** Begins a stamp of its own, so that it can be told from what the person did before within the minute. */
  readonly apart?: boolean;
};

/** Runs of one client, sorted by clock, without overlap: clock, length, stamp number, clock, … */
export type Runs = number[];
export type ActNote = { readonly act: ParagraphAct; readonly stamp: number };

export type Attribution = {
  readonly stamps: Stamp[];
  readonly inserted: Map<number, Runs>;
  readonly deleted: Map<number, Runs>;
  readonly acts: Map<string, ActNote[]>;
  /** The newest stamp of each person, by `personKey`. */
  readonly latest: Map<string, number>;
  /** The newest stamp in each paragraph. */
  readonly latestIn: Map<string, number>;
};

export const STAMP_MS = 60_000;

export function createAttribution(): Attribution {
  return {
    stamps: [],
    inserted: new Map(),
    deleted: new Map(),
    acts: new Map(),
    latest: new Map(),
    latestIn: new Map(),
  };
}

export function personKey(stamp: Stamp): string {
  return `${stamp.person ?? ""}\n${stamp.delegation ?? ""}`;
}

function stampNumber(attribution: Attribution, row: AttributedRow): number {
  const { stamp, apart = false } = row;
  const { stamps, latest, latestIn } = attribution;
  const key = personKey(stamp);
  const number = latest.get(key);
  const known = number === undefined ? undefined : stamps[number];
  if (!apart && number !== undefined && known && stamp.at >= known.at && stamp.at - known.at <= STAMP_MS) {
    const touched = [...(row.touched ?? [])];
    if (touched.every((paragraph) => (latestIn.get(paragraph) ?? -1) <= number)) return number;
  }
  const added = stamps.push(stamp) - 1;
  latest.set(key, added);
  return added;
}

/** Index of the first run (times 3) that ends behind `clock`. */
function runAt(runs: Runs, clock: number): number {
  let low = 0;
  let high = runs.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle * 3] ?? 0) + (runs[middle * 3 + 1] ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  return low * 3;
}

function place(runs: Runs, clock: number, length: number, stamp: number): void {
  const at = runAt(runs, clock);
  const before = at - 3;
  const joinsBefore =
    at > 0 && (runs[before] ?? 0) + (runs[before + 1] ?? 0) === clock && runs[before + 2] === stamp;
  const joinsAfter = at < runs.length && runs[at] === clock + length && runs[at + 2] === stamp;
  if (joinsBefore && joinsAfter) {
    runs[before + 1] = (runs[before + 1] ?? 0) + length + (runs[at + 1] ?? 0);
    runs.splice(at, 3);
  } else if (joinsBefore) {
    runs[before + 1] = (runs[before + 1] ?? 0) + length;
  } else if (joinsAfter) {
    runs[at] = clock;
    runs[at + 1] = (runs[at + 1] ?? 0) + length;
  } else if (at === runs.length) {
    runs.push(clock, length, stamp);
  } else {
    runs.splice(at, 0, clock, length, stamp);
  }
}

/** What was noted first stays: a range noted before is left out. */
function note(index: Map<number, Runs>, [client, clock, length]: IdRange, stamp: number): void {
  let runs = index.get(client);
  if (!runs) index.set(client, (runs = []));
  let from = clock;
  const end = clock + length;
  while (from < end) {
    const at = runAt(runs, from);
    const next = at < runs.length ? (runs[at] ?? end) : end;
    if (next > from) {
      const free = Math.min(end, next);
      place(runs, from, free - from, stamp);
      from = free;
    } else {
      from = next + (runs[at + 1] ?? 0);
    }
  }
}

/** Notes what one log row did. Rows come in the order of the log. */
export function noteRow(attribution: Attribution, row: AttributedRow): void {
  const acts = row.acts ?? [];
  if (row.inserted.length + row.deleted.length + acts.length === 0) return;
  const stamp = stampNumber(attribution, row);
  for (const paragraph of row.touched ?? []) attribution.latestIn.set(paragraph, stamp);
  for (const range of row.inserted) note(attribution.inserted, range, stamp);
  for (const range of row.deleted) note(attribution.deleted, range, stamp);
  for (const { paragraph, act } of acts) {
    let notes = attribution.acts.get(paragraph);
    if (!notes) attribution.acts.set(paragraph, (notes = []));
    const last = notes.at(-1);
    if (last?.act !== act || last.stamp !== stamp) notes.push({ act, stamp });
  }
}

function lookUp(
  attribution: Attribution,
  index: Map<number, Runs>,
  client: number,
  clock: number,
): Stamp | null {
  const runs = index.get(client);
  if (!runs) return null;
  const at = runAt(runs, clock);
  if (at >= runs.length || (runs[at] ?? 0) > clock) return null;
  return attribution.stamps[runs[at + 2] ?? -1] ?? null;
}

/** Who typed this character; null when the log does not say. */
export function insertedBy(attribution: Attribution, client: number, clock: number): Stamp | null {
  return lookUp(attribution, attribution.inserted, client, clock);
}

/** Who deleted this character; null while it stands. */
export function deletedBy(attribution: Attribution, client: number, clock: number): Stamp | null {
  return lookUp(attribution, attribution.deleted, client, clock);
}

/** What was done to a paragraph itself, in the order of the log. */
export function actsOn(
  attribution: Attribution,
  paragraph: string,
): readonly { readonly act: ParagraphAct; readonly stamp: Stamp }[] {
  const acts: { act: ParagraphAct; stamp: Stamp }[] = [];
  for (const { act, stamp } of attribution.acts.get(paragraph) ?? []) {
    const known = attribution.stamps[stamp];
    if (known) acts.push({ act, stamp: known });
  }
  return acts;
}

export type StampVisitor = (clock: number, length: number, stamp: Stamp | null) => void;

/** Goes over a range of characters stamp by stamp, in order and without a gap (null where nothing is noted). */
export function eachStamp(
  attribution: Attribution,
  which: "inserted" | "deleted",
  [client, clock, length]: IdRange,
  visit: StampVisitor,
): void {
  const runs = attribution[which].get(client) ?? [];
  const end = clock + length;
  let from = clock;
  for (let at = runAt(runs, clock); from < end; at += 3) {
    const start = at < runs.length ? (runs[at] ?? end) : end;
    if (start > from) {
      const gap = Math.min(start, end);
      visit(from, gap - from, null);
      from = gap;
      if (from >= end) return;
    }
    const stop = Math.min(end, start + (runs[at + 1] ?? 0));
    visit(from, stop - from, attribution.stamps[runs[at + 2] ?? -1] ?? null);
    from = stop;
  }
}
