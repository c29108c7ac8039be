import { describe, expect, it } from "vitest";
import { issueVersion } from "#app/commands/issue-version.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { loader as authorshipLoader } from "#app/routes/authorship/route.tsx";
import { loader as compareLoader } from "#app/routes/compare/route.tsx";
import { loader as paragraphLoader } from "#app/routes/paragraph/route.tsx";
import { loader as importLoader } from "#app/routes/text-import/route.tsx";
import { loader as settingsLoader } from "#app/routes/text-settings/route.tsx";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { loader as textsLoader } from "#app/routes/texts/route.tsx";
import { loader as downloadLoader } from "#app/routes/version-download/route.ts";
import { loader as versionLoader } from "#app/routes/version/route.tsx";
import { loader as versionsLoader } from "#app/routes/versions/route.tsx";
import { TEXT } from "#test/support/room.ts";
import { BASE, CAST, done, type House, openHouse, type Who } from "./house.ts";

type Answered = {
  readonly status: number;
  readonly body: string;
  readonly data: unknown;
  readonly paper: string;
};
type Loader = (args: never) => Promise<unknown>;

/** Calls a loader as a page would be asked for, and tells what came of it. */
async function ask(
  house: House,
  who: Who,
  loader: Loader,
  params: Record<string, string> = {},
  path = BASE,
): Promise<Answered> {
  const context = await house.as(who);
  const args = {
    context,
    params: { session: "s", text: TEXT, ...params },
    request: new Request(`http://localhost${path}`),
  };
  try {
    const data = await loader(args as never);
    const body = data instanceof Response ? await data.text() : "";
    const status = data instanceof Response ? data.status : 200;
    return { status, body, data, paper: [...context.paper.values()].join("\n") };
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return { status: thrown.status, body: await thrown.text(), data: null, paper: "" };
  }
}

type Story = House & { readonly zero: string; readonly kept: string; readonly rev1: string };

/**
 * Zero draft; words and a whole paragraph that go again; the opening; words after it; a kept version; Rev.1; more.
 * "secret" stands for what was there before the opening and is gone, "opened" for what it opened with.
 */
async function story(audience: Parameters<typeof setAudience>[1]["audience"], shows: "live" | "versions") {
  const house = await openHouse();
  const chair = await house.as("amara");
  const page = await house.drafting();
  page.write("a", "Decides the secret to establish a register;");
  page.write("b", "Requests a secret paragraph;");
  await house.settle();
  const { versionId: zero } = done(
    await issueVersion(chair, { textId: TEXT, label: "Zero draft", symbol: "", note: "" }),
  );
  page.textOf("a").delete(8, 11);
  page.set("b", "deleted", true);
  page.write("c", "Invites all that is opened;");
  await house.settle();
  house.clock.advance(120_000);
  done(
    await setAudience(chair, {
      textId: TEXT,
      audience,
      delegationIds: audience === "named" ? ["d-lem"] : [],
      shows,
    }),
  );
  page.type("a", 0, "Further ");
  await house.settle();
  await keepVersion(chair, { textId: TEXT, reason: "idle" });
  house.clock.advance(120_000);
  page.type("c", 0, "Also ");
  await house.settle();
  const { versionId: rev1 } = done(
    await issueVersion(chair, { textId: TEXT, label: "Rev.1", symbol: "", note: "" }),
  );
  house.clock.advance(120_000);
  page.type("a", 0, "Newest ");
  await house.settle();
  house.clock.advance(1_000);
  const kept = String(
    house.db.read.$client.prepare("SELECT id FROM text_version WHERE kind = 'automatic'").pluck().get(),
  );
  return { ...house, zero, kept, rev1 } satisfies Story;
}

