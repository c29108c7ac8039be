/** A proposal in the browser: written over a paragraph, reviewed, released, sponsored, replaced and withdrawn. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall, type Seated } from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const WORDS = "freely given";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** An editor and the head of Lumara; the head of another delegation; the chair. */
let jonas: Seated;
let salma: Seated;
let mira: Seated;
let amara: Seated;
let text = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  jonas = await hall.enter(server.url, "Jonas Teyl");
  salma = await hall.enter(server.url, "Salma Haddad");
  mira = await hall.enter(server.url, "Mira Ilves");
  amara = await hall.enter(server.url, "Amara Solvane");
  const { page } = jonas;
  await page.goto(`${new URL(page.url()).pathname}/texts`);
  const link = page.locator("main a", { hasText: "Assistance after ICT incidents" }).first();
  text = (await link.getAttribute("href")) ?? "";
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

describe("a proposal", () => {
  let draft = "";
  let proposal = "";

  it("[PR1] [PR2] [PR7] is written over the words of a paragraph, and is there for nobody else", async () => {
    const { page } = jonas;
    await page.goto(text);
    const paragraph = (await page.locator("section.para").first().getAttribute("id"))?.replace(/^p-/, "");
    await page.goto(`${text}/paragraphs/${paragraph}`);
    await page.getByRole("link", { name: /^Propose on/ }).click();
    const wording = page.getByLabel("Exact wording");
    const before = await wording.inputValue();
    expect(before.length).toBeGreaterThan(20);
    await wording.fill(`${before} ${WORDS}`);
    await page.locator("form ins").getByText(WORDS).waitFor();
    // What has not been written in follows the paragraph that is chosen; what has been stays.
    await page.getByLabel("Paragraph", { exact: true }).selectOption({ index: 2 });
    expect(await wording.inputValue()).toBe(`${before} ${WORDS}`);
    await page.getByLabel("Paragraph", { exact: true }).selectOption(paragraph ?? "");
    await page.getByLabel("Reason").fill("So that it is asked for by nobody else.");
    await page.getByLabel(/^Averin/).check();
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.waitForURL(/\/drafts\/proposals\/(?!new)/);
    draft = new URL(page.url()).pathname;
    await page.getByText("You wrote in it last.").waitFor();
    for (const seated of [mira, amara]) {
      await seated.page.goto(`${text}/proposals`);
      expect(await seated.page.locator("main").innerText()).not.toContain(WORDS);
      const { status } = { status: (await seated.context.request.get(draft)).status() };
      expect(status).toBe(404);
    }
  });

  it("[PR8] [PR10] [PR13] is reviewed and released by the head, read by others then, and sponsored by who was asked", async () => {
    const { page } = salma;
    await page.goto(draft);
    await page.getByRole("button", { name: "It is reviewed" }).click();
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByRole("heading", { name: "Release this proposal?" }).waitFor();
    await page.getByRole("button", { name: "Release now" }).click();
    await page.waitForURL(/\/texts\/[^/]+\/proposals\/[^/]+$/);
    proposal = new URL(page.url()).pathname;
    // The pages of the others have it without being loaded again.
    for (const seated of [mira, amara]) {
      const line = seated.page.getByRole("link", { name: /^Lumara proposes other wording/ }).first();
      await line.waitFor();
    }
    await mira.page.goto(proposal);
    await mira.page.locator("main ins").getByText(WORDS).waitFor();
    await mira.page.getByRole("button", { name: "Sponsor this proposal" }).click();
    await mira.page.getByText("Your delegation sponsors this proposal now.").waitFor();
    await page.getByText("Averin", { exact: true }).waitFor();
  });

  it("[PR14] [PR15] is replaced by a newer one, which is withdrawn with a reason", async () => {
    const { page } = salma;
    await page.goto(proposal);
    await page.getByRole("link", { name: "Propose something else instead…" }).click();
    await page.getByLabel("Exact wording").fill("Recognizing that assistance is asked for,");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByRole("button", { name: "It is reviewed" }).click();
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByRole("button", { name: "Release now" }).click();
    await page.waitForURL(/\/texts\/[^/]+\/proposals\/[^/]+$/);
    await mira.page.getByText("A newer one stands in its place").waitFor();
    await page.getByRole("link", { name: "Withdraw…" }).click();
    await page.getByLabel("Why it is withdrawn").fill("Overtaken by the bridge.");
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await page.getByText("The proposal is withdrawn.").waitFor();
    await mira.page.getByRole("link", { name: "Read it" }).first().click();
    await mira.page.getByText("Overtaken by the bridge.").waitFor();
  });
});
