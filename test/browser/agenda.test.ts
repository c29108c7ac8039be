/** The agenda in the browser: dragged, moved by keys and without a script, adopted, and seen at once on every page. */
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectQuiet, type Hall, openHall, type Seated } from "#test/support/browser.ts";
import { docxOf, pdfOf } from "#test/support/files.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

const PATIENCE = { timeout: 20_000 } as const;
const PHONE = { width: 390, height: 844 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
/** The chair, a delegate on a phone, the secretariat. */
let amara: Seated;
let jonas: Seated;
let anke: Seated;
let session = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  hall = await openHall();
  amara = await hall.enter(server.url, "Amara Solvane");
  jonas = await hall.enter(server.url, "Jonas Teyl", PHONE);
  anke = await hall.enter(server.url, "Anke Brandt");
  session = new URL(amara.page.url()).pathname;
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

/** Numbers and titles in the order in which the page shows them. */
const rows = (page: Page): Promise<string[]> =>
  page
    .locator(".tree .r")
    .evaluateAll((all) =>
      all.map(
        (row) => `${row.querySelector("b")?.textContent ?? ""} ${row.querySelector("a")?.textContent ?? ""}`,
      ),
    );

const expectRows = (page: Page, wanted: readonly string[]) =>
  expect.poll(() => rows(page), PATIENCE).toEqual(wanted);

const rowOf = (page: Page, title: string): Locator =>
  page.locator(".tree .r").filter({ has: page.getByRole("link", { name: title, exact: true }) });

const gripOf = (page: Page, title: string): Locator =>
  page.getByRole("button", { name: `Move ${title}`, exact: true });

/** Drags by the handle to a height of another row: 0 its upper end, 1 its lower. */
async function drag(
  page: Page,
  title: string,
  to: { readonly onto: string; readonly at: number },
): Promise<void> {
  const grip = await gripOf(page, title).boundingBox();
  const row = await rowOf(page, to.onto).boundingBox();
  if (!grip || !row) throw new Error(`${title} or ${to.onto} is not on the page`);
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(row.x + 120, row.y + row.height * to.at, { steps: 4 });
  await page.mouse.up();
}

describe("an item of the agenda", () => {
  it("is gone to without loading the page anew, and back", async () => {
    const { page } = jonas;
    await page.goto(`${session}/agenda`);
    const link = page.locator(".tree a").first();
    // Before its script is there a press would load the page whole.
    const isAlive = () =>
      link.evaluate((it) => Object.keys(it).some((key) => key.startsWith("__reactProps")));
    await expect.poll(isAlive, PATIENCE).toBe(true);
    await page.evaluate("window.wasHere = true");
    const address = (await link.getAttribute("href")) ?? "";
    await link.click();
    await page.waitForURL(`**${address}`);
    await page.locator("#statements").waitFor();
    expect(await page.evaluate("window.wasHere")).toBe(true);
    await page.goBack();
    await page.locator(".tree a").first().waitFor();
    expect(await page.evaluate("window.wasHere")).toBe(true);
  });
});

describe("the item under discussion", () => {
  it("[AG15] is seen on a delegate's phone as soon as the chair takes it up, whatever page is open there", async () => {
    await jonas.page.goto(`${session}/positions`);
    const now = jonas.page.locator(".item-now");
    await now.getByText("5 (e)").waitFor();
    await jonas.page.evaluate(() => Object.assign(window, { notLoadedAgain: true }));
    await amara.page.goto(`${session}/agenda`);
    const row = rowOf(amara.page, "Other matters");
    await row.getByRole("button", { name: "Take up now" }).click();
    await now.getByText("6", { exact: true }).waitFor(PATIENCE);
    await row.and(amara.page.locator(".now")).waitFor();
    expect(await jonas.page.evaluate(() => "notLoadedAgain" in window)).toBe(true);
    await jonas.page.goto(`${session}/agenda`);
    const shown = rowOf(jonas.page, "Other matters");
    await shown.getByText("now").waitFor();
    await row.getByRole("combobox", { name: "Status: Other matters" }).selectOption("concluded");
    await row.getByRole("button", { name: "Set" }).click();
    await shown.getByText("concluded").waitFor(PATIENCE);
    await expect.poll(() => now.innerText(), PATIENCE).toBe("");
  });
});

describe("a new agenda", () => {
  let made = "";

  it("[AG3] [AG11] is arranged by dragging: before, behind and under another item", async () => {
    const { page } = anke;
    await page.goto("/sessions/new");
    await page.getByLabel("Title").fill("Intersessional");
    await page.getByLabel("Symbol").fill("SIM/ICT/4/1");
    await page.getByLabel("First day").fill("2027-10-04");
    await page.getByLabel("Last day").fill("2027-10-08");
    await page.getByRole("button", { name: "Create the session" }).click();
    await page.waitForURL(/\/sessions\/(?!new)[^/]+$/);
    made = new URL(page.url()).pathname;
    await page.goto(`${made}/agenda`);
    const form = page.locator("form").filter({ has: page.getByRole("heading", { name: "Add an item" }) });
    for (const [index, title] of ["Opening", "Threats", "Norms", "Closing"].entries()) {
      await expect.poll(() => form.getByLabel("Number").inputValue()).toBe(String(index + 1));
      await form.getByLabel("Title").fill(title);
      await form.getByRole("button", { name: "Add an item" }).click();
      await rowOf(page, title).waitFor();
    }
    await drag(page, "Closing", { onto: "Threats", at: 0.1 });
    await expectRows(page, ["1 Opening", "4 Closing", "2 Threats", "3 Norms"]);
    await drag(page, "Closing", { onto: "Norms", at: 0.9 });
    await expectRows(page, ["1 Opening", "2 Threats", "3 Norms", "4 Closing"]);
    await drag(page, "Norms", { onto: "Threats", at: 0.5 });
    await expectRows(page, ["1 Opening", "2 Threats", "(a) Norms", "4 Closing"]);
    // Escape gives up.
    const grip = await gripOf(page, "Closing").boundingBox();
    await page.mouse.move((grip?.x ?? 0) + 3, (grip?.y ?? 0) + 3);
    await page.mouse.down();
    await page.mouse.move(200, (grip?.y ?? 0) - 90, { steps: 3 });
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expectRows(page, ["1 Opening", "2 Threats", "(a) Norms", "4 Closing"]);
  });

  it("[AG3] is arranged by the keys of the handle, which keeps the focus", async () => {
    const { page } = anke;
    await gripOf(page, "Norms").focus();
    await page.keyboard.press("ArrowLeft");
    await expectRows(page, ["1 Opening", "2 Threats", "5 Norms", "4 Closing"]);
    const press = async (key: string, wanted: readonly string[]) => {
      await page.locator("button.grip:focus").waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
        "Move Norms",
      );
      await page.keyboard.press(key);
      await expectRows(page, wanted);
    };
    await press("ArrowUp", ["1 Opening", "5 Norms", "2 Threats", "4 Closing"]);
    await press("ArrowDown", ["1 Opening", "2 Threats", "5 Norms", "4 Closing"]);
    await press("ArrowRight", ["1 Opening", "2 Threats", "(a) Norms", "4 Closing"]);
    await page.getByRole("button", { name: "Move down: Opening" }).click();
    await expectRows(page, ["2 Threats", "(a) Norms", "1 Opening", "4 Closing"]);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), PATIENCE)
      .toBe("Move down: Opening");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await expectRows(page, ["1 Opening", "2 Threats", "(a) Norms", "4 Closing"]);
  });

  it("[AG12] [AG13] is adopted, and asks for a reason from then on, which everybody reads", async () => {
    const { page } = anke;
    await page.getByText("Provisional").waitFor();
    await page.getByText("Adopt the agenda…").click();
    expect(await page.getByLabel("Symbol of the agenda").inputValue()).toBe("SIM/ICT/4/1");
    await page.getByRole("button", { name: "The agenda is adopted" }).click();
    await page.getByText("adopted, recorded by Anke Brandt").waitFor();
    await page.getByText("The agenda stands as it was adopted.").waitFor();

    await gripOf(page, "Norms").focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "Why is 2 (a) Norms moved?" }).waitFor();
    await page.locator("input:focus").waitFor();
    await page.keyboard.type("Norms are an item of their own");
    await page.keyboard.press("Enter");
    await expectRows(page, ["1 Opening", "2 Threats", "5 Norms", "4 Closing"]);
    await jonas.page.goto(`${made}/agenda`);
    const changes = jonas.page.getByRole("region", { name: "Changes since adoption" });
    await changes.getByText("Norms are an item of their own").waitFor();
    await changes.getByText("Anke Brandt").waitFor();

    await page.getByLabel("Edit Closing").click();
    await page.getByText("Take off the agenda…").last().click();
    const last = page.getByRole("button", { name: "Take it off" }).last();
    await page
      .locator("form")
      .filter({ has: last })
      .getByLabel("Reason for the change")
      .fill("Merged with item 5");
    await last.click();
    await expectRows(page, ["1 Opening", "2 Threats", "5 Norms"]);
    await changes.getByText("Merged with item 5").waitFor(PATIENCE);
  });

  it("[AG3] stands still while its script arrives: whoever presses early presses what is there", async () => {
    for (const screen of [{}, PHONE]) {
      const { page, close } = await hall.enter(server.url, "Anke Brandt", screen);
      const places = () =>
        page
          .locator(".tree .r :is(a, summary, select)")
          .evaluateAll((all) =>
            all.map((one) => one.getBoundingClientRect()).map(({ x, y }) => [Math.round(x), Math.round(y)]),
          );
      // As the page stands before any script of it runs.
      await page.route(/\.js$/, (route) => route.abort());
      await page.goto(`${made}/agenda`);
      const before = await places();
      expect(before.length).toBeGreaterThan(6);
      await page.unroute(/\.js$/);
      await page.goto(`${made}/agenda`);
      await gripOf(page, "Threats").waitFor();
      expect(await places()).toEqual(before);
      await close();
    }
  });

  it("[AG3] takes two rows for each item on a chair's phone, and its steps are words under Edit", async () => {
    const { page, close } = await hall.enter(server.url, "Anke Brandt", PHONE);
    await page.goto(`${made}/agenda`);
    await gripOf(page, "Threats").waitFor();
    const linesOf = (title: string) =>
      rowOf(page, title).evaluate((row) => {
        const boxes = [...row.querySelectorAll("a, b, summary, select, button")]
          .filter((one) => one.checkVisibility())
          .map((one) => one.getBoundingClientRect())
          .toSorted((a, b) => a.top - b.top);
        const lines: number[] = [];
        for (const { top, bottom } of boxes) {
          if (lines.length === 0 || top >= (lines.at(-1) ?? 0)) lines.push(bottom);
        }
        const { scrollWidth, clientWidth } = document.documentElement;
        return { lines: lines.length, across: scrollWidth - clientWidth };
      });
    for (const title of ["Opening", "Threats", "Norms"]) {
      expect([title, await linesOf(title)]).toEqual([title, { lines: 2, across: 0 }]);
    }
    await page.getByLabel("Edit Norms").click();
    expect((await linesOf("Norms")).across).toBe(0);
    await page.getByRole("button", { name: "Move up", exact: true }).click();
    await page.getByRole("heading", { name: /Norms moved\?$/ }).waitFor();
    await close();
  });

  it("[AG3] [AG13] is arranged without a script as well, and what was pressed is kept until the reason is given", async () => {
    const { page, close } = await hall.open(server.url, { script: false });
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Enter as Anke Brandt" }).click();
    await page.goto(`${made}/agenda`);
    expect(await page.locator("button.grip").count()).toBe(0);
    await page.getByRole("button", { name: "Move up: Norms" }).click();
    await page.getByRole("heading", { name: "Why is 5 Norms moved?" }).waitFor();
    await page.locator("section.confirm").getByLabel("Reason for the change").fill("Heard first");
    await page.getByRole("button", { name: "Move it" }).click();
    await expectRows(page, ["1 Opening", "5 Norms", "2 Threats"]);
    await page.getByText("Heard first").waitFor();
    await close();
  });

  it("[AG14] does not let go of an item that a text stands under, and says what to do", async () => {
    const { page } = amara;
    await page.goto(`${session}/agenda`);
    await page.getByLabel("Edit Assistance and capacity-building").click();
    const item = page
      .locator("li")
      .filter({ has: page.getByLabel("Edit Assistance and capacity-building") })
      .last();
    await item.getByText("Take off the agenda…").click();
    await item.getByLabel("Reason for the change").last().fill("Gone");
    await item.getByRole("button", { name: "Take it off" }).click();
    await page
      .getByRole("alert")
      .getByText(/stand under 5 \(e\).*Conclude the item instead/)
      .waitFor();
    expect(await item.getByLabel("Reason for the change").last().inputValue()).toBe("Gone");
  });
});

