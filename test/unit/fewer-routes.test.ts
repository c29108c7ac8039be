/** Every address leads where it led when all routes were known. */
import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { expect, test } from "vitest";
import config from "#app/routes.ts";
import { fewerRoutes } from "#app/server/fewer-routes.ts";

type Facts = {
  readonly id: string;
  readonly parentId?: string;
  readonly path?: string;
  readonly index?: true;
};

function factsOf(entries: readonly RouteConfigEntry[], parentId: string): Facts[] {
  return entries.flatMap(({ file, path, index, children = [] }) => [
    { id: file, parentId, ...(path !== undefined && { path }), ...(index === true && { index }) },
    ...factsOf(children, file),
  ]);
}

const configured = factsOf(await config, "root");
const routes: Readonly<Record<string, Facts>> = Object.fromEntries(
  [{ id: "root", path: "" }, ...configured].map((one) => [one.id, one]),
);
// Of a build it is only the routes that matter here.
const build = { routes, assets: { routes, version: "1" } } as unknown as ServerBuild;

type Tree = { readonly id: string; readonly children: readonly Tree[] };

function treeOf(all: ServerBuild["routes"], parentId?: string): Tree[] {
  return Object.values(all)
    .flatMap((route) => (route && route.parentId === parentId ? [route] : []))
    .map((route) => ({ ...route, children: treeOf(all, route.id) }));
}

type Trees = Parameters<typeof matchRoutes>[0];

const leadsTo = (tree: Trees, address: string): string[] =>
  (matchRoutes(tree, address) ?? []).map(({ route, params }) => JSON.stringify([route.id, params]));

/** Paths of all routes with something in the place of what varies, and what people make of addresses. */
const addresses = configured
  .map(({ path = "", parentId = "root" }) =>
    `/${routes[parentId]?.path ?? ""}/${path}`.replaceAll(/\/{2,}/g, "/"),
  )
  .flatMap((path) => ["one", "agenda"].map((word) => path.replaceAll(/:\w+|\*/g, word)))
  .flatMap((path) => [path, `${path}/`, path.toUpperCase(), path.replace("/", "//"), `${path}/a%2Fb/new`]);

/** An address and all those above it. */
const upwards = (address: string): string[] =>
  address.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/") || "/");

test("an address leads to the same page, and so does every address above it", () => {
  const fewer = fewerRoutes(build);
  const all = treeOf(build.routes) as Trees;
  const asked = new Map<ServerBuild, Set<string>>();
  for (const address of addresses) {
    const its = fewer(address);
    asked.set(its, new Set([...(asked.get(its) ?? []), ...upwards(address)]));
  }
  const before = new Map(addresses.flatMap(upwards).map((address) => [address, ""]));
  for (const address of before.keys()) before.set(address, leadsTo(all, address).join(" "));
  expect(before.size).toBeGreaterThan(400);
  for (const [{ routes: its, assets }, some] of asked) {
    expect(Object.keys(assets.routes)).toEqual(Object.keys(its));
    const tree = treeOf(its) as Trees;
    for (const address of some) expect(leadsTo(tree, address).join(" "), address).toBe(before.get(address));
  }
  expect(asked.size).toBeGreaterThan(10);
});

test("few routes are left for a page and its data, and for the same words the same ones", () => {
  const fewer = fewerRoutes(build);
  const all = Object.keys(routes).length;
  expect(Object.keys(fewer("/search").routes).length).toBeLessThan(all / 4);
  expect(Object.keys(fewer("/sessions/one/agenda/two").routes).length).toBeLessThan(all / 4);
  expect(fewer("/sessions/one/agenda")).toBe(fewer("/sessions/other/agenda/item"));
  expect(fewer("/search.data")).toBe(fewer("/search"));
  expect(fewer("/__manifest")).toBe(build);
});
