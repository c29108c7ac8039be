/** Those who read: on a phone while others write, in a browser without scripts, and an observer of issued versions. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  caretAfter,
  expectQuiet,
  type Hall,
  openHall,
  openText,
  paragraphWith,
  writing,
} from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const RESOLUTION = /Assistance after ICT incidents/;
const REPORT = /Draft report of the Standing Group/;
const PATIENCE = { timeout: 20_000 } as const;
const PHONE = { width: 390, height: 844 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** "/sessions/…/texts/…", of the resolution and of the report. */
let resolution = "";
let report = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  const { page, close } = await hall.enter(server.url, "Amara Solvane");
  const session = page.url();
  resolution = new URL(await openText(page, RESOLUTION)).pathname;
  await page.goto(session);
  report = new URL(await openText(page, REPORT)).pathname;
  await close();
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** The distance of the paragraph that holds the words from the top of the window. */
function topOf(page: Page, words: string): Promise<number> {
  const section = page.locator("section.para", { hasText: words }).first();
  return section.evaluate((element) => element.getBoundingClientRect().top);
}

describe("a delegate's phone", () => {
  it("[RM13] [LB11] shows the text as it is typed, without a reload and without losing the place", async () => {
    const phone = await hall.enter(server.url, "Mira Ilves", PHONE);
    const tomi = await hall.enter(server.url, "Tomi Okoru");
    await tomi.page.goto(resolution);
    await writing(tomi.page);
    await allSaved(tomi.page);
    const { page } = phone;
    await page.goto(resolution);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const words = "hold one assistance exercise";
    await page.locator("section.para", { hasText: words }).first().scrollIntoViewIfNeeded();
    await page
      .locator("section.para", { hasText: words })
      .first()
      .evaluate((element) => element.scrollIntoView({ block: "start" }));
    await page.mouse.wheel(0, -160);
    await expect.poll(() => topOf(page, words), PATIENCE).toBeGreaterThan(100);
    await expect.poll(() => topOf(page, words), PATIENCE).toBeLessThan(600);
    const before = await topOf(page, words);

    await caretAfter(tomi.page, "seven States have named");
    for (const words of ["first", "second", "third"]) {
      await tomi.page.keyboard.press("Enter");
      await tomi.page.keyboard.type(`Noting also the ${words} of three paragraphs that came in above,`);
    }
    const paper = page.locator("main .sections");
    await paper.getByText("the third of three paragraphs that came in above,").waitFor({ state: "attached" });
    expect(Math.abs((await topOf(page, words)) - before), "pixels moved").toBeLessThanOrEqual(4);

    await caretAfter(tomi.page, words);
    await tomi.page.keyboard.type(" (as the phone reads on)");
    await paper.getByText("(as the phone reads on)").waitFor();
    expect(Math.abs((await topOf(page, words)) - before), "pixels moved").toBeLessThanOrEqual(4);
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    expect(await page.locator("[contenteditable='true']").count()).toBe(0);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, "pixels wider than the phone").toBeLessThanOrEqual(0);
    await phone.close();
    await tomi.close();
  });
});

