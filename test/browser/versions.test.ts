/** Versions in the browser: issued, compared, restored while others type, downloaded, printed; and who wrote what. */
import { readFile } from "node:fs/promises";
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
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const PATIENCE = { timeout: 20_000 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let chair: Seated;
/** "/sessions/…/texts/…", of the resolution. */
let text = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  chair = await hall.enter(server.url, "Amara Solvane");
  text = new URL(await openText(chair.page, /Assistance after ICT incidents/)).pathname;
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** The page of the paragraph that holds some words, found in the text. */
async function paragraphPage(page: Page, words: string): Promise<string> {
  await page.goto(text);
  const section = page.locator("section.para", { hasText: words }).first();
  const id = await section.getAttribute("id");
  return `${text}/paragraphs/${(id ?? "").replace(/^p-/, "")}`;
}

function rowOf(page: Page, version: string) {
  const link = page.getByRole("link", { name: version, exact: true });
  return page.getByRole("row").filter({ has: page.locator("td:first-child").filter({ has: link }) });
}

describe("issuing", () => {
  it("[VR1] [VR2] [VR6] the chair issues Rev.2; history shows who, when and how many words came and went", async () => {
    const { page } = chair;
    await page.goto(`${text}/versions`);
    const label = page.getByLabel("Label");
    expect(await label.inputValue()).toBe("Rev.2");
    expect(await page.getByLabel("Symbol").inputValue()).toBe("SIM/ICT/3/CRP.2/Rev.2");
    await page.getByLabel("Note").fill("After the second reading");
    await page.getByRole("button", { name: "Issue version" }).click();
    await page.getByText("Rev.2 is issued.").waitFor();

    const row = rowOf(page, "Rev.2");
    const said = await row.innerText();
    expect(said).toContain("Amara Solvane");
    expect(said).toContain("After the second reading");
    expect(said).toContain("SIM/ICT/3/CRP.2/Rev.2");
    expect(await row.locator("time").count()).toBeGreaterThan(0);
    // "invites" for "requests", and what else the reading brought: words came and words went.
    expect(await row.locator(".st.inserted").innerText()).toMatch(/words added\s*[1-9]\d$/);
    expect(await row.locator(".st.deleted").innerText()).toMatch(/words deleted\s*[1-9]\d*$/);
    expect(await label.inputValue()).toBe("Rev.3");
  });

  it("[VR3] a label that was issued is refused, with what was typed still there", async () => {
    const { page } = chair;
    await page.getByLabel("Label").fill("rev.2");
    await page.getByLabel("Note").fill("the same again");
    await page.getByRole("button", { name: "Issue version" }).click();
    await page
      .getByText(/“rev.2” has been issued/i)
      .first()
      .waitFor();
    expect(await page.getByLabel("Note").inputValue()).toBe("the same again");
  });
});

describe("comparing any two", () => {
  it("[CP3] [CP4] side by side and inline, by keyboard from change to change, each with its author", async () => {
    const { page } = chair;
    await page.goto(`${text}/versions`);
    await page.getByLabel("A, the older").selectOption({ label: "Zero draft" });
    await page.getByLabel("B, the newer").selectOption({ label: "Rev.2" });
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/compare\//);
    const at = page.locator(".cmp-bar .at");
    await expect.poll(() => at.innerText(), PATIENCE).toMatch(/^\d+ changes$/);
    const count = Number.parseInt(await at.innerText(), 10);
    expect(count).toBeGreaterThan(8);

    await page.keyboard.press("]");
    await expect.poll(() => at.innerText(), PATIENCE).toBe(`Change 1 of ${count}`);
    await page.keyboard.press("]");
    await expect.poll(() => at.innerText(), PATIENCE).toBe(`Change 2 of ${count}`);
    await page.keyboard.press("[");
    await page.keyboard.press("[");
    await expect.poll(() => at.innerText(), PATIENCE).toBe(`Change ${count} of ${count}`);
    // At the end of the rows it still says which column is which wording.
    const scrolled = () => page.locator("#content").evaluate((main) => main.scrollTop);
    await expect.poll(scrolled, PATIENCE).toBeGreaterThan(100);
    for (const name of ["Zero draft", "Rev.2"]) {
      const box = await page.locator(".cmp-head .hd").filter({ hasText: name }).boundingBox();
      const bar = await page.locator(".cmp-bar").boundingBox();
      expect(box && bar && Math.abs(box.y - bar.y - bar.height)).toBeLessThan(2);
    }

    const register = page.locator(".cmp-rows .cell", { hasText: "register of technical teams" });
    expect(await register.count()).toBe(2);
    expect(await register.nth(0).locator("del", { hasText: "requests" }).count()).toBe(1);
    expect(await register.nth(0).locator("ins").count()).toBe(0);
    expect(await register.nth(1).locator("ins", { hasText: "invites" }).count()).toBe(1);
    expect(await register.nth(1).locator("del").count()).toBe(0);
    expect(await page.locator(".chg .k", { hasText: "Moved" }).count()).toBeGreaterThan(0);

    await register.nth(1).locator("ins:has-text('invites') + a.nref").click();
    const detail = page.locator("aside.side-panel");
    await detail.getByText("Lotte Maas").first().waitFor();
    await detail.getByText("JVL").first().waitFor();

    await page.getByRole("link", { name: "Inline" }).click();
    const inline = page.locator(".two.inline .cell", { hasText: "register of technical teams" });
    await inline.waitFor();
    expect(await inline.locator("del", { hasText: "requests" }).count()).toBe(1);
    expect(await inline.locator("ins", { hasText: "invites" }).count()).toBe(1);
  });

  it("[CP5] filtered by a delegation it shows that delegation's changes and keeps their numbers", async () => {
    const { page } = chair;
    const numbers = async () => page.locator("ol.chg .nref").allInnerTexts();
    const all = await numbers();
    const jvl = page.locator("ol.chg li").filter({ hasText: "JVL" });
    const theirs = await jvl.locator(".nref").allInnerTexts();
    await page.getByRole("combobox", { name: /^Who/ }).selectOption({ label: "JVL" });
    await expect.poll(numbers, PATIENCE).toEqual(theirs);
    expect(all.length).toBeGreaterThan(theirs.length);
  });
});

describe("one paragraph's life", () => {
  it("[HS8] one paragraph's life lists its wordings with who made each, and the versions that say so", async () => {
    const { page } = chair;
    await page.goto(await paragraphPage(page, "establish a register"));
    const wordings = page.locator("ol.life > li");
    await wordings.first().waitFor();
    const said = await wordings.allInnerTexts();
    for (const name of ["Jonas Teyl", "Lotte Maas", "Tomi Okoru", "Anke Brandt"]) {
      expect(said.filter((one) => one.includes(name)).length, name).toBeGreaterThan(0);
    }
    expect(said.some((one) => one.includes("Jonas Teyl") && one.includes("subject to the consent"))).toBe(
      true,
    );
    expect(said.filter((one) => /In .*Rev\.2/.test(one)).length).toBeGreaterThan(0);
    expect(said.at(-1)).toContain("Decides to consider establishing a register");
  });
});

describe("restoring while others type", () => {
  it("[HS4] [VR8] one paragraph goes back to an older wording; words typed elsewhere meanwhile stay", async () => {
    const tomi = await hall.enter(server.url, "Tomi Okoru");
    const lotte = await hall.enter(server.url, "Lotte Maas");
    await tomi.page.goto(text);
    await writing(tomi.page);
    await allSaved(tomi.page);
    const life = await paragraphPage(lotte.page, "establish a register");
    await lotte.page.goto(life);
    const first = lotte.page.locator("ol.life > li").last();
    const wording = await first.locator(".wording").innerText();
    expect(wording).toContain("Decides to consider establishing a register");

    await caretAfter(tomi.page, "least able to bear it");
    const typing = tomi.page.keyboard.type(" (typed while another paragraph was restored)", { delay: 25 });
    await first.getByRole("link", { name: "Restore this wording" }).click();
    await first.getByRole("button", { name: "Restore this wording now" }).click();
    await lotte.page.getByText("The wording is restored.").waitFor();
    await typing;
    await allSaved(tomi.page);

    await expect.poll(() => paragraphWith(tomi.page, "a register"), PATIENCE).toBe(wording);
    expect(await paragraphWith(tomi.page, "least able to bear it")).toContain(
      "(typed while another paragraph was restored)",
    );
    await lotte.page.goto(text);
    await expect
      .poll(() => paragraphWith(lotte.page, "least able to bear it"), PATIENCE)
      .toContain("(typed while another paragraph was restored)");
    await tomi.close();
    await lotte.close();
  });

  it("[VR12] one paragraph asks first: by keyboard, without script, and nothing is done by asking", async () => {
    const { page } = chair;
    const life = await paragraphPage(page, "within ninety days");
    await page.goto(life);
    const now = await page.locator("ol.life > li .wording").first().innerText();
    const count = await page.locator("ol.life > li").count();
    const last = page.locator("ol.life > li").last();
    await last.getByRole("link", { name: "Restore this wording" }).focus();
    await page.keyboard.press("Enter");
    const asks = page.getByRole("region", { name: /^Restore this wording of OP\d+\?$/ });
    await asks.getByText(/words that come back \d+, words that go [1-9]\d*\./).waitFor();
    await page.keyboard.press("Escape");
    await asks.waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toMatch(/^restore-\d+$/);
    await page.reload();
    expect(await page.locator("ol.life > li").count()).toBe(count);
    expect(await page.locator("ol.life > li .wording").first().innerText()).toBe(now);

    const plain = await hall.enter(server.url, "Amara Solvane", { script: false });
    const paper = async () => {
      await plain.page.goto(text);
      return plain.page.locator(`[id="p-${life.split("/").at(-1)}"]`).innerText();
    };
    const before = await paper();
    await plain.page.goto(life);
    await plain.page.getByRole("link", { name: "Restore this wording" }).last().click();
    await plain.page.getByRole("link", { name: "Leave the text as it is" }).click();
    expect(await plain.page.locator("ol.life > li").count()).toBe(count);
    await plain.page.getByRole("link", { name: "Restore this wording" }).last().click();
    await plain.page.getByRole("button", { name: "Restore this wording now" }).click();
    await plain.page.getByText("The wording is restored.").waitFor();
    expect(await paper()).not.toBe(before);
    // The way back is the same.
    await plain.page.goto(life);
    await plain.page.getByRole("link", { name: "Restore this wording" }).first().click();
    await plain.page.getByRole("button", { name: "Restore this wording now" }).click();
    await plain.page.getByText("The wording is restored.").waitFor();
    expect(await paper()).toBe(before);
    await plain.close();
  });

  it("[HS3] [VR7] [VR12] [LK1] a whole version comes back but for the locked paragraph, which is named", async () => {
    const { page } = chair;
    await page.goto(await paragraphPage(page, "within ninety days"));
    const lock = page.getByRole("button", { name: /^Lock / });
    const label = ((await lock.innerText()) ?? "").replace("Lock ", "");
    await lock.click();
    await page.getByText("The paragraph is locked.").waitFor();

    const tomi = await hall.enter(server.url, "Tomi Okoru");
    await tomi.page.goto(text);
    await writing(tomi.page);
    await page.goto(`${text}/versions`);
    const before = await page.getByRole("row").filter({ hasText: "before restore" }).count();
    // A grave act asks once more, by keyboard too; nothing is done by asking.
    await page.getByRole("link", { name: "Restore Zero draft" }).focus();
    await page.keyboard.press("Enter");
    const asks = page.getByRole("region", { name: "Restore Zero draft?" });
    await asks.getByText(/words that come back \d+, words that go [1-9]\d*\./).waitFor();
    expect(await asks.innerText()).toContain(`Locked and left as they are: ${label}.`);
    await page.keyboard.press("Escape");
    await asks.waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toMatch(/^restore-/);
    expect(await page.getByRole("row").filter({ hasText: "before restore" }).count()).toBe(before);
    await page.keyboard.press("Enter");
    await asks.getByRole("button", { name: "Restore Zero draft now" }).click();
    const done = page.locator("output.done");
    await done.waitFor();
    expect(await done.innerText()).toBe(`Zero draft is restored. Locked and left as they are: ${label}.`);
    expect(await page.getByRole("row").filter({ hasText: "before restore" }).count()).toBe(before + 1);

    await expect.poll(() => paragraphWith(tomi.page, "a small"), PATIENCE).toContain("depend on a small");
    const kept = await paragraphWith(tomi.page, "within ninety days");
    expect(kept).toContain("of the adoption of the present resolution");
    const all = await tomi.page.locator(".ProseMirror").innerText();
    expect(all).not.toContain("typed while another paragraph was restored");
    expect(all).not.toContain("equipment of its own");
    await tomi.close();
  });
});

describe("taking it away", () => {
  it("[CP8] [CP10] a version downloads as HTML and as plain text, with labels and footnotes", async () => {
    const { page } = chair;
    await page.goto(`${text}/versions`);
    const row = rowOf(page, "Rev.2");
    const files: string[] = [];
    for (const name of [/^HTML/, /^Plain text/]) {
      const link = row.getByRole("link", { name });
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      files.push(download.suggestedFilename(), await readFile(await download.path(), "utf8"));
    }
    const [htmlName, html, plainName, plain] = files;
    expect(htmlName).toMatch(/\.html$/);
    expect(plainName).toMatch(/\.txt$/);
    expect(html).toContain("SIM/ICT/3/CRP.2/Rev.2");
    expect(html).not.toContain("<script");
    for (const file of [html, plain]) {
      expect(file).toContain("invites the Secretariat");
      expect(file).toContain("SIM/ICT/2/4, annex.");
      expect(file).toContain("(a)");
      expect(file).not.toContain("requests the Secretariat to maintain");
    }
  });

  it("[LB9] on paper a version is the text and its masthead, and nothing of the pages around it", async () => {
    const { page } = chair;
    await page.goto(`${text}/versions`);
    await page.getByRole("link", { name: "Rev.2", exact: true }).first().click();
    await page.locator(".version-sheet section.para").first().waitFor();
    await page.emulateMedia({ media: "print" });
    for (const chrome of [".bar", ".docbar", ".outline", ".exercise", ".text-nav"]) {
      const shown = await page
        .locator(chrome)
        .evaluateAll((all) =>
          all.filter((element) => element.getClientRects().length > 0).map((element) => element.className),
        );
      expect(shown, chrome).toEqual([]);
    }
    const sheet = page.locator(".version-sheet");
    expect(await sheet.locator(".symbol").innerText()).toBe("SIM/ICT/3/CRP.2/Rev.2");
    expect(await sheet.locator(".un-mast").isVisible()).toBe(true);
    expect(await sheet.getByText("invites the Secretariat").isVisible()).toBe(true);
    expect(await sheet.locator(".colophon").innerText()).toMatch(/[0-9a-f]{64}/);
    await page.emulateMedia({ media: null });
  });
});

describe("who wrote it", () => {
  it("[AU6] runs carry the siglum of whoever wrote them, through restore and all", async () => {
    const { page } = chair;
    await page.goto(`${text}/versions`);
    await page.getByRole("link", { name: "Restore Rev.2" }).click();
    await page.getByRole("button", { name: "Restore Rev.2 now" }).click();
    await page.locator("output.done").filter({ hasText: "Rev.2 is restored." }).waitFor();
    await page.goto(`${text}/authorship`);
    const register = page.locator("section.para", { hasText: "register of technical teams" });
    const run = register.locator(".run", { hasText: "invite" }).first();
    expect(await run.getAttribute("title")).toContain("Lotte Maas");
    const sigla = await register.locator(".who").allInnerTexts();
    expect(sigla).toContain("JVL");
    expect(sigla).toContain("IBR");
    expect(sigla).toContain("LMR");
  });
});