/** Every address that shows something of the text, with what must be asked for. */
function addresses(of: Story): Record<string, (who: Who) => Promise<Answered>> {
  const at =
    (loader: Loader, params: Record<string, string> = {}, path = BASE) =>
    (who: Who) =>
      ask(of, who, loader, params, path);
  return {
    text: at(textLoader),
    versions: at(versionsLoader),
    "version zero": at(versionLoader, { version: of.zero }),
    "version kept": at(versionLoader, { version: of.kept }),
    "version rev1": at(versionLoader, { version: of.rev1 }),
    "numbered rev1": at(versionLoader, { version: of.rev1 }, `${BASE}?lines=1`),
    "version live": at(versionLoader, { version: "live" }),
    "download zero": at(downloadLoader, { version: of.zero, format: "html" }),
    "download kept": at(downloadLoader, { version: of.kept, format: "text" }),
    "download rev1": at(downloadLoader, { version: of.rev1, format: "text" }),
    "fragment zero": at(downloadLoader, { version: of.zero, format: "paper" }),
    "fragment rev1": at(downloadLoader, { version: of.rev1, format: "lines" }),
    "compare zero rev1": at(compareLoader, { a: of.zero, b: of.rev1 }),
    "compare kept rev1": at(compareLoader, { a: of.kept, b: of.rev1 }),
    "compare rev1 live": at(compareLoader, { a: of.rev1, b: "live" }),
    authorship: at(authorshipLoader),
    "paragraph a": at(paragraphLoader, { paragraph: "a" }),
    "paragraph deleted": at(paragraphLoader, { paragraph: "b" }),
    settings: at(settingsLoader),
    import: at(importLoader),
  };
}

async function openTo(of: Story, who: Who): Promise<string[]> {
  const open: string[] = [];
  for (const [name, get] of Object.entries(addresses(of))) {
    if ((await get(who)).status === 200) open.push(name);
  }
  return open;
}

const READING = ["text", "versions"];
const REV1 = ["version rev1", "numbered rev1", "download rev1", "fragment rev1"];
const ZERO = ["version zero", "download zero", "fragment zero"];
const LIVE = [...READING, ...REV1, "compare rev1 live", "authorship", "paragraph a"].sort();
const VERSIONS = [
  ...READING,
  ...REV1,
  ...ZERO,
  "compare zero rev1",
  "paragraph a",
  "paragraph deleted",
].sort();

describe("what each audience opens, page by page", () => {
  const readers: Record<string, readonly Who[]> = {
    bureau: [],
    named: ["chiara"],
    all: ["chiara", "dina"],
    observers: ["chiara", "dina", "omar"],
    public: ["chiara", "dina", "omar", "eve", "public"],
  };
  for (const [audience, names] of Object.entries(readers)) {
    for (const shows of ["live", "versions"] as const) {
      it(`[AD1] [AD3] [AD4] [AD5] [AD6] ${audience}, ${shows}`, async () => {
        const of = await story(audience as "named", shows);
        const all = Object.keys(addresses(of)).filter((name) => name !== "version live");
        for (const who of CAST) {
          const isReader = names.includes(who);
          let expected: readonly string[] = isReader ? (shows === "live" ? LIVE : VERSIONS) : [];
          if (who === "amara") expected = all;
          if (who === "bilal") expected = all.filter((name) => name !== "settings");
          expect([who, (await openTo(of, who)).sort()]).toEqual([who, [...expected].sort()]);
        }
      }, 30_000);
    }
  }

  it("[AD8] the answer for what is not theirs is the answer for what does not exist", async () => {
    const of = await story("named", "live");
    for (const [name, get] of Object.entries(addresses(of))) {
      const { status, body } = await get("dina");
      const missing = await ask(of, "dina", textLoader, { text: "no-such-text" });
      expect([name, status, body]).toEqual([name, 404, missing.body]);
    }
    const other = await ask(of, "chiara", versionLoader, { version: of.zero });
    const none = await ask(of, "chiara", versionLoader, { version: "no-such-version" });
    expect([other.status, other.body]).toEqual([none.status, none.body]);
    const wrongSession = await ask(of, "amara", textLoader, { session: "another" });
    expect(wrongSession.status).toBe(404);
  });

  it("[AD1] a session's list of texts leaves out what is not the viewer's", async () => {
    const of = await story("named", "live");
    const titles = async (who: Who): Promise<unknown> => {
      const { data } = await ask(of, who, textsLoader);
      return (data as { texts: { id: string }[] }).texts.map(({ id }) => id);
    };
    expect(await titles("amara")).toEqual(["report", TEXT]);
    expect(await titles("bilal")).toEqual([TEXT]);
    expect(await titles("chiara")).toEqual([TEXT]);
    expect(await titles("dina")).toEqual([]);
    expect(await titles("public")).toEqual([]);
  });
});

