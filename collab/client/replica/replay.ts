/**
 * Does again what a refusal has undone (SS11 to SS17): the room's text is loaded fresh and every unit of the difference is
 * made once more as edits of a new Yjs client. Nothing that was refused is sent again: characters get new identities,
 * and words that were carried keep a record of where the room has them, so that their authors stay who they were.
 */
import * as Y from "yjs";
import { characterKey, charactersOf, idRangesOf, rangesOfCharacters } from "#collab/id-ranges.ts";
import { CARRY_PREFIX, paragraphsOf, wordsOf } from "#collab/model.ts";
import type { ParagraphMap, Seen } from "#collab/model.ts";
import { hideParagraphs } from "#collab/seen.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { isBracketEmbed, runsOf } from "#collab/runs.ts";
import { glyphOf } from "./difference.ts";
import type {
  Character,
  GlyphChange,
  Origin,
  Origins,
  ParagraphChange,
  Unit,
  WordStep,
} from "./difference.ts";

/** Wording that could not be taken, offered to be copied. */
export type Untaken = {
  readonly paragraphId: string;
  readonly words: string;
  /** Why: the code of the gate, "locked" or "gone". */
  readonly code: string;
};

/** Whether a unit can be tried at all; else why not. */
export function obstacleTo(
  unit: Unit,
  locks: ReadonlySet<string>,
  refused: ReadonlyMap<string, string>,
): string | null {
  for (const { id, gone } of unit.changes) {
    if (locks.has(id)) return "locked";
    if (gone) return "gone";
    const code = refused.get(id);
    if (code !== undefined) return code;
  }
  return null;
}

/** The wording of a unit, to be copied. Deletions and moves alone have none: they are easily done again. */
export function untakenOf(unit: Unit, code: string): Untaken[] {
  return unit.changes
    .filter(({ words, wording }) => wording.trim() !== "" && words.some((step) => step.kind === "insert"))
    .map(({ id, wording }) => ({ paragraphId: id, words: wording, code }));
}

/** A rough size of the edit that a unit makes, in bytes. */
export function sizeOf(unit: Unit): number {
  let size = 0;
  for (const { words } of unit.changes) {
    size += 120;
    for (const step of words) size += step.kind === "insert" ? step.characters.length * 3 : 12;
  }
  return size;
}

function formatsOf({ em, strong }: Character): Record<string, true> {
  return { ...(em ? { em: true } : {}), ...(strong ? { strong: true } : {}) };
}

function sameFormat(a: Character, b: Character): boolean {
  return a.em === b.em && a.strong === b.strong;
}

function insert(text: Y.Text, offset: number, characters: readonly Character[]): void {
  let at = offset;
  for (let from = 0; from < characters.length;) {
    const first = characters[from];
    if (!first) return;
    if (typeof first.content === "object") {
      text.insertEmbed(at, { ...first.content }, formatsOf(first));
      at += 1;
      from += 1;
      continue;
    }
    let words = "";
    while (from < characters.length) {
      const next = characters[from];
      if (!next || typeof next.content !== "string" || !sameFormat(first, next)) break;
      words += next.content;
      from += 1;
    }
    text.insert(at, words, formatsOf(first));
    at += words.length;
  }
}

type Inserted = { readonly at: number; readonly characters: readonly Character[] };

/** Deletes words, but for glyphs that have to stay; returns how many those are. */
function deleteWords(text: Y.Text, at: number, length: number, stays: GlyphPlan["stays"]): number {
  const glyphs = runsOf(text).filter(
    ({ offset, content }) =>
      offset >= at && offset < at + length && isBracketEmbed(content) && stays.has(content.bracket),
  );
  let end = at + length;
  for (const { offset } of glyphs.toReversed()) {
    if (end > offset + 1) text.delete(offset + 1, end - offset - 1);
    end = offset;
  }
  if (end > at) text.delete(at, end - at);
  return glyphs.length;
}

