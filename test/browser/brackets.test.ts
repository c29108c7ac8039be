/** Square brackets with real keys, seen by a second drafter. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { allSaved, caretAfter } from "#test/support/browser.ts";
import { openRoom } from "#test/support/drafting-room.ts";

const room = openRoom();

const para = (page: Page, words: string): Locator =>
  page.locator(".ProseMirror .txt", { hasText: words }).first();

const wordsOf = (page: Page, words: string): Promise<string | null> => para(page, words).textContent();

/** Each glyph of a paragraph as it is drawn and read aloud. */
function glyphs(page: Page, words: string): Promise<string[]> {
  return para(page, words)
    .locator("[data-bracket]")
    .evaluateAll((all) =>
      all.map((one) => `${one.textContent}${one.getAttribute("data-n")} ${one.getAttribute("aria-label")}`),
    );
}

async function press(page: Page, key: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
}

/** As the browser pastes plain text. */
function paste(page: Page, words: string): Promise<void> {
  return page.locator(".ProseMirror").evaluate((editor, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, words);
}

const PAIR = ["[1 bracket 1 opens", "]1 bracket 1 closes"];

describe("brackets by keys", () => {
  it("[BR10] [BR11] are typed over a selection, numbered at both ends, and seen by everybody", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    const lotte = await room.openAs("Lotte Maas");
    await caretAfter(tomi, "Bearing in mind");
    await press(tomi, "Shift+ArrowLeft", "spread,".length);
    await tomi.keyboard.type("[");
    await allSaved(tomi);
    for (const page of [tomi, lotte]) {
      await expect.poll(() => glyphs(page, "Bearing in mind")).toEqual(PAIR);
      expect(await wordsOf(page, "Bearing in mind")).toContain("its effects [spread,]");
    }
    await tomi.keyboard.press("Control+z");
    await allSaved(tomi);
    await expect.poll(() => glyphs(lotte, "Bearing in mind")).toEqual([]);
    expect(await wordsOf(lotte, "Bearing in mind")).toContain("its effects spread,");
  });

  it("[BR6] [BR10] open as a pair around the caret, close with a sign, and go together", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    await caretAfter(tomi, "Bearing in mind");
    await tomi.keyboard.type(" [always] and");
    await allSaved(tomi);
    expect(await wordsOf(tomi, "Bearing in mind")).toContain("spread, [always] and");
    expect(await glyphs(tomi, "Bearing in mind")).toEqual(PAIR);
    await press(tomi, "ArrowLeft", " and".length);
    await expect.poll(() => para(tomi, "Bearing in mind").locator(".b.pair").count()).toBe(2);
    await tomi.keyboard.press("Backspace");
    await allSaved(tomi);
    expect(await glyphs(tomi, "Bearing in mind")).toEqual([]);
    expect(await wordsOf(tomi, "Bearing in mind")).toContain("spread, always and");
  });

  it("[BR10] hold a whole paragraph by the key and by the tool", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    await caretAfter(tomi, "Welcoming the contact");
    await tomi.keyboard.press("Control+Alt+[");
    await tomi.getByRole("button", { name: "Put in square brackets" }).click();
    await allSaved(tomi);
    await expect
      .poll(() => glyphs(tomi, "Welcoming the contact"))
      .toEqual(["[1 bracket 1 opens", "[2 bracket 2 opens", "]2 bracket 2 closes", "]1 bracket 1 closes"]);
  });

  it("[BR5] [BR10] [BR11] a pasted sign without a partner is marked, found and made a bracket by one press", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    await caretAfter(tomi, "Bearing in mind");
    await paste(tomi, " unlike [others");
    await allSaved(tomi);
    const sign = tomi.getByRole("button", { name: "Make a bracket of this [" });
    await expect.poll(() => sign.count()).toBe(1);
    expect(await wordsOf(tomi, "Bearing in mind")).toContain("unlike [others");
    expect(await tomi.locator(".b.plain").count()).toBe(1);
    await tomi.keyboard.press("Control+Home");
    await tomi.getByRole("button", { name: "Show the next one" }).click();
    expect(await tomi.getByRole("button", { name: "Make a bracket of this one" }).count()).toBe(1);
    await sign.click();
    await allSaved(tomi);
    await expect.poll(() => glyphs(tomi, "Bearing in mind")).toEqual(PAIR);
    expect(await tomi.getByRole("button", { name: "Show the next one" }).count()).toBe(0);
    await tomi.keyboard.press("Control+z");
    await allSaved(tomi);
    await expect.poll(() => sign.count()).toBe(1);
    await tomi.keyboard.press("Control+Alt+]");
    await tomi.keyboard.press("Control+Alt+[");
    await allSaved(tomi);
    await expect.poll(() => glyphs(tomi, "Bearing in mind")).toEqual(PAIR);
  });
});

