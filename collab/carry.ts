/**
 * Carried words. When words go to another place (split, merge, move between paragraphs, a deletion undone) Yjs gives
 * the copy new ids; a `carry:` record on the target paragraph says which old characters the new ones are. Authorship
 * follows these records, and by them the server finds the copies that two carries of the same words at the same time
 * have made.
 */
import type * as Y from "yjs";
import { charactersOf, characterKey } from "./id-ranges.ts";
import type { CharacterKey } from "./id-ranges.ts";
import { CARRY_PREFIX, paragraphsOf, wordsOf } from "./model.ts";
import type { Carry, IdRange } from "./model.ts";
import { eachRoot, rootsOf as rootIndexOf } from "./roots.ts";
import type { Roots } from "./roots.ts";
import { runsOf } from "./runs.ts";

export type CarryRecord = Carry & { readonly key: string; readonly to: string };

/** Part of a paragraph's visible words, in UTF-16 units. */
export type Stretch = {
  readonly paragraph: string;
  readonly offset: number;
  readonly length: number;
};

function isIdRange(value: unknown): value is IdRange {
  return Array.isArray(value) && value.length === 3 && value.every((part) => Number.isSafeInteger(part));
}

/** Stored values never change: thousands of them are looked through at each restoration, and read once. */
const known = new WeakSet();

/** Whether a stored value has the shape of a carry; its truth (equal words, known ids) is for the gate to check. */
export function isCarry(value: unknown): value is Carry {
  if (typeof value !== "object" || value === null) return false;
  if (known.has(value)) return true;
  const isOne = hasShape(value);
  if (isOne) known.add(value);
  return isOne;
}

function hasShape(value: object): boolean {
  if (!("from" in value) || !("src" in value) || !("dst" in value)) return false;
  return (
    typeof value.from === "string" &&
    Array.isArray(value.src) &&
    Array.isArray(value.dst) &&
    value.src.every(isIdRange) &&
    value.dst.every(isIdRange)
  );
}