/** Applies the steps; returns where new characters stand now. */
function applySteps(text: Y.Text, steps: readonly WordStep[], plan: GlyphPlan): Inserted[] {
  const inserted: Inserted[] = [];
  let at = 0;
  for (const step of steps) {
    switch (step.kind) {
      case "keep":
        at += step.length;
        break;
      case "delete":
        at += deleteWords(text, at, step.length, plan.stays);
        break;
      case "format": {
        const { em, strong, length } = step;
        text.format(at, length, {
          ...(em === undefined ? {} : { em }),
          ...(strong === undefined ? {} : { strong }),
        });
        at += length;
        break;
      }
      case "insert":
        {
          const characters = step.characters.flatMap((character) => plan.again(character) ?? []);
          insert(text, at, characters);
          inserted.push({ at, characters });
          at += characters.length;
        }
        break;
      default:
        step satisfies never;
    }
  }
  return inserted;
}

/**
 * What becomes of the glyphs of brackets: never one of two. New brackets get new ids, for the old ones may be what was
 * refused, and one whose other glyph did not come along is left out. A bracket of the room's is taken away as a whole or
 * stays: somebody else may have carried its other glyph to where this copy never saw it.
 */
type GlyphPlan = {
  readonly stays: ReadonlySet<string>;
  /** The character as it is put in again; null when it is not. */
  readonly again: (character: Character) => Character | null;
};

const SIDES = ["open", "close"] as const;

function planGlyphs(
  doc: Y.Doc,
  { changes, origins }: Unit,
  { clocks, newId }: { readonly clocks: Known["clocks"]; readonly newId: () => string },
): GlyphPlan {
  const all = changes.flatMap(({ glyphs }) => glyphs);
  if (all.length === 0) return { stays: new Set(), again: (character) => character };
  const has = (kind: GlyphChange["kind"], bracket: string, side: string): boolean =>
    all.some((glyph) => glyph.kind === kind && glyph.bracket === bracket && glyph.side === side);
  const seen = new Set<string>();
  paragraphsOf(doc).forEach((map) => {
    const text = map.get("deleted") === true ? null : wordsOf(map);
    for (const { content } of text ? runsOf(text) : [])
      if (isBracketEmbed(content)) seen.add(`${content.side} ${content.bracket}`);
  });
  const stays = new Set<string>();
  for (const { bracket } of all) {
    const lost = SIDES.filter((side) => has("delete", bracket, side) && !has("insert", bracket, side));
    const isLeft = SIDES.some((side) => seen.has(`${side} ${bracket}`) && !has("delete", bracket, side));
    if (lost.length === 1 && isLeft) stays.add(bracket);
  }
  const isRooms = ({ client, clock }: Character): boolean => {
    let origin = origins.get(characterKey(client, clock));
    for (let steps = 0; origin && steps < 1_000; steps += 1) {
      if (origin.clock < (clocks.get(origin.client) ?? 0)) return true;
      origin = origins.get(characterKey(origin.client, origin.clock));
    }
    return false;
  };
  const ids = new Map<string, string>();
  return {
    stays,
    again(character) {
      const glyph = glyphOf(character);
      if (!glyph || isRooms(character)) return character;
      const { bracket, side } = glyph;
      if (!SIDES.every((each) => has("insert", bracket, each))) return null;
      const id = ids.get(bracket) ?? newId();
      ids.set(bracket, id);
      return { ...character, content: { bracket: id, side } };
    },
  };
}

type Known = {
  /** Clocks of the room's characters. */
  readonly clocks: ReadonlyMap<number, number>;
  /** What local characters are called now that they have been made again. */
  readonly madeAgain: ReadonlyMap<CharacterKey, readonly [client: number, clock: number]>;
};

