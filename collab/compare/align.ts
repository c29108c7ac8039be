/**
 * Which paragraphs of two texts belong together: first by id, then by the identity of their characters (splits,
 * merges, paragraphs brought back under another id), and only where neither says anything by their words.
 */
import type { Paragraph } from "#collab/document.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { tokensOf, isWord } from "#collab/words.ts";
import { longestRising } from "./match.ts";
import type { Reading } from "./tokens.ts";

/** Paragraphs of `a` that became paragraphs of `b`. Either side has at most one when the other has several. */
export type Group = { readonly a: readonly number[]; readonly b: readonly number[]; readonly moved: boolean };

/** A part that came out of another paragraph must be at least half that paragraph's characters. */
const HALF = 0.5;
/** Paragraphs without any identity in common are the same when this part of their words is. */
const ALIKE = 0.6;
/** Shorter wordings are too likely to be part of another by chance. */
const TELLING = 20;
const MOST_PAIRS = 10_000;

type Owners = Map<number, { clock: number; end: number; owner: number }[]>;

function ownersOf(paragraphs: readonly Paragraph[], roots: Roots): Owners {
  const owners: Owners = new Map();
  for (const [owner, paragraph] of paragraphs.entries()) {
    for (const span of paragraph.spans) {
      for (const range of span.ids) {
        eachRoot(roots, range, ([client, clock, length]) => {
          let list = owners.get(client);
          if (!list) owners.set(client, (list = []));
          const last = list.at(-1);
          if (last?.owner === owner && last.end === clock) last.end += length;
          else list.push({ clock, end: clock + length, owner });
        });
      }
    }
  }
  for (const list of owners.values()) list.sort((x, y) => x.clock - y.clock);
  return owners;
}

/** The paragraph that holds most of this one's characters, if it holds at least half. */
function mainOwner(paragraph: Paragraph, roots: Roots, owners: Owners): number | null {
  const counts = new Map<number, number>();
  let all = 0;
  for (const span of paragraph.spans) {
    for (const range of span.ids) {
      all += range[2];
      eachRoot(roots, range, ([client, clock, length]) => {
        const list = owners.get(client) ?? [];
        let low = 0;
        let high = list.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((list[middle]?.end ?? 0) <= clock) low = middle + 1;
          else high = middle;
        }
        for (let piece = list[low]; piece && piece.clock < clock + length; piece = list[(low += 1)]) {
          const shared = Math.min(piece.end, clock + length) - Math.max(piece.clock, clock);
          if (shared > 0) counts.set(piece.owner, (counts.get(piece.owner) ?? 0) + shared);
        }
      });
    }
  }
  let best: number | null = null;
  for (const [owner, count] of counts) {
    if (count >= all * HALF && (best === null || count > (counts.get(best) ?? 0))) best = owner;
  }
  return best;
}

function bagOf(reading: Reading): Map<string, number> {
  const bag = new Map<string, number>();
  for (const token of tokensOf(reading.text)) {
    if (isWord(token)) bag.set(token, (bag.get(token) ?? 0) + 1);
  }
  return bag;
}

function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const [word, count] of a) {
    shared += Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  let others = 0;
  for (const count of b.values()) others += count;
  return all + others === 0 ? 0 : (2 * shared) / (all + others);
}

/** Everything the alignment knows while it is being made. */
class Alignment {
  readonly a: readonly Reading[];
  readonly b: readonly Reading[];
  readonly toB = new Map<number, number>();
  readonly toA = new Map<number, number>();
  /** Split off: place in `b` → place in `a` of the paragraph it came from. */
  readonly splitFrom = new Map<number, number>();
  /** Merged away: place in `a` → place in `b` of the paragraph it went into. */
  readonly mergedInto = new Map<number, number>();

  constructor(a: readonly Reading[], b: readonly Reading[]) {
    this.a = a;
    this.b = b;
  }

  pair(inA: number, inB: number): void {
    this.toB.set(inA, inB);
    this.toA.set(inB, inA);
  }

  loneA(): number[] {
    return [...this.a.keys()].filter((at) => !this.toB.has(at) && !this.mergedInto.has(at));
  }

  loneB(): number[] {
    return [...this.b.keys()].filter((at) => !this.toA.has(at) && !this.splitFrom.has(at));
  }

  byId(): void {
    const places = new Map(this.a.map((reading, at) => [reading.paragraph.id, at]));
    for (const [inB, reading] of this.b.entries()) {
      const inA = places.get(reading.paragraph.id);
      if (inA !== undefined) this.pair(inA, inB);
    }
  }

  byCharacters(roots: Roots): void {
    const loneB = this.loneB().filter((at) => this.b[at]?.text !== "");
    if (loneB.length > 0) {
      const owners = ownersOf(
        this.a.map((reading) => reading.paragraph),
        roots,
      );
      for (const inB of loneB) {
        const reading = this.b[inB];
        const source = reading ? mainOwner(reading.paragraph, roots, owners) : null;
        if (source === null) continue;
        if (this.toB.has(source)) this.splitFrom.set(inB, source);
        else this.pair(source, inB);
      }
    }
    const loneA = this.loneA().filter((at) => this.a[at]?.text !== "");
    if (loneA.length === 0) return;
    const owners = ownersOf(
      this.b.map((reading) => reading.paragraph),
      roots,
    );
    for (const inA of loneA) {
      const reading = this.a[inA];
      const target = reading ? mainOwner(reading.paragraph, roots, owners) : null;
      if (target !== null && this.toA.has(target)) this.mergedInto.set(inA, target);
    }
  }

