/** Every page of the exercise, as those who see most of it: axe finds nothing, the console is quiet, nothing overflows. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall, type Screen } from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** Addresses by what they show, found by following links as a person would. */
const addresses = new Map<string, string>();

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  const chair = await hall.enter(server.url, "Amara Solvane");
  await findAddresses(chair.page);
  await chair.close();
}, 180_000);

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

async function findAddresses(page: Page): Promise<void> {
  const session = new URL(page.url()).pathname;
  const links = async (at: string, pattern: RegExp): Promise<string[]> => {
    await page.goto(at);
    const found = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    return [...new Set(found.filter((href) => pattern.test(href)))];
  };
  addresses.set("sessions", "/").set("sign-in", "/sign-in").set("account", "/account");
  addresses.set("home", session);
  for (const name of ["agenda", "texts", "positions", "statements", "delegations"]) {
    addresses.set(name, `${session}/${name}`);
  }
  const [text] = await links(`${session}/texts`, /\/texts\/[^/]+$/);
  const [item] = await links(`${session}/agenda`, /\/agenda\/[^/]+$/);
  const [statement] = await links(`${session}/statements`, /\/statements\/[^/]+$/);
  const [entity] = await links(`${session}/delegations`, /^\/entities\/[^/]+$/);
  const [topic] = await links(`${session}/positions`, /^\/topics\/[^/]+$/);
  const [position] = await links(topic ?? "", /\/positions\/[^/]+$/);
  const [version] = await links(`${text}/versions`, /\/versions\/[^/]+$/);
  await page.goto(text ?? "");
  const paragraph = await page.locator("section.para").first().getAttribute("id");
  const found = {
    text,
    item: item ?? (await links(session, /\/agenda\/[^/]+$/))[0],
    position,
    statement,
    entity,
    topic,
    version,
    versions: `${text}/versions`,
    compare: `${text}/compare/${version?.split("/").at(-1)}/live`,
    "compare inline": `${text}/compare/${version?.split("/").at(-1)}/live?view=inline`,
    authorship: `${text}/authorship`,
    import: `${text}/import`,
    settings: `${text}/settings`,
    paragraph: `${text}/paragraphs/${paragraph?.replace(/^p-/, "")}`,
  };
  for (const [name, address] of Object.entries(found)) {
    if (address === undefined) throw new Error(`no link leads to: ${name}`);
    addresses.set(name, address);
  }
}

const names = [
  "sessions",
  "sign-in",
  "account",
  "home",
  "agenda",
  "item",
  "texts",
  "text",
  "versions",
  "version",
  "compare",
  "compare inline",
  "authorship",
  "paragraph",
  "import",
  "settings",
  "positions",
  "position",
  "statements",
  "statement",
  "delegations",
  "entity",
  "topic",
];
const ours = ["drafts", "drafts/positions/new", "drafts/statements/new"];

/** What axe finds, short enough to read in a failure. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
}

async function visit(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(200);
  await page.locator("main").waitFor();
  const editor = page.locator(".ProseMirror");
  if ((await page.locator("[data-editor]").count()) > 0) await editor.waitFor();
}

const screens: readonly (readonly [string, Screen])[] = [
  ["1440 px, light", { width: 1440, height: 900, theme: "light" }],
  ["1440 px, dark", { width: 1440, height: 900, theme: "dark" }],
  ["390 px, light", { width: 390, height: 844, theme: "light" }],
  ["390 px, dark", { width: 390, height: 844, theme: "dark" }],
];

describe.each(screens)("at %s", (_words, screen) => {
  it("axe finds nothing on any page of the chair, and no page is wider than the screen", async () => {
    const { page, close } = await hall.enter(server.url, "Amara Solvane", screen);
    const faults: string[] = [];
    for (const name of names) {
      await visit(page, addresses.get(name) ?? "");
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) faults.push(`${name}: ${over} px wider than the screen`);
    }
    expect(faults).toEqual([]);
    expectQuiet(hall);
    await close();
  });

  it("axe finds nothing on what belongs to a delegation alone", async () => {
    const { page, close } = await hall.enter(server.url, "Salma Haddad", screen);
    const session = new URL(page.url()).pathname;
    const faults: string[] = [];
    for (const name of ours) {
      await visit(page, `${session}/${name}`);
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) faults.push(`${name}: ${over} px wider than the screen`);
    }
    expect(faults).toEqual([]);
    expectQuiet(hall);
    await close();
  });
});
