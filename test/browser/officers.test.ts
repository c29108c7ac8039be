/** What officers do while others have pages open: withdraw a delegation, change a meeting, take an item off the agenda. */
import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { agendaItem, session, statement } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import { expectQuiet, openHall, openText } from "#test/support/browser.ts";
import { type TestServer, startTestServer } from "#test/support/server.ts";

async function openHouse() {
  const server = await startTestServer({ people: false, playExercise: true });
  const hall = await openHall();
  onTestFinished(() => hall.close());
  const [home] = await server.db.read.select().from(session);
  if (!home) throw new Error("the exercise has not been played");
  return { server, hall, sessionId: home.id, base: `/sessions/${home.id}` };
}

function sheetOf(page: Page, name: string) {
  return page.getByRole("region", { name, exact: true });
}

describe("a delegation that was added by mistake", () => {
  it("[PE15] is withdrawn with a reason, its people's pages close, and comes back with them", async () => {
    const { server, hall, base } = await openHouse();
    const salma = (await hall.enter(server.url, "Salma Haddad")).page;
    await salma.goto(`${base}/drafts`);
    await salma.getByRole("heading", { level: 1 }).waitFor();
    const anke = (await hall.enter(server.url, "Anke Brandt")).page;
    await anke.goto(`${base}/delegations`);
    await anke.getByRole("link", { name: "Withdraw… Lumara" }).click();
    const asked = anke.getByRole("region", { name: "Withdraw the delegation of Lumara from the session?" });
    await asked.getByText(/stays? on record under its name/).waitFor();
    await asked.getByLabel("Reason").fill("Entered by mistake");
    await asked.getByRole("button", { name: "Withdraw the delegation" }).click();
    const withdrawn = sheetOf(anke, "Withdrawn delegations");
    await withdrawn.getByText("Entered by mistake").waitFor();
    expect(await sheetOf(anke, "Lumara").count()).toBe(0);
    await salma.getByText("There is nothing here for you").waitFor();
    // The bar of what stands in place of the page knows her all the same.
    await salma.getByRole("link", { name: "Salma Haddad" }).waitFor();
    const visitor = (await hall.open(server.url)).page;
    await visitor.goto(`${base}/delegations`);
    await sheetOf(visitor, "Withdrawn delegations").getByText("Entered by mistake").waitFor();
    expect(await visitor.getByRole("button", { name: "Bring back" }).count()).toBe(0);

    await withdrawn.getByRole("button", { name: "Bring back Lumara" }).click();
    await sheetOf(anke, "Lumara").getByText("Salma Haddad").waitFor();
    expect(await withdrawn.count()).toBe(0);
    await salma.goto(`${base}/drafts`);
    await salma.getByRole("heading", { level: 2 }).first().waitFor();
    hall.complaints();
  });
});

describe("a meeting that two officers change", () => {
  it("[AG21] says to the second what the first has made of it, keeps what was typed, and is saved again", async () => {
    const { server, hall, base } = await openHouse();
    const [amara, anke] = [
      (await hall.enter(server.url, "Amara Solvane")).page,
      (await hall.enter(server.url, "Anke Brandt")).page,
    ];
    for (const page of [amara, anke]) {
      await page.goto(base);
      await page.locator("summary").filter({ hasText: "Change or cancel a meeting" }).click();
      await page
        .getByRole("link", { name: /^Meeting \d+$/ })
        .last()
        .click();
      await page.getByRole("region", { name: /^Change meeting/ }).waitFor();
    }
    const form = (page: Page) => page.getByRole("region", { name: /^Change meeting/ });
    await form(amara).getByLabel("Room").fill("Room 4");
    await form(anke).getByLabel("Room").fill("Room 9");
    await form(anke).getByRole("button", { name: "Save the meeting" }).click();
    await form(anke).waitFor({ state: "detached" });
    await amara.locator(".programme").getByText("Room 9").waitFor();

    await form(amara).getByRole("button", { name: "Save the meeting" }).click();
    await form(amara).getByRole("alert").getByText("Somebody changed meeting").waitFor();
    expect(await form(amara).locator(".means").innerText()).toContain("Room 9");
    expect(await form(amara).getByLabel("Room").inputValue()).toBe("Room 4");
    await form(amara).getByRole("button", { name: "Save the meeting" }).click();
    await form(amara).waitFor({ state: "detached" });
    await amara.locator(".programme").getByText("Room 4").waitFor();
    expectQuiet(hall);
  });
});

