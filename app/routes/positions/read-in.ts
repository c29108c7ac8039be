/** What editors read in place of the document itself: the files of the reference data name it by an id. */
import type { ReadIn } from "#app/components/record/source.tsx";
import { findPublication } from "#db/reference/publications.ts";

/** In: `via` of a position. Out: the publication; what is in no list stands as it is, with no address. */
export function readInOf(via: string | null): ReadIn | null {
  if (via === null || via === "") return null;
  const publication = findPublication(via);
  return publication === null ? { title: via, url: "" } : { title: publication.title, url: publication.url };
}
