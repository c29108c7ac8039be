/** What somebody types while others act stays theirs: other acts empty no form, and take no words away with them. */
import type { Page } from "playwright-core";
import { expect, it, describe, onTestFinished } from "vitest";
import { session } from "#db/schema/session.ts";
import { expectQuiet, openHall } from "#test/support/browser.ts";
import { startTestServer } from "#test/support/server.ts";

async function openHouse() {
  const server = await startTestServer({ people: false, playExercise: true });
  const hall = await openHall();
  onTestFinished(() => hall.close());
  const [home] = await server.db.read.select().from(session);
  if (!home) throw new Error("the exercise has not been played");
  const chair = (await hall.enter(server.url, "Amara Solvane")).page;
  const other = (await hall.enter(server.url, "Anke Brandt")).page;
  return { server, hall, chair, other, base: `/sessions/${home.id}` };
}

function formOf(page: Page, button: string) {
  return page.locator("form").filter({ has: page.getByRole("button", { name: button, exact: true }) });
}

describe("a form in which somebody types", () => {
  it("[AG23] keeps a new item's words when another item is added, and is emptied by its own alone", async () => {
    const { hall, chair, other, base } = await openHouse();
    for (const page of [chair, other]) await page.goto(`${base}/agenda`);
    const add = (page: Page) => formOf(page, "Add an item");
    const fill = async (page: Page, title: string) => {
      await add(page).getByLabel("Title").fill(title);
      await add(page).getByLabel("Note").fill(`Note of ${title}`);
      await add(page).getByLabel("Reason for the change").fill("As agreed");
    };
    await fill(chair, "Mine");
    await fill(other, "Theirs");
    await add(other).getByRole("button").click();
    await chair.locator(".tree").getByRole("link", { name: "Theirs" }).waitFor();
    expect(await add(chair).getByLabel("Title").inputValue()).toBe("Mine");
    expect(await add(chair).getByLabel("Note").inputValue()).toBe("Note of Mine");
    await other.locator(".tree").getByRole("link", { name: "Theirs" }).waitFor();
    expect(await add(other).getByLabel("Title").inputValue()).toBe("");

    // The number that was suggested is taken by now: it is refused, and nothing is lost.
    await add(chair).getByRole("button").click();
    await chair.getByRole("alert").waitFor();
    expect(await add(chair).getByLabel("Note").inputValue()).toBe("Note of Mine");
    await add(chair).getByLabel("Number").fill("77");
    await add(chair).getByRole("button").click();
    await chair.locator(".tree").getByRole("link", { name: "Mine" }).waitFor();
    expect(await add(chair).getByLabel("Note").inputValue()).toBe("");
    expectQuiet(hall);
  });

  it("[AG23] keeps a document's title and chosen file and the room of a meeting", async () => {
    const { hall, chair, other, base } = await openHouse();
    await chair.goto(`${base}/agenda`);
    await chair.locator(".tree").getByRole("link", { name: "Organization of work" }).click();
    await chair.getByRole("link", { name: "Add or remove" }).click();
    const put = (page: Page, heading: string) =>
      page.locator("form").filter({ has: page.getByRole("heading", { name: heading }) });
    const file = put(chair, "Put in a file");
    await file.getByLabel("Title").fill("Programme of work");
    const buffer = Buffer.from("%PDF-1.7");
    await file.getByLabel("File").setInputFiles({ name: "pow.pdf", mimeType: "application/pdf", buffer });
    await other.goto(new URL(chair.url()).pathname);
    const link = put(other, "Add a link");
    await link.getByLabel("Title").fill("Elsewhere");
    await link.getByLabel("Web address").fill("https://example.org/1");
    await link.getByLabel("Reason for the change").fill("As agreed");
    await link.getByRole("button").click();
    await chair.getByRole("link", { name: "Elsewhere", exact: true }).waitFor();
    expect(await file.getByLabel("Title").inputValue()).toBe("Programme of work");
    expect(await file.getByLabel("File").evaluate((box: HTMLInputElement) => box.files?.length)).toBe(1);

    for (const page of [chair, other]) {
      await page.goto(base);
      await page.locator("summary").filter({ hasText: "Schedule a meeting" }).click();
    }
    const meeting = (page: Page) => formOf(page, "Schedule a meeting");
    await meeting(chair).getByLabel("Room").fill("Room 3");
    const day = await other.locator(".programme time").last().getAttribute("datetime");
    await meeting(other)
      .getByLabel("Begins")
      .fill(`${day?.slice(0, 10)}T20:00`);
    await meeting(other)
      .getByLabel("Ends")
      .fill(`${day?.slice(0, 10)}T21:00`);
    await meeting(other).getByLabel("Room").fill("Room 12");
    await meeting(other).getByRole("button").click();
    await chair.locator(".programme").getByText("Room 12").waitFor();
    expect(await meeting(chair).getByLabel("Room").inputValue()).toBe("Room 3");
    expectQuiet(hall);
  });
});
