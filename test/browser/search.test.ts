/** Search as people use it: two delegations and the public, with and without script, in Arabic, on a phone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  caretAfter,
  expectQuiet,
  type Hall,
  openHall,
  type Seated,
  writing,
} from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { walk } from "#test/support/tour.ts";

const PATIENCE = { timeout: 20_000 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** The head of Lumara, the head of another delegation, the chair. */
let salma: Seated;
let mira: Seated;
let amara: Seated;
let session = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  salma = await hall.enter(server.url, "Salma Haddad");
  mira = await hall.enter(server.url, "Mira Ilves");
  amara = await hall.enter(server.url, "Amara Solvane");
  session = new URL(salma.page.url()).pathname;
}, 240_000);

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

const hits = (page: Page) => page.locator(".hit-list li");

async function ask(page: Page, words: string): Promise<void> {
  await page.goto("/search");
  await page.getByRole("searchbox", { name: "Search for" }).fill(words);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.waitForURL(/\/search\?q=/);
}

describe("what a delegation has written", () => {
  it("[SE1][SE2][SE12] is found by its own people, marked as a draft, and by others once it is released", async () => {
    const { page } = salma;
    await page.goto(`${session}/drafts/positions/new`);
    await page.getByRole("link", { name: "Sovereignty", exact: true }).click();
    await page.getByLabel("Rule, with a threshold").check();
    await page.getByLabel("Summary, in your own words").fill("A marzipan threshold is a threshold.");
    await page.getByLabel("Source: title").fill("Note verbale of Lumara");
    await page.getByLabel("Source: date").fill("2026-03-02");
    await page.getByLabel("Stated in the source").check();
    await page.getByRole("button", { name: "Save for us only", exact: true }).click();
    await page.getByText(/Saved at edition/).waitFor();

    await ask(page, "marzipan");
    expect(await hits(page).innerText()).toContain("Draft, read by your delegation alone");
    for (const seated of [mira, amara]) {
      await ask(seated.page, "marzipan");
      await seated.page.getByText("Nothing that you may read here says this.").waitFor();
      expect(await hits(seated.page).count()).toBe(0);
    }

    await hits(page).getByRole("link").click();
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByRole("button", { name: "Release now" }).click();
    await page.waitForURL(/\/positions\/[^/]+$/);
    await ask(mira.page, "marzipan");
    expect(await hits(mira.page).locator("mark").innerText()).toBe("marzipan");
    await hits(mira.page).getByRole("link").click();
    await mira.page.waitForURL(/\/positions\/[^/]+\?mark=marzipan#summary$/);
    expect(await mira.page.locator("#summary mark").innerText()).toBe("marzipan");
    await mira.page.locator("#summary:target").waitFor();
  });
});

describe("a text", () => {
  it("[SE3][SE10][SE13] is found some seconds after it was written in, and a hit leads to its paragraph", async () => {
    const { page } = amara;
    await page.goto(`${session}/texts`);
    await page.locator("main a[href*='/texts/']").first().click();
    await page.waitForURL(/\/texts\/[^/]+$/);
    await writing(page);
    const start = (await page.locator(".ProseMirror p.txt").nth(2).innerText()).slice(0, 30);
    await caretAfter(page, start);
    await page.keyboard.type(" nougat.");
    await allSaved(page);
    await page.goto("/search?q=nougat");
    await expect
      .poll(async () => {
        await page.reload();
        return hits(page).count();
      }, PATIENCE)
      .toBe(1);
    await hits(page).getByRole("link").click();
    await page.waitForURL(/\/texts\/[^/]+\?mark=nougat#p-[^/]+$/);
    const anchor = new URL(page.url()).hash.slice(1);
    await page.locator(`[id="${anchor}"]`, { hasText: "nougat" }).waitFor();
    await expect.poll(() => page.locator(`[id="${anchor}"]`).isVisible()).toBe(true);
  });

  it("[SE13][SE14] leads whoever reads without script to the marked words", async () => {
    const { page, close } = await hall.open(server.url, { script: false });
    await page.goto(session);
    await page.goto("/search");
    await page.getByRole("searchbox", { name: "Search for" }).fill('"first hours"');
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.waitForURL(/\/search\?q=/);
    const lines = hits(page);
    expect(await lines.count()).toBeGreaterThan(0);
    expect((await lines.locator("mark").first().innerText()).toLowerCase()).toBe("first hours");
    await lines.first().getByRole("link").click();
    await page.waitForURL(/mark=/);
    expect((await page.locator("main mark").first().innerText()).toLowerCase()).toBe("first hours");
    await close();
  });
});

/** The words that are painted over an editor, whatever their case. */
const painted = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(CSS.highlights.get("asked") ?? [])].map((range) => String(range).toLowerCase()));

