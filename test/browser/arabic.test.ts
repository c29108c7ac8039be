/** The interface in Arabic: chosen in the bar, right to left on every kind of page, in what is refused and in the editor. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall, type Seated, writing } from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { enterAs, press, type Stop, walk } from "#test/support/tour.ts";

const ARABIC = /\p{sc=Arabic}/u;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** Addresses by what they show, found by following links as a person would. */
const addresses = new Map<string, string>();

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  const { page, close } = await hall.enter(server.url, "Amara Solvane");
  const home = new URL(page.url()).pathname;
  addresses.set("home", home);
  await find(page, { name: "text", on: `${home}/texts`, link: /\/texts\/[^/]+$/ });
  await find(page, { name: "item", on: `${home}/agenda`, link: /\/agenda\/[^/]+$/ });
  await find(page, { name: "statement", on: `${home}/statements`, link: /\/statements\/[^/]+$/ });
  await find(page, { name: "entity", on: `${home}/delegations`, link: /\/entities\/[^/]+$/ });
  await find(page, { name: "topic", on: `${home}/positions`, link: /\/topics\/[^/]+$/ });
  await find(page, { name: "position", on: to("topic"), link: /\/positions\/[^/]+$/ });
  await find(page, { name: "version", on: `${to("text")}/versions`, link: /\/versions\/[^/]+$/ });
  await page.goto(to("text"));
  const paragraph = await page.locator("section.para").first().getAttribute("id");
  addresses.set("paragraph", `${to("text")}/paragraphs/${paragraph?.replace(/^p-/, "")}`);
  await close();
}, 240_000);

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

function to(name: string): string {
  const address = addresses.get(name);
  if (address === undefined) throw new Error(`no link leads to: ${name}`);
  return address;
}

async function find(
  page: Page,
  { name, on, link }: { readonly name: string; readonly on: string; readonly link: RegExp },
): Promise<void> {
  await page.goto(on);
  const hrefs = await page
    .locator("a[href]")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
  const found = hrefs.find((href) => link.test(href));
  if (found === undefined) throw new Error(`no link on ${on} leads to: ${name}`);
  addresses.set(name, found);
}

/** Opens the menu of the bar and takes the language by the name that it calls itself. */
async function choose(page: Page, name: "العربية" | "English"): Promise<void> {
  await page.locator(".languages summary").click();
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator(`html[lang="${name === "English" ? "en" : "ar"}"]`).waitFor();
}

const frame = (page: Page) =>
  page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));

