/** The record in the browser: what a delegation prepares is its own until its head releases it. */
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
import { MOST_FILE_BYTES } from "#app/rules/files.ts";
import { docxOf, pdfOf } from "#test/support/files.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const PATIENCE = { timeout: 20_000 } as const;
const SUMMARY = "Sovereignty is a rule, and effects below the threshold of force can breach it.";
const BETTER = "Sovereignty is a rule, and serious effects can breach it.";
const TITLE = "The Compact on the register";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** An editor and the head of Lumara; the head of another delegation; the chair; the secretariat. */
let jonas: Seated;
let salma: Seated;
let mira: Seated;
let amara: Seated;
let anke: Seated;
let session = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  jonas = await hall.enter(server.url, "Jonas Teyl");
  salma = await hall.enter(server.url, "Salma Haddad");
  mira = await hall.enter(server.url, "Mira Ilves");
  amara = await hall.enter(server.url, "Amara Solvane");
  anke = await hall.enter(server.url, "Anke Brandt");
  session = new URL(jonas.page.url()).pathname;
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** What a person gets at an address: status and page, without what is new in every answer. */
async function answerTo(seated: Seated, address: string): Promise<{ status: number; page: string }> {
  const response = await seated.context.request.get(address);
  const last = address.split("/").at(-1) ?? "";
  const page = (await response.text())
    .replaceAll(last, "ID")
    .replace(/nonce="[^"]*"|"nonce":"[^"]*"/g, "")
    .replace(/(now\W+)\d{13}\b/g, "$1");
  return { status: response.status(), page };
}

/** Nobody else can tell this address from one at which nothing ever stood. */
async function expectUnknown(address: string, words: string): Promise<void> {
  const nothing = address.replace(/[^/]+$/, "nothing-was-here");
  for (const [who, seated] of Object.entries({ mira, amara, anke })) {
    const answer = await answerTo(seated, address);
    expect(answer.status, who).toBe(404);
    expect(answer.page, who).not.toContain(words);
    expect(answer, who).toEqual(await answerTo(seated, nothing));
  }
}

async function save(page: Page, button: string): Promise<string> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByText(/Saved at edition/).waitFor();
  return new URL(page.url()).pathname;
}

async function release(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Release…" }).click();
  await page.getByRole("button", { name: "Release now" }).click();
}

describe("a position", () => {
  let draft = "";

  it("[PS2] [PS4] an editor drafts it with its source, a colleague betters the wording", async () => {
    const { page } = jonas;
    await page.goto(`${session}/drafts`);
    await page.getByRole("link", { name: "Draft a position" }).click();
    await page.getByRole("link", { name: "Sovereignty", exact: true }).click();
    await page.getByLabel("Rule, with a threshold").check();
    await page.getByLabel("Summary, in your own words").fill(SUMMARY);
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Summary, in your own words").inputValue()).toBe(SUMMARY);

    await page.getByLabel("Source: title").fill("Note verbale of Lumara");
    await page.getByLabel("Source: date").fill("2026-03-02");
    await page.getByLabel("Stated in the source").check();
    draft = await save(page, "Save for us only");
    expect(await page.getByRole("link", { name: "Release…" }).count()).toBe(0);

    await salma.page.goto(draft);
    await salma.page.getByLabel("Summary, in your own words").fill(BETTER);
    await save(salma.page, "Save");
    await page.getByText("Salma Haddad has saved a newer wording").waitFor();
  });

  it("[PS1] [PM6] it does not exist for another delegation, the chair or the secretariat", async () => {
    await expectUnknown(draft, BETTER);
    await mira.page.goto(`${session}/positions`);
    expect(await mira.page.locator("main").innerText()).not.toContain(BETTER);
    expect((await answerTo(amara, `${session}/drafts`)).status).toBe(404);
  });

  it("[PS6] [PS7] its head releases it, and from then on others read it with its source", async () => {
    await salma.page.goto(draft);
    await release(salma.page);
    await salma.page.waitForURL(/\/sessions\/[^/]+\/positions\/[^/]+$/);
    const released = new URL(salma.page.url()).pathname;
    for (const { page } of [mira, amara, anke]) {
      await page.goto(released);
      const said = await page.locator("main").innerText();
      expect(said).toContain(BETTER);
      expect(said).toContain("Note verbale of Lumara");
      expect(said).not.toContain(SUMMARY);
    }
    await expectUnknown(draft, BETTER);
    await mira.page.goto("/topics/x-sovereignty");
    expect(await mira.page.locator("main").innerText()).toContain("Lumara");
  });
});

