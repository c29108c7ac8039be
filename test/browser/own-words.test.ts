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

  it("[AG23] [AG25] keeps an item's words when somebody moves it to another level, and when it is taken off", async () => {
    const { hall, chair, other, base } = await openHouse();
    for (const page of [chair, other]) await page.goto(`${base}/agenda`);
    const add = formOf(other, "Add an item");
    await add.getByLabel("Number").fill("88");
    await add.getByLabel("Title").fill("Passing");
    await add.getByLabel("Reason for the change").fill("As agreed");
    await add.getByRole("button").click();
    await chair.locator(".tree").getByRole("link", { name: "Passing" }).waitFor();

    const row = (page: Page) =>
      page
        .locator("li")
        .filter({ has: page.locator('summary[aria-label="Edit Passing"]') })
        .last();
    await chair.locator('summary[aria-label="Edit Passing"]').click();
    const mine = (page: Page) => formOf(page, "Save").filter({ visible: true });
    await mine(chair).getByLabel("Title").fill("Passing, as we discussed");
    await mine(chair).getByLabel("Note").pressSequentially("Half a ");
    // Under the item before it.
    await row(other).getByRole("button", { name: "Put under the item above: Passing" }).first().click();
    const why = other.getByRole("region", { name: /Passing/ }).getByLabel("Reason for the change");
    await why.fill("It belongs there");
    await why.press("Enter");
    await chair.locator("ol ol").getByRole("link", { name: "Passing" }).waitFor();
    expect(await mine(chair).getByLabel("Title").inputValue()).toBe("Passing, as we discussed");
    await chair.keyboard.type("sentence");
    expect(await mine(chair).getByLabel("Note").inputValue()).toBe("Half a sentence");

    await other.locator('summary[aria-label="Edit Passing"]').click();
    await row(other).locator("summary").filter({ hasText: "Take off the agenda" }).click();
    const off = formOf(other, "Take it off").filter({ visible: true });
    await off.getByLabel("Reason for the change").fill("Overtaken");
    await off.getByRole("button").click();
    const anew = formOf(chair, "Put it on the agenda anew");
    await anew.waitFor();
    expect(await anew.getByLabel("Title").inputValue()).toBe("Passing, as we discussed");
    expect(await anew.getByLabel("Note").inputValue()).toBe("Half a sentence");
    await anew.getByLabel("Number").fill("89");
    await anew.getByLabel("Reason for the change").fill("Still needed");
    await anew.getByRole("button", { name: "Put it on the agenda anew" }).click();
    await other.locator(".tree").getByRole("link", { name: "Passing, as we discussed" }).waitFor();
    expectQuiet(hall);
  });

  it("[AG23] keeps what the secretariat types of a calendar entry that somebody takes off", async () => {
    const { server, hall, other } = await openHouse();
    const mine = (await hall.enter(server.url, "Anke Brandt")).page;
    for (const page of [mine, other]) {
      await page.goto("/calendar");
      await page
        .getByRole("link", { name: /^Correct / })
        .first()
        .click();
      await page.locator("#correct-entry").waitFor();
    }
    const entry = (page: Page) => page.locator("#correct-entry");
    await entry(mine).getByLabel("Note").first().fill("Doors open at nine");
    await entry(other).locator("summary").click();
    await entry(other).getByLabel("Reason").last().fill("Announced twice");
    await entry(other).getByRole("button", { name: "Take off the calendar" }).click();
    await entry(mine).getByRole("status").waitFor();
    expect(await entry(mine).getByLabel("Note").first().inputValue()).toBe("Doors open at nine");
    await entry(mine).getByLabel("Reason").first().fill("For the doors");
    await entry(mine).getByRole("button", { name: "Correct", exact: true }).click();
    await entry(mine).getByRole("alert").waitFor();
    expect(await entry(mine).getByLabel("Note").first().inputValue()).toBe("Doors open at nine");
    expectQuiet(hall);
  });

  it("[AG23] keeps what is typed of a membership to which somebody gives another first day", async () => {
    const { server, hall, other } = await openHouse();
    const mine = (await hall.enter(server.url, "Anke Brandt")).page;
    await mine.goto("/groups");
    const group = await mine.locator("main a[href^='/groups/']").first().getAttribute("href");
    const form = (page: Page) => page.locator("#correct-member");
    for (const page of [mine, other]) {
      await page.goto(group ?? "");
      await page
        .getByRole("link", { name: /^Correct / })
        .first()
        .click();
      await form(page).waitFor();
    }
    await form(mine).getByLabel("Reason").fill("From the depositary");
    await form(other).getByLabel("First day inside").fill("2001-02-03");
    await form(other).getByLabel("Reason").fill("From the treaty");
    await form(other).getByRole("button", { name: "Correct", exact: true }).click();
    await form(mine).getByRole("status").waitFor();
    expect(await form(mine).getByLabel("Reason").inputValue()).toBe("From the depositary");
    await form(mine).getByLabel("First day outside").fill("2030-01-01");
    await form(mine).getByRole("button", { name: "Correct", exact: true }).click();
    await form(mine).getByRole("alert").waitFor();
    expect(await form(mine).getByLabel("Reason").inputValue()).toBe("From the depositary");
    expect(await form(mine).getByLabel("First day outside").inputValue()).toBe("2030-01-01");
    expectQuiet(hall);
  });
});
