/** Rights that end while somebody writes: a drafter is withdrawn, a paragraph is locked, a person is suspended. */
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
  type Seated,
  writing,
} from "#test/support/browser.ts";
import { type Cable, layCable } from "#test/support/cable.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { appointDrafter, createText, withdrawDrafter } from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

/** From the act of the chair or the secretariat to the page of whom it concerns. */
const AT_ONCE = { timeout: 2_000, interval: 20 } as const;
const PATIENCE = { timeout: 20_000 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let cable: Cable;
let chair: Seated;
/** "/sessions/…/texts/…", of the resolution. */
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

afterEach(() => expectQuiet(hall));

async function openAs(name: string, url = server.url): Promise<Page> {
  const { page } = await hall.enter(url, name);
  await page.goto(text);
  await writing(page);
  await allSaved(page);
  return page;
}

/** What stands across the text when writing has ended; empty while it goes on. */
async function ending(page: Page): Promise<string> {
  const strip = page.locator("[data-strip='ended']");
  return (await strip.count()) === 0 ? "" : strip.innerText();
}

function isWritable(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector(".ProseMirror[contenteditable='true']") !== null);
}

describe("a drafter is withdrawn in mid-sentence", () => {
  it("[RM8] [SS6] [SV15] the page says so within two seconds and takes no more words", async () => {
    const jonas = await openAs("Jonas Teyl");
    await chair.page.goto(`${text}/settings`);
    await caretAfter(jonas, "first hours after an incident");
    const words = " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
    let isOver = false;
    const typing = jonas.keyboard.type(words, { delay: 40 }).then(() => {
      isOver = true;
    });
    await expect.poll(() => paragraphWith(jonas, "first hours"), PATIENCE).toContain("one two three");

    await withdrawDrafter(chair.page, "Jonas Teyl");
    await expect.poll(() => ending(jonas), AT_ONCE).toMatch(/Your right to write here ended at \d/);
    expect(isOver, "the sentence was over before the right was").toBe(false);
    expect(await isWritable(jonas)).toBe(false);
    await typing;

    const shown = await paragraphWith(jonas, "first hours");
    expect(shown).not.toContain("fifteen");
    await chair.page.goto(text);
    await writing(chair.page);
    await allSaved(chair.page);
    const kept =
      (await paragraphWith(chair.page, "first hours")).split("how far its effects spread,")[1] ?? "";
    expect(kept).toContain("one two three");
    expect(words.startsWith(kept.trimEnd())).toBe(true);
    await jonas.context().close();
  });

  it("[SS6] words that were not taken are offered for copying", async () => {
    const tomi = await openAs("Tomi Okoru", cable.url);
    cable.cut();
    await caretAfter(tomi, "respect for its sovereignty");
    await tomi.keyboard.type(" and these words never arrived");
    await tomi.locator("[data-strip='not-saved']").waitFor();
    await chair.page.goto(`${text}/settings`);
    await withdrawDrafter(chair.page, "Tomi Okoru");
    cable.mend();
    await expect
      .poll(() => ending(tomi), PATIENCE)
      .toMatch(/Your last (\d+ changes were|change was) not taken/);
    expect(await isWritable(tomi)).toBe(false);
    await tomi.locator("[data-strip='ended']").getByRole("button", { name: "Copy them" }).click();
    await expect
      .poll(() => tomi.evaluate(() => navigator.clipboard.readText()), PATIENCE)
      .toContain("and these words never arrived");
    await chair.page.goto(text);
    expect(await paragraphWith(chair.page, "respect for its sovereignty")).not.toContain("never arrived");
    await tomi.context().close();
  });

  it("[SS6] [AD1] not even when the text is gone from sight are they lost", async () => {
    const { page } = chair;
    const session = text.replace(/\/texts\/.*/, "");
    const hidden = await createText(page, session, {
      kind: /^Report:/,
      title: "A paper of the bureau",
      symbol: "",
      item: "6 Other matters",
    });
    await appointDrafter(page, hidden, /Jonas Teyl/);
    const jonas = await hall.enter(cable.url, "Jonas Teyl");
    await jonas.page.goto(hidden);
    await writing(jonas.page);
    await jonas.page.getByRole("button", { name: "Begin the text" }).click();
    await jonas.page.keyboard.type("Saved.");
    await allSaved(jonas.page);
    cable.cut();
    await jonas.page.keyboard.type(" Never sent.");
    await jonas.page.locator("[data-strip='not-saved']").waitFor();
    await withdrawDrafter(page, "Jonas Teyl");
    cable.mend();
    await expect.poll(() => ending(jonas.page), PATIENCE).not.toBe("");
    expect((await jonas.context.request.get(hidden)).status()).toBe(404);
    await jonas.page.locator("[data-strip='ended']").getByRole("button", { name: "Copy them" }).click();
    await expect
      .poll(() => jonas.page.evaluate(() => navigator.clipboard.readText()), PATIENCE)
      .toContain("Never sent.");
    await jonas.close();
  });

  it("[AD9] appointed again, the drafter writes again", async () => {
    await appointDrafter(chair.page, text, /Tomi Okoru/);
    const tomi = await openAs("Tomi Okoru");
    await caretAfter(tomi, "seven States have named");
    await tomi.keyboard.type(" (TOMI IS BACK)");
    await chair.page.goto(text);
    await expect.poll(() => paragraphWith(chair.page, "seven States"), PATIENCE).toContain("(TOMI IS BACK)");
    await tomi.context().close();
  });
});

