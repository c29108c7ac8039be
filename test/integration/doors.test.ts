/** Every way in has a policy, and the policy holds before anything that was sent is looked at. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import routes from "#app/routes.ts";
import { type Door, liveDoors, pageDoors, plainDoors, socketDoors } from "#app/rules/doors.ts";
import { type Act, may, permissions } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { type ClientPart, decodeClientFrame } from "#collab/frames.ts";
import type { Database } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { temporaryDatabase } from "#test/support/database.ts";
import { insertPeople, setAudience } from "#test/support/server.ts";

// The table itself, listened to.
vi.mock(import("#app/rules/permissions.ts"), async (original) => {
  const real = await original();
  return { ...real, may: vi.fn(real.may) };
});

/** The acts that were asked for since the last call, in order. */
function askedSince(): Act[] {
  const acts = vi.mocked(may).mock.calls.map(([act]) => act);
  vi.mocked(may).mockClear();
  return acts;
}

const root = resolve(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");

type RouteModule = Readonly<Record<string, unknown>>;
const modules: Readonly<Record<string, () => Promise<unknown>>> = import.meta.glob([
  "/app/routes/*/route.{ts,tsx}",
  "/app/root.tsx",
]);

function filesOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap((entry) => [entry.file, ...filesOf(entry.children ?? [])]);
}

async function routeFiles(): Promise<ReadonlyMap<string, string>> {
  const files = filesOf(await routes).map((file) => `app/${file}`);
  const named = files.map((file) => [file.split("/").at(-2) ?? file, file] as const);
  return new Map([["root", "app/root.tsx"], ...named]);
}

async function moduleOf(file: string): Promise<RouteModule> {
  const load = modules[`/${file}`];
  if (!load) throw new Error(`${file} is a route without a file`);
  return (await load()) as RouteModule;
}

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