describe("what is told on the pages that are open", () => {
  it("[AD2] a live reader gets the wording and nothing of before the opening", async () => {
    const of = await story("all", "live");
    for (const [name, get] of Object.entries(addresses(of))) {
      const { status, data, body, paper } = await get("dina");
      if (status !== 200) continue;
      const told = `${JSON.stringify(data)}${body}${paper}`;
      expect([name, told.includes("secret")]).toEqual([name, false]);
      expect([name, told.includes("Zero draft")]).toEqual([name, false]);
      expect([name, told.includes("before restore")]).toEqual([name, false]);
    }
    const { paper } = await ask(of, "dina", textLoader);
    expect(paper).toContain("Newest Further");
    expect(paper).toContain("opened");
  });

  it("[AD6] a reader of versions gets the newest issued one and not the live wording", async () => {
    const of = await story("all", "versions");
    for (const [name, get] of Object.entries(addresses(of))) {
      const { status, data, body, paper } = await get("dina");
      if (status !== 200) continue;
      const told = `${JSON.stringify(data)}${body}${paper}`;
      expect([name, told.includes("Newest")]).toEqual([name, false]);
    }
    expect((await ask(of, "dina", textLoader)).paper).toContain("Further");
  });

  type Run = { key: string; at: unknown; pieces: { words: string }[] };

  it("[AD7] names are told for what was written after the opening, and for nothing before", async () => {
    const of = await story("all", "live");
    const { data } = await ask(of, "dina", authorshipLoader);
    const runs = (data as { paragraphs: { id: string; runs: Run[] }[] }).paragraphs;
    const named = runs.flatMap(({ runs: own }) => own.filter(({ key }) => key.startsWith("bilal")));
    expect(named.map(({ pieces }) => pieces.map(({ words }) => words).join(""))).toEqual([
      "Newest ",
      "Further ",
      "Also ",
    ]);
    const before = runs.flatMap(({ runs: own }) => own.filter(({ key }) => key === "before"));
    expect(before.every(({ at }) => at === null)).toBe(true);
    expect(before.length).toBeGreaterThan(0);

    const bureau = await ask(of, "amara", authorshipLoader);
    expect(JSON.stringify(bureau.data)).not.toContain('"before"');

    const versions = await story("all", "versions");
    const compared = await ask(versions, "dina", compareLoader, { a: versions.zero, b: versions.rev1 });
    const changes = (compared.data as { changes: { makers: unknown[] }[] }).changes;
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ makers }) => makers.length === 0)).toBe(true);
  });

  it("[AD6] [AD7] a reader of versions is told with which version a change came, and no drafter and no minute", async () => {
    const of = await story("public", "versions");
    const label = "Rev.2";
    const { versionId: rev2 } = done(
      await issueVersion(await of.as("amara"), { textId: TEXT, label, symbol: "", note: "" }),
    );
    type Compared = { changes: { makers: { key: string }[] }[]; toldBy: unknown; persons: unknown[] };
    for (const [a, b] of [
      [of.rev1, rev2],
      [rev2, of.rev1],
    ] as const) {
      for (const who of ["dina", "eve", "public"] as const) {
        const { data } = await ask(of, who, compareLoader, { a, b });
        const { changes, toldBy, persons } = data as Compared;
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.flatMap(({ makers }) => makers)).toEqual([]);
        expect(persons).toEqual([]);
        expect(toldBy).toMatchObject({ label: "Rev.2", by: "amara", at: of.clock.now() });
        expect(JSON.stringify(data)).not.toContain("bilal");
        const { data: life } = await ask(of, who, paragraphLoader, { paragraph: "a" });
        const { wordings } = life as { wordings: { at: unknown; by: unknown }[] };
        expect(wordings.every(({ at, by }) => at === null && by === null)).toBe(true);
      }
      const { data } = await ask(of, "bilal", compareLoader, { a, b });
      const { changes, toldBy } = data as Compared;
      expect(changes.flatMap(({ makers }) => makers.map(({ key }) => key))).toContain("bilal.d-lem");
      expect(toldBy).toBeNull();
    }
  });

  it("[PE8] whoever takes no part learns of a drafter the delegation, of an officer name and office, and no more", async () => {
    const of = await story("public", "live");
    // Somebody else of the same delegation, and the chair, write in the same paragraph.
    const own = await of.enter("chiara", { delegationId: "d-lem" });
    own.type("a", 0, "Chiefly ");
    await of.settle();
    const chair = await of.drafting("amara");
    chair.type("c", 0, "Thus ");
    await of.settle();

    const compared = { a: of.rev1, b: "live" };
    const at = async (who: Who, loader: Loader, params: Record<string, string> = {}, path = BASE) =>
      (await ask(of, who, loader, params, path)).data;
    type Told = { key: string; name: string; siglum: string };
    for (const who of ["eve", "public"] as const) {
      for (const [name, get] of Object.entries(addresses(of))) {
        const { data, body, paper } = await get(who);
        const told = `${JSON.stringify(data)}${body}${paper}`;
        expect([name, /bilal|chiara/.test(told)]).toEqual([name, false]);
      }
      const { legend } = (await at(who, authorshipLoader)) as { legend: (Told & { kind: string })[] };
      const authors = legend.filter(({ kind }) => kind === "author");
      expect(authors).toEqual([
        expect.objectContaining({ key: ".d-lem", siglum: "LEM", name: "Lemuria" }),
        expect.objectContaining({ siglum: "Chair", name: "amara" }),
      ]);
      const { changes, persons, delegations } = (await at(who, compareLoader, compared)) as {
        changes: { paragraphId: string; makers: Told[] }[];
        persons: { name: string }[];
        delegations: { name: string }[];
      };
      const makersOf = (id: string) =>
        changes.flatMap(({ paragraphId, makers }) =>
          paragraphId === id ? makers.map(({ key }) => key) : [],
        );
      expect(makersOf("a")).toEqual([".d-lem"]);
      expect(persons.map(({ name }) => name)).toEqual(["amara Chair"]);
      expect(delegations.map(({ name }) => name)).toEqual(["LEM"]);
      // Nor can it be found out by asking for one person's changes.
      const asked = (by: string) => at(who, compareLoader, compared, `${BASE}?by=${by}`);
      expect(await asked("person:bilal")).toMatchObject({ changes: [] });
      expect(await asked("person:amara")).toMatchObject({ changes: [{ paragraphId: "c" }] });
      const { wordings } = (await at(who, paragraphLoader, { paragraph: "a" })) as {
        wordings: { by: Told | null }[];
      };
      expect(wordings.map(({ by }) => by?.siglum ?? null)).toContain("LEM");
    }
    const { changes } = (await at("dina", compareLoader, compared)) as { changes: { makers: Told[] }[] };
    expect(changes.flatMap(({ makers }) => makers.map(({ name }) => name))).toContain("bilal");
  });

  it("[PE8] of a drafter without delegation and office it is told that a drafter wrote", async () => {
    const of = await story("public", "live");
    const gone = await of.enter("chiara", { delegationId: null });
    gone.type("c", 0, "Moreover ");
    await of.settle();
    const legendOf = async (who: Who) =>
      ((await ask(of, who, authorshipLoader)).data as { legend: { name: string }[] }).legend;
    expect((await legendOf("public")).map(({ name }) => name)).toContain("A drafter");
    expect(JSON.stringify(await legendOf("public"))).not.toContain("chiara");
    expect((await legendOf("dina")).map(({ name }) => name)).toContain("chiara");
  });
});

describe("setting an audience", () => {
  it("[SV12] tells who could read before and who can now, never the whole session", async () => {
    const house = await openHouse();
    const chair = await house.as("amara");
    const named = { textId: TEXT, audience: "named", delegationIds: ["d-lem"], shows: "versions" } as const;
    done(await setAudience(chair, named));
    house.told.length = 0;
    done(await setAudience(chair, { ...named, audience: "bureau", delegationIds: [] }));
    const audience = { kind: "text", textId: TEXT, sessionId: "s", who: "readers" };
    const before = expect.objectContaining({ audience: "named", delegationIds: ["d-lem"] });
    expect(house.told).toEqual([
      { audience: { ...audience, before }, topic: "rights" },
      { audience, topic: `text:${TEXT}` },
    ]);
  });
});