describe("the passage in an editor", () => {
  it("[SE13] is scrolled to and marked, while others write, until one's own first edit or Escape", async () => {
    const { page, close } = await hall.enter(server.url, "Lotte Maas");
    await ask(page, "ninety");
    await page.locator(".hit-list a:not([href*='/versions/'])").first().click();
    await page.waitForURL(/\/texts\/[^/]+\?mark=ninety#p-[^/]+$/);
    await writing(page);
    const passage = page.locator(`.ProseMirror [id="${new URL(page.url()).hash.slice(1)}"]`);
    await expect.poll(() => painted(page), PATIENCE).toContain("ninety");
    const count = (await painted(page)).length;
    const isSeen = () =>
      passage.evaluate((one) => {
        const { left, top, bottom } = (one.querySelector(".txt") ?? one).getBoundingClientRect();
        // Not behind the bars either.
        const there = [top + 4, bottom - 4].map((at) => document.elementFromPoint(left + 40, at));
        return there.every((element) => element !== null && one.contains(element));
      });
    await page.locator(".tools").first().waitFor();
    await expect.poll(isSeen, PATIENCE).toBe(true);

    // A colleague writes in the same paragraph: what is drawn anew is marked anew.
    const colleague = await hall.enter(server.url, "Tomi Okoru");
    await colleague.page.goto(new URL(page.url()).pathname);
    await writing(colleague.page);
    await caretAfter(colleague.page, "ninety");
    await colleague.page.keyboard.type(" and ninety");
    await allSaved(colleague.page);
    await expect.poll(async () => (await painted(page)).length, PATIENCE).toBe(count + 1);
    expect(new Set(await painted(page))).toEqual(new Set(["ninety"]));
    await colleague.close();

    await page.keyboard.press("Escape");
    expect(await painted(page)).toEqual([]);
    await page.reload();
    await writing(page);
    await expect.poll(async () => (await painted(page)).length, PATIENCE).toBe(count + 1);
    await caretAfter(page, "and ninety");
    await page.keyboard.type("!");
    await expect.poll(() => painted(page), PATIENCE).toEqual([]);
    await page.keyboard.press("Backspace");
    await allSaved(page);
    await close();
  });

  it("[SE13] of a draft statement is marked on the draft's page, in the editor and without script", async () => {
    const { page, close } = await hall.enter(server.url, "Jonas Teyl");
    await page.goto(`${session}/drafts`);
    await page.getByRole("link", { name: "Lumara on entries in the register" }).first().click();
    await writing(page);
    await allSaved(page);
    const passage = /\/drafts\/statements\/[^/]+\?mark=flexibility#p-[^/]+$/;
    // The index follows what is written.
    await expect
      .poll(async () => {
        await ask(page, "flexibility");
        return hits(page).getByRole("link").first().getAttribute("href");
      }, PATIENCE)
      .toMatch(passage);
    await hits(page).getByRole("link").first().click();
    await page.waitForURL(passage);
    await writing(page);
    await expect.poll(() => painted(page), PATIENCE).toEqual(["flexibility"]);
    const address = page.url();
    const anchor = new URL(address).hash.slice(1);
    await expect.poll(() => page.locator(`[id="${anchor}"]`).isVisible()).toBe(true);
    await close();

    const plain = await hall.enter(server.url, "Jonas Teyl", { script: false });
    await plain.page.goto(address);
    expect(await plain.page.locator(`[id="${anchor}"] mark`).allInnerTexts()).toEqual(["flexibility"]);
    await plain.close();
  });
});

describe("the field", () => {
  it("[SE14] stands in every bar, and the key / leads to it", async () => {
    const { page } = mira;
    await page.setViewportSize({ width: 1600, height: 900 });
    for (const address of ["/", `${session}/agenda`]) {
      await page.goto(address);
      await page.locator("html[data-ready], body").first().waitFor();
      const field = page.getByRole("search").getByRole("searchbox");
      await expect
        .poll(async () => {
          await page.keyboard.press("/");
          return field.evaluate((one) => one === document.activeElement);
        })
        .toBe(true);
      await page.keyboard.type("lumara");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\?q=%?2?F?lumara|\/search\?q=lumara/);
      expect(await hits(page).first().innerText()).toContain("Lumara");
    }
    // On its own page the key leads to the field there.
    await page.locator("h1").click();
    await page.keyboard.press("/");
    expect(await page.locator("#search-words").evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it("[SE8] keeps what is too long, says what to do, and sends nothing", async () => {
    const { page } = mira;
    await page.goto("/search");
    const long = "wording ".repeat(625);
    const field = page.getByRole("searchbox", { name: "Search for" });
    await field.fill(long);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByText("longer than what can be looked for, 300 characters").waitFor();
    expect(await field.inputValue()).toBe(long);
    expect(new URL(page.url()).search).toBe("");
  });
});

describe("pages of search", () => {
  const stops = [
    { name: "nothing asked", open: "/search" },
    { name: "all kinds", open: "/search?q=states" },
    { name: "one kind", open: "/search?q=states&kind=positions" },
    { name: "nothing found", open: "/search?q=zzzzqqq&kind=texts" },
    { name: "refused", open: "/search?q=-only", status: 422 },
  ];

  it.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "[SE14] in %s colors, %s px wide: axe finds nothing, nothing overflows",
    async (theme, width) => {
      const { page, close } = await hall.open(server.url, { theme, width, height: 844 });
      expect(await walk(page, stops, "everything")).toEqual([]);
      await close();
    },
  );

  it("[SE6][SE14] in Arabic read from right to left, on a phone too, from a link in the bar", async () => {
    const { page, context, close } = await hall.open(server.url, { width: 390, height: 844 });
    await context.addCookies([{ name: "language", value: "ar", url: server.url }]);
    expect(await walk(page, stops, "everything")).toEqual([]);
    await page.goto(session);
    await page.getByRole("link", { name: "البحث" }).click();
    await page.getByRole("searchbox", { name: "البحث عن" }).fill("سيبران");
    await page.getByRole("button", { name: "بحث", exact: true }).click();
    await page.waitForURL(/\/search\?q=/);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    await page.locator("main .hit-list, main .nothing-found").first().waitFor();
    await close();
  });
});
