/** The secretariat keeps the reference data and makes a session from the calendar; everybody else reads. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Hall, expectQuiet, openHall } from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
}, 120_000);

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

describe("the secretariat", () => {
  it("[RF6] makes a session from the calendar, with the agenda by subject", async () => {
    const { page, close } = await hall.enter(server.url, "Anke Brandt");
    await page.goto("/calendar");
    await page
      .getByRole("link", { name: "Create a session from this entry Dedicated thematic groups" })
      .click();
    await page.getByText("From the calendar: Dedicated thematic groups").waitFor();
    expect(await page.getByLabel("First day").inputValue()).toBe("2026-12-07");
    expect(await page.getByLabel("Kind").inputValue()).toBe("thematic-group");
    await page.getByRole("button", { name: "Create the session" }).click();
    await page.waitForURL(/\/sessions\/(?!new)/);
    const session = page.url();
    await page.goto(`${session}/agenda`);
    await page.getByRole("link", { name: "How international law applies" }).waitFor();
    await page.goto("/calendar");
    await page.getByRole("link", { name: "Session here Dedicated thematic groups" }).click();
    await page.waitForURL(session);
    expectQuiet(hall);
    await close();
  });

  it("[RF7] renames a stance while somebody reads the topic's history, who then reads both names", async () => {
    const reader = await hall.enter(server.url, "Salma Haddad");
    await reader.page.goto("/topics/x-due-diligence/history");
    const { page, close } = await hall.enter(server.url, "Anke Brandt");
    await page.goto("/topics");
    await page.getByRole("link", { name: "Question, scale and history Due diligence" }).click();
    await page.locator("summary").filter({ hasText: "Rename a stance" }).click();
    await page.getByLabel("Stance", { exact: true }).last().selectOption({ label: "Voluntary" });
    await page.getByLabel("New name").fill("Legal duty");
    await page.getByRole("button", { name: "Rename a stance" }).click();
    await page.locator(".summary").waitFor();
    expect(await page.getByLabel("New name").inputValue()).toBe("Legal duty");
    await page.getByLabel("New name").fill("Encouraged");
    await page.getByRole("button", { name: "Rename a stance" }).click();
    for (const screen of [page, reader.page]) {
      await screen.getByText("formerly: Voluntary").waitFor();
      await screen.getByText("Stance renamed from “Voluntary” to “Encouraged”").waitFor();
    }
    await reader.page.getByText("by the secretariat").waitFor();
    expect(await reader.page.getByRole("button", { name: "Rename a stance" }).count()).toBe(0);
    await page.goto("/topics/x-due-diligence");
    await page.getByText("Encouraged").first().waitFor();
    expectQuiet(hall);
    await close();
    await reader.close();
  });

  it("[RF4] closes a membership without script, and the list says so", async () => {
    const entered = await hall.enter(server.url, "Anke Brandt");
    const cookies = await entered.context.cookies();
    const { page, context, close } = await hall.open(server.url, { script: false });
    await context.addCookies(cookies);
    await page.goto("/groups/x-lant");
    await page.getByRole("link", { name: "Correct Lumara" }).click();
    const form = page.getByRole("region", { name: "Correct the membership of Lumara" });
    await form.getByLabel("First day outside").fill("2020-01-01");
    await form.getByLabel("Reason").fill("Its own announcement");
    await form.getByRole("button", { name: "Correct" }).click();
    const past = page.getByRole("region", { name: "Earlier and later memberships" });
    await past.getByRole("link", { name: "Lumara", exact: true }).waitFor();
    await page.getByText("Its own announcement").waitFor();
    await close();
    await entered.close();
    expectQuiet(hall);
  });
});
