/** What editors read in place of the document itself: the files of the reference data name it by an id. */
import type { ReadIn } from "#app/components/record/source.tsx";
import published from "#db/reference/published-positions.json" with { type: "json" };

const publications: ReadonlyMap<string, ReadIn> = new Map(
  published.readings.map(({ id, title, url }) => [id, { title, url }]),
);

/** In: `via` of a position. Out: the publication; what is in no list stands as it is, with no address. */
export function readInOf(via: string | null): ReadIn | null {
  if (via === null || via === "") return null;
  return publications.get(via) ?? { title: via, url: "" };
}
