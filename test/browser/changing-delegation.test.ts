/** A delegate changes delegation with pages open, and with words that were never sent; and a headship is handed over. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { delegation, person } from "#db/schema/people.ts";
import { session, agendaItem } from "#db/schema/session.ts";
import { text } from "#db/schema/text.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { appendEvent } from "#db/stores/event.ts";
import { eq } from "drizzle-orm";
import { allSaved, expectQuiet, openHall, writing } from "#test/support/browser.ts";
import { layCable } from "#test/support/cable.ts";
import { type TestServer, startTestServer } from "#test/support/server.ts";
import { allKept, databasesKept } from "#test/support/tabs.ts";

/** From the act of the head to the page of whom it concerns. */
const AT_ONCE = { timeout: 2_000, interval: 20 } as const;
const PATIENCE = { timeout: 20_000 } as const;
const SECRET = "Lumara would accept twelve hours in the end.";

/** Lumara prepares a paper of its own; "/sessions/…", and the paper below it. */
async function withOwnText({ db }: TestServer): Promise<{ readonly session: string; readonly own: string }> {
  const [home] = await db.read.select().from(session);
  const [item] = await db.read.select().from(agendaItem);
  const [lumara] = await db.read.select().from(delegation).where(eq(delegation.entityId, "x-lmr"));
  if (!home || !item || !lumara) throw new Error("the exercise has not been played");
  await db.write(async (tx) => {
    const facts = { sessionId: home.id, itemId: item.id, title: "Red lines of Lumara", symbol: "" };
    const by = { createdBy: "x-haddad", createdAt: Date.now(), delegationId: lumara.id };
    await tx.insert(text).values({ id: "own-lumara", kind: "statement", ...facts, ...by });
    const audience = { audience: "bureau", shows: "live", delegationIds: [], fromSeq: 0 } as const;
    const set = { setBy: "x-haddad", setAt: Date.now() };
    await insertTextAudience(tx, { id: "own-lumara-bureau", textId: "own-lumara", ...audience, ...set });
    // The secretariat has named Jonas for another delegation.
    await tx.update(person).set({ entityId: "x-jvl" }).where(eq(person.id, "x-teyl"));
    const act = { act: "nameForDelegation", thing: "person", thingId: "x-teyl" };
    await appendEvent(tx, { at: Date.now(), by: { personId: "x-brandt" }, ...act });
  });
  return { session: `/sessions/${home.id}`, own: `/sessions/${home.id}/texts/own-lumara` };
}

async function openOwn(page: Page, own: string): Promise<void> {
  await page.goto(own);
  await writing(page);
}