describe("an item that two officers renumber", () => {
  it.each([
    ["with script", true],
    ["without script", false],
  ])(
    "[AG10] [PE9] says to the second what the first has made of it, and keeps what was typed, %s",
    async (_, script) => {
      const { server, hall, sessionId, base } = await openHouse();
      await putItem(server, sessionId, true);
      const amara = (await hall.enter(server.url, "Amara Solvane", { script })).page;
      const anke = (await hall.enter(server.url, "Anke Brandt")).page;
      const row = (page: Page) => page.locator("#item-late");
      const form = (page: Page) => row(page).locator("form", { has: page.locator("[name='edition']") });
      const number = (page: Page) => form(page).getByLabel("Number");
      for (const page of [amara, anke]) {
        await page.goto(`${base}/agenda`);
        await row(page).locator("summary").first().click();
        await number(page).waitFor();
      }
      const save = async (page: Page, wanted: string) => {
        await number(page).fill(wanted);
        const reason = form(page).getByLabel("Reason");
        if ((await reason.count()) > 0) await reason.fill("Order of work");
        await form(page).getByRole("button", { name: "Save" }).click();
      };
      const shown = (page: Page, wanted: string) =>
        row(page).locator("b").first().getByText(wanted, { exact: true }).waitFor();
      await number(amara).fill("91");
      await save(anke, "92");
      await shown(anke, "92");
      // The page has heard of it, and what is typed there was made from the older number.
      if (script) await shown(amara, "92");
      expect(await number(amara).inputValue()).toBe("91");

      await save(amara, "91");
      await amara
        .getByRole("alert")
        .getByText("Anke Brandt changed this item while you were typing")
        .waitFor();
      await shown(amara, "92");
      expect(await number(amara).inputValue()).toBe("91");
      await save(amara, "91");
      await shown(amara, "91");
      await shown(anke, "91");

      // A form in which nothing is typed follows what stands, and one's own saving is no hindrance.
      await save(anke, "93");
      if (script) {
        await amara.getByRole("alert").waitFor({ state: "detached" });
        await shown(amara, "93");
        // It has closed with the saving.
        await row(amara).locator("summary").first().click();
        await expect.poll(() => number(amara).inputValue()).toBe("93");
        await save(amara, "94");
        await shown(amara, "94");
        expect(await amara.getByRole("alert").count()).toBe(0);
      }
      expectQuiet(hall);
    },
  );
});

describe("a version that two officers issue", () => {
  it.each([
    ["with script", true],
    ["without script", false],
  ])(
    "[VR13] says to the second who issued which, keeps what was typed, and is issued then, %s",
    async (_, script) => {
      const { server, hall } = await openHouse();
      const [chair, facilitator] = [
        (await hall.enter(server.url, "Amara Solvane", { script })).page,
        (await hall.enter(server.url, "Henrik Vale", { script })).page,
      ];
      const where = new URL(await openText(chair, /Assistance after ICT incidents/)).pathname;
      for (const page of [chair, facilitator]) await page.goto(`${server.url}${where}/versions`);
      await facilitator.getByLabel("Label").fill("Facilitator's text");
      await facilitator.getByLabel("Note").fill("as heard on Tuesday");
      const issued = await chair.getByLabel("Label").inputValue();
      await chair.getByRole("button", { name: "Issue version" }).click();
      await chair.getByText(`${issued} is issued.`).waitFor();
      // An open page learns of it by itself, and what is being typed there stays.
      if (script) await facilitator.getByRole("link", { name: issued, exact: true }).waitFor();

      await facilitator.getByRole("button", { name: "Issue version" }).click();
      const told = facilitator.getByRole("alert");
      await told.getByText(`Amara Solvane has issued “${issued}” since this form was opened`).waitFor();
      expect(await facilitator.getByLabel("Label").inputValue()).toBe("Facilitator's text");
      expect(await facilitator.getByLabel("Note").inputValue()).toBe("as heard on Tuesday");
      await facilitator.getByRole("button", { name: "Issue version" }).click();
      await facilitator.getByText("Facilitator's text is issued.").waitFor();
      expect(await facilitator.getByLabel("Note").inputValue()).toBe("");
      // The chair has typed nothing: the form follows what is issued, and needs no second press.
      const next = chair.getByLabel("Label");
      if (script) await chair.getByRole("link", { name: "Facilitator's text", exact: true }).waitFor();
      else await chair.reload();
      const label = await next.inputValue();
      expect(label).not.toBe(issued);
      await chair.getByRole("button", { name: "Issue version" }).click();
      await chair.getByText(`${label} is issued.`).waitFor();
      expectQuiet(hall);
    },
  );
});

/** An item is put on the agenda, or taken off it, by an act of the chair. */
async function putItem({ db }: TestServer, sessionId: string, isOn: boolean): Promise<void> {
  const at = Date.now();
  await db.write(async (tx) => {
    const item = { id: "late", sessionId, order: 90, number: "90", title: "A late item" };
    const standing = { status: "not-yet", statusAt: at, createdAt: at } as const;
    if (isOn) await tx.insert(agendaItem).values({ ...item, ...standing });
    else await tx.update(agendaItem).set({ deletedAt: at }).where(eq(agendaItem.id, "late"));
    const act = { act: isOn ? "addAgendaItem" : "deleteAgendaItem", thing: "agenda_item", thingId: "late" };
    await appendEvent(tx, { at, by: { personId: "x-solvane" }, ...act, sessionId });
  });
}

describe("a statement whose item is taken off while its head is asked about the release", () => {
  it.each([
    ["with script", true],
    ["without script", false],
  ])("[AG22] says what happened and where to choose another, and is released then, %s", async (_, script) => {
    const { server, hall, sessionId, base } = await openHouse();
    await putItem(server, sessionId, true);
    const { page } = await hall.enter(server.url, "Salma Haddad", { script });
    await page.goto(`${base}/drafts/statements/new?item=late`);
    await page.getByLabel("Title").fill("On the late item");
    await page.locator("#f-body").fill("Thank you, Chair.");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.waitForURL(/saved=1/);
    await page.getByRole("link", { name: "Release…" }).click();
    const release = page.getByRole("button", { name: "Release now" });
    await release.waitFor();
    await putItem(server, sessionId, false);
    await release.click();
    await release.waitFor({ state: "detached" });
    await page.getByRole("alert").getByText("has been taken off the agenda").waitFor();
    const before = await server.db.read.$count(statement);

    await page.getByLabel("Agenda item").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/saved=2/);
    await page.getByRole("link", { name: "Release…" }).click();
    await release.click();
    await page.waitForURL(/\/sessions\/[^/]+\/statements\//);
    await expect.poll(() => server.db.read.$count(statement)).toBe(before + 1);
    expectQuiet(hall);
  });
});
