/**
 * The words of a paragraph as a restoration looks at them, and which parts of two wordings are the same. By stretches
 * of characters with consecutive ids, never character by character, because a restoration looks at a long text twice
 * while nobody else's edit is taken.
 */
import { longestRising, matchTokens } from "#collab/compare/match.ts";
import { NOTE_SIGN, tokensIn } from "#collab/compare/tokens.ts";
import type { Vocabulary } from "#collab/compare/tokens.ts";
import type { Paragraph } from "#collab/document.ts";
import type { BracketEmbed, FootnoteEmbed, IdRange, ReferenceEmbed } from "#collab/model.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { isWord } from "#collab/words.ts";
import { tears } from "./gate-deletes.ts";

export const EM = 1;
export const STRONG = 2;

export type Units = {
  /** One UTF-16 unit each; `NOTE_SIGN` for a reference to a footnote and for a glyph of a bracket. */
  readonly text: string;
  /** By the place of such a sign: the footnote, the paragraph behind "@", or the bracket behind the glyph itself ("[b1"): no id begins so. */
  readonly notes: ReadonlyMap<number, string>;
  /** `EM` and `STRONG` of each unit; null when all of them are plain. */
  readonly looks: Uint8Array | null;
  /** They cover `text` exactly, in order. */
  readonly ids: readonly IdRange[];
};

/** Units of the wanted words from `at` on are the units from `place` on of the words as they are. */
export type Stay = { readonly at: number; readonly place: number; readonly length: number };

export function unitsOf(paragraph: Paragraph | null): Units {
  let text = "";
  const notes = new Map<number, string>();
  const marked: { readonly from: number; readonly to: number; readonly looks: number }[] = [];
  const ids: IdRange[] = [];
  for (const span of paragraph?.spans ?? []) {
    const from = text.length;
    if (span.kind === "note") notes.set(from, span.note);
    else if (span.kind === "reference") notes.set(from, `@${span.to}`);
    else if (span.kind === "bracket") notes.set(from, `${span.side === "open" ? "[" : "]"}${span.bracket}`);
    text += span.kind === "words" ? span.text : NOTE_SIGN;
    for (const range of span.ids) ids.push(range);
    const looks = span.kind === "words" ? (span.em ? EM : 0) | (span.strong ? STRONG : 0) : 0;
    if (looks !== 0) marked.push({ from, to: text.length, looks });
  }
  const looks = marked.length > 0 ? new Uint8Array(text.length) : null;
  for (const { from, to, looks: ofSpan } of marked) looks?.fill(ofSpan, from, to);
  return { text, notes, looks, ids };
}

/** What is to stand in the place of a sign. */
export function embedOf(note: string): FootnoteEmbed | ReferenceEmbed | BracketEmbed {
  if (note.startsWith("@")) return { paragraph: note.slice(1) };
  if (note.startsWith("[")) return { bracket: note.slice(1), side: "open" };
  return note.startsWith("]") ? { bracket: note.slice(1), side: "close" } : { footnote: note };
}

/** Whether both have the same words with the same formatting. */
export function areSame(a: Units, b: Units): boolean {
  if (a.text !== b.text || a.notes.size !== b.notes.size) return false;
  for (const [at, note] of a.notes) if (b.notes.get(at) !== note) return false;
  if (a.looks === null || b.looks === null) return a.looks === b.looks;
  for (let at = 0; at < a.text.length; at += 1) if (a.looks[at] !== b.looks[at]) return false;
  return true;
}

/** What stays of `from` for `to`; both sides rise. */
export function matchUnits(from: Units, to: Units, roots: Roots): Stay[] {
  const stays = matchGaps(from, to, rising(matchRoots(from, to, roots)));
  return /[\uD800-\uDFFF]/.test(to.text) ? keepPairsWhole(from, to, stays) : stays;
}

type Piece = { clock: number; length: number; place: number };

/** Goes over the characters that were typed first, stretch by stretch. */
function eachRootOf({ ids }: Units, roots: Roots, visit: (root: IdRange, place: number) => void): void {
  let place = 0;
  for (const range of ids) {
    eachRoot(roots, range, (root) => {
      visit(root, place);
      place += root[2];
    });
  }
}

/** Stretches by client and in the order of their clocks; of what stands twice the first counts. */
function piecesOf(units: Units, roots: Roots): ReadonlyMap<number, readonly Piece[]> {
  const byClient = new Map<number, Piece[]>();
  eachRootOf(units, roots, ([client, clock, length], place) => {
    const list = byClient.get(client);
    if (list) list.push({ clock, length, place });
    else byClient.set(client, [{ clock, length, place }]);
  });
  for (const list of byClient.values()) {
    list.sort((a, b) => a.clock - b.clock);
    let end = 0;
    for (const piece of list) {
      const twice = Math.min(piece.length, Math.max(0, end - piece.clock));
      piece.clock += twice;
      piece.place += twice;
      piece.length -= twice;
      end = Math.max(end, piece.clock + piece.length);
    }
  }
  return byClient;
}

