/** Every page, as each of those who see it: axe finds nothing, the console is quiet, nothing overflows. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  caretAfter,
  expectQuiet,
  type Hall,
  openHall,
  type Seated,
  writing,
} from "#test/support/browser.ts";
import { freePort, type ServerProcess, startProcess } from "#test/support/process.ts";
import { pageNames, routesAt } from "#test/support/routes.ts";
import { invite } from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { enterAs, press, type Screen, type Stop, walkOn } from "#test/support/tour.ts";

const SECRET = "a secret for one evening of tests, no longer";

let hall: Hall;
let server: ServerProcess;
let production: ServerProcess;
const folders: SuiteFolder[] = [];
/** Addresses by what they show, found by following links as a person would. */
const addresses = new Map<string, string>();

beforeAll(async () => {
  folders.push(suiteFolder(), suiteFolder());
  const [exercise, empty] = folders.map(({ path }) => path);
  server = await startProcess({ folder: exercise ?? "" });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { CHAPEAU_MODE: "production", CHAPEAU_ORIGIN: origin, CHAPEAU_SECRET: SECRET };
  production = await startProcess({ folder: empty ?? "", port, env });
  hall = await openHall();
  const { page, close } = await hall.enter(server.url, "Amara Solvane");
  await findAddresses(page);
  await openReport(page);
  await enterAs(page, "Anke Brandt");
  addresses.set("a link", await invite(page, "Noor Vance", "noor@example.org"));
  await enterAs(page, "Salma Haddad");
  await page.goto(`${to("home")}/drafts/statements/new`);
  await fillStatement(page, "On acting in time");
  await press(page, "save");
  await page.waitForURL(/\/drafts\/statements\/(?!new)/);
  addresses.set("draft", new URL(page.url()).pathname);
  await beginPosition(page);
  await fillPosition(page);
  await press(page, "save");
  await page.waitForURL(/\/drafts\/positions\/(?!new)/);
  addresses.set("position draft", new URL(page.url()).pathname);
  for (const name of ["proposal", "proposal draft"]) {
    await page.goto(proposing());
    await page.locator("#f-wording").fill("Recognizing that assistance is asked for and given freely,");
    await press(page, "save");
    await page.waitForURL(/\/drafts\/proposals\/(?!new)/);
    addresses.set(name, new URL(page.url()).pathname);
    if (name !== "proposal") continue;
    await press(page, "review");
    await page.getByText("Reviewed by").first().waitFor();
    await page.goto(`${to(name)}?confirm=release`);
    await press(page, "release");
    await page.waitForURL(/\/texts\/[^/]+\/proposals\//);
    addresses.set(name, new URL(page.url()).pathname);
  }
  await page.goto(ourNote());
  await page.locator("#f-body").fill("Ask the capital about the second sentence.");
  await press(page, "save");
  await page.waitForURL(/\/agenda\//);
  await close();
}, 240_000);

afterAll(async () => {
  await hall.close();
  await Promise.all([server.stop(), production.stop()]);
  for (const folder of folders) folder.remove();
});

function to(name: string): string {
  const address = addresses.get(name);
  if (address === undefined) throw new Error(`no link leads to: ${name}`);
  return address;
}

async function linksOn(page: Page, at: string, pattern: RegExp): Promise<string[]> {
  await page.goto(at);
  const found = await page
    .locator("a[href]")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  return [...new Set(found.filter((href) => pattern.test(href)))];
}

async function findAddresses(page: Page): Promise<void> {
  const session = new URL(page.url()).pathname;
  addresses.set("home", session);
  const firstOn = async (name: string, at: string, pattern: RegExp): Promise<string> => {
    const [found] = await linksOn(page, at, pattern);
    if (found === undefined) throw new Error(`no link on ${at} leads to: ${name}`);
    addresses.set(name, found);
    return found;
  };
  const text = await firstOn("text", `${session}/texts`, /\/texts\/[^/]+$/);
  await firstOn("item", `${session}/agenda`, /\/agenda\/[^/]+$/);
  const documents = page.getByRole("link", { name: "Adoption of the agenda" }).first();
  const there = `${await documents.getAttribute("href")}/documents`;
  await firstOn("removal of a document", there, /\?remove=/);
  await firstOn("statement", `${session}/statements`, /\/statements\/[^/]+$/);
  const entity = await firstOn("entity of the session", `${session}/delegations`, /\/entities\/[^/]+$/);
  const topic = await firstOn("topic of the session", `${session}/positions`, /\/topics\/[^/]+$/);
  addresses.set("entity", entity.slice(session.length));
  addresses.set("topic", topic.slice(session.length));
  await firstOn("position", topic, /\/positions\/[^/]+$/);
  await firstOn("own position", "/entities/x-lmr", /\/positions\/[^/]+$/);
  await firstOn("version", `${text}/versions`, /\/versions\/[^/]+$/);
  await page.goto(text);
  const paragraph = await page.locator("section.para").first().getAttribute("id");
  addresses.set("paragraph", `${text}/paragraphs/${paragraph?.replace(/^p-/, "")}`);
  await writing(page);
  await caretAfter(page, "Recognizing");
  await page.keyboard.press("Control+Alt+[");
  await allSaved(page);
  const bracket = await page.locator("[data-bracket]").first().getAttribute("data-bracket");
  addresses.set("bracket", `${text}/brackets/${bracket}`);
}

/** The text that observers see as it was issued: the second one of the exercise. */
async function openReport(page: Page): Promise<void> {
  const [, report] = await linksOn(page, `${to("home")}/texts`, /\/texts\/[^/]+$/);
  if (report === undefined) throw new Error("the exercise has one text only");
  addresses.set("report", report);
}

async function fillStatement(page: Page, title: string): Promise<void> {
  await page.getByLabel("Agenda item").selectOption({ index: 1 });
  await page.locator("#f-title").fill(title);
  await page.locator("#f-body").fill("Thank you, Chair. We ask for twenty-four hours.");
}

/** The form for a position on the first topic that is offered. */
async function beginPosition(page: Page): Promise<void> {
  await page.goto(`${to("home")}/drafts/positions/new`);
  await page.locator("main .doc-list a").first().click();
  await page.locator("#f-summary").waitFor();
}

async function fillPosition(page: Page): Promise<void> {
  await page.locator("input[name='stance']").first().check();
  await page.locator("#f-summary").fill("Halewyn asks for a short common list.");
  await page.locator("#f-sourceTitle").fill("Statement in the general exchange");
  await page.locator("#f-sourceDate").fill("2026-03-02");
  await page.locator("#f-sourceForum").fill("Third session");
}

/** The form for a proposal on the paragraph. */
function proposing(): string {
  const [text = "", paragraph = ""] = to("paragraph").split("/paragraphs/");
  return `${to("home")}/drafts/proposals/new?text=${text.split("/").at(-1)}&paragraph=${paragraph}`;
}

function ourNote(): string {
  const [, item] = to("item").split("/agenda/");
  return `${to("home")}/notes/item/${item}`;
}

/** What the public sees, and everybody else in the same way. */
const open = (): Stop[] => [
  { name: "sessions", open: "/" },
  { name: "sign-in", open: "/sign-in" },
  { name: "sign-in, no code is asked for", open: "/sign-in/code" },
  { name: "search", open: "/search" },
  { name: "search, found", open: "/search?q=sovereignty" },
  ...["agenda", "texts", "positions", "statements", "delegations"].map((name) => ({
    name,
    open: `${to("home")}/${name}`,
  })),
  { name: "calendar", open: "/calendar" },
  { name: "topics", open: "/topics" },
  { name: "history of a topic", open: "/topics/x-due-diligence/history" },
  { name: "groups", open: "/groups" },
  { name: "group", open: "/groups/x-lant" },
  { name: "reference data", open: "/reference?q=lu" },
  { name: "an entry of it", open: "/reference/entities/x-lmr" },
  ...["home", "item", "position", "statement", "entity", "topic"].map((name) => ({ name, open: to(name) })),
  ...["entity of the session", "topic of the session"].map((name) => ({ name, open: to(name) })),
];

const NOWHERE = "/no/such/page";

const notThere = (): Stop[] => [
  { name: "a link that is gone", open: "/links/no-such-link", status: 404 },
  { name: "no such page", open: NOWHERE, status: 404 },
  { name: "no such text", open: `${to("home")}/texts/no-such-text`, status: 404 },
];

/** Where those who preside find forms. */
const ofTheChair = (): Stop[] => [
  ...["agenda", "texts", "delegations"].map((name) => ({ name, open: `${to("home")}/${name}` })),
  { name: "home", open: to("home") },
  { name: "item", open: to("item") },
  { name: "documents", open: `${to("item")}/documents` },
  { name: "documents, removing one", open: to("removal of a document") },
  { name: "account", open: "/account" },
  { name: "adding delegations", open: `${to("home")}/delegations/add?group=x-meri` },
  {
    name: "adding delegations, a table",
    async open(page) {
      await page.goto(`${to("home")}/delegations/add`);
      await page.locator("#f-table-paste").fill("code;head;email\nLMR;;\nNOWHERE;;\nHLW;N;n@example.org\n");
      await press(page, "preview");
      await page.locator("#table-found").waitFor();
    },
  },
  {
    name: "adding delegations, refused",
    async open(page) {
      await page.goto(`${to("home")}/delegations/add`);
      await press(page, "preview");
      await page.locator(".summary").waitFor();
    },
  },
];

const aroundAText = (): Stop[] => {
  const text = to("text");
  const live = `${text}/compare/${to("version").split("/").at(-1)}/live`;
  return [
    { name: "text", open: text },
    { name: "versions", open: `${text}/versions` },
    {
      name: "versions, asking before a restore",
      async open(page) {
        await page.goto(`${text}/versions`);
        await page
          .getByRole("link", { name: /^Restore / })
          .first()
          .click();
        await page.getByRole("region", { name: /^Restore / }).waitFor();
      },
    },
    { name: "version", open: to("version") },
    { name: "version, lines numbered", open: `${to("version")}?lines=1` },
    { name: "compare", open: live },
    { name: "compare inline", open: `${live}?view=inline` },
    { name: "authorship", open: `${text}/authorship` },
    { name: "paragraph", open: to("paragraph") },
    { name: "text, its brackets", open: `${text}?panel=brackets` },
    { name: "bracket", open: to("bracket") },
    { name: "proposals", open: `${text}/proposals` },
    { name: "proposal", open: to("proposal") },
    {
      name: "bracket, recording for a group, refused",
      open: async (page) => {
        await page.goto(to("bracket"));
        const groups = page.locator("select[name=for] option[value^='group:']");
        await page.goto(`${to("bracket")}?for=${await groups.first().getAttribute("value")}`);
        await press(page, "record-stance");
        await page.locator(".summary").waitFor();
      },
    },
    { name: "import", open: `${text}/import` },
    {
      name: "import, refused",
      open: async (page) => {
        await page.goto(`${text}/import`);
        await press(page, "preview");
        await page.locator(".summary").waitFor();
      },
    },
    {
      name: "import, preview",
      open: async (page) => {
        await page.goto(`${text}/import`);
        await page.locator("#f-paste").fill("Recalling its resolutions,\n\n1. Decides to meet;");
        await press(page, "preview");
        await page.locator(".import-paper").waitFor();
      },
    },
    { name: "settings", open: `${text}/settings` },
    {
      name: "settings, audience review",
      open: async (page) => {
        await page.goto(`${text}/settings`);
        await page.locator("input[name='audience'][value='public']").check();
        await press(page, "review");
        await page.locator("button[name='intent'][value='open']").waitFor();
      },
    },
  ];
};

const ofTheSecretariat = (): Stop[] => [
  { name: "people", open: "/people" },
  {
    name: "people, refused",
    open: async (page) => {
      await page.goto("/people");
      await page.locator("#f-name").fill("N".repeat(130));
      await page.locator("#f-email").fill("noor@example.org");
      await press(page, "invite");
      await page.locator(".summary").waitFor();
    },
  },
  { name: "new session", open: "/sessions/new" },
  { name: "session, edited", open: `${to("home")}/settings` },
  {
    name: "delegations, withdrawing one",
    async open(page) {
      await page.goto(`${to("home")}/delegations`);
      await page.getByRole("link", { name: "Withdraw…" }).first().click();
      await page.locator(".confirm").waitFor();
    },
  },
  { name: "new session from the calendar", open: "/sessions/new?calendar=dtg-2026" },
  ...[
    ["calendar, correcting", "/calendar?entry=dtg-2026"],
    ["topics, adding", "/topics"],
    ["topic, changing", "/topics/x-due-diligence/history"],
    ["group, correcting", "/groups/x-lant?member=x-lmr&from="],
    ["entry, correcting", "/reference/entities/x-lmr"],
  ].map(([name = "", path = ""]) => ({
    name,
    open: async (page: Page) => {
      await page.goto(path);
      await page.locator("main details").evaluateAll((folds) => {
        for (const fold of folds) fold.setAttribute("open", "");
      });
    },
  })),
];

const ofADelegation = (): Stop[] => [
  {
    name: "delegations, inviting",
    async open(page) {
      await page.goto(`${to("home")}/delegations`);
      await page.locator("summary").filter({ hasText: "Invite a person" }).click();
    },
  },
  {
    name: "delegations, removing a delegate",
    async open(page) {
      await page.goto(`${to("home")}/delegations`);
      await page.getByRole("link", { name: "Remove" }).last().click();
      await page.locator(".confirm").waitFor();
    },
  },
  { name: "positions, a cell open", open: `${to("home")}/positions?show=x-due-diligence.x-hlw` },
  { name: "a position of ours", open: to("own position") },
  { name: "a position of ours, withdrawing", open: `${to("own position")}?confirm=withdraw` },
  { name: "ours", open: `${to("home")}/drafts` },
  { name: "our notes", open: `${to("home")}/notes` },
  {
    name: "our note, asking before it is deleted",
    async open(page) {
      await page.goto(ourNote());
      await page.locator("main details summary").click();
    },
  },
  { name: "new position", open: `${to("home")}/drafts/positions/new` },
  { name: "new position, its form", open: beginPosition },
  {
    name: "new position, refused",
    open: async (page) => {
      await beginPosition(page);
      await press(page, "save");
      await page.locator(".summary").waitFor();
    },
  },
  { name: "saved position", open: to("position draft") },
  { name: "saved position, before release", open: `${to("position draft")}?confirm=release` },
  { name: "proposals", open: `${to("text")}/proposals` },
  { name: "a proposal of ours", open: to("proposal") },
  { name: "a proposal of ours, withdrawing", open: `${to("proposal")}?confirm=withdraw` },
  { name: "new proposal", open: proposing() },
  {
    name: "new proposal, refused",
    open: async (page) => {
      await page.goto(proposing());
      await page.locator("#f-wording").fill("");
      await press(page, "save");
      await page.locator(".summary").waitFor();
    },
  },
  { name: "saved proposal", open: to("proposal draft") },
  { name: "new statement", open: `${to("home")}/drafts/statements/new` },
  { name: "saved draft", open: to("draft") },
  {
    name: "saved draft, refused",
    open: async (page) => {
      await page.goto(to("draft"));
      await page.locator("#f-title").fill("");
      await press(page, "save");
      await page.locator(".summary").waitFor();
    },
  },
  { name: "saved draft, before release", open: `${to("draft")}?confirm=release` },
  { name: "codes of an app", open: "/account/codes" },
];

const ofAnObserver = (): Stop[] => [
  { name: "home", open: to("home") },
  { name: "our notes, none", open: `${to("home")}/notes` },
  { name: "our note, none", open: ourNote() },
  { name: "texts", open: `${to("home")}/texts` },
  { name: "text as it was issued", open: to("report") },
  { name: "versions of it", open: `${to("report")}/versions` },
];

/** The pages of the build that none of these addresses leads to. */
async function missedBy(seen: Iterable<string>): Promise<string[]> {
  const stopped = new Set((await Promise.all([...seen].map(routesAt))).flat());
  return (await pageNames()).filter((name) => !stopped.has(name));
}

const screens: readonly Screen[] = [
  {
    width: 1440,
    height: 900,
    looks: [
      ["light", "everything"],
      ["dark", "colors"],
    ],
  },
  {
    width: 390,
    height: 844,
    looks: [
      ["light", "everything"],
      ["dark", "colors"],
    ],
  },
  // Where a page of 1280 px is enlarged four times (WCAG 1.4.10).
  { width: 320, height: 640, looks: [["light", "size"]] },
];

describe("at 1440, 390 and 320 px, light and dark", () => {
  let seat: Seated;
  /** Addresses that were looked at. */
  const seen = new Set<string>();
  beforeAll(async () => {
    seat = await hall.open(server.url);
  });
  afterAll(() => seat.close());

  /** One browser for everybody: what one person leaves behind must not trouble the next. */
  async function expectFine(name: string | null, stops: readonly Stop[]): Promise<void> {
    if (name !== null) await enterAs(seat.page, name);
    expect(await walkOn(seat.page, screens, stops, (pathname) => seen.add(pathname))).toEqual([]);
  }

  it("axe finds nothing on the pages of the public", async () => {
    await expectFine(null, [...open(), { name: "a link", open: to("a link") }]);
    expectQuiet(hall);
  });

  it("axe finds nothing where there is nothing", async () => {
    await expectFine(null, notThere());
    seen.add(NOWHERE);
    // Browsers note the status of a page that is not there; nothing else is said.
    expect(hall.complaints().filter((said) => !/status of 404/.test(said))).toEqual([]);
  });

  it.each([
    ["an observer", "Efua Osei", ofAnObserver],
    ["a head of delegation", "Salma Haddad", ofADelegation],
    ["the secretariat", "Anke Brandt", ofTheSecretariat],
    ["the chair in the session", "Amara Solvane", ofTheChair],
    ["the chair in a text", "Amara Solvane", aroundAText],
  ] as const)("axe finds nothing on the pages of %s", async (_who, name, stops) => {
    await expectFine(name, stops());
    expectQuiet(hall);
  });

  it("has stopped at every page of the build", async () => {
    expect(await missedBy(seen)).toEqual([]);
  });

  it("axe finds nothing on the pages before anybody has signed in to an empty production", async () => {
    const { page, close } = await hall.open(production.url);
    const stops: Stop[] = [
      { name: "no sessions", open: "/" },
      ...["/calendar", "/topics", "/groups", "/groups/g77-china", "/reference/entities/eu"].map((path) => ({
        name: path,
        open: path,
      })),
      { name: "sign-in", open: "/sign-in" },
      {
        name: "sign-in, refused",
        open: async () => {
          await page.goto("/sign-in");
          await page.locator("#f-email").fill("nobody@example.org");
          await page.locator("#f-password").fill("not a password of anybody");
          await press(page, "password");
          await page.locator(".summary").waitFor();
        },
      },
    ];
    expect(await walkOn(page, screens, stops)).toEqual([]);
    expectQuiet(hall);
    await close();
  });
});

describe("a page without a stop", () => {
  it("is missed", async () => {
    const seen = ["/", "/topics/one/history", "/sessions/s", "/sessions/new", "/sessions/s/notes/item/i"];
    const names = ["sessions", "topic-history", "session", "session-home", "new-session", "note"];
    const [first, ...others] = await pageNames();
    expect(await missedBy(seen)).toEqual((await pageNames()).filter((name) => !names.includes(name)));
    expect([first, others.includes("sign-out"), others.includes("document")]).toEqual([
      "sessions",
      false,
      false,
    ]);
  });
});

describe("a page that is open while a version is issued", () => {
  it("[AD5] [AD3] shows it without being loaded again, and leaves the editor as it is", async () => {
    const reader = await hall.enter(server.url, "Efua Osei");
    await reader.page.goto(to("report"));
    const sheet = reader.page.locator("main .sections");
    const chair = await hall.enter(server.url, "Amara Solvane");
    await chair.page.goto(to("report"));
    await writing(chair.page);
    await caretAfter(chair.page, "adopted its agenda at the first meeting");
    await chair.page.keyboard.type(" (as issued)");
    await allSaved(chair.page);
    // A page that was loaded again, or an editor that was made anew, would not hold these elements any more.
    const frame = await reader.page.locator("main").elementHandle();
    const editor = await chair.page.locator(".ProseMirror").elementHandle();
    expect(await sheet.innerText()).not.toContain("(as issued)");

    const second = await chair.context.newPage();
    await second.goto(`${to("report")}/versions`);
    const label = await second.locator("#f-label").inputValue();
    await press(second, "issue");
    await second.getByText(`${label} is issued.`).waitFor();

    await reader.page.locator(".side-panel").getByText(label, { exact: true }).first().waitFor();
    await expect.poll(() => sheet.innerText(), { timeout: 20_000 }).toContain("(as issued)");
    expect(await frame?.evaluate((element) => element.isConnected)).toBe(true);
    await chair.page.locator(".side-panel").getByText(label, { exact: true }).first().waitFor();
    expect(await editor?.evaluate((element) => element.isConnected)).toBe(true);
    expectQuiet(hall);
    await chair.close();
    await reader.close();
  });
});
