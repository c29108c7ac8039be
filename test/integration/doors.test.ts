/** Every way in has a policy, and the policy holds before anything that was sent is looked at. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import routes from "#app/routes.ts";
import { type Door, liveDoors, pageDoors, socketDoors } from "#app/rules/doors.ts";
import { permissions } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { type ClientPart, decodeClientFrame } from "#collab/frames.ts";
import type { Database } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { temporaryDatabase } from "#test/support/database.ts";
import { insertPeople } from "#test/support/server.ts";

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
function actionSource(file: string): string {
  const source = read(file);
  const from = source.search(/export (async )?function action\(/);
  if (from < 0) return "";
  return source.slice(from).split(/\n(?=export |function |const )/)[0] ?? "";
}

function intentsIn(file: string): string[] {
  const source = actionSource(file);
  const hits = [...source.matchAll(/case "([a-z-]+)"|intent(?:Of\(form\))? (?:!==|===) "([a-z-]+)"/g)];
  return [...new Set(hits.map((hit) => hit[1] ?? hit[2] ?? ""))].toSorted();
}

const everybody = (act: keyof typeof permissions) => permissions[act].who.some((role) => role === "anyone");

describe("the list of doors", () => {
  it("[PM4] has a policy for every route of the build, and none for a route that is gone", async () => {
    expect(Object.keys(pageDoors).toSorted()).toEqual([...(await routeFiles()).keys()].toSorted());
  });

  it("[PM4] knows what every route shows and takes, down to each form", async () => {
    for (const [name, file] of await routeFiles()) {
      const route = await moduleOf(file);
      const door = pageDoors[name];
      expect({ name, shows: "loader" in route }, file).toEqual({ name, shows: true });
      expect({ name, takes: "action" in route }, file).toEqual({ name, takes: door?.forms !== undefined });
      const forms = Object.keys(door?.forms ?? {}).filter((intent) => intent !== "");
      expect({ name, forms: forms.toSorted() }, file).toEqual({ name, forms: intentsIn(file) });
    }
  });

  it("[PM4] has a policy for every message that a page may send on the socket", () => {
    const source = read("collab/frames.ts");
    const kinds = /const CLIENT = \{([^}]+)\}/.exec(source)?.[1] ?? "";
    const messages = [...kinds.matchAll(/(\w+): (\d+)/g)];
    expect(messages.map((hit) => hit[1])).toEqual(Object.keys(socketDoors));
    const typed: Record<ClientPart["type"], true> = { hello: true, edit: true, caret: true };
    expect(Object.keys(typed)).toEqual(Object.keys(socketDoors));
    const unknown = Math.max(...messages.map((hit) => Number(hit[2]))) + 1;
    expect(() => decodeClientFrame(new Uint8Array([unknown]))).toThrow(/unknown part/);
  });

  it("[PM4] has a policy for every live path and for the stream", () => {
    const live = [...read("app/server/live.ts").matchAll(/if \(kind === "(\w+)"/g)].map((hit) => hit[1]);
    const listed = Object.keys(liveDoors).flatMap((path) => /^\/live\/(\w+)/.exec(path)?.[1] ?? []);
    expect(listed).toEqual(live);
    const front = read("app/server/front.ts");
    const paths = [...front.matchAll(/"(\/[a-z]+\/?)"/g)].map((hit) => hit[1] ?? "");
    const known = ["/live/", "/notices", "/collab", "/health", "/metrics", "/"];
    expect(paths.filter((path) => !known.includes(path))).toEqual([]);
    expect(paths).toContain("/notices");
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

  async function answer(
    route: RouteModule,
    what: "loader" | "action",
    viewer: Viewer,
    { intent, over = {} }: { readonly intent?: string; readonly over?: Partial<typeof params> } = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const handle = route[what] as (args: object) => unknown;
    const body = new URLSearchParams(intent ? { intent } : {});
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
        const { status, body } = await answer(route, "loader", await viewerOf(personId));
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
