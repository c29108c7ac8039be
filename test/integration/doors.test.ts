/** Every way in has a policy, and every policy a way in. */
import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Door, liveDoors, pageDoors, plainDoors, socketDoors } from "#app/rules/doors.ts";
import { type ClientPart, decodeClientFrame } from "#collab/frames.ts";
import { wayOf } from "#app/server/ways.ts";
import { moduleOf, routeFiles } from "#test/support/routes.ts";

const root = resolve(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");

/** The words between `export async function action` and the next thing on the top level. */
function actionIn(source: string): string {
  const from = source.search(/export (async )?function action\(/);
  if (from < 0) return "";
  return source.slice(from).split(/\n(?=export |function |const )/)[0] ?? "";
}

/** The intents that an action tells apart. */
function intentsIn(source: string): string[] {
  const told = /case "([a-z-]+)"|intent(?:Of\(form\))? (?:!==|===) "([a-z-]+)"/g;
  const hits = [...actionIn(source).matchAll(told)];
  return [...new Set(hits.map((hit) => hit[1] ?? hit[2] ?? ""))].toSorted();
}

/** The intents that a page's own buttons send. */
function buttonsIn(source: string): string[] {
  const hits = [...source.matchAll(/intent="([a-z-]+)"|name="intent"\s+value="([a-z-]+)"/g)];
  return [...new Set(hits.map((hit) => hit[1] ?? hit[2] ?? ""))].toSorted();
}

/** What stands in one list and not in the other, in sentences; empty when they say the same. */
function gapsBetween(listed: readonly string[], found: readonly string[]): string[] {
  return [
    ...found.filter((one) => !listed.includes(one)).map((one) => `${one} has no policy`),
    ...listed.filter((one) => !found.includes(one)).map((one) => `${one} is gone, and has a policy`),
  ].toSorted();
}

/** "people: shown", "people: invite": every page that is shown and every form that is taken. */
function doorsOf(listed: Readonly<Record<string, Door>>): string[] {
  return Object.entries(listed).flatMap(([name, { forms }]) => [
    `${name}: shown`,
    ...(forms ? [`${name}: sent`, ...intentsOf(forms).map((intent) => `${name}: ${intent}`)] : []),
  ]);
}

const intentsOf = (forms: object) => Object.keys(forms).filter((intent) => intent !== "");

async function waysIn(files: ReadonlyMap<string, string>): Promise<string[]> {
  const ways: string[] = [];
  for (const [name, file] of files) {
    const route = await moduleOf(file);
    if ("loader" in route) ways.push(`${name}: shown`);
    if ("action" in route) ways.push(`${name}: sent`);
    ways.push(...intentsIn(read(file)).map((intent) => `${name}: ${intent}`));
  }
  return ways;
}

/** The types of messages that the code reads from a page, by their numbers. */
function messagesIn(source: string): string[] {
  const numbered = /const CLIENT = \{([^}]+)\}/.exec(source)?.[1] ?? "";
  return [...numbered.matchAll(/(\w+): \d+/g)].map((hit) => hit[1] ?? "");
}

/** The paths that the server itself compares an address with. */
function pathsIn(source: string): string[] {
  return [...new Set([...source.matchAll(/["'`](\/[a-z][a-z./:]*)["'`?]/g)].map((hit) => hit[1] ?? ""))];
}

const serverSources = ["front", "live", "code-door", "pages"].map((name) => `app/server/${name}.ts`);
const listedPaths = Object.keys({ ...liveDoors, ...plainDoors });

describe("the list of doors", () => {
  it("[PM4] has a policy for every page and form of the build, and none for what is gone", async () => {
    expect(gapsBetween(doorsOf(pageDoors), await waysIn(await routeFiles()))).toEqual([]);
  });

  it("[PM4] has a policy for every message that a page may send on the socket", () => {
    const messages = messagesIn(read("collab/frames.ts"));
    expect(gapsBetween(Object.keys(socketDoors), messages)).toEqual([]);
    const typed: Record<ClientPart["type"], true> = { hello: true, edit: true, caret: true, aside: true };
    expect(messages).toEqual(Object.keys(typed));
    expect(() => decodeClientFrame(new Uint8Array([messages.length + 1]))).toThrow(/unknown part/);
  });

  it("[PM4] has a policy for every path that the server answers before the pages", () => {
    const paths = [...new Set(serverSources.flatMap((file) => pathsIn(read(file))))];
    // What is asked for below "/live/" is one of the listed paths, or not there.
    expect(gapsBetween([...listedPaths, "/live/"], paths)).toEqual([]);
  });

  it("[PM4] lets the server know a path by its entry alone", () => {
    const example = (path: string) => path.replaceAll(/:\w+/g, "some_id-1");
    expect(listedPaths.map((path) => wayOf(example(path)))).toEqual(listedPaths);
    for (const path of [
      "/",
      "/backdoor",
      "/metrics/",
      "/health/x",
      "/Health",
      "/live/texts",
      "/live/minds/x",
    ]) {
      expect([path, wayOf(path)]).toEqual([path, null]);
    }
    for (const id of ["", "a/b", "a.b", "x".repeat(65)]) expect(wayOf(`/live/texts/${id}`)).toBeNull();
    // The server compares with these names, and the compiler refuses any other.
    const way = wayOf("/backdoor");
    // @ts-expect-error: there is no such way in
    expect(way === "/backdoor").toBe(false);
  });

  it("[PM4] finds what has no policy: a page, a form, a message, a path, and a policy without a door", async () => {
    const found = await waysIn(await routeFiles());
    const { people: _gone, ...others } = pageDoors;
    expect(gapsBetween(doorsOf(others), found)).toEqual([
      "people: codes-link has no policy",
      "people: codes-required has no policy",
      "people: invite has no policy",
      "people: link has no policy",
      "people: name-for has no policy",
      "people: resume has no policy",
      "people: sent has no policy",
      "people: shown has no policy",
      "people: suspend has no policy",
    ]);
    const attic = { ...pageDoors, attic: { page: [], forms: { climb: "signIn" } } } as const;
    expect(gapsBetween(doorsOf(attic), found)).toEqual([
      "attic: climb is gone, and has a policy",
      "attic: sent is gone, and has a policy",
      "attic: shown is gone, and has a policy",
    ]);
    const planted = `export async function action() {
  switch (intentOf(form)) {
    case "rob": return rob();
  }
  if (intent !== "creep-in") return unknownIntent();
}
export default function Page() { return <Submit intent="peep" />; }`;
    expect(intentsIn(planted)).toEqual(["creep-in", "rob"]);
    expect(buttonsIn(planted)).toEqual(["peep"]);
    const frames = read("collab/frames.ts").replace("aside: 4 }", "aside: 4, shout: 5 }");
    expect(gapsBetween(Object.keys(socketDoors), messagesIn(frames))).toEqual(["shout has no policy"]);
    expect(pathsIn(`if (path === "/backdoor") return open(); req.startsWith('/tunnel')`)).toEqual([
      "/backdoor",
      "/tunnel",
    ]);
    expect(pathsIn('if (way === "/live/minds/:mind") return read();')).toEqual(["/live/minds/:mind"]);
  });

  it("[PM5] [PM4] takes every form that a page shows a button for", async () => {
    let buttons = 0;
    for (const [name, file] of await routeFiles()) {
      const taken = Object.keys(pageDoors[name]?.forms ?? {});
      // A route and the parts of its page that stand in its folder.
      const own = name === "root" ? [file] : globSync(`${dirname(file)}/*.tsx`, { cwd: root });
      for (const intent of own.flatMap((part) => buttonsIn(read(part)))) {
        expect(taken, `${name} shows a button for "${intent}"`).toContain(intent);
        buttons += 1;
      }
    }
    expect(buttons).toBeGreaterThan(25);
    const all = Object.values(pageDoors).flatMap(({ forms = {} }) => Object.keys(forms));
    const pieces = globSync("app/{components,routes}/**/*.tsx", { cwd: root });
    for (const file of pieces) {
      for (const intent of buttonsIn(read(file))) expect(all, `${file}: ${intent}`).toContain(intent);
    }
  });
});