describe("the menu of languages", () => {
  it.each([
    ["with script", true],
    ["without script", false],
  ])("[LA4] turns the page to Arabic and back %s, and the browser remembers it", async (_words, script) => {
    const { page, close } = await hall.open(server.url, { script });
    await page.goto(`${to("home")}/agenda?from=here`);
    expect(await frame(page)).toEqual({ lang: "en", dir: "ltr" });
    await choose(page, "العربية");
    expect(await frame(page)).toEqual({ lang: "ar", dir: "rtl" });
    expect(new URL(page.url()).search).toBe("?from=here");
    expect(await page.title()).toBe("جدول الأعمال · Chapeau");
    await page.goto("/");
    expect(await frame(page)).toEqual({ lang: "ar", dir: "rtl" });
    await page.getByRole("heading", { name: "الدورات", level: 1 }).waitFor();
    await choose(page, "English");
    await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
    expectQuiet(hall);
    await close();
  });

  it("[LA4] closes with Escape and gives the focus back", async () => {
    const { page, close } = await hall.open(server.url);
    await page.goto("/");
    const menu = page.locator(".languages");
    await menu.locator("summary").focus();
    await page.keyboard.press("Enter");
    await menu.getByRole("button", { name: "العربية" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await menu.getByRole("button", { name: "العربية" }).waitFor({ state: "hidden" });
    expect(await menu.locator("summary").evaluate((one) => one === document.activeElement)).toBe(true);
    await close();
  });
});

const ofThePublic = (): Stop[] => [
  { name: "sessions", open: "/" },
  { name: "sign-in", open: "/sign-in" },
  ...["agenda", "texts", "positions", "statements", "delegations"].map((name) => ({
    name,
    open: `${to("home")}/${name}`,
  })),
  ...["home", "item", "position", "statement", "entity", "topic"].map((name) => ({ name, open: to(name) })),
];

const notThere = (): Stop[] => [
  { name: "no such page", open: "/no/such/page", status: 404 },
  { name: "a link that is gone", open: "/links/no-such-link", status: 404 },
];

const ofTheChair = (): Stop[] => {
  const live = `${to("text")}/compare/${to("version").split("/").at(-1)}/live`;
  return [
    { name: "home", open: to("home") },
    { name: "agenda", open: `${to("home")}/agenda` },
    { name: "texts", open: `${to("home")}/texts` },
    { name: "account", open: "/account" },
    { name: "text", open: to("text") },
    { name: "version", open: to("version") },
    { name: "compare", open: live },
    { name: "compare inline", open: `${live}?view=inline` },
    { name: "paragraph", open: to("paragraph") },
    ...["versions", "authorship", "import", "settings"].map((name) => ({
      name,
      open: `${to("text")}/${name}`,
    })),
    { name: "an address that was mistyped", open: `${to("home")}/texts/no-such-text`, status: 404 },
  ];
};

const ofTheSecretariat = (): Stop[] => [
  { name: "people", open: "/people" },
  { name: "new session", open: "/sessions/new" },
  { name: "delegations", open: `${to("home")}/delegations` },
];

const ofADelegation = (): Stop[] => [
  { name: "ours", open: `${to("home")}/drafts` },
  { name: "new position", open: `${to("home")}/drafts/positions/new` },
  { name: "new statement", open: `${to("home")}/drafts/statements/new` },
];

describe("in Arabic on a phone", () => {
  let seat: Seated;
  beforeAll(async () => {
    seat = await hall.open(server.url, { width: 390, height: 844 });
  });
  afterAll(() => seat.close());

  it.each([
    ["the public", null, ofThePublic],
    ["nobody, where there is nothing", null, notThere],
    ["the chair", "Amara Solvane", ofTheChair],
    ["the secretariat", "Anke Brandt", ofTheSecretariat],
    ["a head of delegation", "Salma Haddad", ofADelegation],
  ] as const)(
    "[LA4] no page of %s is wider than the screen, and axe finds nothing",
    async (_who, name, stops) => {
      const { page, context } = seat;
      await context.clearCookies({ name: "language" });
      if (name !== null) await enterAs(page, name);
      await context.addCookies([{ name: "language", value: "ar", url: server.url }]);
      expect(await walk(page, stops(), "everything")).toEqual([]);
      expect(await frame(page)).toEqual({ lang: "ar", dir: "rtl" });
      expect(hall.complaints().filter((said) => !/status of 404/.test(said))).toEqual([]);
    },
  );
});

describe("a page in Arabic", () => {
  let seat: Seated;
  beforeAll(async () => {
    seat = await hall.enter(server.url, "Amara Solvane");
    // The address changes before the page does, and the page before has a menu too.
    await seat.page.goto(to("home"));
    await choose(seat.page, "العربية");
  });
  afterAll(() => seat.close());

  it("[LA4] says in Arabic what is refused: a form, a field, an address", async () => {
    const { page } = seat;
    await page.goto(`${to("text")}/versions`);
    await page.locator("#f-label").fill("Rev.1");
    await press(page, "issue");
    const summary = page.locator(".summary");
    await summary.waitFor();
    expect(await summary.innerText()).toContain("لم يُرسل هذا");
    expect(await page.locator("#w-label").innerText()).toMatch(/سبق إصدار طبعة باسم «\u2068Rev\.1\u2069»/);
    expect(await page.locator("#f-label").inputValue()).toBe("Rev.1");
    const missing = await page.goto(`${to("home")}/texts/no-such-text`);
    expect(missing?.status()).toBe(404);
    await page.getByRole("heading", { name: "غير موجود", level: 1 }).waitFor();
    expect(hall.complaints().filter((said) => !/status of 404/.test(said))).toEqual([]);
  });

  it("[LA5] [LA6] calls delegations and days as Arabic does, in the order of the English list", async () => {
    const { page } = seat;
    await page.goto(`${to("home")}/delegations`);
    const codes = await page.locator(".entity-name .code, a[href*='/entities/'] + .code").allInnerTexts();
    const names = await page.locator("a[href*='/entities/']").allInnerTexts();
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !ARABIC.test(name))).toEqual([]);
    expect(codes).toEqual(codes.toSorted());
    const times = await page.goto(to("home")).then(() => page.locator("time").allInnerTexts());
    expect(times.length).toBeGreaterThan(5);
    expect(times.filter((time) => /[٠-٩]/.test(time) || !/\d/.test(time))).toEqual([]);
  });

  it("[LA7] leaves a text in its own language and direction, with tools and menus in Arabic around it", async () => {
    const { page } = seat;
    await page.goto(to("text"));
    await writing(page);
    const paper = page.locator("article.paper");
    expect(
      await paper.evaluate((one) => [one.getAttribute("lang"), getComputedStyle(one).direction]),
    ).toEqual(["en", "ltr"]);
    await page.locator(".ProseMirror .txt").nth(1).click();
    await page.locator(".btn.role").click();
    const menu = page.locator(".tool-menu");
    await menu.waitFor();
    const sides = await Promise.all([menu, page.locator(".btn.role")].map((one) => one.boundingBox()));
    const [box, button] = sides.map((side) => (side ? side.x + side.width : 0));
    expect(Math.abs((box ?? 0) - (button ?? 99))).toBeLessThan(16);
    expect(await menu.innerText()).toContain("فقرة منطوق");
    await page.keyboard.press("Escape");
    await page.getByText("حُفظت كل التغييرات").waitFor();
    expectQuiet(hall);
  });

  it("[LA7] [LA8] shows a text in Arabic right to left whatever the interface, in letters from this server", async () => {
    const { page } = seat;
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(`${to("home")}/texts`);
    await page.locator("#f-title").fill("مشروع قرار");
    await page.locator("#f-organ").fill("إن الفريق الدائم،");
    await page.locator("#f-language").selectOption("ar");
    await press(page, "create");
    await page.waitForURL(/\/texts\/[^/]+$/);
    const at = page.url();
    for (const language of ["ar", "en"] as const) {
      if (language === "en") await choose(page, "English");
      await page.goto(at);
      const organ = page.locator(".organ");
      await organ.waitFor();
      const drawn = await organ.evaluate((one) => {
        const { direction, fontStyle, fontWeight } = getComputedStyle(one);
        return { direction, fontStyle, fontWeight };
      });
      expect(drawn).toEqual({ direction: "rtl", fontStyle: "normal", fontWeight: "700" });
    }
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      const held = [...document.fonts].filter(({ status }) => status === "loaded");
      return held.map(({ family }) => family.replaceAll('"', ""));
    });
    expect(loaded).toContain("Noto Naskh Arabic Variable");
    const fonts = asked.filter((url) => url.endsWith(".woff2"));
    expect(fonts.some((url) => url.includes("ibm-plex-sans-arabic-arabic"))).toBe(true);
    expect(asked.filter((url) => !url.startsWith(server.url))).toEqual([]);
    expectQuiet(hall);
  });
});
