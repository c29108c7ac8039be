/**
 * The words of a paragraph unit by unit, and which units of two wordings are the same. Packed, because a restoration
 * looks at every character of a long text twice while nobody else's edit is taken.
 */
import { longestRising, matchTokens } from "#collab/compare/match.ts";
import { NOTE_SIGN, readingOf, tokensIn } from "#collab/compare/tokens.ts";
import type { Paragraph } from "#collab/document.ts";
import type { IdRange } from "#collab/model.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { isWord } from "#collab/words.ts";
import { tears } from "./gate-deletes.ts";

export const EM = 1;
export const STRONG = 2;

export type Units = {
  /** One UTF-16 unit each; `NOTE_SIGN` for a reference to a footnote. */
  readonly text: string;
  /** Footnotes by the place of their reference. */
  readonly notes: ReadonlyMap<number, string>;
  /** `EM` and `STRONG` of each unit. */
  readonly looks: Uint8Array;
  readonly clients: Float64Array;
  readonly clocks: Float64Array;
};

export function unitsOf(paragraph: Paragraph | null): Units {
  let text = "";
  const notes = new Map<number, string>();
  const marked: { readonly from: number; readonly looks: number; readonly ids: readonly IdRange[] }[] = [];
  for (const span of paragraph?.spans ?? []) {
    if (span.kind === "bracket") continue;
    const looks =
      span.kind === "words" ? (span.em === true ? EM : 0) | (span.strong === true ? STRONG : 0) : 0;
    marked.push({ from: text.length, looks, ids: span.ids });
    if (span.kind === "note") notes.set(text.length, span.note);
    text += span.kind === "words" ? span.text : NOTE_SIGN;
  }
  const units = {
    text,
    notes,
    looks: new Uint8Array(text.length),
    clients: new Float64Array(text.length),
    clocks: new Float64Array(text.length),
  };
  for (const { from, looks, ids } of marked) {
    let at = from;
    for (const range of ids) at = writeRange(units, at, range);
    if (looks !== 0) units.looks.fill(looks, from, at);
  }
  return units;
}

type Ids = { readonly clients: Float64Array; readonly clocks: Float64Array };

/** Returns the place behind the range. */
function writeRange({ clients, clocks }: Ids, at: number, [client, clock, length]: IdRange): number {
  for (let step = 0; step < length; step += 1) {
    clients[at + step] = client;
    clocks[at + step] = clock + step;
  }
  return at + length;
}

/** The ids of the characters that were typed first. */
function rootIdsOf({ clients, clocks }: Units, roots: Roots): Ids {
  const ids = { clients: new Float64Array(clients.length), clocks: new Float64Array(clients.length) };
  for (let at = 0; at < clients.length;) {
    const client = clients[at] ?? 0;
    const clock = clocks[at] ?? 0;
    let length = 1;
    while (clients[at + length] === client && clocks[at + length] === clock + length) length += 1;
    let place = at;
    eachRoot(roots, [client, clock, length], (root) => {
      place = writeRange(ids, place, root);
    });
    at += length;
  }
  return ids;
}

function readsAt(a: Units, at: number, b: Units, place: number): boolean {
  return (
    a.text.charCodeAt(at) === b.text.charCodeAt(place) &&
    ((a.notes.size === 0 && b.notes.size === 0) || a.notes.get(at) === b.notes.get(place))
  );
}

/** Whether both have the same words with the same formatting. */
export function areSame(a: Units, b: Units): boolean {
  if (a.text !== b.text || a.notes.size !== b.notes.size) return false;
  for (const [at, note] of a.notes) if (b.notes.get(at) !== note) return false;
  return a.looks.every((looks, at) => looks === b.looks[at]);
}

type Wordings = {
  readonly before: Paragraph | null;
  readonly wanted: Paragraph;
  readonly from: Units;
  readonly to: Units;
};

/** For each wanted unit the place of the unit that stays for it, or -1; places rise. */
export function matchUnits(wordings: Wordings, roots: Roots): Int32Array {
  const { before, wanted, from, to } = wordings;
  const matches = new Int32Array(to.text.length).fill(-1);
  matchRoots(from, to, roots, matches);
  if (before) matchGaps(before, wanted, matches, from.text.length);
  if (/[\uD800-\uDFFF]/.test(to.text)) keepPairsWhole(from, to, matches);
  return matches;
}

/** What goes back to the same character stays, as much of it as is in the same order. */
function matchRoots(from: Units, to: Units, roots: Roots, matches: Int32Array): void {
  const old = rootIdsOf(from, roots);
  const wanted = rootIdsOf(to, roots);
  const isSame = (place: number, at: number): boolean =>
    old.clients[place] === wanted.clients[at] &&
    old.clocks[place] === wanted.clocks[at] &&
    readsAt(from, place, to, at);
  const shorter = Math.min(from.text.length, to.text.length);
  const shift = from.text.length - to.text.length;
  let start = 0;
  while (start < shorter && isSame(start, start)) {
    matches[start] = start;
    start += 1;
  }
  let end = to.text.length;
  while (end > start && end + shift > start && isSame(end - 1 + shift, end - 1)) {
    end -= 1;
    matches[end] = end + shift;
  }
  const byRoot = new Map<number, Map<number, number>>();
  for (let place = start; place < end + shift; place += 1) {
    const client = old.clients[place] ?? 0;
    let ofClient = byRoot.get(client);
    if (!ofClient) byRoot.set(client, (ofClient = new Map()));
    ofClient.set(old.clocks[place] ?? 0, place);
  }
  const ats: number[] = [];
  const found: number[] = [];
  let isRising = true;
  for (let at = start; at < end; at += 1) {
    const place = byRoot.get(wanted.clients[at] ?? 0)?.get(wanted.clocks[at] ?? 0);
    if (place === undefined || !readsAt(from, place, to, at)) continue;
    isRising &&= place > (found.at(-1) ?? -1);
    ats.push(at);
    found.push(place);
  }
  if (isRising) for (const [index, at] of ats.entries()) matches[at] = found[index] ?? -1;
  else for (const index of longestRising(found)) matches[ats[index] ?? 0] = found[index] ?? -1;
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

/** Where the other half of the pair of surrogates at `at` stands: -1, 1, or 0 for no pair. */
function otherHalf(text: string, at: number): number {
  if (tears(text, at)) return -1;
  return tears(text, at + 1) ? 1 : 0;
}

function keepPairsWhole(from: Units, to: Units, matches: Int32Array): void {
  for (let at = 0; at < to.text.length; at += 1) {
    const place = matches[at] ?? -1;
    if (place < 0) continue;
    const other = otherHalf(to.text, at);
    if (other !== otherHalf(from.text, place) || (other !== 0 && matches[at + other] !== place + other)) {
      matches[at] = -1;
      if (other !== 0) matches[at + other] = -1;
    }
  }
}
