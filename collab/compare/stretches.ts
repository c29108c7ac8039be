/**
 * Where two wordings of one paragraph differ. Characters with the same identity are the same characters, so long
 * runs of them need no comparing: what is left for the words to decide is usually a few dozen characters.
 */
import type { IdRange } from "#collab/model.ts";
import type { Reading } from "./tokens.ts";

/** Characters `a0` to `a1` of A against `b0` to `b1` of B; between two stretches both are equal. */
export type Stretch = { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number };

/** A run shorter than this says little: it may be a few letters within a word that was retyped. */
const TELLING = 24;
/** How many ranges further on a run is looked for. */
const AHEAD = 48;

/** Where two strings stop being equal, behind a space so that no word is cut. */
function commonStart(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  while (at > 0 && a.charCodeAt(at - 1) !== 32) at -= 1;
  return at;
}

function commonEnd(a: string, b: string, from: number): number {
  const end = Math.min(a.length, b.length) - from;
  let count = 0;
  while (count < end && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count += 1;
  while (count > 0 && a.charCodeAt(a.length - count) !== 32) count -= 1;
  return count;
}

/** Goes through a paragraph's ranges; `range` is what is left of the current one. */
class Walk {
  readonly #ranges: readonly IdRange[];
  #next = 0;
  #used = 0;
  at = 0;

  constructor(reading: Reading) {
    this.#ranges = reading.paragraph.spans.flatMap((span) => span.ids);
  }

  get covered(): number {
    return this.#ranges.reduce((sum, range) => sum + range[2], 0);
  }

  get range(): IdRange | null {
    const range = this.#ranges[this.#next];
    return range ? [range[0], range[1] + this.#used, range[2] - this.#used] : null;
  }

  step(length: number): void {
    this.at += length;
    this.#used += length;
    while (this.#next < this.#ranges.length && this.#used >= (this.#ranges[this.#next]?.[2] ?? 0)) {
      this.#used -= this.#ranges[this.#next]?.[2] ?? 0;
      this.#next += 1;
    }
  }

  /** Characters from here to the one with this identity, if it comes soon. */
  distanceTo(client: number, clock: number): number | null {
    let distance = -this.#used;
    for (let index = this.#next; index < Math.min(this.#ranges.length, this.#next + AHEAD); index += 1) {
      const [other, start, length] = this.#ranges[index] ?? [0, 0, 0];
      const into = clock - start;
      if (other === client && into >= 0 && into < length && distance + into >= 0) return distance + into;
      distance += length;
    }
    return null;
  }
}

type Run = { readonly a: number; readonly b: number; readonly length: number };

/** Runs of characters that are the same on both sides, rising on both. */
function sameRuns(a: Reading, b: Reading): Run[] {
  const left = new Walk(a);
  const right = new Walk(b);
  if (left.covered !== a.text.length || right.covered !== b.text.length) return [];
  const runs: { a: number; b: number; length: number }[] = [];
  for (let [x, y] = [left.range, right.range]; x && y; [x, y] = [left.range, right.range]) {
    if (x[0] === y[0] && x[1] === y[1]) {
      const length = Math.min(x[2], y[2]);
      const last = runs.at(-1);
      if (last && last.a + last.length === left.at && last.b + last.length === right.at)
        last.length += length;
      else runs.push({ a: left.at, b: right.at, length });
      left.step(length);
      right.step(length);
      continue;
    }
    const inB = right.distanceTo(x[0], x[1]);
    const inA = left.distanceTo(y[0], y[1]);
    if (inB !== null && (inA === null || inB <= inA)) right.step(inB);
    else if (inA !== null) left.step(inA);
    else {
      left.step(x[2]);
      right.step(y[2]);
    }
  }
  return runs;
}

/** Behind the second space from `from` on: a word is left as context, for joining and placing changes. */
function afterSpaces(text: string, from: number, to: number): number {
  const first = text.indexOf(" ", from);
  const second = first < 0 ? -1 : text.indexOf(" ", first + 1);
  return second < 0 || second >= to ? to : second + 1;
}

function beforeSpaces(text: string, from: number, to: number): number {
  const last = text.lastIndexOf(" ", to - 1);
  const second = last <= from ? -1 : text.lastIndexOf(" ", last - 1);
  return second < from ? from : second;
}

/** The stretches in which the paragraphs may differ, in order; cut at spaces only. */
export function differingStretches(a: Reading, b: Reading): Stretch[] {
  const plain = a.notes.size === 0 && b.notes.size === 0;
  const start = plain ? commonStart(a.text, b.text) : 0;
  const end = plain ? commonEnd(a.text, b.text, start) : 0;
  const stretches: Stretch[] = [];
  let [a0, b0] = [start, start];
  for (const run of sameRuns(a, b)) {
    const skip = Math.max(0, a0 - run.a, b0 - run.b);
    const from = run.a + skip;
    const to = Math.min(run.a + run.length, a.text.length - end, run.a + (b.text.length - end - run.b));
    if (to - from < TELLING) continue;
    const first = afterSpaces(a.text, from, to);
    const last = beforeSpaces(a.text, first, to);
    if (last <= first) continue;
    stretches.push({ a0, a1: first, b0, b1: first - run.a + run.b });
    [a0, b0] = [last, last - run.a + run.b];
  }
  stretches.push({ a0, a1: a.text.length - end, b0, b1: b.text.length - end });
  return stretches.filter((one) => one.a0 < one.a1 || one.b0 < one.b1);
}
