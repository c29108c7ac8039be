/**
 * Which tokens of two paragraphs correspond. Words that occur once on both sides are anchors (patience); between
 * anchors the heaviest common subsequence is taken, in which a long word outweighs several short ones and a space
 * weighs next to nothing, so that people see whole phrases change and not confetti.
 */
import { isSpace, isWord } from "#collab/words.ts";
import type { Tokens } from "./tokens.ts";

/** Tables up to this size are worth a full search; larger stretches without an anchor count as rewritten. */
const SEARCH = 262_144;
/** Below this size anchors save nothing. */
const SMALL = 1_024;

type Stretch = readonly [a0: number, a1: number, b0: number, b1: number];

function weight(token: string): number {
  if (isSpace(token)) return 1;
  return isWord(token) ? 6 + 2 * Math.min(token.length, 12) : 5;
}

/** Longest run of rising numbers; returns the places that belong to it. */
export function longestRising(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [at, value] of numbers.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(at);
  return run.reverse();
}

function anchors(a: Tokens, b: Tokens, [a0, a1, b0, b1]: Stretch): [number, number][] {
  const inB = new Map<number, number>();
  for (let at = b0; at < b1; at += 1) {
    const key = b.keys[at] ?? -1;
    if (isWord(b.texts[at] ?? " ")) inB.set(key, inB.has(key) ? -1 : at);
  }
  const inA = new Map<number, number>();
  for (let at = a0; at < a1; at += 1) {
    const key = a.keys[at] ?? -1;
    if ((inB.get(key) ?? -1) >= 0) inA.set(key, inA.has(key) ? -1 : at);
  }
  const pairs: [number, number][] = [];
  for (const [key, at] of inA) if (at >= 0) pairs.push([at, inB.get(key) ?? -1]);
  pairs.sort((x, y) => x[0] - y[0]);
  return longestRising(pairs.map((pair) => pair[1])).flatMap((at) => (pairs[at] ? [pairs[at]] : []));
}

function search(a: Tokens, b: Tokens, [a0, a1, b0, b1]: Stretch, matches: Int32Array): void {
  const height = a1 - a0;
  const width = b1 - b0;
  const step = width + 1;
  const best = new Int32Array((height + 1) * step);
  for (let i = height - 1; i >= 0; i -= 1) {
    const key = a.keys[a0 + i];
    const gain = weight(a.texts[a0 + i] ?? " ");
    for (let j = width - 1; j >= 0; j -= 1) {
      const at = i * step + j;
      const down = best[at + step] ?? 0;
      const right = best[at + 1] ?? 0;
      let value = down > right ? down : right;
      if (key === b.keys[b0 + j]) {
        const both = (best[at + step + 1] ?? 0) + gain;
        if (both > value) value = both;
      }
      best[at] = value;
    }
  }
  let i = 0;
  let j = 0;
  while (i < height && j < width) {
    const at = i * step + j;
    const value = best[at] ?? 0;
    if (value === 0) return;
    if (
      a.keys[a0 + i] === b.keys[b0 + j] &&
      value === (best[at + step + 1] ?? 0) + weight(a.texts[a0 + i] ?? " ")
    ) {
      matches[a0 + i] = b0 + j;
      i += 1;
      j += 1;
    } else if (value === best[at + step]) i += 1;
    else j += 1;
  }
}

/** Words that both share, by length, as a part of the longer: under a fifth there is nothing to align. */
function kinship(a: Tokens, b: Tokens, [a0, a1, b0, b1]: Stretch): number {
  const count = new Map<number, number>();
  let lengthA = 0;
  let lengthB = 0;
  let shared = 0;
  for (let at = a0; at < a1; at += 1) {
    const text = a.texts[at] ?? " ";
    if (!isWord(text)) continue;
    lengthA += text.length;
    count.set(a.keys[at] ?? -1, (count.get(a.keys[at] ?? -1) ?? 0) + 1);
  }
  for (let at = b0; at < b1; at += 1) {
    const text = b.texts[at] ?? " ";
    if (!isWord(text)) continue;
    lengthB += text.length;
    const left = count.get(b.keys[at] ?? -1) ?? 0;
    if (left === 0) continue;
    count.set(b.keys[at] ?? -1, left - 1);
    shared += text.length;
  }
  const longer = Math.max(lengthA, lengthB);
  return longer === 0 ? 1 : shared / longer;
}

/** For each token of `a` the token of `b` that it is, or -1. Both sides rise together. */
export function matchTokens(a: Tokens, b: Tokens): Int32Array {
  const matches = new Int32Array(a.keys.length).fill(-1);
  const todo: Stretch[] = [[0, a.keys.length, 0, b.keys.length]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    let [a0, a1, b0, b1] = next;
    while (a0 < a1 && b0 < b1 && a.keys[a0] === b.keys[b0]) matches[a0++] = b0++;
    while (a0 < a1 && b0 < b1 && a.keys[a1 - 1] === b.keys[b1 - 1]) matches[--a1] = --b1;
    if (a0 === a1 || b0 === b1) continue;
    const stretch: Stretch = [a0, a1, b0, b1];
    const size = (a1 - a0) * (b1 - b0);
    const fixed = size > SMALL ? anchors(a, b, stretch) : [];
    const shorter = Math.min(a1 - a0, b1 - b0);
    if (shorter > 10 && fixed.length < shorter / 4 && kinship(a, b, stretch) < 0.2) continue;
    if (fixed.length === 0) {
      if (size <= SEARCH) search(a, b, stretch, matches);
      continue;
    }
    let fromA = a0;
    let fromB = b0;
    for (const [inA, inB] of fixed) {
      matches[inA] = inB;
      todo.push([fromA, inA, fromB, inB]);
      fromA = inA + 1;
      fromB = inB + 1;
    }
    todo.push([fromA, a1, fromB, b1]);
  }
  return matches;
}
