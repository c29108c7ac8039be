/**
 * Every address of the build: its routes with each gap filled by the kind of its name, and each word of a search that a
 * route reads. A gap or a word that nobody has said how to fill is an error, so that a new route is tried by itself.
 */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RouteConfigEntry } from "@remix-run/route-config";
import routes from "#app/routes.ts";
import type { Private } from "./delegation-things.ts";
import { unplanted } from "./marks.ts";

export type Route = {
  /** The name of its folder. */
  readonly name: string;
  readonly file: string;
  /** "/sessions/:session/agenda/:item" */
  readonly pattern: string;
  /** It stands at the address of the route above it. */
  readonly isIndex: boolean;
};

/** What the gaps of addresses are filled with. */
export type Known = {
  readonly sessions: readonly string[];
  readonly items: readonly string[];
  readonly topics: readonly string[];
  readonly entities: readonly string[];
  readonly groups: readonly string[];
  readonly meetings: readonly string[];
  readonly documents: readonly string[];
  readonly tokens: readonly string[];
  readonly delegations: readonly string[];
  /** Seats in the first delegation and in the one that is withdrawn, ended ones too. */
  readonly delegates: readonly string[];
  readonly people: readonly string[];
  /** Marks that are searched for. */
  readonly words: readonly Private[];
  readonly positions: readonly Private[];
  readonly statements: readonly Private[];
  readonly drafts: readonly Private[];
  readonly proposals: readonly (Private & { readonly textId: string })[];
  readonly texts: readonly Private[];
  readonly versions: readonly (Private & { readonly textId: string })[];
  /** By text. */
  readonly paragraphs: ReadonlyMap<string, readonly string[]>;
};

type Chosen = Readonly<Record<string, string>>;
type Fill = (known: Known, chosen: Chosen) => readonly string[];

const ids = (things: readonly Private[]) => things.map(({ id }) => id);
const few = (known: readonly Private[]) => [known[0], known[4], known[8]].flatMap((one) => one?.id ?? []);
/** Of the text that is in the address already. */
const versionsOf: Fill = ({ versions }, { text }) => ids(versions.filter(({ textId }) => textId === text));

/** How the gaps of addresses are filled, by their names. */
const GAPS: Readonly<Record<string, Fill>> = {
  session: ({ sessions }) => sessions.slice(0, 1),
  item: ({ items }) => items,
  topic: ({ topics }) => topics,
  entity: ({ entities }) => entities,
  group: ({ groups }) => groups,
  document: ({ documents }) => documents,
  token: ({ tokens }) => [...tokens.slice(-2), unplanted("token")],
  position: ({ positions }) => ids(positions),
  statement: ({ statements }) => ids(statements),
  draft: ({ drafts }) => ["new", ...ids(drafts)],
  text: ({ texts }) => ids(texts),
  version: (known, chosen) => [...versionsOf(known, chosen), "live"],
  a: (known, chosen) => [versionsOf(known, chosen)[0] ?? "live", versionsOf(known, chosen).at(-2) ?? "live"],
  b: (known, chosen) => [versionsOf(known, chosen).at(-1) ?? "live", "live"],
  paragraph: ({ paragraphs }, { text = "" }) => paragraphs.get(text) ?? [],
  bracket: () => ["early-b"],
  proposal: ({ proposals }, { text }) => ids(proposals.filter(({ textId }) => textId === text)),
  format: (_, { version }) => (version === undefined ? ["csv", "table"] : ["html", "text", "paper", "lines"]),
  // What a note of a delegation is about: of a paragraph its text and itself, with a dot between.
  thing: () => ["item", "topic", "statement", "position", "paragraph"],
  id: (known, { thing }) => {
    const things: Readonly<Record<string, readonly string[]>> = {
      item: known.items,
      topic: known.topics,
      statement: ids(known.statements),
      position: ids(known.positions),
      paragraph: few(known.texts).map((text) => `${text}.newest`),
    };
    return things[thing ?? ""] ?? [];
  },
  "*": () => ["no/such/page"],
};

const KINDS = ["entities", "topics", "items", "texts", "statements", "positions"];