/** All carries of a text, in the order of their keys. The order of the log is known to the server alone. */
export function carriesOf(doc: Y.Doc): CarryRecord[] {
  const carries: CarryRecord[] = [];
  paragraphsOf(doc).forEach((map, to) => {
    for (const key of map._map.keys()) {
      const value = key.startsWith(CARRY_PREFIX) ? map.get(key) : null;
      if (isCarry(value)) carries.push({ from: value.from, src: value.src, dst: value.dst, key, to });
    }
  });
  return carries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

type Source = {
  readonly client: number;
  readonly clock: number;
  /** Position of the carry in the order given. */
  readonly rank: number;
};

/** From each carried character to the one that it was copied from. */
function sourcesOf(carries: readonly CarryRecord[]): Map<CharacterKey, Source> {
  const sources = new Map<CharacterKey, Source>();
  carries.forEach((carry, rank) => {
    const from = charactersOf(carry.src);
    for (const [client, clock] of charactersOf(carry.dst)) {
      const source = from.next();
      if (source.done === true) return;
      const key = characterKey(client, clock);
      if (!sources.has(key)) sources.set(key, { client: source.value[0], clock: source.value[1], rank });
    }
  });
  return sources;
}

export type RootOf = (client: number, clock: number) => readonly [client: number, clock: number];

function rootIn(sources: ReadonlyMap<CharacterKey, Source>): RootOf {
  return (client, clock) => {
    const seen = new Set<CharacterKey>();
    let at: readonly [number, number] = [client, clock];
    for (;;) {
      const key = characterKey(...at);
      const source = sources.get(key);
      if (source === undefined || seen.has(key)) return at;
      seen.add(key);
      at = [source.client, source.clock];
    }
  };
}

/** The character that was typed first, through chains of carries; a character that was never carried is its own. */
export function rootsOf(carries: readonly CarryRecord[]): RootOf {
  return rootIn(sourcesOf(carries));
}

type Copy = {
  readonly client: number;
  readonly clock: number;
  /** -1 for the root itself, otherwise the position of the carry that made the copy. */
  readonly rank: number;
  readonly at: { readonly paragraph: string; readonly offset: number };
};

function earlierFirst(a: Copy, b: Copy): number {
  return a.rank - b.rank || a.client - b.client || a.clock - b.clock;
}

function involvedIn(carries: readonly CarryRecord[]): Set<string> {
  const involved = new Set<string>();
  for (const { from, to } of carries) involved.add(from).add(to);
  return involved;
}

/** Whether any character lives twice where these carries led: by ranges, for after a restore that is everywhere. */
export function hasCopies(
  doc: Y.Doc,
  carries: readonly CarryRecord[],
  index: Roots = rootIndexOf(carries),
): boolean {
  const live = new Map<number, (readonly [clock: number, length: number])[]>();
  for (const paragraph of involvedIn(carries)) {
    const map = paragraphsOf(doc).get(paragraph);
    const text = map === undefined || map.get("deleted") === true ? null : wordsOf(map);
    if (text === null) continue;
    for (const run of runsOf(text)) {
      eachRoot(index, [run.client, run.clock, run.length], ([client, clock, length]) => {
        const list = live.get(client);
        if (list === undefined) live.set(client, [[clock, length]]);
        else list.push([clock, length]);
      });
    }
  }
  for (const list of live.values()) {
    let end = 0;
    for (const [clock, length] of list.toSorted((a, b) => a[0] - b[0])) {
      if (clock < end) return true;
      end = clock + length;
    }
  }
  return false;
}

/**
 * The stretches that a repair deletes so that every character is live once: of several live copies of one root the
 * earliest stays (the root itself, then by `carries`, which must be in the order of the log). Words in hidden
 * paragraphs do not count as live. `since` limits the search to the words of carries from that position on; copies in
 * `preferred` paragraphs count as earlier than all others. Surrogate pairs are never cut.
 */
export function laterCopies(
  doc: Y.Doc,
  carries: readonly CarryRecord[],
  {
    since = 0,
    preferred = new Set(),
  }: { readonly since?: number; readonly preferred?: ReadonlySet<string> } = {},
): Stretch[] {
  if (!hasCopies(doc, carries)) return [];
  const involved = involvedIn(carries);
  const sources = sourcesOf(carries);
  const rootOf = rootIn(sources);
  const wanted = new Set<CharacterKey>();
  for (const carry of carries.slice(since))
    for (const [client, clock] of charactersOf(carry.src)) wanted.add(characterKey(...rootOf(client, clock)));
  const paragraphs = paragraphsOf(doc);
  const copies = new Map<CharacterKey, Copy[]>();
  const letters = new Map<string, string>();
  for (const paragraph of involved) {
    const map = paragraphs.get(paragraph);
    const text = map === undefined || map.get("deleted") === true ? null : wordsOf(map);
    if (text === null) continue;
    let words = "";
    for (const run of runsOf(text)) {
      words += typeof run.content === "string" ? run.content : "\0";
      for (let i = 0; i < run.length; i++) {
        const key = characterKey(run.client, run.clock + i);
        const root = characterKey(...rootOf(run.client, run.clock + i));
        if (!wanted.has(root)) continue;
        const copy: Copy = {
          client: run.client,
          clock: run.clock + i,
          rank: sources.get(key)?.rank ?? -1,
          at: { paragraph, offset: run.offset + i },
        };
        const list = copies.get(root);
        if (list === undefined) copies.set(root, [copy]);
        else list.push(copy);
      }
    }
    letters.set(paragraph, words);
  }
  const doomed = new Map<string, Set<number>>();
  const isPreferred = ({ at }: Copy): number => Number(preferred.has(at.paragraph));
  const order = (a: Copy, b: Copy): number => isPreferred(b) - isPreferred(a) || earlierFirst(a, b);
  for (const list of copies.values())
    for (const copy of list.toSorted(order).slice(1)) {
      const { paragraph, offset } = copy.at;
      const offsets = doomed.get(paragraph) ?? new Set();
      doomed.set(paragraph, offsets.add(offset));
    }
  return [...doomed].flatMap(([paragraph, offsets]) =>
    stretches(paragraph, wholePairs(letters.get(paragraph) ?? "", offsets)),
  );
}

/** Offsets whose other half of a surrogate pair is not among them are left alone. */
function wholePairs(words: string, offsets: ReadonlySet<number>): number[] {
  const isHigh = (at: number): boolean => (words.charCodeAt(at) & 0xfc00) === 0xd800;
  const isLow = (at: number): boolean => (words.charCodeAt(at) & 0xfc00) === 0xdc00;
  return [...offsets].filter(
    (at) =>
      !(isHigh(at) && isLow(at + 1) && !offsets.has(at + 1)) &&
      !(isLow(at) && isHigh(at - 1) && !offsets.has(at - 1)),
  );
}

/** Ordered from the end, so that they can be deleted one after the other. */
function stretches(paragraph: string, offsets: readonly number[]): Stretch[] {
  const found: { paragraph: string; offset: number; length: number }[] = [];
  for (const offset of offsets.toSorted((a, b) => b - a)) {
    const last = found.at(-1);
    if (last !== undefined && last.offset === offset + 1) {
      last.offset = offset;
      last.length += 1;
    } else found.push({ paragraph, offset, length: 1 });
  }
  return found;
}

/** Deletes stretches (from `laterCopies`) in one transaction; returns the number of UTF-16 units deleted. */
export function deleteStretches(doc: Y.Doc, doomed: readonly Stretch[], origin: unknown): number {
  if (doomed.length === 0) return 0;
  let count = 0;
  doc.transact(() => {
    for (const { paragraph, offset, length } of doomed) {
      const map = paragraphsOf(doc).get(paragraph);
      const text = map === undefined ? null : wordsOf(map);
      if (text === null) continue;
      text.delete(offset, length);
      count += length;
    }
  }, origin);
  return count;
}