  byWords(): void {
    const byText = new Map<string, number[]>();
    for (const inA of this.loneA()) {
      const text = this.a[inA]?.text ?? "";
      if (text.trim() !== "") byText.set(text, [...(byText.get(text) ?? []), inA]);
    }
    for (const inB of this.loneB()) {
      const inA = byText.get(this.b[inB]?.text ?? "")?.shift();
      if (inA !== undefined) this.pair(inA, inB);
    }
    this.#contained();
    const loneA = this.loneA();
    const loneB = this.loneB();
    if (loneA.length * loneB.length > MOST_PAIRS || loneA.length * loneB.length === 0) return;
    const bags = new Map(loneA.map((inA) => [inA, bagOf(this.a[inA] as Reading)]));
    for (const inB of loneB) {
      const bag = bagOf(this.b[inB] as Reading);
      let best: number | null = null;
      let bestLikeness = ALIKE;
      for (const [inA, other] of bags) {
        const alike = likeness(other, bag);
        if (alike > bestLikeness) [best, bestLikeness] = [inA, alike];
      }
      if (best === null) continue;
      this.pair(best, inB);
      bags.delete(best);
    }
  }

  /** A neighbour's words that now stand, or stood, in a paragraph of their own. */
  #contained(): void {
    for (const inB of this.loneB()) {
      const text = this.b[inB]?.text.trim() ?? "";
      const source = this.toA.get(inB - 1) ?? this.splitFrom.get(inB - 1);
      const inA = this.a[source ?? -1];
      const stayed = this.b[this.toB.get(source ?? -1) ?? -1];
      if (text.length < TELLING || source === undefined || !inA || !stayed) continue;
      if (inA.text.includes(text) && !stayed.text.includes(text)) this.splitFrom.set(inB, source);
    }
    for (const inA of this.loneA()) {
      const text = this.a[inA]?.text.trim() ?? "";
      const target = this.toB.get(inA - 1) ?? this.mergedInto.get(inA - 1);
      const inB = this.b[target ?? -1];
      const was = this.a[this.toA.get(target ?? -1) ?? -1];
      if (text.length < TELLING || target === undefined || !inB || !was) continue;
      if (inB.text.includes(text) && !was.text.includes(text)) this.mergedInto.set(inA, target);
    }
  }

  /** Places in `b` whose paragraph stood elsewhere among its companions. Notes follow the text and never move. */
  moved(): ReadonlySet<number> {
    const pairs = [...this.toA].filter(([inB]) => this.b[inB]?.paragraph.role !== "footnote");
    pairs.sort((x, y) => x[0] - y[0]);
    const stayed = new Set(longestRising(pairs.map(([, inA]) => inA)));
    return new Set(pairs.filter((_pair, at) => !stayed.has(at)).map(([inB]) => inB));
  }
}

/** The groups in the order of `b`; paragraphs of `a` alone stand behind what they stood behind in `a`. */
export function alignParagraphs(a: readonly Reading[], b: readonly Reading[], roots: Roots): Group[] {
  const alignment = new Alignment(a, b);
  alignment.byId();
  alignment.byCharacters(roots);
  alignment.byWords();
  const moved = alignment.moved();

  const parts = new Map<number, number[]>();
  for (const [inB, inA] of alignment.splitFrom) parts.set(inA, [...(parts.get(inA) ?? []), inB]);
  const merged = new Map<number, number[]>();
  for (const [inA, inB] of alignment.mergedInto) {
    // A paragraph that was split and merged at once is told as a split; what was merged into it, as deleted.
    const into = alignment.toA.get(inB);
    if (into !== undefined && !parts.has(into)) merged.set(inB, [...(merged.get(inB) ?? []), inA]);
  }
  const inMerge = new Set([...merged.values()].flat());

  const deletedAfter = new Map<number, number[]>();
  let anchor = -1;
  for (const inA of a.keys()) {
    const inB = alignment.toB.get(inA);
    if (inB !== undefined) {
      if (!moved.has(inB)) anchor = inB;
    } else if (!inMerge.has(inA)) deletedAfter.set(anchor, [...(deletedAfter.get(anchor) ?? []), inA]);
  }

  const groups: Group[] = [];
  const tell = (inB: number): void => {
    for (const inA of deletedAfter.get(inB) ?? []) groups.push({ a: [inA], b: [], moved: false });
  };
  tell(-1);
  for (const inB of b.keys()) {
    const inA = alignment.toA.get(inB);
    if (inA !== undefined) {
      const others = merged.get(inB) ?? [];
      const pieces = parts.get(inA) ?? [];
      groups.push({
        a: [inA, ...others].sort((x, y) => x - y),
        b: [inB, ...pieces].sort((x, y) => x - y),
        moved: moved.has(inB),
      });
    } else if (!alignment.splitFrom.has(inB)) groups.push({ a: [], b: [inB], moved: false });
    tell(inB);
  }
  return groups;
}