const everybody = (act: keyof typeof permissions) => permissions[act].who.some((role) => role === "anyone");

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
  const paths = [...source.matchAll(/["'`](\/[a-z][a-z.]*)["'`?]/g)].map((hit) => hit[1] ?? "");
  const kinds = [...source.matchAll(/if \(kind === "(\w+)"/g)].map((hit) => hit[1] ?? "");
  const live = source.includes("`/live/") ? kinds.map((kind) => `/live/${kind}`) : [];
  return [...new Set([...paths, ...live])];
}

const serverSources = ["front", "live", "code-door", "pages"].map((name) => `app/server/${name}.ts`);
/** `/live/texts/:text` is matched by its first two words. */
const listedPaths = Object.keys({ ...liveDoors, ...plainDoors }).map((path) => path.split("/:")[0] ?? "");

describe("the list of doors", () => {
  it("[PM4] has a policy for every page and form of the build, and none for what is gone", async () => {
    expect(gapsBetween(doorsOf(pageDoors), await waysIn(await routeFiles()))).toEqual([]);
  });

  it("[PM4] has a policy for every message that a page may send on the socket", () => {
    const messages = messagesIn(read("collab/frames.ts"));
    expect(gapsBetween(Object.keys(socketDoors), messages)).toEqual([]);
    const typed: Record<ClientPart["type"], true> = { hello: true, edit: true, caret: true };
    expect(messages).toEqual(Object.keys(typed));
    expect(() => decodeClientFrame(new Uint8Array([messages.length + 1]))).toThrow(/unknown part/);
  });

  it("[PM4] has a policy for every path that the server answers before the pages", () => {
    const paths = [...new Set(serverSources.flatMap((file) => pathsIn(read(file))))];
    expect(gapsBetween(listedPaths, paths)).toEqual([]);
  });

  it("[PM4] finds what has no policy: a page, a form, a message, a path, and a policy without a door", async () => {
    const found = await waysIn(await routeFiles());
    const { people: _gone, ...others } = pageDoors;
    expect(gapsBetween(doorsOf(others), found)).toEqual([
      "people: invite has no policy",
      "people: link has no policy",
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
    const frames = read("collab/frames.ts").replace("caret: 3 }", "caret: 3, shout: 4 }");
    expect(gapsBetween(Object.keys(socketDoors), messagesIn(frames))).toEqual(["shout has no policy"]);
    expect(pathsIn(`if (path === "/backdoor") return open(); req.startsWith('/tunnel')`)).toEqual([
      "/backdoor",
      "/tunnel",
    ]);
    expect(pathsIn('/** `/live/…` */ if (kind === "minds") return read();')).toEqual(["/live/minds"]);
  });

  it("[PM5] [PM4] takes every form that a page shows a button for", async () => {
    let buttons = 0;
    for (const [name, file] of await routeFiles()) {
      const taken = Object.keys(pageDoors[name]?.forms ?? {});
      for (const intent of buttonsIn(read(file))) {
        expect(taken, `${name} shows a button for "${intent}"`).toContain(intent);
        buttons += 1;
      }
    }
    expect(buttons).toBeGreaterThan(15);
  });
});

describe("a closed door", () => {
  let db: Database;
  const where = {
    session: "s",
    text: "report",
    item: "i",
    version: "v",
    paragraph: "p",
    a: "live",
    b: "live",
  };
  const params = {
    ...where,
    format: "html",
    token: "t",
    entity: "lem",
    topic: "t",
    draft: "d",
    position: "p",
  };

  beforeEach(async () => {
    db = temporaryDatabase();
    await db.write(insertPeople);
  });

  const viewerOf = async (personId: string | null): Promise<Viewer> =>
    personId === null ? { kind: "public" } : await findViewer(db.read, { personId, loginId: "login" });

  /** Only the database is there: whoever is refused never comes as far as a room, an account or a notice. */
  function contextOf(viewer: Viewer): AppLoadContext {
    const now = () => Date.UTC(2026, 10, 23, 12);
    const things = { db, viewer, now, mode: "exercise", paper: new Map(), signIn: { enter: null } };
    return new Proxy(things as unknown as AppLoadContext, {
      get(target, key) {
        if (key in target) return Reflect.get(target, key);
        throw new Error(`a closed door reached for ${String(key)}`);
      },
    });
  }

  type Sent = {
    readonly intent?: string;
    readonly fields?: Readonly<Record<string, string>>;
    readonly over?: Partial<typeof params>;
  };

  async function answer(
    route: RouteModule,
    what: "loader" | "action",
    viewer: Viewer,
    { intent, over = {}, fields = {} }: Sent = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const handle = route[what] as (args: object) => unknown;
    const body = new URLSearchParams({ ...fields, ...(intent ? { intent } : {}) });
    const init = what === "action" ? { method: "POST", body } : {};
    const request = new Request("http://here/", init);
    let given: unknown;
    try {
      given = await handle({ request, params: { ...params, ...over }, context: contextOf(viewer) });
    } catch (thrown) {
      given = thrown;
    }
    if (given instanceof Response) {
      const text = await given.text();
      return { status: given.status, body: text === "" ? null : JSON.parse(text) };
    }
    if (given instanceof Error) throw given;
    if (isFormAnswer(given)) return { status: given.init?.status ?? 200, body: given.data };
    return { status: 200, body: given };
  }

  const closed = [401, 403, 404];
  const people: readonly (string | null)[] = [null, "dario"];

  it("[PM1] shows a page only to those whose act it is, and does nothing meanwhile", async () => {
    let tried = 0;
    for (const [name, door] of Object.entries<Door>(pageDoors)) {
      if (door.page.length === 0 || door.page.some(everybody)) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const personId of name === "account" ? [null] : people) {
        askedSince();
        const { status, body } = await answer(route, "loader", await viewerOf(personId));
        // Whoever sits in no delegation is turned away before one is asked about.
        const isAsked = personId !== null && !door.page.some((act) => permissions[act].on === "delegation");
        if (isAsked) expect({ name, asked: askedSince()[0] }).toEqual({ name, asked: door.page[0] });
        expect({ name, personId, closed: closed.includes(status) }).toEqual({ name, personId, closed: true });
        expect(isRefusal(body), `${name} says more than a refusal`).toBe(true);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(20);
  });

  it("[PM3] refuses every form to those whose act it is not, before reading what is in it", async () => {
    let tried = 0;
    for (const [name, { forms = {} }] of Object.entries<Door>(pageDoors)) {
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const [intent, act] of Object.entries(forms)) {
        if (everybody(act)) continue;
        for (const personId of name === "account" ? [null] : people) {
          const { status } = await answer(route, "action", await viewerOf(personId), { intent });
          const about = { name, intent, personId };
          expect({ ...about, status, closed: closed.includes(status) }).toEqual({
            ...about,
            status,
            closed: true,
          });
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(50);
    expect(await db.read.$count(event)).toBe(0);
  });

  it("[PM4] asks everybody's pages for the acts that the list names", async () => {
    let tried = 0;
    for (const [name, door] of Object.entries<Door>(pageDoors)) {
      if (!door.page.some(everybody)) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      askedSince();
      await answer(route, "loader", await viewerOf(null));
      expect(askedSince(), name).toEqual(expect.arrayContaining([...door.page]));
      tried += 1;
    }
    expect(tried).toBeGreaterThan(8);
  });

  it("[PM4] asks each form for the act that the list names, of somebody who sees the page but may not do it", async () => {
    await db.write((tx) => setAudience(tx, "report", { audience: "public", shows: "live" }));
    let tried = 0;
    for (const [name, { page, forms = {} }] of Object.entries<Door>(pageDoors)) {
      const isTheirOwn = page.some((act) => permissions[act].on === "delegation");
      if (name === "account" || isTheirOwn) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const [intent, act] of Object.entries(forms)) {
        if (everybody(act)) continue;
        askedSince();
        const over = intent.endsWith("delegate") ? { delegation: "d-lem", delegate: "m" } : {};
        const { status } = await answer(route, "action", await viewerOf("dario"), { intent, fields: over });
        const first = permissions[page[0] ?? act].on === "text" ? page[0] : act;
        const asked = askedSince();
        // A page of a text may refuse by the act that opens it; then the form is refused with the page.
        const isAsked = asked.includes(act) || (status === 403 && asked[0] === first);
        expect({ name, intent, status, isAsked, asked }).toMatchObject({ status: 403, isAsked: true });
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(25);
  });

  it("[PM1] answers for what is not there and for what is not yours with the same words", async () => {
    for (const [name, door] of Object.entries<Door>(pageDoors)) {
      const hidden = door.page.find(
        (act) => permissions[act].on === "text" || permissions[act].on === "delegation",
      );
      if (!hidden) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      const dario = await viewerOf("dario");
      const notYours = await answer(route, "loader", dario);
      const notThere = await answer(route, "loader", dario, { over: { text: "none", draft: "none" } });
      expect({ name, ...notYours }).toEqual({ name, ...notThere });
      expect(notYours).toEqual({ status: 404, body: { ...refuse("not-found", "not-there") } });
    }
  });

  it("[PM5] does not know a form that its page does not have", async () => {
    for (const [name, { forms }] of Object.entries<Door>(pageDoors)) {
      if (!forms || "" in forms || Object.keys(forms).length === 0 || name.endsWith("-draft")) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      const able = { ...(await viewerOf("amara")), secretariat: true };
      const { status } = await answer(route, "action", able as Viewer, { intent: "something-else" });
      expect({ name, status }).toEqual({ name, status: 400 });
    }
  });
});

function isFormAnswer(
  value: unknown,
): value is { readonly data: unknown; readonly init?: { status?: number } } {
  return typeof value === "object" && value !== null && "type" in value && "data" in value;
}