/** Index of the first piece that ends behind `clock`. */
function firstBehind(pieces: readonly Piece[], clock: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece && piece.clock + piece.length <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What goes back to the same character and reads the same, in the order of the wanted words. */
function matchRoots(from: Units, to: Units, roots: Roots): Stay[] {
  const byClient = piecesOf(from, roots);
  const stays: Stay[] = [];
  eachRootOf(to, roots, ([client, clock, length], at) => {
    const pieces = byClient.get(client);
    if (!pieces) return;
    const end = clock + length;
    for (let index = firstBehind(pieces, clock); index < pieces.length; index += 1) {
      const piece = pieces[index];
      if (!piece || piece.clock >= end) return;
      const start = Math.max(clock, piece.clock);
      addWhatReads(stays, from, to, {
        at: at + start - clock,
        place: piece.place + start - piece.clock,
        length: Math.min(end, piece.clock + piece.length) - start,
      });
    }
  });
  return stays;
}

/** Only a forged record leads to a character that reads otherwise. */
function addWhatReads(stays: Stay[], from: Units, to: Units, { at, place, length }: Stay): void {
  const reads =
    from.notes.size + to.notes.size === 0 &&
    from.text.slice(place, place + length) === to.text.slice(at, at + length);
  if (reads) return addStay(stays, { at, place, length });
  for (let step = 0; step < length; step += 1) {
    const isSame =
      from.text.charCodeAt(place + step) === to.text.charCodeAt(at + step) &&
      from.notes.get(place + step) === to.notes.get(at + step);
    if (isSame) addStay(stays, { at: at + step, place: place + step, length: 1 });
  }
}

/** Joins it to the last where it goes on. */
function addStay(stays: Stay[], stay: Stay): void {
  const last = stays.at(-1);
  if (last && last.at + last.length === stay.at && last.place + last.length === stay.place) {
    stays[stays.length - 1] = { ...last, length: last.length + stay.length };
  } else if (stay.length > 0) {
    stays.push(stay);
  }
}

/** As much of it as is in the same order on both sides. */
function rising(stays: Stay[]): Stay[] {
  let end = 0;
  const isRising = stays.every(({ place, length }) => {
    const rises = place >= end;
    end = place + length;
    return rises;
  });
  if (isRising) return stays;
  const units = stays.flatMap(({ at, place, length }) =>
    Array.from({ length }, (_, step) => ({ at: at + step, place: place + step, length: 1 })),
  );
  const risen: Stay[] = [];
  for (const index of longestRising(units.map(({ place }) => place))) {
    const unit = units[index];
    if (unit) addStay(risen, unit);
  }
  return risen;
}

/** Words that were typed anew and read the same stay too. */
function matchGaps(from: Units, to: Units, stays: readonly Stay[]): Stay[] {
  const vocabulary: Vocabulary = new Map();
  const all: Stay[] = [];
  let start = 0;
  let place = 0;
  const until = (next: Stay): void => {
    if (next.at > start && next.place > place) {
      const left = tokensIn(from, place, next.place, vocabulary);
      const right = tokensIn(to, start, next.at, vocabulary);
      const tokens = matchTokens(left, right);
      const isWordAt = (index: number, token: number): boolean =>
        tokens[index] === token && isWord(left.texts[index] ?? "");
      tokens.forEach((token, index) => {
        // A space or a sign by itself is no word that stayed; beside one it is part of what was typed anew.
        const isKept =
          token >= 0 &&
          (isWordAt(index, token) || isWordAt(index - 1, token - 1) || isWordAt(index + 1, token + 1));
        if (!isKept) return;
        const length = (left.texts[index] ?? "").length;
        addStay(all, { at: right.starts[token] ?? 0, place: left.starts[index] ?? 0, length });
      });
    }
    start = next.at + next.length;
    place = next.place + next.length;
  };
  for (const stay of stays) {
    until(stay);
    addStay(all, stay);
  }
  until({ at: to.text.length, place: from.text.length, length: 0 });
  return all;
}

/** Where the other half of the pair of surrogates at `at` stands: -1, 1, or 0 for no pair. */
function otherHalf(text: string, at: number): number {
  if (tears(text, at)) return -1;
  return tears(text, at + 1) ? 1 : 0;
}

function keepPairsWhole(from: Units, to: Units, stays: readonly Stay[]): Stay[] {
  const places = new Int32Array(to.text.length).fill(-1);
  for (const { at, place, length } of stays) {
    for (let step = 0; step < length; step += 1) places[at + step] = place + step;
  }
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? -1;
    if (place < 0) continue;
    const other = otherHalf(to.text, at);
    if (other !== otherHalf(from.text, place) || (other !== 0 && places[at + other] !== place + other)) {
      places[at] = -1;
      if (other !== 0) places[at + other] = -1;
    }
  }
  const whole: Stay[] = [];
  places.forEach((place, at) => {
    if (place >= 0) addStay(whole, { at, place, length: 1 });
  });
  return whole;
}
