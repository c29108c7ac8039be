/**
 * What pages may do to brackets: put one in, both glyphs at once, or take one away, both glyphs at once. Whatever else
 * becomes of glyphs comes from others' acts at the same moment, and is for the repair.
 */
import type * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import { paragraphsOf } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import type { Effect } from "./effect.ts";
import type { GateCopy } from "./gate-copy.ts";
import { compareGlyphs, glyphIn, bracketsInWords, visibleGlyphs } from "./glyphs.ts";
import type { GlyphIndex, StoredGlyph } from "./glyphs.ts";
import { eachInCopy, isDeletedBy } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

export type BracketCheck = {
  /** The gate's copy after the edit, and all glyphs in it. */
  readonly doc: Y.Doc;
  readonly index: GlyphIndex;
  readonly shape: UpdateShape;
  readonly effect: Effect;
  /** Those that came with the edit. */
  readonly fresh: readonly StoredGlyph[];
  /** Where the edit's records say that its carried characters are. */
  readonly carried: readonly IdRange[];
};

const refusal = (code: string, { paragraphId }: StoredGlyph): EditRefusal => ({ code, paragraphId });

function isIn(ranges: readonly IdRange[], { item: { id } }: StoredGlyph): boolean {
  return ranges.some(
    ([client, clock, length]) => client === id.client && id.clock >= clock && id.clock < clock + length,
  );
}

/** Whether somebody ever put a paragraph elsewhere: then a bracket may have been turned round by that. */
function hasMoved(doc: Y.Doc, { paragraphId }: StoredGlyph): boolean {
  const map = paragraphsOf(doc).get(paragraphId);
  return ["order", "role"].some((key) => (map?._map.get(key)?.left ?? null) !== null);
}

function bySide(glyphs: readonly StoredGlyph[]): { open: StoredGlyph[]; close: StoredGlyph[] } {
  return {
    open: glyphs.filter(({ side }) => side === "open"),
    close: glyphs.filter(({ side }) => side === "close"),
  };
}

function refuseAdded({ doc, index, fresh, carried }: BracketCheck): EditRefusal | null {
  const added = new Map<string, StoredGlyph[]>();
  for (const glyph of fresh) {
    if (glyph.item.deleted) continue;
    const list = added.get(glyph.bracket);
    if (list) list.push(glyph);
    else added.set(glyph.bracket, [glyph]);
  }
  for (const [bracket, glyphs] of added) {
    const [first] = glyphs;
    if (!first) continue;
    const typed = glyphs.filter((glyph) => !isIn(carried, glyph));
    const all = index.get(bracket) ?? [];
    const isKnown = all.length > fresh.filter((glyph) => glyph.bracket === bracket).length;
    if (isKnown) {
      const [again] = typed;
      if (again) return refusal("bracket-again", again);
      continue;
    }
    const { open, close } = bySide(glyphs);
    const once = bySide(typed);
    const seen = bySide(visibleGlyphs(doc, index, bracket));
    // What is in a paragraph that the page hid again lost its partner with that.
    const isHalf = open.length === 0 || close.length === 0;
    if (isHalf && seen.open.length + seen.close.length > 0) return refusal("bracket-half", first);
    if ([once, seen].some((each) => each.open.length > 1 || each.close.length > 1))
      return refusal("bracket-again", first);
    const [opening, closing] = [seen.open[0], seen.close[0]];
    if (!opening || !closing || compareGlyphs(doc, opening, closing) < 0) continue;
    const isOfMove =
      opening.paragraphId !== closing.paragraphId && (hasMoved(doc, opening) || hasMoved(doc, closing));
    if (!isOfMove) return refusal("bracket-turned", opening);
  }
  return null;
}

function refuseRemoved({ doc, index, shape, effect }: BracketCheck): EditRefusal | null {
  if (index.size === 0) return null;
  const removed = new Map<string, StoredGlyph>();
  for (const range of effect.deleted)
    eachInCopy(doc, range, (item) => {
      const embed = glyphIn(item);
      const glyph = embed && index.get(embed.bracket)?.find((one) => one.item === item);
      if (glyph) removed.set(glyph.bracket, glyph);
    });
  for (const [bracket, glyph] of removed) {
    if (paragraphsOf(doc).get(glyph.paragraphId)?.get("deleted") === true) continue;
    const { open, close } = bySide(visibleGlyphs(doc, index, bracket));
    const left = open.length > 0 ? open : close;
    const [partner] = left;
    if (!partner || (open.length > 0 && close.length > 0)) continue;
    const others = (index.get(bracket) ?? []).filter(({ side }) => side === partner.side);
    // Somebody else carried it off at the same moment: the page took away the one that it knew of, or could not.
    const isOfOthers =
      others.length > 1 || others.some(({ item: { id } }) => isDeletedBy(shape, id.client, id.clock));
    if (!isOfOthers) return refusal("bracket-half", glyph);
  }
  return null;
}

/** Why what an edit did to brackets cannot stand; null when it can. */
export function checkBrackets(check: BracketCheck): EditRefusal | null {
  return refuseAdded(check) ?? refuseRemoved(check);
}

/** Glyphs that a change deleted, or that stand in a paragraph which it hid; by bracket. */
function lostBy({ doc, glyphs: index }: GateCopy, { deleted, touched }: Effect): Map<string, StoredGlyph[]> {
  const isHidden = (id: string): boolean => paragraphsOf(doc).get(id)?.get("deleted") === true;
  const isHiddenBy = (id: string): boolean => isHidden(id) && touched.get(id)?.fields.has("deleted") === true;
  const lost = new Map<string, StoredGlyph[]>();
  const note = (glyph: StoredGlyph): void => {
    lost.set(glyph.bracket, [...(lost.get(glyph.bracket) ?? []), glyph]);
  };
  for (const range of deleted)
    eachInCopy(doc, range, (item) => {
      const embed = glyphIn(item);
      const glyph = embed && index.get(embed.bracket)?.find((one) => one.item === item);
      if (glyph && (!isHidden(glyph.paragraphId) || isHiddenBy(glyph.paragraphId))) note(glyph);
    });
  for (const paragraphId of touched.keys()) {
    if (!isHiddenBy(paragraphId)) continue;
    for (const bracket of bracketsInWords(doc, paragraphId))
      for (const glyph of index.get(bracket) ?? [])
        if (glyph.paragraphId === paragraphId && !glyph.item.deleted) note(glyph);
  }
  return lost;
}

/**
 * Rule LF2. A bracket that somebody holds, and that stood with both its glyphs, stands with both after every change.
 * One that others' acts had taken apart before it was held may be put in order.
 */
export function refuseHeld(copy: GateCopy, effect: Effect, held: ReadonlySet<string>): EditRefusal | null {
  if (held.size === 0) return null;
  for (const [bracket, lost] of lostBy(copy, effect)) {
    const [first] = lost;
    if (!held.has(bracket) || !first) continue;
    const now = bySide(visibleGlyphs(copy.doc, copy.glyphs, bracket));
    const before = bySide(lost);
    const isWhole = now.open.length > 0 && now.close.length > 0;
    const wasWhole = (["open", "close"] as const).every((side) => now[side].length + before[side].length > 0);
    if (!isWhole && wasWhole) return refusal("bracket-held", first);
  }
  return null;
}
