/**
 * The session as its people use it, all of them signed in at once: the chair, Imbara with its head, an editor and a
 * colleague on a phone, Dellune's head and Quillan's, whom a statement of their group leaves out.
 */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "#app/server/env.ts";
import { createLog } from "#app/server/log.ts";
import { type RunningServer, startServer } from "#app/server/serve.ts";
import { delegate, delegation, person } from "#db/schema/people.ts";
import { session } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import { eq } from "drizzle-orm";
import { expectQuiet, type Hall, openHall, type Seated } from "#test/support/browser.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { walk } from "#test/support/tour.ts";

const PATIENCE = { timeout: 20_000 } as const;
const PHONE = { width: 390, height: 844 } as const;
const DRAFTED = "Imbara wants a short list that all States share.";
const EDITED = "Imbara wants a short list that all States share and keep up to date.";

let hall: Hall;
let server: RunningServer;
let folder: SuiteFolder;
let base = "";
let chair: Seated;
/** Of Imbara: its head, an editor, and their colleague with a phone. */
let head: Seated;
let editor: Seated;
let phone: Seated;
/** The heads of Dellune and of Quillan, members of the same group as Imbara. */
let dellune: Seated;
let quillan: Seated;

beforeAll(async () => {
  folder = suiteFolder();
  const env = { ...readEnv({}), data: folder.path, port: 0 };
  server = await startServer({ env, log: createLog("silent"), playExercise: true });
  const [home] = await server.db.read.select().from(session);
  const [imbara] = await server.db.read.select().from(delegation).where(eq(delegation.entityId, "x-ibr"));
  if (!home || !imbara) throw new Error("the exercise has not been played");
  base = `/sessions/${home.id}`;
  await server.db.write(async (tx) => {
    const at = Date.now();
    // The exercise begins with its agenda adopted.
    const provisional = { agendaSymbol: "", agendaAdoptedAt: null, agendaAdoptedBy: null };
    await tx.update(session).set(provisional).where(eq(session.id, home.id));
    const ada = { id: "x-oduya", name: "Ada Oduya", entityId: "x-ibr", createdAt: at };
    await tx.insert(person).values(ada);
    const seat = { delegationId: imbara.id, personId: ada.id, role: "editor", fromAt: at } as const;
    await tx.insert(delegate).values({ id: "seat-oduya", ...seat });
    const act = { act: "addDelegate", thing: "delegation", thingId: imbara.id };
    await appendEvent(tx, { at, by: { personId: "x-okoru" }, ...act, sessionId: home.id });
  });
  hall = await openHall();
  chair = await hall.enter(server.url, "Amara Solvane");
  head = await hall.enter(server.url, "Tomi Okoru");
  editor = await hall.enter(server.url, "Zara Bello");
  phone = await hall.enter(server.url, "Ada Oduya", PHONE);
  dellune = await hall.enter(server.url, "Keiko Sato-Lind");
  quillan = await hall.enter(server.url, "Ana Quiroga");
}, 240_000);