describe("a statement on behalf of a group", () => {
  let draft = "";

  it("[SM3] [SM4] [SM11] is drafted with an exception, and written by two together", async () => {
    const { page } = jonas;
    await page.goto(`${session}/drafts/statements/new`);
    await page.getByLabel("Agenda item").selectOption({ label: "5 (e) Assistance and capacity-building" });
    await page.getByLabel("Title").fill(TITLE);
    await page
      .getByLabel("Words")
      .fill("I speak on behalf of the Lantern Compact.\n\nA register needs a home.");
    await page.getByLabel("Made for").selectOption({ label: "on behalf of Lantern Compact (LANT)" });
    await page.getByLabel("Sarrow").check();
    draft = await save(page, "Save for us only");

    await salma.page.goto(draft);
    await writing(page);
    await writing(salma.page);
    await caretAfter(salma.page, "A register needs a home");
    await salma.page.keyboard.press("Backspace");
    await salma.page.keyboard.type(" and a telephone.");
    await caretAfter(page, "I speak on behalf");
    await page.keyboard.type(" I shall be brief.");
    await expect.poll(() => page.locator(".ProseMirror").innerText()).toContain("a home and a telephone.");
    await expect.poll(() => salma.page.locator(".ProseMirror").innerText()).toContain("I shall be brief.");
    await allSaved(page);
    await allSaved(salma.page);
    expect(await page.locator(".presence").innerText()).toContain("Salma Haddad");
    await expect.poll(() => page.locator(".spoken-time").first().innerText()).toMatch(/10 s/);
    // The form is saved, and the editor stays where it is.
    await save(salma.page, "Save");
    await caretAfter(salma.page, "A register needs");
    await salma.page.keyboard.type(" Thank you.");
    await allSaved(salma.page);
  });

  it("[SM1] [PM6] it does not exist for another delegation of the group, the chair or the secretariat", async () => {
    await expectUnknown(draft, TITLE);
    await mira.page.goto(`${session}/statements`);
    await mira.page.getByText("Assistance in the first hours").waitFor();
    expect(await mira.page.getByText(TITLE).count()).toBe(0);
  });

  it("[SM5] [SM7] [SM9] released by the head, it appears on others' pages with who aligned and who did not", async () => {
    await salma.page.goto(draft);
    await release(salma.page);
    await salma.page.waitForURL(/\/sessions\/[^/]+\/statements\/[^/]+$/);
    // The list that stands open at another delegation learns of it by itself.
    await expect.poll(() => mira.page.getByText(TITLE).count(), PATIENCE).toBe(1);
    const line = mira.page.getByRole("listitem").filter({ hasText: TITLE }).last();
    expect(await line.innerText()).toContain("except SRW");

    await mira.page.goto(new URL(salma.page.url()).pathname);
    const said = await mira.page.locator("main").innerText();
    expect(said).toContain("A register needs a home and a telephone. Thank you.");
    expect(said).toContain("I shall be brief.");
    expect(said).toContain("On behalf of Lantern Compact (LANT)");
    expect(said).toContain("2 other members of Lantern Compact aligned: Averin and Jorvale.");
    expect(said).toContain("Not aligned: Sarrow.");
    await expectUnknown(draft, TITLE);
  });
});

/** The chair schedules a meeting that began an hour ago at the venue. */
async function beginMeeting(page: Page): Promise<void> {
  const atVenue = (at: number) =>
    new Date(at).toLocaleString("sv-SE", { timeZone: "America/New_York" }).slice(0, 16).replace(" ", "T");
  const now = Date.now();
  await page.goto(session);
  await page.getByText("Schedule a meeting").first().click();
  await page.getByLabel("Begins (venue time)").fill(atVenue(now - 3_600_000));
  await page.getByLabel("Ends (venue time)").fill(atVenue(now + 3_600_000));
  await page.getByRole("button", { name: "Schedule a meeting" }).click();
  // The form begins anew once the meeting is there.
  await expect.poll(() => page.getByLabel("Begins (venue time)").inputValue(), PATIENCE).toBe("");
}

