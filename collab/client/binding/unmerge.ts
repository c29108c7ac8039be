/** The inverse of a merge: the hidden paragraph comes back with its own words and with what others wrote among them. */
import type * as Y from "yjs";
import { characterKey, charactersOf, rangesOfCharacters } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { FORMATS } from "#collab/model.ts";
import type { Format } from "#collab/model.ts";
import { runsOf } from "#collab/runs.ts";
import type { Formats } from "#collab/runs.ts";
import type { Carried, Pen } from "./act.ts";
import { piecesOfText } from "./pieces.ts";
import { joinOffsets, placesIn } from "./trail.ts";
import type { Trail } from "./trail.ts";

type Character = Formats & { readonly id: readonly [number, number]; readonly key: CharacterKey };

function charactersIn(text: Y.Text): Character[] {
  return runsOf(text).flatMap(({ em, strong, client, clock, length }) =>
    [...charactersOf([[client, clock, length]])].map((id) => ({
      em,
      strong,
      id,
      key: characterKey(...id),
    })),
  );
}

export function unmerge({
  pen,
  trail,
  link,
}: {
  readonly pen: Pen;
  readonly trail: Trail;
  readonly link: Carried;
}): void {
  const back = link.from;
  // Where the copy of each old character is now; the paragraph of the first one is the one to divide.
  const copies: { original: CharacterKey; copy: CharacterKey; paragraph: string }[] = [];
  const sources = [...charactersOf(link.src)];
  [...charactersOf(link.dst)].forEach(([client, clock], index) => {
    const found = trail.find(client, clock);
    const source = sources[index];
    if (found !== null && source !== undefined && found.paragraph !== back)
      copies.push({
        original: characterKey(...source),
        copy: characterKey(found.client, found.clock),
        paragraph: found.paragraph,
      });
  });
  const merged = copies[0]?.paragraph ?? link.to;
  // A copy whose original somebody carried off or deleted meanwhile is carried back like words of others.
  const own = new Set(charactersIn(pen.textOf(back)).map((character) => character.key));
  const originalOf = new Map(
    copies
      .filter((copy) => copy.paragraph === merged && own.has(copy.original))
      .map(({ copy, original }) => [copy, original]),
  );
  // Words that live on elsewhere, or that somebody deleted in the merged paragraph, do not come back.
  const returning = new Set(originalOf.values());
  const gone = new Set(sources.map((source) => characterKey(...source)).filter((key) => !returning.has(key)));
  const leaving = placesIn(pen.textOf(back), (key) => gone.has(key)).filter((place) => !place.isDeleted);
  for (const { offset, length } of joinOffsets(leaving.map((place) => place.offset)))
    pen.take(back, offset, length);

  const text = pen.textOf(merged);
  const all = charactersIn(text);
  const merging = new Set(copies.filter((copy) => copy.paragraph === merged).map((copy) => copy.copy));
  const start = all.findIndex((character) => merging.has(character.key));
  const end = all.findLastIndex((character) => merging.has(character.key)) + 1;
  const before = new Map(charactersIn(pen.textOf(back)).map((character) => [character.key, character]));
  const reformatted = new Map<`${Format}:${boolean}`, Set<CharacterKey>>();
  const src: (readonly [number, number])[] = [];
  const dst: (readonly [number, number])[] = [];
  for (let at = end; at > Math.max(start, 0);) {
    const here = all[at - 1];
    const original = here === undefined ? undefined : originalOf.get(here.key);
    if (here === undefined) break;
    if (original !== undefined) {
      const had = before.get(original);
      for (const format of FORMATS)
        if (had !== undefined && had[format] !== here[format])
          reformatted.set(
            `${format}:${here[format]}`,
            (reformatted.get(`${format}:${here[format]}`) ?? new Set()).add(original),
          );
      at -= 1;
      continue;
    }
    let from = at - 1;
    while (from > start && !originalOf.has(all[from - 1]?.key ?? here.key)) from -= 1;
    const left = originalOf.get(all[from - 1]?.key ?? here.key);
    const place = placesIn(pen.textOf(back), (key) => key === left)[0];
    const offset = place === undefined ? 0 : place.offset + (place.isDeleted ? 0 : 1);
    dst.unshift(...charactersOf(pen.put(back, offset, piecesOfText(text, from, at - from))));
    src.unshift(...all.slice(from, at).map((character) => character.id));
    at = from;
  }
  // Formatting given to the copy since the merge goes back with the word.
  for (const format of FORMATS)
    for (const on of [true, false]) {
      const keys = reformatted.get(`${format}:${on}`);
      const places = placesIn(pen.textOf(back), (key) => keys?.has(key) ?? false);
      for (const { offset, length } of joinOffsets(places.map((place) => place.offset)))
        pen.textOf(back).format(offset, length, { [format]: on });
    }
  if (start >= 0) pen.take(merged, start, end - start);
  pen.carried({
    from: merged,
    to: back,
    src: rangesOfCharacters(src),
    dst: rangesOfCharacters(dst),
  });
  pen.show(back);
}
