/** Every route of the application, as the build finds it, with its file and its module. */
import { matchRoutes } from "@remix-run/react";
import type { RouteConfigEntry } from "@remix-run/route-config";
import routes from "#app/routes.ts";

export type RouteModule = Readonly<Record<string, unknown>>;
const modules: Readonly<Record<string, () => Promise<unknown>>> = import.meta.glob([
  "/app/routes/*/route.{ts,tsx}",
  "/app/root.tsx",
]);

function filesOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap((entry) => [entry.file, ...filesOf(entry.children ?? [])]);
}

/** Files by the name of their folder, and the frame of all pages as "root". */
export async function routeFiles(): Promise<ReadonlyMap<string, string>> {
  const files = filesOf(await routes).map((file) => `app/${file}`);
  const named = files.map((file) => [file.split("/").at(-2) ?? file, file] as const);
  return new Map([["root", "app/root.tsx"], ...named]);
}

/** What the file exports: `loader`, `action`. */
export async function moduleOf(file: string): Promise<RouteModule> {
  const load = modules[`/${file}`];
  if (!load) throw new Error(`${file} is a route without a file`);
  return (await load()) as RouteModule;
}

/** Around every page; a page of its own is neither. */
const FRAMES: ReadonlySet<string> = new Set(["root", "frame"]);

/** Names of the routes that show a page: all but the frames and those that only answer with data or a file. */
export async function pageNames(): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, file] of await routeFiles())
    if (!FRAMES.has(name) && "default" in (await moduleOf(file))) names.push(name);
  return names;
}

/** The routes that an address leads to, from the outermost to the page itself, by the names of their folders. */
export async function routesAt(pathname: string): Promise<readonly string[]> {
  const found = matchRoutes(branches(await routes), pathname) ?? [];
  return found.map(({ route }) => route.id ?? "");
}

type Branch = NonNullable<Parameters<typeof matchRoutes>[0]>[number];

function branches(entries: readonly RouteConfigEntry[]): Branch[] {
  return entries.map(({ file, path, index, children }) => {
    const id = file.split("/").at(-2) ?? file;
    if (index === true) return { id, index };
    return { id, path, children: branches(children ?? []) };
  });
}
