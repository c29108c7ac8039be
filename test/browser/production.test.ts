/** Production from an empty folder: the secretariat makes in the interface everything that a session needs. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  expectQuiet,
  type Hall,
  openHall,
  type Screen,
  type Seated,
  writing,
} from "#test/support/browser.ts";
import { freePort, type ServerProcess, startProcess } from "#test/support/process.ts";
import {
  addDelegation,
  appointDrafter,
  createText,
  follow,
  formWith,
  invite,
  inviteDelegate,
  readLink,
  setAudience,
  withdrawDrafter,
} from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { walk } from "#test/support/tour.ts";

const PASSWORD = "seven grey herons over the lake";
const NEW_PASSWORD = "a bicycle leans on the old mill";
const ILSE = "ilse@chair.example";
const ALINE = "aline@france.example";
const WANJIRU = "wanjiru@kenya.example";
const OTIENO = "otieno@kenya.example";
const RESOLUTION = "A register of experts for incidents";
const REPORT = "Report of the plenary";
const PHONE = { width: 390, height: 844 } as const;
const PATIENCE = { timeout: 20_000 } as const;

const LABEL = "Editors' reading of published documents. Not validated by any State or organization.";
/** Three States' published readings on due diligence, as the reference data has them. */
const READINGS = [
  {
    code: "AUS",
    place: /Binding obligation/,
    source: "international law applies to the use of ICTs by States: Australia, A/76/136",
    sure: "Confidence: a text stating it was read while compiling.",
    readIn: "Cyber Law Toolkit: Due diligence",
  },
  {
    code: "NZL",
    place: /Voluntary norm/,
    source: "The Application of International Law to State Activity in Cyberspace",
    sure: "Confidence: a text stating it was read while compiling.",
    readIn: "Cyber Law Toolkit: Due diligence",
  },
  {
    code: "USA",
    place: /Voluntary norm/,
    source: "international law applies to the use of ICTs by States: United States",
    sure: "Confidence: general knowledge of the document; not read again.",
    readIn: null,
  },
] as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let secretariat: Seated;
/** "/sessions/…", and the two texts below it. */
let session = "";
let resolution = "";
let report = "";
/** Links that invite, by e-mail address. */
const links = new Map<string, string>();
const people = new Map<string, Seated>();

