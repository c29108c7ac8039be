/** From matched tokens to the changes that a person would name. */
import { isSpace, isWord } from "#collab/words.ts";
import type { Tokens } from "./tokens.ts";

/** Tokens `a0` to `a1` became tokens `b0` to `b1`; what lies between two hunks is equal. */
export type Hunk = { a0: number; a1: number; b0: number; b1: number };

function rawHunks(matches: Int32Array, lengthA: number, lengthB: number): Hunk[] {
  const hunks: Hunk[] = [];
  let a = 0;
  let b = 0;
  while (a < lengthA || b < lengthB) {
    if (a < lengthA && matches[a] === b) {
      a += 1;
      b += 1;
      continue;
    }
    const hunk = { a0: a, a1: a, b0: b, b1: b };
    while (a < lengthA && (matches[a] ?? -1) < 0) a += 1;
    b = a < lengthA ? (matches[a] ?? lengthB) : lengthB;
    hunk.a1 = a;
    hunk.b1 = b;
    hunks.push(hunk);
  }
  return hunks;
}

function wordLetters(tokens: Tokens, from: number, to: number): { words: number; letters: number } {
  let words = 0;
  let letters = 0;
  for (let at = from; at < to; at += 1) {
    const text = tokens.texts[at] ?? "";
    if (!isWord(text)) continue;
    words += 1;
    letters += text.length;
  }
  return { words, letters };
}

/** A few small words that happen to stand between two replacements are part of one replacement. */
function isIsland(a: Tokens, b: Tokens, left: Hunk, right: Hunk): boolean {
  let onlySpace = true;
  for (let at = left.a1; at < right.a0; at += 1) if (!isSpace(a.texts[at] ?? "")) onlySpace = false;
  if (onlySpace) {
    const bothInsert = left.a0 === left.a1 && right.a0 === right.a1;
    const bothDelete = left.b0 === left.b1 && right.b0 === right.b1;
    return !bothInsert && !bothDelete;
  }
  const sizes: number[] = [];
  for (const hunk of [left, right]) {
    const gone = wordLetters(a, hunk.a0, hunk.a1).letters;
    const come = wordLetters(b, hunk.b0, hunk.b1).letters;
    if (gone === 0 || come === 0) return false;
    sizes.push(Math.max(gone, come));
  }
  const { words, letters } = wordLetters(a, left.a1, right.a0);
  const smaller = Math.min(...sizes);
  return (words <= 2 && letters <= smaller) || letters * 4 <= smaller;
}

function joinIslands(a: Tokens, b: Tokens, hunks: readonly Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    if (last && isIsland(a, b, last, hunk)) {
      last.a1 = hunk.a1;
      last.b1 = hunk.b1;
    } else joined.push({ ...hunk });
  }
  return joined;
}

const CLAUSE = /^[.,;:!?،؛。，；：]$/u;

/** How natural it is to cut out tokens `from` to `to`. */
function cutScore(tokens: Tokens, from: number, to: number): number {
  const before = tokens.texts[from - 1];
  const last = tokens.texts[to - 1] ?? "";
  let score = 0;
  if (!isSpace(tokens.texts[from] ?? "")) score += 2;
  if (before === undefined) score += 4;
  else if (CLAUSE.test(before) || (isSpace(before) && CLAUSE.test(tokens.texts[from - 2] ?? ""))) score += 3;
  if (to === tokens.texts.length) score += 4;
  else if (CLAUSE.test(last) || (isSpace(last) && CLAUSE.test(tokens.texts[to - 2] ?? ""))) score += 3;
  return score;
}

/** An insertion or deletion between equal words can often be drawn in several places: take the most natural. */
function slide(tokens: Tokens, from: number, to: number, low: number, high: number): number {
  let best = 0;
  let bestScore = cutScore(tokens, from, to);
  for (let by = -1; from + by >= low && tokens.keys[from + by] === tokens.keys[to + by]; by -= 1) {
    const score = cutScore(tokens, from + by, to + by);
    if (score > bestScore) [best, bestScore] = [by, score];
  }
  for (let by = 1; to + by <= high && tokens.keys[to + by - 1] === tokens.keys[from + by - 1]; by += 1) {
    const score = cutScore(tokens, from + by, to + by);
    if (score > bestScore) [best, bestScore] = [by, score];
  }
  return best;
}

/** The changes in order, tidied for people; applied to `a` they give `b`. */
export function hunksOf(a: Tokens, b: Tokens, matches: Int32Array): Hunk[] {
  const hunks = joinIslands(a, b, rawHunks(matches, a.keys.length, b.keys.length));
  for (const [at, hunk] of hunks.entries()) {
    const before = hunks[at - 1];
    const after = hunks[at + 1];
    let by = 0;
    if (hunk.a0 === hunk.a1) {
      by = slide(b, hunk.b0, hunk.b1, before?.b1 ?? 0, after?.b0 ?? b.keys.length);
    } else if (hunk.b0 === hunk.b1) {
      by = slide(a, hunk.a0, hunk.a1, before?.a1 ?? 0, after?.a0 ?? a.keys.length);
    }
    hunk.a0 += by;
    hunk.a1 += by;
    hunk.b0 += by;
    hunk.b1 += by;
  }
  return hunks;
}
