/**
 * Which of the listed ways in an address is. What the server answers before the pages it knows by these names alone, so
 * that a path without a policy has nobody who serves it. Rule PM4.
 */
import { liveDoors, plainDoors } from "#app/rules/doors.ts";

export type Way = keyof typeof liveDoors | keyof typeof plainDoors;

/** Ids as `newId` makes them, and those of the reference data. */
const ID = "[\\w-]{1,64}";

const listed = Object.keys({ ...liveDoors, ...plainDoors }).map((way) => {
  const pattern = way.replaceAll(".", "\\.").replaceAll(/:\w+/g, ID);
  // The list is made of these keys and no others.
  return { way: way as Way, matches: new RegExp(`^${pattern}$`) };
});

/** `path` without its search; null for what is a page's, or nobody's. */
export function wayOf(path: string): Way | null {
  return listed.find(({ matches }) => matches.test(path))?.way ?? null;
}