beforeAll(async () => {
  folder = suiteFolder();
  const port = await freePort();
  server = await startProcess({
    folder: folder.path,
    port,
    env: {
      CHAPEAU_MODE: "production",
      CHAPEAU_ORIGIN: `http://127.0.0.1:${port}`,
      CHAPEAU_SECRET: "a secret for one evening of tests, no longer",
    },
  });
  hall = await openHall();
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** Follows the invitation in a browser of one's own and chooses a password. */
async function accept(email: string, screen: Screen = {}): Promise<Page> {
  const seated = await hall.open(server.url, screen);
  await follow(seated.page, links.get(email) ?? "", PASSWORD);
  people.set(email, seated);
  return seated.page;
}

function seatOf(email: string): Seated {
  const seated = people.get(email);
  if (!seated) throw new Error(`${email} is not there: the invitation before has failed`);
  return seated;
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(ALINE);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Of these addresses those whose page is wider than the screen, with by how much. */
async function widerThanTheScreen(page: Page, addresses: readonly string[]): Promise<string[]> {
  const wider: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    await page.locator("main").waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wider.push(`${address}: ${over} px`);
  }
  return wider;
}

/** The id by which the interface knows somebody: a person who exists, so that only the missing door refuses. */
async function personOf(name: string): Promise<string> {
  const { page } = secretariat;
  await page.goto("/people");
  return page.getByRole("row").filter({ hasText: name }).locator("input[name='person']").first().inputValue();
}

describe("the secretariat prepares a session from an empty folder", () => {
  it("[SI9] [PE7] the printed link makes the first account, whose holder says who they are, once", async () => {
    await expect.poll(() => server.printed(), PATIENCE).toMatch(/\/links\/\S+/);
    const link = /https?:\/\/\S+\/links\/\S+/.exec(server.printed())?.[0] ?? "";
    secretariat = await hall.open(server.url);
    const { page } = secretariat;
    await page.goto(link);
    await page.getByRole("heading", { name: "The first of the secretariat" }).waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Marta Lindqvist");
    await page.getByLabel("E-mail address").fill("marta@secretariat.example");
    await page.getByLabel("New password").fill("password1234");
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Marta Lindqvist");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await page.getByRole("link", { name: "New session" }).waitFor();
    expect(await page.getByRole("link", { name: "Marta Lindqvist" }).count()).toBe(1);

    const second = await hall.open(server.url);
    const again = await second.context.request.get(link);
    expect(await again.text()).toContain("This link does not work");
    await second.close();
  });

  it("[AG6] [AG1] creates a session and puts items on its agenda", async () => {
    const { page } = secretariat;
    await page.getByRole("link", { name: "New session" }).click();
    await page.getByLabel("Title").fill("First substantive plenary");
    await page.getByLabel("Symbol").fill("A/AC.300/2026/1");
    await page.getByLabel("First day").fill("2026-12-07");
    await page.getByLabel("Last day").fill("2026-12-11");
    await page.getByRole("button", { name: "Create the session" }).click();
    await page.waitForURL(/\/sessions\/(?!new)[^/]+$/);
    session = new URL(page.url()).pathname;

    await page.goto(`${session}/agenda`);
    const form = formWith(page, "Add an item");
    await form.getByLabel("Number").fill("5");
    await form.getByLabel("Title").fill("Capacity-building");
    await form.getByRole("button", { name: "Add an item" }).click();
    await page.getByText("Capacity-building", { exact: true }).first().waitFor();
    await form.getByLabel("Number").fill("(a)");
    await form.getByRole("combobox", { name: "Under" }).selectOption({ label: "5 Capacity-building" });
    await form.getByLabel("Title").fill("A register of experts");
    await form.getByRole("button", { name: "Add an item" }).click();
    await page.getByText("A register of experts", { exact: true }).first().waitFor();
    const nested = page.getByRole("listitem").filter({ hasText: "Capacity-building" });
    expect(await nested.getByRole("listitem").filter({ hasText: "A register of experts" }).count()).toBe(1);
  });

  it("[PE1] [PE3] [PE11] invites people, appoints a chair, and names the heads of real States", async () => {
    const { page } = secretariat;
    links.set(ILSE, await invite(page, "Ilse Brouwer", ILSE));
    links.set(ALINE, await invite(page, "Aline Moreau", ALINE));
    links.set(WANJIRU, await invite(page, "Wanjiru Kamau", WANJIRU));
    expect(new Set(links.values()).size).toBe(3);

    await page.goto(`${session}/delegations`);
    await page.getByLabel("Person", { exact: true }).selectOption({ label: "Ilse Brouwer" });
    await page.getByLabel("Office", { exact: true }).selectOption({ label: "Chair" });
    await page.getByRole("button", { name: "Appoint an officer" }).click();
    await page.getByRole("row").filter({ hasText: "Ilse Brouwer" }).getByText("Chair").waitFor();
    await addDelegation(page, session, { entity: "France (FRA)", head: "Aline Moreau" });
    await addDelegation(page, session, { entity: "Kenya (KEN)", head: "Wanjiru Kamau" });
    const kenya = page.getByRole("region", { name: "Kenya", exact: true });
    expect(await kenya.getByRole("button").count()).toBe(0);
  });

  it("[SV21] a link that is shown once stays before its reader while the news of others changes the list behind it", async () => {
    const other = await secretariat.context.newPage();
    const { page } = secretariat;
    const link = await invite(page, "Otieno Baraka", "baraka@kenya.example");
    await invite(other, "Somebody Late", "late@kenya.example");
    await page.getByRole("row").filter({ hasText: "late@kenya.example" }).waitFor();
    expect(await page.locator("[data-link]").innerText()).toBe(link);

    await page.goto("/account");
    await page.goto("/people");
    await page.getByRole("row").filter({ hasText: "late@kenya.example" }).waitFor();
    expect(await page.locator("[data-link]").count()).toBe(0);
    await other.close();
  });

  it("[PE2] each follows their own link in a browser of their own, and nobody can use it again", async () => {
    const chair = await accept(ILSE);
    await chair.goto(session);
    await chair.getByRole("link", { name: "Ilse Brouwer" }).waitFor();
    await accept(WANJIRU);
    await accept(ALINE, PHONE);
    const other = await hall.open(server.url);
    const again = await other.context.request.get(links.get(ALINE) ?? "");
    expect(await again.text()).toContain("This link does not work");
    await other.close();
  });

  it("[PE11] [PE2] a head invites a colleague into the delegation, who drafts with it at once", async () => {
    const { page } = seatOf(WANJIRU);
    const link = await inviteDelegate(page, session, { name: "Otieno Were", email: OTIENO });
    const kenya = page.getByRole("region", { name: "Kenya", exact: true });
    await kenya.getByRole("listitem").filter({ hasText: "Otieno Were" }).getByText("Editor").waitFor();
    links.set(OTIENO, link);
    const colleague = await accept(OTIENO);
    await colleague.goto(`${session}/drafts/positions/new`);
    await colleague.getByText("Ours only: Kenya", { exact: false }).first().waitFor();
  });

  it("[PS11] those who except themselves are picked from all 134 of a group, on a phone and on a desk", async () => {
    const { page } = seatOf(OTIENO);
    await page.goto(`${session}/drafts/positions/new`);
    await page.getByRole("link", { name: "Due diligence", exact: true }).click();
    await page.getByLabel("Taken for").selectOption({ label: "on behalf of Group of 77 and China (G77)" });
    const picker = page.locator(".exceptions");
    await picker.getByLabel("Antigua and Barbuda").waitFor();
    for (const width of [PHONE.width, 1440]) {
      await page.setViewportSize({ width, height: PHONE.height });
      const over = await picker.evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(over, `pixels to the side, ${width} wide`).toBeLessThanOrEqual(0);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `pixels wider than the screen of ${width}`).toBeLessThanOrEqual(0);
    }
  });

  it("[AD9] creates a resolution and a report, appoints a drafter, withdraws and appoints again", async () => {
    const { page } = secretariat;
    const { context } = seatOf(WANJIRU);
    const item = "5 (a) A register of experts";
    const first = { kind: /^Resolution:/, title: RESOLUTION, symbol: "A/AC.300/2026/CRP.1", item };
    resolution = await createText(page, session, first);
    const second = { kind: /^Report:/, title: REPORT, symbol: "A/AC.300/2026/CRP.2", item };
    report = await createText(page, session, second);
    expect((await context.request.get(resolution)).status()).toBe(404);

    await appointDrafter(page, resolution, /Wanjiru Kamau/);
    expect((await context.request.get(resolution)).status()).toBe(200);
    await withdrawDrafter(page, "Wanjiru Kamau");
    expect((await context.request.get(resolution)).status()).toBe(404);
    await appointDrafter(page, resolution, /Wanjiru Kamau/);
  });

  it("[ED12] [AD1] the drafter writes; the delegate's phone shows it once the audience says so, not before", async () => {
    const { page } = seatOf(WANJIRU);
    const phone = seatOf(ALINE);
    await page.goto(resolution);
    const editor = await writing(page);
    await page.getByRole("button", { name: "Begin the text" }).click();
    await page.keyboard.type("Recalling its resolution 80/1 of 4 November 2025,");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Mindful that help which arrives late is no help,");
    await expect.poll(() => editor.locator("section.para").count(), PATIENCE).toBe(2);
    await allSaved(page);

    const nothing = await phone.context.request.get(`${session}/texts/nothing-here`);
    const notYet = await phone.context.request.get(resolution);
    expect([notYet.status(), nothing.status()]).toEqual([404, 404]);
    expect(await notYet.text()).not.toContain("Mindful");

    await setAudience(secretariat.page, resolution, {
      audience: "All delegations",
      shows: "The live wording",
    });
    await phone.page.goto(`${session}/texts`);
    expect(await phone.page.getByRole("link", { name: REPORT }).count()).toBe(0);
    await phone.page.getByRole("link", { name: RESOLUTION }).click();
    const paper = phone.page.locator("main .paper");
    await paper.getByText("help which arrives late is no help,").waitFor();
    expect(await paper.locator("section.para .lab").allInnerTexts()).toEqual(["PP1", "PP2"]);
    expect(await phone.page.locator("[contenteditable='true']").count()).toBe(0);
    const over = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, "pixels wider than the phone").toBeLessThanOrEqual(0);

    await page.keyboard.type(" and that nobody is late on purpose,");
    await paper.getByText("nobody is late on purpose").waitFor();
  });

  it("[AD1] the report stays with the bureau, and the chair writes in it without being appointed", async () => {
    const { page } = seatOf(ILSE);
    await page.goto(report);
    await writing(page);
    await page.getByRole("button", { name: "Begin the text" }).click();
    await page.keyboard.type("The plenary met from 7 to 11 December 2026.");
    await allSaved(page);
    expect((await seatOf(WANJIRU).context.request.get(report)).status()).toBe(404);
  });

  it("[SI2] [PE2] a forgotten password is mended by a link of the secretariat, which ends every other login", async () => {
    const { page } = secretariat;
    await page.goto("/people");
    const row = page.getByRole("row").filter({ hasText: ALINE });
    await row.getByRole("button", { name: "New password link" }).click();
    const link = await readLink(page, "Aline Moreau");

    // Not on the text: for whoever is signed out it is not there, and the page would say so in its console.
    const before = seatOf(ALINE).page;
    await before.goto("/");
    const elsewhere = await hall.open(server.url);
    await follow(elsewhere.page, link, NEW_PASSWORD);
    await before.goto("/");
    await before.getByRole("link", { name: "Sign in" }).waitFor();

    await before.goto("/sign-in");
    await signIn(before, PASSWORD);
    const alert = before.getByRole("alert");
    await alert.getByText("E-mail address and password do not belong together. Check both").waitFor();
    expect(await alert.innerText()).toContain("ask the secretariat for a link");
    expect(await alert.innerText()).not.toContain("Nothing was sent");
    await signIn(before, NEW_PASSWORD);
    await before.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
    await elsewhere.close();
  });

  it("[SI8] the doors of the exercise do not exist", async () => {
    const visitor = await hall.open(server.url);
    await visitor.page.goto("/sign-in");
    expect(await visitor.page.getByRole("button", { name: /^Enter/ }).count()).toBe(0);
    const person = await personOf("Ilse Brouwer");
    const entering = await visitor.context.request.post("/sign-in", {
      form: { intent: "enter", person, to: "/" },
      headers: { origin: server.url, "sec-fetch-site": "same-origin" },
    });
    expect(entering.status()).toBe(400);
    expect(entering.headers()["set-cookie"]).toBeUndefined();
    await visitor.page.goto("/");
    await visitor.page.getByRole("link", { name: "Sign in" }).waitFor();
    await visitor.close();
  });
});