describe("a browser without scripts", () => {
  it("[AD6] signs in and reads session, text, versions, a version and any two compared", async () => {
    const { page, context, close } = await hall.open(server.url, { script: false });
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Enter as Nuria Castell" }).click();
    await page.waitForURL(/\/sessions\/[^/]+$/);
    await page.getByRole("link", { name: RESOLUTION }).first().click();
    await page.waitForURL(/\/texts\/[^/]+$/);
    const paper = page.locator("main .sections");
    expect(await paper.locator("section.para").count()).toBeGreaterThan(20);
    expect(await paper.innerText()).toContain("invites the Secretariat to maintain it");
    expect(await paper.locator(".lab").first().innerText()).toBe("PP1");

    await page.getByRole("link", { name: "Versions", exact: true }).first().click();
    await page.waitForURL(/\/versions$/);
    await page.getByLabel("A, the older").selectOption({ label: "Rev.1" });
    await page.getByLabel("B, the newer").selectOption({ label: "Live text" });
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/compare\/[^/]+\/live$/);
    const register = page.locator(".cmp-rows .cell", { hasText: "register of technical teams" });
    expect(await register.locator("del", { hasText: "requests" }).count()).toBe(1);
    expect(await register.locator("ins", { hasText: "invites" }).count()).toBe(1);
    await page.getByRole("link", { name: "Inline" }).click();
    expect(await page.locator(".two.inline .cell ins", { hasText: "invites" }).count()).toBe(1);

    await page.goto(`${resolution}/versions`);
    await page.getByRole("link", { name: "Rev.1", exact: true }).first().click();
    await page.waitForURL(/\/versions\/[^/]+$/);
    expect(await page.locator(".version-sheet .sections").innerText()).toContain("requests the Secretariat");
    expect((await context.request.get(`${resolution}/versions/nothing`)).status()).toBe(404);
    await close();
  });

  it("[SM2] [PE9] its forms work: a draft is refused with what was typed, then saved", async () => {
    const { page, close } = await hall.open(server.url, { script: false });
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Enter as Nuria Castell" }).click();
    await page.waitForURL(/\/sessions\/[^/]+$/);
    await page.goto(`${new URL(page.url()).pathname}/drafts/statements/new`);
    await page.getByLabel("Title").fill("Written without a script");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("Written without a script");
    await page.getByLabel("Agenda item").selectOption({ label: "5 (b) Due diligence" });
    await page.getByLabel("Words").fill("Every page of ours is a page.");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByText(/Saved at edition 1/).waitFor();
    await close();
  });
});

describe("an observer", () => {
  it("[AD3] [AD5] [AD8] sees the issued versions of the report and nothing else", async () => {
    const { page, context, close } = await hall.enter(server.url, "Efua Osei");
    const session = new URL(page.url()).pathname;
    await page.goto(`${session}/texts`);
    expect(await page.getByRole("link", { name: RESOLUTION }).count()).toBe(0);
    await page.getByRole("link", { name: REPORT }).click();
    await page.waitForURL(/\/texts\/[^/]+$/);
    const paper = page.locator("main .sections");
    const said = await paper.innerText();
    expect(said).toContain("it is what is expected of a responsible State");
    expect(said).not.toContain("without consequences in law");
    await page
      .getByText("You see issued versions.")
      .or(page.getByText(/Rev\.1, issued/))
      .first()
      .waitFor();

    await page.goto(`${report}/versions`);
    const names = await page.locator("table.versions td:first-child a").allInnerTexts();
    expect(names).toEqual(["Rev.1", "Zero draft"]);
    const newest = await page.getByRole("link", { name: "Rev.1", exact: true }).first().getAttribute("href");
    const id = newest?.split("/").at(-1) ?? "";
    for (const hidden of [
      resolution,
      `${resolution}/versions`,
      `${report}/compare/${id}/live`,
      `${report}/versions/nothing`,
    ]) {
      expect((await context.request.get(hidden)).status(), hidden).toBe(404);
    }
    expect((await context.request.get(`${report}/settings`)).status()).toBe(403);
    const live = await context.request.get(`/live/texts/${report.split("/").at(-1) ?? ""}`);
    expect(live.status()).toBe(404);

    // While a drafter types, nothing of it reaches this page; what is issued does.
    await page.goto(report);
    const chair = await hall.enter(server.url, "Amara Solvane");
    await chair.page.goto(report);
    await writing(chair.page);
    await caretAfter(chair.page, "adopted its agenda at the first meeting");
    await chair.page.keyboard.type(" (only when issued)");
    await expect
      .poll(() => paragraphWith(chair.page, "adopted its agenda"), PATIENCE)
      .toContain("(only when issued)");
    await allSaved(chair.page);
    expect(await page.locator("main .sections").innerText()).not.toContain("(only when issued)");
    await chair.page.goto(`${report}/versions`);
    await chair.page.getByRole("button", { name: "Issue version" }).click();
    await chair.page.getByText("Rev.2 is issued.").waitFor();
    await page.goto(report);
    expect(await page.locator("main .sections").innerText()).toContain("(only when issued)");
    await chair.close();
    await close();
  });
});
