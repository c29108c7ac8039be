/** Delegations by a table, the home that follows, and a note that stays in its delegation: as people do it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall } from "#test/support/browser.ts";
import { freePort, type ServerProcess, startProcess } from "#test/support/process.ts";
import { follow } from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const PASSWORD = "seven grey herons over the lake";
const SECRET = "a secret for one evening of tests, no longer";

let hall: Hall;
let server: ServerProcess;
let production: ServerProcess;
const folders: SuiteFolder[] = [];

beforeAll(async () => {
  folders.push(suiteFolder(), suiteFolder());
  const [exercise, empty] = folders.map(({ path }) => path);
  server = await startProcess({ folder: exercise ?? "" });
  const port = await freePort();
  const env = { CHAPEAU_ORIGIN: `http://127.0.0.1:${port}`, CHAPEAU_SECRET: SECRET };
  production = await startProcess({ folder: empty ?? "", port, env: { CHAPEAU_MODE: "production", ...env } });
  hall = await openHall();
}, 240_000);

afterAll(async () => {
  await hall.close();
  await Promise.all([server.stop(), production.stop()]);
  for (const folder of folders) folder.remove();
});

afterEach(() => expectQuiet(hall));

const sessionOf = (page: Page) => new URL(page.url()).pathname;
const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

describe("the secretariat", () => {
  it("[DL1] [DL2] [DL6] [DL7] adds a group and a file of real States, and a head comes in by the link", async () => {
    const { page, close } = await hall.open(production.url);
    await expect.poll(() => production.printed(), { timeout: 20_000 }).toMatch(/\/links\/\S+/);
    await page.goto(/https?:\/\/\S+\/links\/\S+/.exec(production.printed())?.[0] ?? "");
    await page.getByLabel("Name", { exact: true }).fill("Marta Lindqvist");
    await page.getByLabel("E-mail address").fill("marta@secretariat.example");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await page.getByRole("link", { name: "New session" }).click();
    await page.getByLabel("Title").fill("First substantive plenary");
    await page.getByLabel("First day").fill("2026-12-07");
    await page.getByLabel("Last day").fill("2026-12-11");
    await page.getByRole("button", { name: "Create the session" }).click();
    await page.waitForURL(/\/sessions\/(?!new)[^/]+$/);
    const session = sessionOf(page);
    await page.goto(`${session}/delegations`);
    await page.getByRole("link", { name: "Add several…" }).click();
    const group = page.locator("select[name='group']");
    const members = await group.locator("option").filter({ hasText: "(EU)" }).first().getAttribute("value");
    await group.selectOption(members ?? "");
    await page.getByRole("button", { name: "Show who would be added" }).click();
    await page.getByRole("button", { name: "Add 27 delegations" }).click();
    await page.getByRole("heading", { name: "27 delegations were added" }).waitFor();

    const lines = [
      "code;name;head;email",
      ";Кения;Wanjiru Njeri;wanjiru@kenya.example",
      "FRA;;;",
      "NOWHERE;;;",
      ";Brasil;;",
    ];
    const buffer = Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le");
    await page.getByLabel("File").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "Show what would be done" }).click();
    await page.getByRole("heading", { name: "What would be done, line by line" }).waitFor();
    const fates = await page
      .locator("tr[data-fate]")
      .evaluateAll((rows) => rows.map((row) => row.dataset["fate"]));
    expect(fates).toEqual(["add", "there", "wrong", "add"]);
    await page.getByRole("button", { name: "Carry out 2 lines" }).click();
    await page.getByRole("heading", { name: "2 delegations were added" }).waitFor();
    const link = await page.locator("[data-link]").innerText();
    await page.getByRole("link", { name: "To the delegations" }).click();
    await page.getByRole("region", { name: "Kenya", exact: true }).getByText("Wanjiru Njeri").waitFor();
    await page.getByRole("region", { name: "Brazil", exact: true }).waitFor();

    const wanjiru = await hall.open(production.url, { width: 390, height: 844 });
    await follow(wanjiru.page, link, PASSWORD);
    await wanjiru.page.goto(session);
    await part(wanjiru.page, "Yours to do").getByText("Nothing waits for you.").waitFor();
    await wanjiru.close();
    await close();
  });

  it("[DL2] [DL4] gets a table to fill in, also without script, and reads what is wrong with its own", async () => {
    const { page, close } = await hall.enter(server.url, "Anke Brandt", { script: false });
    await page.goto(`${sessionOf(page)}/delegations/add`);
    const template = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download a table to fill in (CSV)" }).click();
    expect((await template).suggestedFilename()).toBe("delegations.csv");
    const buffer = Buffer.from([0xd0, 0xee, 0xf1, 0xf1, 0xe8, 0xff, 0x0a]);
    await page.getByLabel("File").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "Show what would be done" }).click();
    await page.getByText("choose “Save as”, then “CSV UTF-8”").first().waitFor();
    await page.getByLabel("Or paste the lines").fill("LMR\nNOWHERE");
    await page.getByRole("button", { name: "Show what would be done" }).click();
    expect(await page.locator("#line-1").innerText()).toContain("There already.");
    expect(await page.locator("#line-2").innerText()).toContain("Left out.");
    await page.getByText("There is nothing to add.").waitFor();
    await close();
  });

  it("[AG17] changes where the session is, and the home says so", async () => {
    const { page, close } = await hall.enter(server.url, "Anke Brandt");
    await page.getByRole("link", { name: "Edit the session" }).click();
    await page.getByLabel("Venue", { exact: true }).fill("Vienna");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The session was changed.").waitFor();
    await page.locator(".session-head").getByText("Vienna").waitFor();
    await close();
  });
});

describe("a delegation", () => {
  it("[NT1] [NT2] notes something beside an item, reads it on a phone, and nobody else finds it", async () => {
    const salma = await hall.enter(server.url, "Salma Haddad");
    const session = sessionOf(salma.page);
    await salma.page.locator(".tree a").last().click();
    await part(salma.page, "Our note").getByRole("link", { name: "Write a note" }).click();
    await salma.page.getByRole("textbox", { name: "Note" }).fill("Ask the capital first.\nNo register.");
    await salma.page.getByRole("button", { name: "Save the note" }).click();
    await part(salma.page, "Our note").getByText("No register.").waitFor();
    const item = new URL(salma.page.url()).pathname;
    const jonas = await hall.enter(server.url, "Jonas Teyl", { width: 390, height: 844 });
    await jonas.page.goto(`${session}/notes`);
    await jonas.page.getByText("No register.").waitFor();
    for (const name of ["Amara Solvane", "Anke Brandt", "Efua Osei"]) {
      const other = await hall.enter(server.url, name);
      await other.page.goto(item);
      await other.page.getByRole("heading", { level: 1 }).waitFor();
      expect(await other.page.content(), name).not.toContain("No register");
      await other.close();
    }
    // What a colleague changes comes to the open page by itself.
    await jonas.page.goto(item);
    await part(jonas.page, "Our note").getByRole("link", { name: "Change the note" }).click();
    await jonas.page.getByRole("textbox", { name: "Note" }).fill("The capital agrees.");
    await jonas.page.getByRole("button", { name: "Save the note" }).click();
    await part(salma.page, "Our note").getByText("The capital agrees.").waitFor();
    await jonas.close();
    await salma.close();
  });
});

describe("the home", () => {
  it("[HM1] [HM3] tells now, mine and next, follows what happens, and stays where its reader is", async () => {
    const jonas = await hall.enter(server.url, "Jonas Teyl");
    const salma = await hall.enter(server.url, "Salma Haddad", { width: 390, height: 844 });
    const { page } = salma;
    await part(page, "Next").getByText("venue time").waitFor();
    await part(page, "Next").getByText("your time").waitFor();
    const before = await part(page, "Yours to do").getByRole("listitem").count();
    await page.evaluate(() => scrollTo(0, 300));
    await jonas.page.goto(`${sessionOf(page)}/drafts/statements/new`);
    await jonas.page.getByLabel("Agenda item").selectOption({ index: 1 });
    await jonas.page.locator("#f-title").fill("On the register");
    await jonas.page.locator("#f-body").fill("Thank you, Chair.");
    await jonas.page.locator("button[value='save']").click();
    await part(page, "Yours to do").getByRole("link", { name: "On the register" }).waitFor();
    expect(await part(page, "Yours to do").getByRole("listitem").count()).toBe(before + 1);
    expect(await page.evaluate(() => scrollY)).toBe(300);
    const visitor = await hall.open(server.url);
    await visitor.page.goto(sessionOf(page));
    await part(visitor.page, "Yours to do").getByText("Sign in to see what is yours to do.").waitFor();
    expect(await visitor.page.content()).not.toContain("On the register");
    await Promise.all([jonas.close(), salma.close(), visitor.close()]);
  });
});
