/**
 * The pages' build with the routes that an address can lead to. Remix takes the list of all routes apart, ranks it and
 * tries one after the other, five times for each page, which takes as long as a good part of the page; so each request
 * is given to a build that knows only the routes whose fixed words stand in its address.
 */
import type { ServerBuild } from "@remix-run/node";

/** Places in a path whose words tell many routes apart: `/sessions/…/agenda/…`. */
const TELLING = [0, 2];
/** Nothing in it is to be decoded, and nothing stands between two slashes that are not there. */
const PLAIN = /^(?:\/|(?:\/[\w.~-]+)+)$/;

type Routes = ServerBuild["routes"];

/** In: the path of an address. Out: the build for it, the same for the same fixed words. */
export function fewerRoutes(build: ServerBuild): (path: string) => ServerBuild {
  const segments = new Map(Object.keys(build.routes).map((id) => [id, segmentsOf(build.routes, id)]));
  const fixed = TELLING.map(
    (at) => new Set([...segments.values()].flatMap((all) => (isFixed(all[at]) ? (all[at] ?? []) : []))),
  );
  const builds = new Map<string, ServerBuild>();
  return (path) => {
    // What Remix asks of a page's data has the page's path; its other addresses are about all routes.
    const page = path.replace(/\.data$/, "");
    if (!PLAIN.test(page) || page.startsWith("/__")) return build;
    const asked = page.slice(1).toLowerCase().split("/");
    const words = TELLING.map((at, number) => (fixed[number]?.has(asked[at] ?? "") ? (asked[at] ?? "") : ""));
    const key = words.join("/");
    const known = builds.get(key);
    if (known) return known;
    const canLead = ([id]: [string, unknown]): boolean =>
      TELLING.every((at, number) => {
        const its = segments.get(id)?.[at];
        return its === undefined || !isFixed(its) || its === words[number];
      });
    const made = {
      ...build,
      routes: only(build.routes, canLead),
      assets: { ...build.assets, routes: only(build.assets.routes, canLead) },
    };
    builds.set(key, made);
    return made;
  };
}

function only<T>(
  all: Readonly<Record<string, T>>,
  isWanted: (entry: [string, T]) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(isWanted));
}

/** Of a route's whole path, its parents' included. */
function segmentsOf(routes: Routes, id: string): string[] {
  const route = routes[id];
  if (!route) return [];
  const own = (route.path ?? "").split("/").filter((segment) => segment !== "");
  return [...(route.parentId === undefined ? [] : segmentsOf(routes, route.parentId)), ...own];
}

function isFixed(segment: string | undefined): boolean {
  return segment !== undefined && !/^[:*]|\?$/.test(segment);
}
