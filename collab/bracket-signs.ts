/**
 * Square brackets in words that come from elsewhere, pasted or imported: pairs by nesting become brackets with ids of
 * their own, and a sign without a partner stays a plain character.
 */
import { pairByNesting } from "./brackets.ts";
import type { BracketSide } from "./brackets.ts";
import { isReference } from "./read-words.ts";
import type { ImportedSpan } from "./read-words.ts";

export type ImportedGlyph = { readonly bracket: string; readonly side: BracketSide };
export type BracketedSpan = ImportedSpan | ImportedGlyph;

const SIGN = /([[\]])/;

export function isGlyph(span: BracketedSpan): span is ImportedGlyph {
  return "bracket" in span;
}

export function sideOf(sign: string): BracketSide | null {
  if (sign === "[") return "open";
  return sign === "]" ? "close" : null;
}

/** The id for each sign in the order given; null for one without a partner. */
export function idsOfSigns(sides: readonly BracketSide[], newId: () => string): (string | null)[] {
  const ids: (string | null)[] = sides.map(() => null);
  pairByNesting(sides).forEach((partner, at) => {
    if (partner === null || partner < at) return;
    ids[at] = newId();
    ids[partner] = ids[at];
  });
  return ids;
}

/** The same paragraphs with their brackets as glyphs; they nest over all of them. */
export function withBrackets(
  paragraphs: readonly (readonly ImportedSpan[])[],
  newId: () => string,
): BracketedSpan[][] {
  const parts = paragraphs.map((spans) =>
    spans.flatMap((span): ImportedSpan[] =>
      isReference(span) || !SIGN.test(span.text)
        ? [span]
        : span.text.split(SIGN).flatMap((text) => (text === "" ? [] : [{ ...span, text }])),
    ),
  );
  const sideOfPart = (span: ImportedSpan): BracketSide | null =>
    isReference(span) ? null : sideOf(span.text);
  const ids = idsOfSigns(
    parts.flat().flatMap((span) => sideOfPart(span) ?? []),
    newId,
  );
  let at = 0;
  return parts.map((spans) =>
    spans.map((span): BracketedSpan => {
      const side = sideOfPart(span);
      const bracket = side === null ? null : (ids[at++] ?? null);
      return side === null || bracket === null ? span : { bracket, side };
    }),
  );
}