async function typeAtEnd(page: Page, words: string): Promise<void> {
  await page.locator(".ProseMirror .txt").last().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

function sheetOf(page: Page, name: string) {
  return page.getByRole("region", { name, exact: true });
}

/** A head removes a delegate: is asked first, lets it be, and then does it. */
async function removeFrom(page: Page, seat: Locator, name: string): Promise<void> {
  const link = seat.getByRole("link", { name: "Remove" });
  const asked = page.getByRole("region", { name: `Remove ${name}?` });
  await link.click();
  await asked.getByText(`${name} loses the seat at once`).waitFor();
  await asked.getByRole("link", { name: "Cancel" }).click();
  await asked.waitFor({ state: "detached" });
  await seat.waitFor();
  await link.click();
  await asked.getByRole("button", { name: "Remove" }).click();
}

describe("a delegate who changes delegation", () => {
  it("[PE14] [SS26] has the former one's text taken from page and browser within two seconds, but for own words", async () => {
    const server = await startTestServer({ people: false, playExercise: true });
    const cable = await layCable(Number(new URL(server.url).port));
    const hall = await openHall();
    onTestFinished(async () => {
      await hall.close();
      await cable.close();
    });
    const { session: home, own } = await withOwnText(server);

    const salma = await hall.enter(server.url, "Salma Haddad");
    await openOwn(salma.page, own);
    await salma.page.getByRole("button", { name: "Begin the text" }).click();
    await salma.page.keyboard.type(SECRET);
    await salma.page.keyboard.press("Enter");
    await salma.page.keyboard.type("Jonas writes here:");
    await allSaved(salma.page);

    // Jonas has it open, with the list of drafts in another tab; and in a second browser, which loses the network.
    const jonas = await hall.enter(server.url, "Jonas Teyl");
    const drafts = await jonas.context.newPage();
    await drafts.goto(`${home}/drafts`);
    await drafts.getByRole("heading", { level: 1 }).waitFor();
    await openOwn(jonas.page, own);
    await jonas.page.getByText(SECRET).last().waitFor();
    await allSaved(jonas.page);
    const away = await hall.enter(cable.url, "Jonas Teyl");
    await openOwn(away.page, own);
    await allSaved(away.page);
    cable.cut();
    await typeAtEnd(away.page, " never sent.");
    await allKept(away.page);
    expect(await databasesKept(drafts)).not.toEqual([]);

    await salma.page.goto(`${home}/delegations`);
    const seat = sheetOf(salma.page, "Lumara").getByRole("listitem").filter({ hasText: "Jonas Teyl" });
    await removeFrom(salma.page, seat, "Jonas Teyl");
    await seat.waitFor({ state: "detached" });

    await expect.poll(() => jonas.page.getByText(SECRET).count(), AT_ONCE).toBe(0);
    expect(await jonas.page.locator("main").innerText()).toContain("This text is not open to you any more");
    expect(await jonas.page.locator("body").innerText()).not.toContain("Red lines");
    await expect.poll(() => drafts.getByText("There is nothing here for you").count(), AT_ONCE).toBe(1);
    await expect.poll(() => databasesKept(drafts), PATIENCE).toEqual([]);

    const lotte = await hall.enter(server.url, "Lotte Maas");
    await lotte.page.goto(`${home}/delegations`);
    await lotte.page.locator("summary").filter({ hasText: "Add a person" }).click();
    await lotte.page.getByLabel("Person", { exact: true }).selectOption({ label: "Jonas Teyl" });
    await lotte.page.getByLabel("Role").first().selectOption({ label: "Editor" });
    await lotte.page.getByRole("button", { name: "Add a person" }).click();
    await lotte.page.getByRole("listitem").filter({ hasText: "Jonas Teyl" }).waitFor();

    // Back on the network the words are refused and offered; the rest of the text is gone from page and device.
    cable.mend();
    const strip = away.page.locator("[data-strip='ended']");
    await expect.poll(() => away.page.getByText(SECRET).count(), PATIENCE).toBe(0);
    await strip.getByText("never sent.").waitFor();
    await strip.getByRole("button", { name: "Copy them" }).click();
    await expect
      .poll(() => away.page.evaluate(() => navigator.clipboard.readText()), PATIENCE)
      .toContain("never sent.");
    await expect.poll(() => databasesKept(away.page), PATIENCE).toEqual(["aside"]);

    // The page is not there any more; the words still are, for their author alone, until they are answered.
    const answer = await away.page.reload();
    expect(answer?.status()).toBe(404);
    const kept = away.page.locator("[data-strip='kept']");
    await kept.getByText("never sent.").waitFor();
    expect(await away.page.locator("body").innerText()).not.toContain(SECRET);
    await kept.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => databasesKept(away.page), PATIENCE).toEqual([]);

    // Lumara's words are as they were, and Jonas drafts for the other delegation.
    await openOwn(salma.page, own);
    await salma.page.getByText(SECRET).last().waitFor();
    expect(await salma.page.locator(".ProseMirror").innerText()).not.toContain("never sent.");
    await jonas.page.goto(`${home}/drafts/statements/new`);
    expect(await jonas.page.locator("main").innerText()).not.toContain("Lumara");
    hall.complaints();
  });
});

