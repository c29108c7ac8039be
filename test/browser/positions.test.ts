/** Positions in the browser: a table for the keyboard, for a phone and without script; a group's position with an exception. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall, type Seated } from "#test/support/browser.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let table = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  const { page, close } = await hall.enter(server.url, "Efua Osei");
  table = `${new URL(page.url()).pathname}/positions`;
  await close();
}, 240_000);

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** The words of the cell that has the focus, without its source. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const cell = document.activeElement?.closest("td, th");
    return (cell?.querySelector(".w, .no, .q, .entity-name") ?? cell)?.textContent ?? "nothing";
  });
}

/** The cell of an entity, by its code, on a topic, by its column. */
function cell(page: Page, code: string, column: number) {
  const row = page.locator(".mx tbody tr:not(.rg, .sl)", {
    has: page.locator(`th .code:text-is("${code}")`),
  });
  return row.locator("td").nth(column);
}

async function columnOf(page: Page, topic: string): Promise<number> {
  const heads = await page.locator(".mx thead .q").allInnerTexts();
  return heads.indexOf(topic);
}

describe("the table", () => {
  let seat: Seated;
  beforeAll(async () => {
    seat = await hall.open(server.url);
  });
  afterAll(() => seat.close());

  it("[PS19] is one stop of the Tab key, and its cells are reached by the arrow keys", async () => {
    const { page } = seat;
    await page.goto(table);
    await page.locator(".mx[role='grid']").waitFor();
    expect(await page.locator(".mx [tabindex='0']").count()).toBe(1);
    await page.locator(".mx [tabindex='0']").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    const [first, second] = await page.locator(".mx thead .q").allInnerTexts();
    expect(await focused(page)).toBe(first);
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe(second);
    await page.keyboard.press("Home");
    await page.keyboard.press("End");
    const last = (await page.locator(".mx thead .q").allInnerTexts()).at(-1);
    expect(await focused(page)).toBe(last);
    // Past the scales and a heading the column is the same again.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const columns = await page.locator(".mx thead .q").count();
    expect(
      await page.evaluate(() => document.activeElement?.closest<HTMLTableCellElement>("td, th")?.cellIndex),
    ).toBe(columns);
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Home");
    const names = await page.locator(".mx tbody .entity-name").allInnerTexts();
    expect(await focused(page)).toBe(names.at(-1));
    expect(await page.locator(".mx [tabindex='0']").count()).toBe(1);
  });

  it("[PS19] [PS14] opens a cell beside it with Enter, and Escape gives the focus back", async () => {
    const { page } = seat;
    await page.goto(table);
    await page.locator(".mx[role='grid']").waitFor();
    const column = await columnOf(page, "Due diligence");
    const halwen = cell(page, "HLW", column).getByRole("button");
    await halwen.focus();
    await page.keyboard.press("Enter");
    const sheet = page.locator(".aside");
    await sheet.getByRole("heading", { name: "Halwen HLW" }).waitFor();
    const said = await sheet.innerText();
    expect(said).toContain("In Halwen’s own words");
    expect(said).toContain("Meridian Group, of which Halwen is a member");
    expect(said).toContain("Halwen excepted itself.");
    expect(said).toContain("SIM/ICT/3/WP.4");
    expect(await halwen.getAttribute("aria-current")).toBe("true");
    expect(await sheet.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    expect(await halwen.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(new URL(page.url()).search).toBe("");
  });

  it("[PS17] is filtered, and says so in its address", async () => {
    const { page } = seat;
    await page.goto(table);
    await page.getByLabel("Regional group", { exact: true }).selectOption({ label: "Shelf States (SHLF)" });
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/region=x-shelf/);
    await expect
      .poll(() => page.locator(".mx tbody .entity-name").allInnerTexts())
      .toEqual(["Averin", "Corvane", "Jorvale", "Sarrow"]);
    await page.reload();
    expect(await page.locator(".mx tbody .entity-name").count()).toBe(4);
  });

  it("[PS17] works without script: filters, and a cell beside it", async () => {
    const { page, close } = await hall.open(server.url, { script: false });
    await page.goto(table);
    await page.getByLabel("Group", { exact: true }).selectOption({ label: "Meridian Group (MERI)" });
    await page.getByRole("button", { name: "Show", exact: true }).click();
    expect(await page.locator(".mx tbody .entity-name").allInnerTexts()).not.toContain("Averin");
    const column = await columnOf(page, "Due diligence");
    await cell(page, "HLW", column).getByRole("button").click();
    await page.locator(".aside").getByRole("heading", { name: "Halwen HLW" }).waitFor();
    expect(new URL(page.url()).searchParams.get("group")).toBe("x-meri");
    expect(await cell(page, "HLW", column).getByRole("button").getAttribute("aria-current")).toBe("true");
    await close();
  });

  it("[PS24] leads to a topic and an entity under the session's bar, and from there back into the session", async () => {
    const { page, close } = await hall.open(server.url, { script: false });
    await page.goto(table);
    const session = table.replace(/\/positions$/, "");
    const agenda = page.locator("header.bar").getByRole("link", { name: "Agenda", exact: true });
    await page.locator(".mx thead .q", { hasText: "Due diligence" }).click();
    await page.getByRole("heading", { name: "Due diligence", level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${session}/topics/x-due-diligence`);
    expect(await page.locator("header.bar").count()).toBe(1);
    expect(await agenda.getAttribute("href")).toBe(`${session}/agenda`);
    await page.locator("details.said summary").first().click();
    await page.locator("details.said[open] a.entity-name").first().click();
    await page.waitForURL(/\/entities\/[^/]+$/);
    expect(new URL(page.url()).pathname.startsWith(`${session}/entities/`)).toBe(true);
    expect(await agenda.getAttribute("href")).toBe(`${session}/agenda`);
    const onward = await page.locator("main a[href*='/positions/']").first().getAttribute("href");
    expect(onward?.startsWith(`${session}/positions/`)).toBe(true);
    // Outside of a session it is the installation's bar.
    await page.goto("/topics/x-due-diligence");
    expect(await agenda.count()).toBe(0);
    await close();
  });

  it("[PS19] keeps its heads in sight on a phone, whichever way it is scrolled", async () => {
    const { page, close } = await hall.open(server.url, { width: 390, height: 844 });
    await page.goto(table);
    await page.locator(".mx[role='grid']").waitFor();
    await page.locator(".mx-wrap").evaluate((one) => one.scrollTo(600, 400));
    const seen = await page.evaluate(() => {
      const wrap = document.querySelector(".mx-wrap")?.getBoundingClientRect();
      const head = document.querySelector(".mx thead")?.getBoundingClientRect();
      const name = [...document.querySelectorAll(".mx tbody tr:not(.rg, .sl) th")]
        .map((one) => one.getBoundingClientRect())
        .find(({ top }) => top > (head?.bottom ?? 0));
      return { above: (head?.top ?? 0) - (wrap?.top ?? 0), beside: (name?.left ?? -1) - (wrap?.left ?? 0) };
    });
    expect(Math.abs(seen.above)).toBeLessThan(2);
    expect(Math.abs(seen.beside)).toBeLessThan(2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await close();
  });
});

describe("a position on behalf of a group", () => {
  it("[PS11] [PS13] [PS6] is drafted with an exception, released by the head, and counts for the others, then and not before", async () => {
    const editor = await hall.enter(server.url, "Zara Bello");
    const head = await hall.enter(server.url, "Tomi Okoru");
    const other = await hall.enter(server.url, "Mira Ilves");
    await other.page.goto(table);
    const column = await columnOf(other.page, "Critical infrastructure");
    await expect.poll(() => cell(other.page, "DLN", column).innerText()).toBe("not recorded");

    const { page } = editor;
    await page.goto(`${table.replace(/positions$/, "drafts")}/positions/new`);
    await page.getByRole("link", { name: "Critical infrastructure", exact: true }).click();
    await page.getByLabel("A common minimum list").check();
    await page.getByLabel("Summary, in your own words").fill("The Group asks for a short common list.");
    await page.getByLabel("Taken for").selectOption({ label: "on behalf of Meridian Group (MERI)" });
    await page.getByLabel("Quillan").check();
    await page.getByLabel("Source: title").fill("Statement of the Group");
    await page.getByLabel("Source: date").fill("2026-03-02");
    await page.getByLabel("Source: forum").fill("Third session");
    await page.getByRole("button", { name: "Save for us only" }).click();
    await page.getByText(/Saved at edition/).waitFor();
    const draft = new URL(page.url()).pathname;
    expect(await page.getByLabel("Quillan").isChecked()).toBe(true);
    expect(await cell(other.page, "DLN", column).innerText()).toBe("not recorded");

    await head.page.goto(draft);
    await head.page.getByRole("link", { name: "Release…" }).click();
    const asked = await head.page.locator(".confirm").innerText();
    expect(asked).toContain("On behalf of Meridian Group (MERI)");
    expect(asked).toContain("Not aligned: Quillan.");
    await head.page.getByRole("button", { name: "Release now" }).click();
    await head.page.waitForURL(/\/positions\/[^/]+$/);

    // The open table of another delegation, without being loaded again.
    await expect
      .poll(() => cell(other.page, "DLN", column).innerText(), { timeout: 20_000 })
      .toContain("via MERI");
    expect(await cell(other.page, "QLN", column).innerText()).toBe("not recorded");
    expect(await cell(other.page, "AVN", column).innerText()).toBe("not recorded");
    for (const seated of [editor, head, other]) await seated.close();
  });

  it("[PS16] is withdrawn by its head with a reason, and nothing stands in its place", async () => {
    const { page, close } = await hall.enter(server.url, "Tomi Okoru");
    await page.goto(table);
    const column = await columnOf(page, "Critical infrastructure");
    await cell(page, "MERI", column).getByRole("button").click();
    await page.getByRole("link", { name: "Open this position" }).click();
    await page.getByRole("link", { name: "Withdraw…" }).click();
    await page.getByRole("button", { name: "Withdraw now" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Why it is withdrawn").fill("The Group is still consulting.");
    await page.getByRole("button", { name: "Withdraw now" }).click();
    await page.getByText("The Group is still consulting.").waitFor();
    expect(await page.locator(".over-time").innerText()).toContain("withdrawn later");
    await page.goto(table);
    expect(await cell(page, "DLN", column).innerText()).toBe("not recorded");
    await close();
  });

  it("[PS16] [PS15] keeps the reason of a head whose colleague was sooner, and leads to what stands", async () => {
    const asked = await hall.enter(server.url, "Tomi Okoru");
    const late = await hall.open(server.url, { script: false });
    const colleague = await hall.enter(server.url, "Tomi Okoru");
    const drafts = `${table.replace(/positions$/, "drafts")}/positions/new`;
    const release = async (summary: string) => {
      const { page } = colleague;
      await page.goto(drafts);
      await page.getByRole("link", { name: "Critical infrastructure", exact: true }).click();
      await page.getByLabel("A common minimum list").check();
      await page.getByLabel("Summary, in your own words").fill(summary);
      await page.getByLabel("Source: title").fill(summary);
      await page.getByLabel("Source: date").fill("2026-03-02");
      await page.getByRole("button", { name: "Save for us only" }).click();
      await page.getByText(/Saved at edition/).waitFor();
      await page.getByRole("link", { name: "Release…" }).click();
      await page.getByRole("button", { name: "Release now" }).click();
      await page.waitForURL(/\/sessions\/[^/]+\/positions\/[^/]+$/);
      return new URL(page.url()).pathname;
    };
    const first = await release("A first paper");
    await late.page.goto("/sign-in");
    await late.page.getByRole("button", { name: "Enter as Tomi Okoru" }).click();
    await late.page.waitForURL(/\/sessions\//);
    for (const { page } of [asked, late]) {
      await page.goto(first);
      await page.getByRole("link", { name: "Withdraw…" }).click();
      await page.getByLabel("Why it is withdrawn").fill("We are still consulting.");
    }
    const second = await release("A second paper");

    // The news comes while the reason is being typed.
    const form = asked.page.locator(".confirm");
    await form.getByText("does not stand any more").waitFor();
    expect(await form.getByLabel("Why it is withdrawn").inputValue()).toBe("We are still consulting.");
    expect(await form.getByRole("button", { name: "Withdraw now" }).count()).toBe(0);
    expect(await form.getByRole("link", { name: "A second paper" }).getAttribute("href")).toBe(second);

    // It was sent from an older page.
    await late.page.getByRole("button", { name: "Withdraw now" }).click();
    const refused = late.page.locator(".confirm");
    expect(await refused.getByRole("alert").innerText()).toContain("does not stand any more");
    expect(await refused.getByLabel("Why it is withdrawn").inputValue()).toBe("We are still consulting.");
    expect(await refused.getByRole("link", { name: "A second paper" }).getAttribute("href")).toBe(second);
    await refused.getByRole("link", { name: "A second paper" }).click();
    expect(new URL(late.page.url()).pathname).toBe(second);
    expect(await late.page.locator(".confirm").count()).toBe(0);
    for (const seated of [asked, late, colleague]) await seated.close();
  });
});