/** Follows carries among local characters back to one that the room knows, or will know with this very unit. */
function rootOf(character: Character, origins: Origins, { clocks, madeAgain }: Known): Origin | null {
  let origin = origins.get(characterKey(character.client, character.clock));
  for (let steps = 0; origin && steps < 1_000; steps += 1) {
    if (origin.clock < (clocks.get(origin.client) ?? 0)) return origin;
    const again = madeAgain.get(characterKey(origin.client, origin.clock));
    if (again) return { from: origin.from, client: again[0], clock: again[1] };
    origin = origins.get(characterKey(origin.client, origin.clock));
  }
  return null;
}

type Carried = { readonly origin: Origin; readonly now: readonly [number, number] };

function recordCarries(map: ParagraphMap, carried: readonly Carried[], newId: () => string): void {
  const sources = new Map<string, Carried[]>();
  for (const one of carried) {
    const list = sources.get(one.origin.from);
    if (list) list.push(one);
    else sources.set(one.origin.from, [one]);
  }
  for (const [from, list] of sources) {
    const src = rangesOfCharacters(list.map(({ origin }) => [origin.client, origin.clock] as const));
    const dst = rangesOfCharacters(list.map(({ now }) => now));
    map.set(`${CARRY_PREFIX}${newId()}`, { from, src, dst });
  }
}

function paragraphFor(doc: Y.Doc, change: ParagraphChange): ParagraphMap | null {
  const known = paragraphsOf(doc).get(change.id);
  if (known) return known;
  if (!change.created) return null;
  const made: ParagraphMap = new Y.Map();
  paragraphsOf(doc).set(change.id, made);
  made.set("text", new Y.Text());
  return made;
}

/** Makes one unit in `doc`, in one transaction. `doc` is in the state the unit was computed against. */
export function replayUnit(doc: Y.Doc, unit: Unit, newId: () => string): void {
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
  const plan = planGlyphs(doc, unit, { clocks, newId });
  doc.transact(() => {
    const insertions: { map: ParagraphMap; text: Y.Text; inserted: Inserted[] }[] = [];
    for (const change of unit.changes) {
      const map = paragraphFor(doc, change);
      const text = map && wordsOf(map);
      if (!map || !text) continue;
      const { deleted, ...fields } = change.fields;
      for (const [field, value] of Object.entries(fields)) map.set(field, value);
      // Of a new paragraph it is said at once; another is hidden when its words are there.
      if (deleted === false || (deleted && change.created)) map.set("deleted", deleted);
      insertions.push({ map, text, inserted: applySteps(text, change.words, plan) });
    }
    const madeAgain = new Map<CharacterKey, readonly [number, number]>();
    for (const { text, inserted } of insertions) {
      for (const { at, characters } of inserted) {
        const now = charactersOf(idRangesOf(text, at, characters.length));
        for (const { client, clock } of characters) {
          const id = now.next().value;
          if (id) madeAgain.set(characterKey(client, clock), id);
        }
      }
    }
    for (const { map, inserted } of insertions) {
      const carried: Carried[] = [];
      for (const { characters } of inserted) {
        for (const character of characters) {
          const origin = rootOf(character, unit.origins, { clocks, madeAgain });
          const now = madeAgain.get(characterKey(character.client, character.clock));
          if (origin && now) carried.push({ origin, now });
        }
      }
      recordCarries(map, carried, newId);
    }
    for (const change of unit.changes)
      if (change.fields.deleted && !change.created) hideAgain(doc, change, newId);
  });
}

/** What the page had not received when it was hidden first is no more meant now. */
function hideAgain(doc: Y.Doc, { id, held }: ParagraphChange, newId: () => string): void {
  if (!held) {
    paragraphsOf(doc).get(id)?.set("deleted", true);
    return;
  }
  const seen = held.flatMap(([client, end]): Seen => {
    const known = Math.min(end, Y.getState(doc.store, client));
    return known > 0 ? [[client, known]] : [];
  });
  hideParagraphs(doc, [id], { newId, seen });
}