describe("a document", () => {
  it("[AG16] [UP6] is put in as a file, refused with the reason when it carries macros, and downloaded by a delegate", async () => {
    const { page } = amara;
    await page.goto(`${session}/agenda`);
    await page.locator(".tree").getByRole("link", { name: "Organization of work" }).click();
    await page.getByRole("link", { name: "Add or remove" }).click();
    const form = page.locator("form").filter({ has: page.getByRole("heading", { name: "Put in a file" }) });
    await form.getByLabel("Symbol").fill("SIM/ICT/2027/CRP.9");
    await form.getByLabel("Title").fill("Work by day");
    await form.getByLabel("Reason for the change").fill("Asked for by the floor");
    const macros = docxOf("x", { name: "word/vbaProject.bin", content: "x" });
    const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    await form.getByLabel("File").setInputFiles({ name: "pow.docx", mimeType: word, buffer: macros });
    await form.getByRole("button", { name: "Add" }).click();
    await page
      .getByRole("alert")
      .getByText(/carries macros or scripts/)
      .waitFor();
    expect(await form.getByLabel("Title").inputValue()).toBe("Work by day");
    expect(await form.getByLabel("Reason for the change").inputValue()).toBe("Asked for by the floor");
    const buffer = pdfOf("Programme of work, as revised");
    await form.getByLabel("File").setInputFiles({ name: "pow.pdf", mimeType: "application/pdf", buffer });
    await form.getByRole("button", { name: "Add" }).click();
    await page.getByRole("link", { name: "Work by day", exact: true }).waitFor();

    await jonas.page.goto(`${session}/agenda`);
    await jonas.page.getByText("1 document").waitFor();
    const changes = jonas.page.getByRole("region", { name: "Changes since adoption" });
    await changes.getByText("Asked for by the floor").waitFor();
    await jonas.page.getByRole("link", { name: "Organization of work" }).click();
    const downloading = jonas.page.waitForEvent("download");
    await jonas.page.getByRole("link", { name: "Work by day" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("pow.pdf");
    const pieces: Buffer[] = [];
    for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(buffer)).toBe(true);
  });

  it("[AG16] [AG18] is removed with a reason that everybody reads, and whoever comes too late is told by whom", async () => {
    const { page } = amara;
    const here = new URL(page.url()).pathname;
    const remove = { name: "Remove: Work by day" } as const;
    const review = (where: Page) => where.locator("section.confirm");
    const why = (where: Page) => review(where).getByLabel("Reason for the change");
    const late = [
      await hall.enter(server.url, "Anke Brandt"),
      await hall.open(server.url, { script: false }),
    ];
    await late[1]?.page.goto("/sign-in");
    await late[1]?.page.getByRole("button", { name: "Enter as Anke Brandt" }).click();
    for (const { page: other } of late) {
      await other.goto(here);
      await other.getByRole("link", remove).click();
      await why(other).fill("Superseded by CRP.10");
    }
    // Escape gives up, and leaves whoever came by keyboard where they were.
    await page.getByRole("link", remove).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Remove “.*Work by day”\?$/ }).waitFor();
    await page.keyboard.press("Escape");
    await review(page).waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(remove.name);
    await page.keyboard.press("Enter");
    await why(page).fill("Put in by mistake");
    await review(page).getByRole("button", { name: "Remove" }).click();
    await page.getByRole("link", remove).waitFor({ state: "detached" });
    await review(page).waitFor({ state: "detached" });

    await jonas.page.goto(`${session}/agenda`);
    const changes = jonas.page.getByRole("region", { name: "Changes since adoption" });
    const change = changes.getByRole("listitem").filter({ hasText: "Put in by mistake" });
    await change.getByText("Amara Solvane").waitFor();

    await late[1]?.page.getByRole("button", { name: "Remove", exact: true }).click();
    for (const { page: other, close } of late) {
      await review(other)
        .getByText(/Amara Solvane removed .*Work by day on .*add it again\./)
        .waitFor(PATIENCE);
      expect(await why(other).inputValue()).toBe("Superseded by CRP.10");
      expect(await review(other).getByRole("button").count()).toBe(0);
      await close();
    }
  });
});
