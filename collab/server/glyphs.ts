/**
 * The glyphs of square brackets in the gate's copy, by the id of their bracket: every one that ever came in, so that
 * no id is used again. A glyph is one position long, so its item stays one and the same.
 */
import * as Y from "yjs";
import type { BracketSide } from "#collab/brackets.ts";
import type { Stretch } from "#collab/carry.ts";
import type { IdRange } from "#collab/model.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { comparePlace, factsOf } from "#collab/projection.ts";
import { contentOf, firstItem, isBracketEmbed } from "#collab/runs.ts";
import type { Effect } from "./effect.ts";
import { placeInCopy } from "./places.ts";
import { eachInCopy } from "./update-shape.ts";

export type StoredGlyph = {
  readonly bracket: string;
  readonly side: BracketSide;
  readonly paragraphId: string;
  readonly item: Y.Item;
};

export type GlyphIndex = Map<string, StoredGlyph[]>;

/** The embed of an item that is a glyph, deleted or not. */
export function glyphIn(item: Y.Item): { readonly bracket: string; readonly side: BracketSide } | null {
  const content = item.content instanceof Y.ContentEmbed ? contentOf(item) : null;
  return isBracketEmbed(content) ? content : null;
}

function note(index: GlyphIndex, item: Y.Item, paragraphId: string): StoredGlyph | null {
  const embed = glyphIn(item);
  if (!embed) return null;
  const glyph: StoredGlyph = { bracket: embed.bracket, side: embed.side, paragraphId, item };
  const list = index.get(glyph.bracket);
  if (list) list.push(glyph);
  else index.set(glyph.bracket, [glyph]);
  return glyph;
}

/** All glyphs of a text. */
export function indexGlyphs(doc: Y.Doc): GlyphIndex {
  const index: GlyphIndex = new Map();
  paragraphsOf(doc).forEach((map, paragraphId) => {
    const text = wordsOf(map);
    for (let item = text && firstItem(text); item; item = item.right) note(index, item, paragraphId);
  });
  return index;
}

/** Adds what came in with a change, and says which glyphs that are. */
export function noteGlyphs(doc: Y.Doc, index: GlyphIndex, inserted: readonly IdRange[]): StoredGlyph[] {
  const fresh: StoredGlyph[] = [];
  for (const range of inserted)
    eachInCopy(doc, range, (item) => {
      if (!glyphIn(item)) return;
      const place = placeInCopy(doc, item);
      const glyph = place?.at === "words" ? note(index, item, place.paragraphId) : null;
      if (glyph) fresh.push(glyph);
    });
  return fresh;
}

function isHidden(doc: Y.Doc, paragraphId: string): boolean {
  return paragraphsOf(doc).get(paragraphId)?.get("deleted") === true;
}

/** The glyphs of a bracket that people see. */
export function visibleGlyphs(doc: Y.Doc, index: GlyphIndex, bracket: string): StoredGlyph[] {
  return (index.get(bracket) ?? []).filter(
    ({ item, paragraphId }) => !item.deleted && !isHidden(doc, paragraphId),
  );
}

function offsetOf(item: Y.Item): number {
  let offset = 0;
  for (let left = item.left; left; left = left.left)
    if (!left.deleted && left.countable) offset += left.length;
  return offset;
}

/** Reading order of two glyphs: negative when `a` stands first. */
export function compareGlyphs(doc: Y.Doc, a: StoredGlyph, b: StoredGlyph): number {
  if (a.paragraphId === b.paragraphId) return offsetOf(a.item) - offsetOf(b.item);
  const placed = ({ paragraphId }: StoredGlyph) => {
    const map = paragraphsOf(doc).get(paragraphId);
    const { order, role } = map ? factsOf(map) : { order: "", role: "plain" as const };
    return { id: paragraphId, order, role };
  };
  return comparePlace(placed(a), placed(b));
}

/** Brackets whose glyphs a change may have put out of order: added, deleted, or in a paragraph that came or went. */
function touchedBy(doc: Y.Doc, index: GlyphIndex, { inserted, deleted, touched }: Effect): Set<string> {
  const brackets = new Set<string>();
  for (const range of [...inserted, ...deleted])
    eachInCopy(doc, range, (item) => {
      const glyph = glyphIn(item);
      if (glyph) brackets.add(glyph.bracket);
    });
  for (const [id, { fields }] of touched) {
    const map = fields.has("deleted") ? paragraphsOf(doc).get(id) : undefined;
    const text = map ? wordsOf(map) : null;
    for (let item = text && firstItem(text); item; item = item.right) {
      const glyph = item.deleted ? null : glyphIn(item);
      if (glyph && index.has(glyph.bracket)) brackets.add(glyph.bracket);
    }
  }
  return brackets;
}

/** Brackets with glyphs that stand in the words of a paragraph, hidden or not. */
export function bracketsInWords(doc: Y.Doc, paragraphId: string): Set<string> {
  const map = paragraphsOf(doc).get(paragraphId);
  const text = map ? wordsOf(map) : null;
  const brackets = new Set<string>();
  for (let item = text && firstItem(text); item; item = item.right) {
    const glyph = item.deleted ? null : glyphIn(item);
    if (glyph) brackets.add(glyph.bracket);
  }
  return brackets;
}

/** Brackets with glyphs in these paragraphs. */
function bracketsIn(index: GlyphIndex, paragraphIds: ReadonlySet<string>): string[] {
  return [...index]
    .filter(([, glyphs]) => glyphs.some(({ paragraphId }) => paragraphIds.has(paragraphId)))
    .map(([bracket]) => bracket);
}

/**
 * What a repair takes away after a change, so that every bracket has two glyphs or none where people see them: glyphs
 * without a partner, and of several of one side all but the first in reading order. In locked paragraphs they stay.
 */
export function oddGlyphs(
  doc: Y.Doc,
  index: GlyphIndex,
  {
    effects,
    locks,
    unlocked = new Set(),
  }: {
    readonly effects: readonly Effect[];
    readonly locks: ReadonlySet<string>;
    /** Paragraphs whose lock has just gone: what was left in them is put in order now. */
    readonly unlocked?: ReadonlySet<string>;
  },
): Stretch[] {
  if (index.size === 0) return [];
  const odd: { paragraph: string; offset: number; length: number }[] = [];
  const touched = effects.flatMap((effect) => [...touchedBy(doc, index, effect)]);
  for (const bracket of new Set([...touched, ...bracketsIn(index, unlocked)])) {
    const visible = visibleGlyphs(doc, index, bracket);
    const sides = (["open", "close"] as const).map((side) => visible.filter((glyph) => glyph.side === side));
    const isHalf = sides.some((glyphs) => glyphs.length === 0);
    for (const glyphs of sides) {
      const extra = isHalf ? glyphs : glyphs.toSorted((a, b) => compareGlyphs(doc, a, b)).slice(1);
      for (const { item, paragraphId } of extra)
        if (!locks.has(paragraphId)) odd.push({ paragraph: paragraphId, offset: offsetOf(item), length: 1 });
    }
  }
  return odd.sort((a, b) => b.offset - a.offset);
}