describe("whoever is not signed in reads what real States have published, on a phone", () => {
  let reader: Seated;
  beforeAll(async () => {
    reader = await hall.open(server.url, PHONE);
  });
  afterAll(() => reader.close());

  it("[PS8] three of them on due diligence, each with its source, its label and what was read", async () => {
    const { page } = reader;
    await page.goto("/topics");
    await page.getByRole("link", { name: "Due diligence", exact: true }).click();
    await page.getByRole("heading", { name: "Due diligence", level: 1 }).waitFor();
    for (const { code, place, source, sure, readIn } of READINGS) {
      const said = page
        .getByRole("region", { name: place })
        .locator("details.said", { has: page.locator(`summary b + .code:text-is("${code}")`) });
      await said.locator("summary").click();
      await said.getByText(LABEL).waitFor();
      const words = await said.innerText();
      expect(words).toContain(source);
      expect(words).toContain(sure);
      expect(await said.locator(".say-it").innerText()).toMatch(/\w+ \w+ \w+/);
      expect(await said.locator(".source a").getAttribute("href")).toMatch(/^https?:/);
      const read = said.locator(".reading a");
      expect(await read.allInnerTexts()).toEqual(readIn === null ? [] : [readIn]);
    }
    const asItIs = {
      name: "three readings open",
      open: () => page.locator("details.said[open]").first().waitFor(),
    };
    expect(await walk(page, [asItIs], "everything")).toEqual([]);
  });

  it("[PS8] by search too, where a reading carries the same label", async () => {
    const { page } = reader;
    await page.goto("/search");
    await page.getByRole("searchbox").fill("France due diligence");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    const hit = page.locator(".hit-list li").filter({ hasText: "Not validated" }).first();
    await hit.waitFor();
    expect(await hit.innerText()).toContain(LABEL);
    expect(await hit.innerText()).toMatch(/Confidence: /);
  });

  it("[PS17] in the session's table, where the first State is on the first screen", async () => {
    const { page } = reader;
    await page.goto(`${session}/positions`);
    const first = page.locator(".mx tbody th .entity-name").first();
    const top = await first.evaluate((one) => one.getBoundingClientRect().top);
    expect(top, "of the first State, in pixels").toBeLessThan(PHONE.height - 100);
    const scale = page.locator(".mx .sl td").first();
    expect(await scale.locator("ol").isVisible()).toBe(false);
    await scale.locator("summary").click();
    await scale.locator("ol").waitFor();
    await page.locator("summary").filter({ hasText: "What is shown" }).click();
    await page.getByLabel("Regional group", { exact: true }).selectOption({ label: "African States (AFR)" });
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/region=/);
    await page.getByLabel("Regional group", { exact: true }).waitFor({ state: "hidden" });
  });

  it("[PS17] in the session's table on paper, where no head runs into the next and none of their words is broken", async () => {
    const paper = await hall.open(server.url, { width: 1032, height: 728 });
    await paper.page.goto(`${session}/positions`);
    await paper.page.emulateMedia({ media: "print" });
    const heads = await paper.page.locator(".mx thead th:has(.q)").evaluateAll((all) =>
      all.map((head) => {
        const words = head.querySelector(".q")?.getBoundingClientRect();
        const text = head.querySelector(".q")?.firstChild;
        const broken = [...(text?.textContent ?? "").matchAll(/[^\s-]+/g)].filter(({ 0: word, index }) => {
          const range = document.createRange();
          if (text) range.setStart(text, index);
          if (text) range.setEnd(text, index + word.length);
          return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
        });
        return {
          words: head.textContent,
          over: (words?.right ?? 0) - head.getBoundingClientRect().right,
          broken: broken.map(([word]) => word),
          hyphens: getComputedStyle(head.querySelector(".q") ?? head).hyphens,
        };
      }),
    );
    expect(heads).toHaveLength(12);
    expect(heads.filter(({ over }) => over > 0)).toEqual([]);
    expect(heads.filter(({ broken, hyphens }) => broken.length > 0 || hyphens === "auto")).toEqual([]);
    // The paper is as wide as the table.
    const wide = await paper.page.locator(".mx").evaluate((one) => one.scrollWidth);
    expect(wide, "of the table, in pixels").toBeLessThanOrEqual(1032);
    await paper.close();
  });

  it("[RF13] and what the secretariat corrected, took down and put back of it, with the reason and not the person", async () => {
    const { page } = secretariat;
    const topic = `${session}/topics/due-diligence`;
    const said = (on: Page) =>
      on.locator("details.said", { has: on.locator('summary .code:text-is("NZL")') });
    await page.goto(topic);
    await said(page).locator("summary").click();
    await said(page).getByRole("link", { name: "Open this position" }).click();
    await page.waitForURL(/\/positions\/[^/]+$/);
    const first = new URL(page.url()).pathname;
    const stop = { name: "a reading, to be corrected", open: () => page.locator(".form").first().waitFor() };
    await page.getByText("Correct this reading").click();
    expect(await walk(page, [stop], "everything")).toEqual([]);
    await page
      .getByLabel("Summary, in the editors’ own words")
      .fill("Points to the agreed voluntary norm alone.");
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    await page.locator(".summary").getByText("Say why").waitFor();
    const summary = page.getByLabel("Summary, in the editors’ own words");
    expect(await summary.inputValue()).toBe("Points to the agreed voluntary norm alone.");
    await page.getByLabel("Reason").fill("Read again, paragraph 17");
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== first);
    const now = page.locator(".say-it");
    await now.getByText("Points to the agreed voluntary norm alone.", { exact: true }).waitFor();

    await page.getByRole("link", { name: "Take it down…" }).click();
    await page.locator(".confirm").getByLabel("Reason").fill("Not a national position");
    const corrected = new URL(page.url()).pathname;
    await page.getByRole("button", { name: "Take it down", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== corrected);
    const down = new URL(page.url()).pathname;
    await reader.page.goto(down);
    const words = await reader.page.locator("main").innerText();
    for (const one of [
      "Taken down by the secretariat",
      "Not a national position",
      "Read again, paragraph 17",
    ]) {
      expect(words).toContain(one);
    }
    expect(words).not.toContain("Marta");
    expect(await reader.page.getByText("For the secretariat").count()).toBe(0);
    await reader.page.goto(topic);
    await reader.page.getByRole("heading", { name: "Due diligence", level: 1 }).waitFor();
    expect(await said(reader.page).count()).toBe(0);

    await page.getByRole("link", { name: "Put it back on record…" }).click();
    await page.locator(".confirm").getByLabel("Reason").fill("It is one after all");
    await page.getByRole("button", { name: "Put it back", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== down);
    await reader.page.goto(topic);
    await said(reader.page).locator("summary").waitFor();
  });

  it("axe finds nothing in the table, nor in what search finds of a State", async () => {
    const stops = [`${session}/positions?region=weog`, "/search?q=france&kind=positions"];
    expect(
      await walk(
        reader.page,
        stops.map((open) => ({ name: open, open })),
        "everything",
      ),
    ).toEqual([]);
  });

  it.each(["en", "ar"])("no page is wider than the phone, in the language %s", async (language) => {
    const cookie = { name: "language", value: language, url: server.url };
    await reader.context.addCookies([cookie]);
    const pages = ["/topics/due-diligence", "/topics/due-diligence?group=g77-china", "/entities/fra"];
    const found = ["/search?q=france", "/search?q=france&kind=positions"];
    const open = [...pages, ...found, `${session}/positions`];
    expect(await widerThanTheScreen(reader.page, open)).toEqual([]);

    await secretariat.context.addCookies([cookie]);
    await secretariat.page.setViewportSize(PHONE);
    const adding = `${session}/delegations/add`;
    const forms = [adding, `${adding}?group=g77-china&capacity=participant`];
    expect(await widerThanTheScreen(secretariat.page, forms)).toEqual([]);
    expect(await secretariat.page.locator(".group-preview .entity-cloud").first().isVisible()).toBe(true);
  });
});
