/** Where a paragraph is in italics or bold, its opening words included: for pages that draw it piece by piece. */
import { type Paragraph, plainWords } from "#collab/document.ts";
import { openingLength } from "#collab/openings.ts";

export type Format = { readonly em: boolean; readonly strong: boolean };

type Stretch = Format & { readonly to: number };

/** Stretches by places in the paragraph, in which a footnote reference and a bracket count as one. */
export function stretchesOf(paragraph: Paragraph): readonly Stretch[] {
  const opening = openingLength(paragraph.role, plainWords(paragraph));
  const stretches: Stretch[] = [];
  let at = 0;
  let read = 0;
  for (const span of paragraph.spans) {
    const length = span.kind === "words" ? span.text.length : 1;
    const em = span.kind === "words" && span.em === true;
    const strong = span.kind === "words" && span.strong === true;
    const inOpening = Math.min(Math.max(opening - read, 0), length);
    if (inOpening > 0) stretches.push({ to: at + inOpening, em: true, strong });
    if (inOpening < length) stretches.push({ to: at + length, em, strong });
    at += length;
    if (span.kind === "words" || span.kind === "bracket") read += length;
  }
  return stretches;
}

/** The places from `from` to `to`, cut where the format changes. */
export function cutByFormat(
  stretches: readonly Stretch[],
  range: { readonly from: number; readonly to: number },
): (Format & { readonly from: number; readonly to: number })[] {
  const cuts = [];
  let from = range.from;
  for (const { to, em, strong } of stretches) {
    if (from >= range.to) return cuts;
    if (to <= from) continue;
    const stop = Math.min(to, range.to);
    cuts.push({ from, to: stop, em, strong });
    from = stop;
  }
  if (from < range.to) cuts.push({ from, to: range.to, em: false, strong: false });
  return cuts;
}