describe("a locked paragraph", () => {
  it("[LK3] [BD14] refuses typing, and says who can unlock it", async () => {
    const lotte = await openAs("Lotte Maas");
    const before = await paragraphWith(lotte, "common template for reporting");
    await caretAfter(lotte, "common template for reporting");
    await lotte.keyboard.type("not here");
    await lotte.getByText("PP1 is locked. An officer of the session can unlock it, with a reason.").waitFor();
    expect(await paragraphWith(lotte, "common template for reporting")).toBe(before);
    await lotte.keyboard.press("Backspace");
    await lotte.keyboard.press("Enter");
    expect(await paragraphWith(lotte, "common template for reporting")).toBe(before);
    await caretAfter(lotte, "seven States have named");
    await lotte.keyboard.type(" (but here)");
    await expect.poll(() => paragraphWith(lotte, "seven States"), PATIENCE).toContain("(but here)");
    await lotte.context().close();
  });

  it("[LK1] opens with a reason that stays on record, and takes words again", async () => {
    const lotte = await openAs("Lotte Maas");
    const section = lotte.locator("section.para", { hasText: "common template for reporting" }).first();
    const id = ((await section.getAttribute("id")) ?? "").replace(/^p-/, "");
    const { page } = chair;
    await page.goto(`${text}/paragraphs/${id}`);
    const unlock = page.getByRole("button", { name: "Unlock PP1" });
    await unlock.click();
    expect(await page.getByLabel("Reason").evaluate((field: HTMLInputElement) => field.validity.valid)).toBe(
      false,
    );
    await page.getByLabel("Reason").fill("The footnote is wrong");
    await unlock.click();
    await page.getByText("The paragraph is open again.").waitFor();
    const record = page.getByRole("listitem").filter({ hasText: "The footnote is wrong" });
    expect(await record.innerText()).toContain("unlocked by Amara Solvane");

    await expect.poll(() => section.locator(".st.locked").count(), PATIENCE).toBe(0);
    await caretAfter(lotte, "common template for reporting");
    await lotte.keyboard.type(" (open again)");
    await allSaved(lotte);
    await page.goto(text);
    await expect
      .poll(() => paragraphWith(page, "common template for reporting"), PATIENCE)
      .toContain("(open again)");
    await lotte.context().close();
  });

  it("[LK1] [GT11] locked under the hands of somebody who types in it, it keeps what was acknowledged", async () => {
    const lotte = await openAs("Lotte Maas");
    const section = lotte.locator("section.para", { hasText: "cost of assistance" }).first();
    const id = ((await section.getAttribute("id")) ?? "").replace(/^p-/, "");
    const { page } = chair;
    await page.goto(`${text}/paragraphs/${id}`);
    await caretAfter(lotte, "cost of assistance");
    const words = ` alpha${" beta gamma delta epsilon".repeat(8)} omega`;
    const typing = lotte.keyboard.type(words, { delay: 30 });
    await expect.poll(() => paragraphWith(lotte, "cost of assistance"), PATIENCE).toContain("alpha beta");
    const lock = page.getByRole("button", { name: /^Lock / });
    const label = (await lock.innerText()).replace("Lock ", "");
    await lock.click();
    await page.getByText("The paragraph is locked.").waitFor();
    await lotte.getByText(`${label} is locked. An officer of the session can unlock it`).waitFor();
    await typing;
    await page.goto(text);
    await writing(page);
    await allSaved(page);
    const kept = (await paragraphWith(page, "cost of assistance")).trim();
    expect(kept).toContain("alpha beta");
    expect(kept).not.toContain("omega");
    await expect
      .poll(async () => (await paragraphWith(lotte, "cost of assistance")).trim(), PATIENCE)
      .toBe(kept);
    await lotte.context().close();
  });
});

describe("a person is suspended", () => {
  it("[PE5] [SI7] whoever writes is out at once, on every page", async () => {
    const lotte = await openAs("Lotte Maas");
    const anke = await hall.enter(server.url, "Anke Brandt");
    await anke.page.goto("/people");
    const row = anke.page.getByRole("row").filter({ hasText: "Lotte Maas" });
    await row.getByRole("button", { name: "Suspend" }).click();
    await row.getByText("suspended").waitFor();

    await expect.poll(() => ending(lotte), AT_ONCE).not.toBe("");
    expect(await isWritable(lotte)).toBe(false);
    expect((await lotte.context().request.get(text)).status()).toBe(404);
    await lotte.goto("/");
    await lotte.getByRole("link", { name: "Sign in" }).waitFor();
    await anke.page.getByRole("row").filter({ hasText: "Lotte Maas" }).getByRole("button").click();
    await anke.close();
    await lotte.context().close();
  });
});
