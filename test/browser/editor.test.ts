/** The editor as its people use it: real keys, a real pointer, a real clipboard event. */
import type { Locator, Page, WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  caretAfter,
  expectQuiet,
  type Hall,
  openHall,
  openText,
  paragraphWith,
  writing,
} from "#test/support/browser.ts";
import { type Cable, layCable } from "#test/support/cable.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let cable: Cable;
let text = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  cable = await layCable(server.port);
  hall = await openHall();
  const visit = await hall.enter(server.url, "Tomi Okoru");
  text = new URL(await openText(visit.page, /Assistance after ICT incidents/)).pathname;
  await visit.close();
});

afterAll(async () => {
  await hall.close();
  await cable.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

async function openAs(name: string, screen = {}, url = server.url): Promise<Page> {
  const { page } = await hall.enter(url, name, screen);
  await page.goto(text);
  await writing(page);
  await allSaved(page);
  return page;
}

/** The drafters' socket of a page alone: everything else passes while it is held. */
async function socketOf(page: Page): Promise<{ hold(): void; release(): void }> {
  let isHeld = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/collab/, (socket) => {
    if (isHeld) return void socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  return {
    hold() {
      isHeld = true;
      for (const socket of open) void socket.close();
      open.clear();
    },
    release: () => void (isHeld = false),
  };
}

function section(page: Page, words: string): Locator {
  return page.locator(".ProseMirror section.para", { hasText: words }).first();
}

/** A new paragraph behind the one that holds `after`, with the caret at its end. */
async function newParagraph(page: Page, after: string, words: string): Promise<Locator> {
  await caretAfter(page, after);
  await page.keyboard.press("Enter");
  await page.keyboard.type(words);
  return section(page, words);
}

async function order(page: Page, ...words: string[]): Promise<string[]> {
  const all = await page.locator(".ProseMirror section.para .txt").allInnerTexts();
  return all.flatMap((said) => words.find((each) => said.includes(each)) ?? []);
}

const WORD = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment-->
<p class=MsoNormal><i>Welcoming</i> the pasted wording<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> of Word;</p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> See document A/CN.4/1.</p></div></div>
<!--EndFragment--></body></html>`;

describe("the editor", () => {
  it("[ED14] [ED16] takes a paragraph of Word from the clipboard with its italics and its footnote", async () => {
    const page = await openAs("Tomi Okoru");
    await newParagraph(page, "seven States have named", "PASTE HERE: ");
    await page.evaluate((html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", "Welcoming the pasted wording of Word;");
      const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(paste);
    }, WORD);
    const pasted = section(page, "the pasted wording");
    await pasted.waitFor();
    expect(await pasted.locator(".txt em, .txt i").allInnerTexts()).toContain("Welcoming");
    expect(await section(page, "See document A/CN.4/1.").getAttribute("data-role")).toBe("footnote");
    await allSaved(page);
    const reader = await openAs("Lotte Maas");
    expect(await paragraphWith(reader, "the pasted wording")).toContain("Welcoming the pasted wording");
    await reader.context().close();
    await page.context().close();
  });

  it("[ED2] [ED8] changes bold, kind, level and direction from the tools and by keys", async () => {
    const page = await openAs("Tomi Okoru");
    const made = await newParagraph(page, "one assistance exercise each year", "TOOLS ");
    await page.getByRole("button", { name: "Bold", exact: true }).click();
    await page.keyboard.type("bold words");
    expect(await made.locator("strong").allInnerTexts()).toEqual(["bold words"]);

    await page.keyboard.press("Tab");
    await expect.poll(() => made.getAttribute("data-level")).toBe("1");
    await expect.poll(() => made.locator(".lab").innerText()).toMatch(/ \(a\)$/);
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => made.getAttribute("data-level")).toBe("0");

    await page.getByRole("button", { name: /Kind of paragraph/ }).click();
    await page.getByRole("menuitemradio", { name: /Preambular paragraph/ }).click();
    await expect.poll(() => made.getAttribute("data-role")).toBe("pp");
    await page.getByRole("button", { name: /Kind of paragraph/ }).click();
    await page.getByRole("menuitemradio", { name: "Right to left" }).click();
    await expect.poll(() => made.locator(".txt").getAttribute("dir")).toBe("rtl");
    await allSaved(page);
    await page.context().close();
  });

  it("[ED9] moves a paragraph by keys and by its handle", async () => {
    const page = await openAs("Tomi Okoru");
    await newParagraph(page, "one assistance exercise each year", "FIRST MOVED");
    await newParagraph(page, "FIRST MOVED", "SECOND MOVED");
    await page.keyboard.press("Alt+Shift+ArrowUp");
    await expect
      .poll(() => order(page, "FIRST MOVED", "SECOND MOVED"))
      .toEqual(["SECOND MOVED", "FIRST MOVED"]);

    const held = section(page, "FIRST MOVED");
    await held.hover();
    const grip = await held.locator(".grip").boundingBox();
    const goal = await section(page, "SECOND MOVED").boundingBox();
    if (!grip || !goal) throw new Error("nothing to drag");
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(goal.x + 20, goal.y + 2, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(() => order(page, "FIRST MOVED", "SECOND MOVED"))
      .toEqual(["FIRST MOVED", "SECOND MOVED"]);
    await allSaved(page);
    await page.context().close();
  });

  it("[BD6] undoes one's own words while the other types in the same paragraph", async () => {
    const tomi = await openAs("Tomi Okoru");
    const lotte = await openAs("Lotte Maas");
    await newParagraph(tomi, "one assistance exercise each year", "JOINTLY");
    await section(lotte, "JOINTLY").waitFor();
    await caretAfter(tomi, "JOINTLY");
    // A pause in writing: what follows is undone by itself.
    await tomi.keyboard.press("Alt+Shift+ArrowUp");
    await tomi.keyboard.type(" mine");
    await expect.poll(() => paragraphWith(lotte, "JOINTLY")).toContain("mine");
    await caretAfter(lotte, "JOINTLY");
    await lotte.keyboard.type(" yours");
    await expect.poll(() => paragraphWith(tomi, "JOINTLY")).toContain("yours");
    await tomi.getByRole("button", { name: "Undo my last change" }).click();
    await expect.poll(() => paragraphWith(tomi, "JOINTLY")).not.toContain("mine");
    expect(await paragraphWith(tomi, "JOINTLY")).toContain("yours");
    await tomi.getByRole("button", { name: "Redo" }).click();
    await expect.poll(() => paragraphWith(lotte, "JOINTLY")).toContain("mine");
    expect(await paragraphWith(lotte, "JOINTLY")).toContain("yours");
    await lotte.context().close();
    await tomi.context().close();
  });

  it("[ED13] finds words with their number, and lists the keys", async () => {
    const page = await openAs("Tomi Okoru");
    await caretAfter(page, "seven States have named");
    await page.keyboard.press("Control+f");
    const field = page.getByRole("searchbox", { name: "Find in the text" });
    await field.fill("assistance");
    const count = page.locator(".find-bar output");
    await expect.poll(() => count.innerText()).toMatch(/^\d+ of \d+$/);
    const [first = 0, total = 0] = (await count.innerText()).split(" of ").map(Number);
    await field.press("Enter");
    await expect.poll(() => count.innerText()).toBe(`${(first % total) + 1} of ${total}`);
    await field.press("Escape");
    await page.keyboard.press("Control+/");
    const list = page.getByRole("dialog");
    expect(await list.innerText()).toContain("One level in");
    await list.getByRole("button", { name: "Close", exact: true }).click();
    await list.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.classList.contains("ProseMirror"))).toBe(true);
    await page.context().close();
  });

  it("[SS29] another page of the application waits for unsaved words, or for the person to say so", async () => {
    const { page } = await hall.enter(server.url, "Lotte Maas");
    const line = await socketOf(page);
    await page.goto(text);
    await writing(page);
    await allSaved(page);
    const versions = page.getByRole("link", { name: "Versions", exact: true }).first();
    const asks = page.getByRole("dialog", { name: "Some of your changes are not saved yet" });
    const label = await section(page, "seven States have named").locator(".lab").innerText();

    line.hold();
    await caretAfter(page, "seven States have named");
    await page.keyboard.type(" NOT YET SENT");
    await page.locator("[data-strip='not-saved']").waitFor();
    await versions.click();
    await asks.waitFor();
    expect(await asks.innerText()).toContain(`They stand in ${label}.`);
    expect(await asks.innerText()).toContain("This device keeps them");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Stay");
    await page.keyboard.press("Enter");
    await asks.waitFor({ state: "hidden" });
    expect(new URL(page.url()).pathname).toBe(text);
    expect(await paragraphWith(page, "seven States have named")).toContain("NOT YET SENT");
    await versions.click();
    await asks.waitFor();
    await page.keyboard.press("Escape");
    await asks.waitFor({ state: "hidden" });
    expect(new URL(page.url()).pathname).toBe(text);

    await versions.click();
    await asks.getByRole("button", { name: "Leave this page" }).click();
    await page.waitForURL(`**${text}/versions`);
    line.release();
    await page.goto(text);
    await writing(page);
    await allSaved(page);
    expect(await paragraphWith(page, "seven States have named")).toContain("NOT YET SENT");

    line.hold();
    await caretAfter(page, "NOT YET SENT");
    await page.keyboard.type(" BUT NOW");
    await page.locator("[data-strip='not-saved']").waitFor();
    await versions.click();
    await asks.waitFor();
    line.release();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.waitForURL(`**${text}/versions`);
    await page.context().close();
  });

  it("[SS14] [SS15] offers what a lock kept out to be copied, on a phone as well, and takes the rest", async () => {
    const page = await openAs("Lotte Maas", { width: 390, height: 844 }, cable.url);
    const address = await section(page, "respect for its sovereignty").getAttribute("id");
    cable.cut();
    await caretAfter(page, "respect for its sovereignty");
    await page.keyboard.type(" LOCKED OUT");
    await caretAfter(page, "seven States have named");
    await page.keyboard.type(" TAKEN");
    const offline = page.locator("[data-strip='not-saved']");
    await offline.waitFor();
    const box = await offline.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

    const chair = await hall.enter(server.url, "Amara Solvane");
    await chair.page.goto(`${text}/paragraphs/${(address ?? "").replace(/^p-/, "")}`);
    await chair.page.getByRole("button", { name: /^Lock / }).click();
    await chair.page.getByRole("button", { name: /^Unlock / }).waitFor();
    await chair.close();
    cable.mend();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    const refused = page.locator("[data-strip='refused']");
    await refused.waitFor();
    await refused.getByRole("button", { name: "Copy them" }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/respect for its sovereignty.* LOCKED OUT/);
    await refused.getByRole("button", { name: "Show them" }).click();
    expect(await refused.innerText()).toContain("it was locked meanwhile. Copy your wording");
    expect(await paragraphWith(page, "seven States")).toContain("TAKEN");
    expect(await paragraphWith(page, "respect for its sovereignty")).not.toContain("LOCKED OUT");
    await refused.getByRole("button", { name: "Done, I have what I need" }).click();
    await refused.waitFor({ state: "detached" });
    await page.context().close();
  });
});