describe("a delegate with a form open", () => {
  it("[PE14] has what they typed given back to be copied, and nothing of the draft, when the seat is gone", async () => {
    const server = await startTestServer({ people: false, playExercise: true });
    const hall = await openHall();
    onTestFinished(() => hall.close());
    const { session: home } = await withOwnText(server);
    const [jonas, salma] = [
      await hall.enter(server.url, "Jonas Teyl"),
      await hall.enter(server.url, "Salma Haddad"),
    ];
    await jonas.page.goto(`${home}/drafts/statements/new`);
    await jonas.page.getByLabel("Agenda item").selectOption({ index: 1 });
    await jonas.page.getByLabel("Title").fill("Title of ours");
    await jonas.page.getByRole("button", { name: "Save for us only" }).click();
    await jonas.page.waitForURL(/saved=1/);
    const hours = await jonas.context.newPage();
    await hours.goto(jonas.page.url());
    await hours.getByLabel("Title").fill("Hours, not days");

    await salma.page.goto(`${home}/delegations`);
    const seat = sheetOf(salma.page, "Lumara").getByRole("listitem").filter({ hasText: "Jonas Teyl" });
    await removeFrom(salma.page, seat, "Jonas Teyl");
    await seat.waitFor({ state: "detached" });

    const wrote = hours.getByRole("region", { name: "What you typed" });
    await wrote.waitFor();
    expect(await wrote.getByRole("textbox").inputValue()).toBe("Hours, not days");
    expect(await hours.locator("main").innerText()).toContain("There is nothing here for you");
    expect(await hours.locator("body").innerText()).not.toContain("Title of ours");
    await wrote.getByRole("button", { name: "Copy what you typed" }).click();
    await expect
      .poll(() => hours.evaluate(() => navigator.clipboard.readText()), PATIENCE)
      .toBe("Hours, not days");
    // Where nothing was typed there is nothing to give back.
    await jonas.page.getByText("There is nothing here for you").waitFor();
    expect(await jonas.page.getByRole("region", { name: "What you typed" }).count()).toBe(0);
    hall.complaints();
  });
});

describe("a head who hands over", () => {
  it("[PE12] [PE13] chooses, reads what it means, confirms, and is editor from then on", async () => {
    const server = await startTestServer({ people: false, playExercise: true });
    const hall = await openHall();
    onTestFinished(() => hall.close());
    const { session: home } = await withOwnText(server);
    const salma = await hall.enter(server.url, "Salma Haddad");
    const jonas = await hall.enter(server.url, "Jonas Teyl");
    await jonas.page.goto(`${home}/delegations`);
    const { page } = salma;
    await page.goto(`${home}/delegations`);
    const lumara = sheetOf(page, "Lumara");
    const own = lumara.getByRole("listitem").filter({ hasText: "Salma Haddad" });
    await own.getByRole("link", { name: "Remove" }).click();
    const leave = page.getByRole("region", { name: "Leave your delegation?" });
    await leave.getByText("You leave the delegation and see nothing more of what it prepares.").waitFor();
    await leave.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("alert").getByText("A delegation is not left without a head").waitFor();

    await lumara.locator("summary").filter({ hasText: "Hand over the headship" }).click();
    await page.getByLabel("New head of delegation").selectOption({ label: "Jonas Teyl (Editor)" });
    await page.getByLabel("stay as editor").check();
    await lumara.getByRole("button", { name: "Hand over the headship" }).click();
    const confirm = page.getByRole("region", { name: "Hand over to Jonas Teyl?" });
    await confirm.getByText("You stay in the delegation as editor.").waitFor();
    await own.getByText("Head of delegation", { exact: true }).waitFor();
    await confirm.getByRole("button", { name: "Hand over the headship" }).click();
    await own.getByText("Editor", { exact: true }).waitFor();
    expect(await lumara.getByRole("button").count()).toBe(0);
    // The new head's open page has what a head does.
    const theirs = sheetOf(jonas.page, "Lumara");
    await theirs.getByRole("link", { name: "Remove" }).first().waitFor();
    const next = theirs.getByRole("listitem").filter({ hasText: "Jonas Teyl" });
    await next.getByText("Head of delegation", { exact: true }).waitFor();
    expectQuiet(hall);
  });
});