/** What is asked for behind the question mark, by its name. */
const WORDS: Readonly<Record<string, Fill>> = {
  said: () => ["eyJhdCI6MX0.AAAA"],
  to: () => ["/people"],
  by: ({ people, delegations }) => [...people.slice(0, 2), ...delegations.slice(0, 1)],
  a: (known, chosen) => versionsOf(known, chosen).slice(0, 3),
  b: () => ["live"],
  kind: () => ["deleted", "add"],
  version: ({ versions }) => ids(versions).slice(0, 2),
  supersedes: ({ proposals }) => ids(proposals),
  whole: () => ["1"],
  view: () => ["inline"],
  change: () => ["1"],
  lines: () => ["1"],
  restore: (known, chosen) => versionsOf(known, chosen),
  // What all marks begin with, and marks of which most people may not know.
  q: ({ words }) => ["zqx7", "land", ...ids(words)],
  mark: ({ words }) => ids(words).slice(0, 1),
  page: () => ["2"],
  capacity: () => ["observer"],
  session: ({ sessions }) => sessions,
  text: ({ texts }) => few(texts),
  calendar: () => ["none"],
  entry: () => ["none"],
  confirm: () => ["release", "withdraw", "discard", "deliver", "cancel", "confirm", "take-down", "put-back"],
  meeting: ({ meetings }) => meetings,
  saved: () => ["1"],
  day: () => ["2030-01-01"],
  topic: ({ topics }) => topics,
  region: () => ["AFR"],
  group: ({ groups }) => groups.slice(0, 1),
  order: () => ["group"],
  show: ({ entities, topics }) => entities.slice(0, 2).map((entity) => `${entity}.${topics[0] ?? ""}`),
  delegation: ({ delegations }) => delegations,
  item: ({ items }) => items,
  paragraph: ({ texts, paragraphs }) =>
    few(texts).flatMap((text) => (paragraphs.get(text) ?? []).slice(0, 2).map((one) => `${text}/${one}`)),
  before: ({ statements }) => ids(statements),
  from: ({ positions, drafts }) => [...ids(positions), ...few(drafts)],
  member: ({ entities }) => entities.slice(0, 1),
  panel: () => ["versions", "brackets"],
  for: ({ entities }) => entities.slice(0, 1).map((entity) => `entity:${entity}`),
  remove: ({ delegates, documents }, { item }) => (item === undefined ? delegates : documents),
  withdraw: ({ delegations }) => delegations.slice(0, 1),
};

/** Every route, with the whole path that leads to it. */
export async function listRoutes(): Promise<readonly Route[]> {
  return routesIn(await routes, "");
}

export function routesIn(entries: readonly RouteConfigEntry[], above: string): Route[] {
  return entries.flatMap((entry) => {
    const pattern = entry.path === undefined ? above : `${above}/${entry.path}`;
    const name = entry.file.split("/").at(-2) ?? entry.file;
    const own = {
      name,
      file: `app/${entry.file}`,
      pattern: pattern === "" ? "/" : pattern,
      isIndex: entry.index === true,
    };
    return [own, ...routesIn(entry.children ?? [], pattern)];
  });
}

const GAP = /:(\w+)|\*/g;

export function gapsIn(pattern: string): string[] {
  return [...pattern.matchAll(GAP)].map(([gap, name]) => name ?? gap);
}

/** Every address of a route. Throws for a gap that nobody has said how to fill. */
export function addressesOf(
  pattern: string,
  known: Known,
): { readonly path: string; readonly chosen: Chosen }[] {
  let made: { path: string; chosen: Chosen }[] = [{ path: pattern, chosen: {} }];
  for (const gap of gapsIn(pattern)) {
    const fill = GAPS[gap];
    if (!fill) throw new Error(`Say in GAPS how ":${gap}" in ${pattern} is filled.`);
    made = made.flatMap(({ path: before, chosen }) =>
      [...new Set(fill(known, chosen))].map((value) => ({
        path: before.replace(gap === "*" ? "*" : `:${gap}`, value),
        chosen: { ...chosen, [gap]: value },
      })),
    );
  }
  return made;
}

const ASKED = /(?:search|searchParams|asked)\.(?:get|getAll|has)\("(\w+)"\)|useSearchParam\("(\w+)"\)/g;

/** The words that a route reads of a search, in any file of its folder. */
export function wordsAskedIn(file: string): string[] {
  const sources = file.endsWith("root.tsx") ? [file] : globSync(`${path.dirname(file)}/*.{ts,tsx}`);
  const found = sources.flatMap((one) => [...readFileSync(one, "utf8").matchAll(ASKED)]);
  return [...new Set(found.map((hit) => hit[1] ?? hit[2] ?? ""))].toSorted();
}

/** Searches for an address of the route. Throws for a word that nobody has said how to fill. */
export function searchesOf(asked: readonly string[], known: Known, chosen: Chosen): string[] {
  const kinds = asked.includes("q") && asked.includes("page") ? KINDS : [];
  // All marks of a kind, page by page.
  const whole = kinds.flatMap((kind) => [1, 2, 3].map((page) => `?q=zqx7&kind=${kind}&page=${page}`));
  const single = asked.flatMap((word) => {
    const fill = WORDS[word];
    if (!fill) throw new Error(`Say in WORDS what "?${word}=" is asked for with.`);
    return fill(known, chosen).map((value) => `?${word}=${encodeURIComponent(value)}`);
  });
  return [...single, ...whole];
}
