/** Publications in which the editors read what a document says, for the pages: what is built holds them. */
import published from "./published-positions.json" with { type: "json" };

type Publication = { readonly id: string; readonly title: string; readonly url: string };

const publications: ReadonlyMap<string, Publication> = new Map(published.readings.map((one) => [one.id, one]));

/** Null for an id that the files do not have. */
export function findPublication(id: string): Publication | null {
  return publications.get(id) ?? null;
}

/** All of them, in the order of the files. */
export function listPublications(): Publication[] {
  return [...publications.values()];
}
