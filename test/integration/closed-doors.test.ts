/** A closed door is closed: rights are asked for before anything that was sent is looked at, and as the list of doors says. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { type Door, pageDoors } from "#app/rules/doors.ts";
import { type Act, may, permissions } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import type { Database } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { insertStatement } from "#db/stores/statement.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { temporaryDatabase } from "#test/support/database.ts";
import { type RouteModule, moduleOf, routeFiles } from "#test/support/routes.ts";
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

const everybody = (act: keyof typeof permissions) => permissions[act].who.some((role) => role === "anyone");

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
    statement: "st",
    thing: "item",
    id: "i",
  };

  beforeEach(async () => {
    db = temporaryDatabase();
    await db.write(async (tx) => {
      await insertPeople(tx);
      const whose = { sessionId: "s", delegationId: "d-lem", entityId: "lem", itemId: "i" };
      const made = { title: "T", body: "B", exceptions: [], releasedBy: "bilal", releasedAt: 1 };
      await insertStatement(tx, { id: "st", ...whose, ...made });
    });
  });

  const viewerOf = async (personId: string | null): Promise<Viewer> =>
    personId === null ? { kind: "public" } : await findViewer(db.read, { personId, loginId: "login" });

  /**
   * Only the database is there: whoever is refused never comes as far as a room, an account or a notice. Of a room, who
   * sees its page is told whether its record is whole, and nothing else.
   */
  function contextOf(viewer: Viewer): AppLoadContext {
    const now = () => Date.UTC(2026, 10, 23, 12);
    const rooms = nothingBut({ damagedAt: () => Promise.resolve(null) });
    const settings = { mode: "exercise", language: "en" };
    const signIn = { enter: null, owesCode: () => Promise.resolve(false) };
    const things = { db, viewer, now, ...settings, paper: new Map(), signIn, rooms };
    return nothingBut(things) as unknown as AppLoadContext;
  }

  function nothingBut<T extends object>(things: T): T {
    return new Proxy(things, {
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

  /** `isRead`: whether anything of what was sent has been looked at. */
  type Answer = { readonly status: number; readonly body: unknown; readonly isRead: boolean };

  async function answer(
    route: RouteModule,
    what: "loader" | "action",
    viewer: Viewer,
    { intent, over = {}, fields = {} }: Sent = {},
  ): Promise<Answer> {
    const handle = route[what] as (args: object) => unknown;
    const body = new URLSearchParams({ ...fields, ...(intent ? { intent } : {}) });
    const init = what === "action" ? { method: "POST", body } : {};
    const request = new Request("http://here/", init);
    const answered = await answerOf(() =>
      handle({ request, params: { ...params, ...over }, context: contextOf(viewer) }),
    );
    return { ...answered, isRead: request.bodyUsed };
  }

  async function answerOf(ask: () => unknown): Promise<Omit<Answer, "isRead">> {
    let given: unknown;
    try {
      given = await ask();
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
  /** Everybody who is signed in has them. */
  const own = ["account", "codes"];
  const people: readonly (string | null)[] = [null, "dario"];

  it("[PM1] shows a page only to those whose act it is, and does nothing meanwhile", async () => {
    let tried = 0;
    for (const [name, door] of Object.entries<Door>(pageDoors)) {
      if (door.page.length === 0 || door.page.some(everybody)) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const personId of own.includes(name) ? [null] : people) {
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

  it.each([
    ["a closed text", "bureau"],
    ["a text that everybody reads", "public"],
  ] as const)("[PM3] of %s no form is read from those who may do none of its acts", async (_, audience) => {
    await db.write((tx) =>
      setAudience(tx, "report", { audience, shows: audience === "public" ? "live" : "versions" }),
    );
    let tried = 0;
    for (const [name, { forms = {} }] of Object.entries<Door>(pageDoors)) {
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const [intent, act] of Object.entries(forms)) {
        if (everybody(act)) continue;
        for (const personId of own.includes(name) ? [null] : people) {
          const { status, isRead } = await answer(route, "action", await viewerOf(personId), { intent });
          const about = { name, intent, personId };
          expect({ ...about, status, closed: closed.includes(status), isRead }).toEqual({
            ...about,
            status,
            closed: true,
            isRead: false,
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
      if (own.includes(name) || isTheirOwn) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      for (const [intent, act] of Object.entries(forms)) {
        if (everybody(act)) continue;
        askedSince();
        const over: Record<string, string> = intent.endsWith("delegate")
          ? { delegation: "d-lem", delegate: "m" }
          : {};
        const { status, isRead } = await answer(route, "action", await viewerOf("dario"), {
          intent,
          fields: over,
        });
        const asked = askedSince();
        // Whoever may do nothing that the page's forms are for is refused by the acts of others of its forms.
        const isAsked = Object.values(forms).some((one) => asked.includes(one));
        expect({ name, intent, isAsked, asked, status, isRead }).toMatchObject({
          isAsked: true,
          status: 403,
          isRead: false,
        });
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(25);
  });

  it("[PM4] asks each form for its own act, of somebody who may send another of the page", async () => {
    let tried = 0;
    // A drafter and a head of delegation, who may do these.
    const senders = { text: "chiara", session: "bilal", delegation: "bilal" };
    const theirs = new Set<Act>(["restoreVersion", "manageDelegates", "draft", "release"]);
    for (const [name, { forms = {} }] of Object.entries<Door>(pageDoors)) {
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      const acts = Object.values(forms);
      for (const [intent, act] of Object.entries(forms)) {
        const { on } = permissions[act];
        const isAnother = acts.some((one) => theirs.has(one)) && !theirs.has(act);
        if (!isAnother || on === "installation" || on === "account") continue;
        askedSince();
        const viewer = await viewerOf(senders[on]);
        const fields: Record<string, string> = intent.endsWith("delegate")
          ? { delegation: "none", delegate: "none" }
          : {};
        const over = { text: "resolution", draft: "none" };
        const { status, isRead } = await answer(route, "action", viewer, { intent, over, fields });
        const asked = askedSince();
        // What is not there is not asked about: whose delegation would it be?
        const isAsked = asked.includes(act) || status === 404;
        expect({ name, intent, isAsked, asked, status, isRead }).toMatchObject({
          isAsked: true,
          isRead: true,
        });
        expect(closed).toContain(status);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(5);
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
      expect(notYours).toMatchObject({ status: 404, body: { ...refuse("not-found", "not-there") } });
    }
  });

  it("[PM5] answers what cannot be read as a form as a bad request", async () => {
    const route = await moduleOf((await routeFiles()).get("sign-in") ?? "");
    const headers = { "content-type": "multipart/form-data" };
    const request = new Request("http://here/", { method: "POST", headers, body: "no form" });
    const handle = route["action"] as (args: object) => unknown;
    const given = await answerOf(() => handle({ request, params, context: contextOf({ kind: "public" }) }));
    expect(given).toEqual({ status: 400, body: { ...refuse("invalid", "form-unreadable") } });
  });

  it("[PM5] does not know a form that its page does not have", async () => {
    for (const [name, { forms }] of Object.entries<Door>(pageDoors)) {
      if (!forms || "" in forms || Object.keys(forms).length === 0 || name.endsWith("-draft")) continue;
      const route = await moduleOf((await routeFiles()).get(name) ?? "");
      // Whoever may do most: the chair who is a head as well, or a head where the forms are a delegation's alone.
      const ofADelegation = Object.values(forms).every((act) => permissions[act].on === "delegation");
      const head = await viewerOf("bilal");
      const chair = { ...(await viewerOf("amara")), secretariat: true };
      const both = { ...chair, ...(head.kind === "person" ? { delegates: head.delegates } : {}) };
      const able = ofADelegation ? head : both;
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