describe("a statement under embargo", () => {
  const WORDS = "Twenty-four hours are enough.";
  let released = "";

  it("[SM12] [SM14] is released as it was read, and stays with its delegation and those who preside", async () => {
    const { page } = salma;
    await page.goto(`${session}/drafts/statements/new`);
    await page.getByLabel("Agenda item").selectOption({ label: "5 (e) Assistance and capacity-building" });
    await page.getByLabel("Title").fill("On hours");
    await page.getByLabel("Words").fill(WORDS);
    await page.getByLabel("Once released").selectOption({ label: "embargoed until it is delivered" });
    const draft = await save(page, "Save for us only");
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByRole("button", { name: "Release now" }).waitFor();
    await jonas.page.goto(draft);
    await writing(jonas.page);
    await caretAfter(jonas.page, WORDS);
    await jonas.page.keyboard.type(" For now.");
    await allSaved(jonas.page);
    await page.getByRole("button", { name: "Release now" }).click();
    await page.getByText("A colleague wrote in this statement").waitFor();
    expect(await page.locator(".confirm").innerText()).toContain(`${WORDS} For now.`);
    await page.getByRole("button", { name: "Release now" }).click();
    await page.waitForURL(/\/sessions\/[^/]+\/statements\/[^/]+$/);
    released = new URL(page.url()).pathname;
    // Whoever was writing is told what became of it.
    await jonas.page.getByText("This draft has been released.").waitFor();
    expect((await answerTo(mira, released)).status).toBe(404);
    expect((await answerTo(amara, released)).status).toBe(200);
  });

  it("[SM15] is everybody's once the chair has recorded its delivery", async () => {
    await mira.page.goto(`${session}/statements`);
    expect(await mira.page.getByText("On hours").count()).toBe(0);
    await beginMeeting(amara.page);
    // A phone's bar has room for what sits, beside all the rest.
    const phone = await hall.enter(server.url, "Salma Haddad", { width: 390, height: 844 });
    await phone.page.locator(".bar .mode").waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await phone.close();
    await amara.page.goto(released);
    await amara.page.getByRole("button", { name: "Record that it was delivered…" }).click();
    await amara.page.getByText("The embargo ends at once").waitFor();
    await amara.page.getByRole("button", { name: "It was delivered" }).click();
    await amara.page.getByText(/Delivered in meeting \d+/).waitFor();
    await expect.poll(() => mira.page.getByText("On hours").count(), PATIENCE).toBe(1);
    expect((await answerTo(mira, released)).page).toContain(WORDS);
  });

  it("[SM16] is corrected by a new statement, and says so itself", async () => {
    const { page } = salma;
    await page.goto(released);
    await page.getByRole("button", { name: "Correct it…" }).click();
    await writing(page);
    await caretAfter(page, WORDS);
    await page.keyboard.type(" And a day.");
    await allSaved(page);
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByLabel("What is corrected").fill("A day was missing.");
    await page.getByRole("button", { name: "Release now" }).click();
    await page.getByText("This corrects an earlier statement:").waitFor();
    await mira.page.goto(released);
    await mira.page.getByText("This statement was corrected.").waitFor();
    await mira.page.getByRole("link", { name: "Read the corrected statement" }).click();
    await mira.page.getByText("And a day.").waitFor();
  });
});

describe("a statement in a file", () => {
  const WORDS = "A telephone nobody answers is no register.";

  it("[SM19] [UP3] is handed in by an editor, who keeps what was typed when its macros are refused", async () => {
    const { page } = jonas;
    await page.goto(`${session}/drafts/statements/new`);
    await page.getByLabel("Agenda item").selectOption({ label: "5 (e) Assistance and capacity-building" });
    await page.getByLabel("Title").fill("On telephones");
    const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const macros = docxOf("x", { name: "word/vbaProject.bin", content: "x" });
    const file = page.getByLabel("File (optional)");
    // One that is too large is not even sent, and nothing asks for a link instead.
    const large = Buffer.alloc(MOST_FILE_BYTES + 1);
    await file.setInputFiles({ name: "large.pdf", mimeType: "application/pdf", buffer: large });
    const wrong = page.getByRole("alert").getByText(/larger than 25 MB/);
    await wrong.waitFor();
    expect(await wrong.innerText()).not.toMatch(/link/);
    expect(await file.inputValue()).toBe("");
    await file.setInputFiles({ name: "ours.docx", mimeType: word, buffer: macros });
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page
      .getByRole("alert")
      .getByText(/carries macros or scripts/)
      .waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("On telephones");
    await file.setInputFiles({ name: "ours.docx", mimeType: word, buffer: docxOf(WORDS) });
    const draft = await save(page, "Save for us only");
    await page.getByRole("link", { name: "ours.docx" }).waitFor();
    const nowhere = `${session}/drafts/statements/nothing-was-here/file`;
    for (const [who, seated] of Object.entries({ mira, amara, anke })) {
      const answer = await answerTo(seated, `${draft}/file`);
      expect(answer.status, who).toBe(404);
      expect(answer, who).toEqual(await answerTo(seated, nowhere));
    }
    await page.goto(`/search?q=${encodeURIComponent("telephone nobody")}`);
    await page.getByRole("link", { name: "On telephones" }).waitFor();
    await mira.page.goto(`/search?q=${encodeURIComponent("telephone nobody")}`);
    expect(await mira.page.getByRole("link", { name: "On telephones" }).count()).toBe(0);

    // The head has another one, releases it, and another delegation downloads it.
    const buffer = pdfOf(WORDS);
    await salma.page.goto(draft);
    await salma.page
      .getByLabel("Another file in place of it")
      .setInputFiles({ name: "final.pdf", mimeType: "application/pdf", buffer });
    await save(salma.page, "Save");
    await salma.page.getByRole("link", { name: "final.pdf" }).waitFor();
    await release(salma.page);
    await salma.page.waitForURL(/\/sessions\/[^/]+\/statements\/[^/]+$/);
    await mira.page.goto(new URL(salma.page.url()).pathname);
    const downloading = mira.page.waitForEvent("download");
    await mira.page.getByRole("link", { name: "final.pdf" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("final.pdf");
    const pieces: Buffer[] = [];
    for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(buffer)).toBe(true);
    await mira.page.goto(`/search?q=${encodeURIComponent("telephone nobody")}`);
    await mira.page.getByRole("link", { name: "On telephones" }).waitFor();
  });
});
