/** Two tabs of one person in one browser: what each keeps, and what is left when one of them is gone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { allSaved, expectQuiet, type Hall, openHall, openText, type Seated } from "#test/support/browser.ts";
import { type Cable, layCable } from "#test/support/cable.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { databasesKept, killTab, openTab, openWriting, timesIn, typeOffline } from "#test/support/tabs.ts";

const PATIENCE = { timeout: 30_000 };

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let cable: Cable;
let chair: Seated;
let text = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  cable = await layCable(server.port);
  hall = await openHall();
  chair = await hall.enter(server.url, "Amara Solvane");
  text = new URL(await openText(chair.page, /Assistance after ICT incidents/)).pathname;
});

afterAll(async () => {
  await hall.close();
  await cable.close();
  await server.stop();
  folder.remove();
});

afterEach(() => {
  cable.mend();
  expectQuiet(hall);
});

/** Two tabs of Lotte Maas, each with the text open for writing. */
async function openTwo(): Promise<{ first: Page; second: Page }> {
  const { page, context } = await hall.enter(cable.url, "Lotte Maas");
  await page.close();
  const first = await openWriting(context, text);
  const second = await openWriting(context, text, 1);
  return { first, second };
}

/** What the chair sees, with everything of everybody in it. */
async function timesForTheChair(words: string): Promise<number> {
  await chair.page.goto(text);
  await chair.page.locator(".ProseMirror").waitFor();
  await allSaved(chair.page);
  return timesIn(chair.page, words);
}

describe("the words of a tab that was killed", () => {
  it("[SS28] arrive once with the next tab, while another tab keeps and sends its own", async () => {
    const { first, second } = await openTwo();
    cable.cut();
    await typeOffline(first, "seven States have named", " (OF THE FIRST)");
    await typeOffline(second, "respect for its sovereignty", " (OF THE SECOND)");
    expect(await timesIn(second, "(OF THE FIRST)")).toBe(0);
    expect((await databasesKept(second)).filter((name) => name.startsWith("slot-")).length).toBe(2);
    const context = await killTab(first);
    cable.mend();
    const next = await openWriting(context, text, 1);
    await second.evaluate(() => dispatchEvent(new Event("online")));
    await allSaved(second);
    for (const page of [next, second]) {
      await expect.poll(() => timesIn(page, "(OF THE FIRST)"), PATIENCE).toBe(1);
      await expect.poll(() => timesIn(page, "(OF THE SECOND)"), PATIENCE).toBe(1);
    }
    await expect.poll(() => timesForTheChair("(OF THE FIRST)"), PATIENCE).toBe(1);
    expect(await timesForTheChair("(OF THE SECOND)")).toBe(1);
    await context.close();
  });

  it("[SS28] of two that were killed the next tab brings all, once, and keeps them in one place", async () => {
    const { first, second } = await openTwo();
    cable.cut();
    await typeOffline(first, "seven States have named", " (ONE OF TWO)");
    await typeOffline(second, "respect for its sovereignty", " (TWO OF TWO)");
    await killTab(first);
    const context = await killTab(second);
    cable.mend();
    const next = await openWriting(context, text);
    for (const words of ["(ONE OF TWO)", "(TWO OF TWO)"]) expect(await timesIn(next, words)).toBe(1);
    expect(await databasesKept(next)).toEqual(["slot-0000"]);
    for (const words of ["(ONE OF TWO)", "(TWO OF TWO)"]) expect(await timesForTheChair(words)).toBe(1);

    await killTab(next);
    const after = await openWriting(context, text);
    for (const words of ["(ONE OF TWO)", "(TWO OF TWO)"]) expect(await timesIn(after, words)).toBe(1);
    await context.close();
  });
});

describe("a refused copy", () => {
  it("[SS20] [SS15] is offered in the tab that has it alone, and in the next when that is gone", async () => {
    const { first, second } = await openTwo();
    const words = "cost of assistance";
    const section = first.locator("section.para", { hasText: words }).first();
    const id = ((await section.getAttribute("id")) ?? "").replace(/^p-/, "");
    cable.cut();
    await typeOffline(first, words, " (REFUSED COPY)");
    await chair.page.goto(`${text}/paragraphs/${id}`);
    await chair.page.getByRole("button", { name: /^Lock / }).click();
    await chair.page.getByText("The paragraph is locked.").waitFor();
    cable.mend();
    for (const page of [first, second]) await page.evaluate(() => dispatchEvent(new Event("online")));
    const strip = "[data-strip='refused']";
    await first.locator(strip).waitFor();
    await allSaved(first);
    await allSaved(second);
    expect(await second.locator(strip).count()).toBe(0);

    const context = first.context();
    const third = await openWriting(context, text, 2);
    // What is offered at all is offered before the text is saved.
    expect(await third.locator(strip).count()).toBe(0);
    expect(await databasesKept(third)).toContain("aside");
    await killTab(third);

    await killTab(first);
    const next = await openTab(context, text, 1);
    await next.locator(strip).waitFor();
    await next.locator(strip).getByRole("button", { name: "Show them" }).click();
    expect(await next.locator(`${strip} .untaken`).innerText()).toContain("(REFUSED COPY)");
    expect(await second.locator(strip).count()).toBe(0);
    await next.locator(strip).getByRole("button", { name: "Done, I have what I need" }).click();
    await next.locator(strip).waitFor({ state: "detached" });
    await allSaved(next);
    await killTab(next);
    const last = await openWriting(context, text, 1);
    expect(await last.locator(strip).count()).toBe(0);
    expect(await timesForTheChair("(REFUSED COPY)")).toBe(0);
    await context.close();
  });
});