afterAll(async () => {
  await hall.close();
  await server.close();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

const titles = (page: Page): Promise<string[]> =>
  page
    .locator(".tree .r")
    .evaluateAll((rows) => rows.map((row) => row.querySelector("a")?.textContent ?? ""));

/** Goes there with the Tab key alone, as who has no mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  for (let presses = 0; presses < 300; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await focused()) === name) return;
  }
  throw new Error(`no way to ${name} with the Tab key`);
}

/** What the server gives to this person at an address, whatever page is open. */
async function given({ context }: Seated, path: string): Promise<string> {
  return (await context.request.get(path)).text();
}

async function axeOf(page: Page, name: string): Promise<string[]> {
  return walk(page, [{ name, open: () => page.locator("h1").first().waitFor() }], "everything");
}

describe("the chair", () => {
  it("[AG12] [AG3] [AG13] [AG15] adopts the agenda, moves an item by keys alone and takes one up, seen on a delegate's phone", async () => {
    await phone.page.goto(`${base}/agenda`);
    await phone.page.getByText("Provisional").first().waitFor();
    await phone.page.evaluate(() => Object.assign(window, { notLoadedAgain: true }));
    const { page } = chair;
    await page.goto(`${base}/agenda`);
    await page.getByText("Adopt the agenda…").click();
    await page.getByLabel("Symbol of the agenda").fill("SIM/ICT/3/1");
    await page.getByRole("button", { name: "The agenda is adopted" }).click();
    await page.getByText("adopted, recorded by Amara Solvane").waitFor();
    await phone.page.getByText("adopted, recorded by Amara Solvane").waitFor(PATIENCE);

    const before = await titles(phone.page);
    expect(before.slice(-2)).toEqual(["Other matters", "Adoption of the report"]);
    await page.evaluate("document.activeElement?.blur()");
    await tabTo(page, "Move Adoption of the report");
    await page.keyboard.press("ArrowUp");
    await page.getByRole("heading", { name: "Why is 7 Adoption of the report moved?" }).waitFor();
    await page.locator("input:focus").waitFor();
    expect(await titles(phone.page)).toEqual(before);
    await page.keyboard.type("The report comes first");
    await page.keyboard.press("Enter");
    const after = [...before.slice(0, -2), "Adoption of the report", "Other matters"];
    await expect.poll(() => titles(page), PATIENCE).toEqual(after);
    await expect.poll(() => titles(phone.page), PATIENCE).toEqual(after);
    await phone.page.getByText("The report comes first").waitFor(PATIENCE);

    const now = phone.page.locator(".item-now");
    expect(await now.innerText()).not.toContain("6");
    const row = page.locator(".tree .r").filter({ has: page.getByRole("link", { name: "Other matters" }) });
    await row.getByRole("button", { name: "Take up now" }).click();
    await now.getByText("6", { exact: true }).waitFor(PATIENCE);
    expect(await phone.page.evaluate(() => "notLoadedAgain" in window)).toBe(true);
    expect(await axeOf(phone.page, "the agenda on a delegate's phone")).toEqual([]);
  });
});

describe("a delegation of three", () => {
  it("[PS6] drafts a position, edits it and releases it, and two others see it then and not before", async () => {
    const others = [dellune, quillan];
    const topic = `${base}/topics/x-infrastructure`;
    const said = ({ page }: Seated) =>
      page.locator("details.said", { has: page.locator('summary .code:text-is("IBR")') });
    const expectUnseen = async () => {
      for (const other of others) {
        expect(await said(other).count()).toBe(0);
        expect(await given(other, topic)).not.toContain("Imbara wants");
      }
    };
    for (const { page } of others) {
      await page.goto(topic);
      await page.getByRole("heading", { name: "Critical infrastructure", level: 1 }).waitFor();
      await page.evaluate(() => Object.assign(window, { notLoadedAgain: true }));
    }
    await expectUnseen();

    const { page } = editor;
    await page.goto(`${base}/drafts/positions/new`);
    await page.getByRole("link", { name: "Critical infrastructure", exact: true }).click();
    await page.getByLabel("A common minimum list").check();
    await page.getByLabel("Summary, in your own words").fill(DRAFTED);
    await page.getByLabel("Source: title").fill("Statement of Imbara");
    await page.getByLabel("Source: date").fill("2026-03-02");
    await page.getByLabel("Source: forum").fill("Third session");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByText(/Saved at edition/).waitFor();
    const draft = new URL(page.url()).pathname;
    await expectUnseen();
    for (const other of others) {
      const { context } = other;
      expect((await context.request.get(draft)).status()).toBe(404);
    }

    const summary = phone.page.getByLabel("Summary, in your own words");
    await phone.page.goto(draft);
    expect(await summary.inputValue()).toBe(DRAFTED);
    await summary.fill(EDITED);
    expect(await phone.page.getByRole("link", { name: "Release…" }).count()).toBe(0);
    await phone.page.getByRole("button", { name: "Save", exact: true }).click();
    await phone.page.waitForURL(/saved=2/);
    expect(await axeOf(phone.page, "the draft on a phone")).toEqual([]);
    await expectUnseen();

    await head.page.goto(draft);
    await head.page.getByRole("link", { name: "Release…" }).click();
    await head.page.locator(".confirm").waitFor();
    await expectUnseen();
    await head.page.getByRole("button", { name: "Release now" }).click();
    await head.page.waitForURL(/\/positions\/[^/]+$/);
    for (const other of others) {
      await expect.poll(() => said(other).count(), PATIENCE).toBe(1);
      await said(other).locator("summary").click();
      expect(await said(other).innerText()).toContain(EDITED);
      expect(await other.page.evaluate(() => "notLoadedAgain" in window)).toBe(true);
    }
  });

  it("[SM5] [SM22] speaks for its group without one member, and each of them reads who aligned and who did not", async () => {
    const title = "On behalf of the Group, on lists";
    const others = [dellune, quillan];
    for (const { page } of [...others, phone]) {
      await page.goto(`${base}/statements`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await page.getByText(title).count()).toBe(0);
    }
    const { page } = editor;
    await page.goto(`${base}/drafts/statements/new`);
    await page
      .getByLabel("Agenda item")
      .selectOption({ label: "5 (d) Protection of critical infrastructure" });
    await page.getByLabel("Title").fill(title);
    await page.locator("#f-body").fill("Thank you, Chair. The Group asks for a short common list.");
    await page.getByLabel("Made for").selectOption({ label: "on behalf of Meridian Group (MERI)" });
    await page.getByLabel("Quillan").check();
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.waitForURL(/saved=1/);
    for (const other of others) {
      expect(await other.page.getByText(title).count()).toBe(0);
      expect(await given(other, `${base}/statements`)).not.toContain(title);
    }

    await head.page.goto(new URL(page.url()).pathname);
    await head.page.getByRole("link", { name: "Release…" }).click();
    await head.page.getByRole("button", { name: "Release now" }).click();
    await head.page.waitForURL(/\/sessions\/[^/]+\/statements\//);
    for (const seated of [dellune, quillan, phone]) {
      const line = seated.page.locator(".statement-list li").filter({ hasText: title });
      await line.getByRole("link").first().click();
      await seated.page.getByRole("heading", { name: title, level: 1 }).waitFor();
      const words = await seated.page.locator("main").innerText();
      expect(words).toContain("3 other members of Meridian Group aligned: Belmora, Dellune, and Halwen.");
      expect(words).toContain("Not aligned: Quillan.");
    }
    expect(await axeOf(phone.page, "the statement on a phone")).toEqual([]);
  });
});