describe("who stands where on a bracket", () => {
  it("[BF1] [BF7] [BF8] is said in the panel by a head, and drawn behind the bracket on every page", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    await caretAfter(tomi, "Mindful that assistance");
    await tomi.keyboard.press("Control+Alt+[");
    await allSaved(tomi);
    const { page: salma } = await room.hall.enter(room.server.url, "Salma Haddad");
    await salma.goto(room.text);
    const closing = (page: Page) =>
      page.locator(".txt", { hasText: "Mindful that assistance" }).locator(".b.z");
    await closing(salma).click();
    const panel = salma.locator(".side-panel");
    await panel.getByLabel("We ask for this bracket").check();
    await panel.getByLabel("Take them out").check();
    await panel.getByRole("button", { name: "Say so" }).click();
    for (const page of [salma, tomi])
      await expect.poll(() => closing(page).first().getAttribute("data-chip")).toBe("LMR  −LMR");
    expect(await closing(tomi).first().textContent()).toBe("]");
    expect(await closing(tomi).first().getAttribute("aria-label")).toContain("words out: LMR");
    // The editor goes on, and its panel has it too.
    await caretAfter(tomi, "Mindful that assistance");
    await tomi.keyboard.press("ArrowLeft");
    await expect.poll(() => tomi.locator(".bracket-list .stances").first().innerText()).toContain("LMR");
    // An arrow leads past a sign and selects nothing that the next key would take away.
    await tomi.keyboard.type("x");
    await allSaved(tomi);
    expect(await closing(tomi).count()).toBe(1);
    await expect
      .poll(() => salma.locator(".txt", { hasText: "Mindful that assistance" }).innerText())
      .toContain("sovereignty,x]");
    await expect.poll(() => closing(salma).first().getAttribute("data-chip")).toBe("LMR  −LMR");
  });

  it("[BF1] [BF3] is recorded, confirmed and read without script", async () => {
    const tomi = await room.hall.enter(room.server.url, "Tomi Okoru", { script: false });
    await tomi.page.goto(`${room.text}?panel=brackets`);
    await tomi.page.locator(".bracket-list .k").last().click();
    const form = tomi.page.locator("section[aria-labelledby=record]");
    await form.locator("select[name=for]").selectOption({ label: "Lumara (LMR)" });
    await form.getByRole("button", { name: "Choose" }).click();
    await form.getByLabel("It would keep them").check();
    await form.getByRole("button", { name: /^Record for Lumara/ }).click();
    await tomi.page.getByText("It is recorded;").waitFor();
    const salma = await room.hall.enter(room.server.url, "Salma Haddad", { script: false });
    await salma.page.goto(new URL(tomi.page.url()).pathname);
    await salma.page.getByRole("button", { name: "Confirm it as our word" }).click();
    await salma.page.getByText("It is confirmed as your own word.").waitFor();
    await salma.page.goto(room.text);
    expect(await salma.page.locator(".b.z[data-chip*='LMR']").count()).toBeGreaterThan(0);
  });

  it("[LF3] [LF6] a held one is not deleted by a drafter, who reads who holds it, and is lifted when that delegation lets go", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    const before = await glyphs(tomi, "Bearing in mind");
    await caretAfter(tomi, "Bearing in mind");
    await tomi.keyboard.press("Control+Alt+[");
    await allSaved(tomi);
    const { page: salma } = await room.hall.enter(room.server.url, "Salma Haddad");
    await salma.goto(room.text);
    const closing = (page: Page) =>
      page.locator(".txt", { hasText: "Bearing in mind" }).locator(".b.z").last();
    await closing(salma).click();
    const panel = salma.locator(".side-panel");
    await panel.getByLabel("We ask for this bracket").check();
    await panel.getByRole("button", { name: "Say so" }).click();
    await expect.poll(() => closing(tomi).getAttribute("data-chip")).toBe("LMR");
    await caretAfter(tomi, "Bearing in mind");
    await tomi.keyboard.press("Backspace");
    await tomi.getByText("This bracket is held by LMR.").waitFor();
    await allSaved(tomi);
    expect(await glyphs(tomi, "Bearing in mind")).toHaveLength(before.length + 2);
    const { page: plain } = await room.hall.enter(room.server.url, "Tomi Okoru", { script: false });
    const id = await closing(tomi).getAttribute("data-bracket");
    await plain.goto(`${room.text}/brackets/${id}`);
    await plain.getByText("It is held by LMR.").waitFor();
    await panel.getByLabel("We ask for this bracket").uncheck();
    await panel.getByRole("button", { name: "Say so" }).click();
    await expect.poll(() => closing(tomi).getAttribute("data-chip")).toBe(null);
    await plain.reload();
    await plain.getByRole("button", { name: "Take the bracket away" }).click();
    await plain.getByText("The bracket is gone from the text.").waitFor();
    await expect.poll(() => glyphs(tomi, "Bearing in mind")).toEqual(before);
  });

  it("[AG23] [BF3] keeps what is typed while somebody else records for the same delegation", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    const amara = await room.openAs("Amara Solvane");
    await tomi.goto(`${room.text}?panel=brackets`);
    const bracket = await tomi.locator(".bracket-list .k").last().getAttribute("href");
    const record = (page: Page) => page.locator("section[aria-labelledby=record]");
    for (const page of [tomi, amara]) {
      await page.goto(bracket ?? "");
      await record(page).locator("select[name=for]").selectOption({ index: 2 });
      await record(page).getByRole("button", { name: "Choose" }).click();
      await record(page)
        .getByRole("button", { name: /^Record for/ })
        .waitFor();
    }
    const before = await tomi.locator("section[aria-labelledby=stands]").innerText();
    await record(tomi).getByLabel("Reason").fill("Said on Monday");
    await record(amara).getByLabel("It would keep them").check();
    await record(amara)
      .getByRole("button", { name: /^Record for/ })
      .click();
    await amara.getByText("It is recorded;").waitFor();
    await expect.poll(() => tomi.locator("section[aria-labelledby=stands]").innerText()).not.toBe(before);
    expect(await record(tomi).getByLabel("Reason").inputValue()).toBe("Said on Monday");
    await record(tomi).getByLabel("It wants them out").check();
    await record(tomi)
      .getByRole("button", { name: /^Record for/ })
      .click();
    await tomi.getByRole("alert").waitFor();
    expect(await record(tomi).getByLabel("Reason").inputValue()).toBe("Said on Monday");
  });
});
