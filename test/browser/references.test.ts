/** References to paragraphs with real keys: picked, followed, copied, and told to readers. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { allSaved, caretAfter, openText, writing } from "#test/support/browser.ts";
import { openRoom } from "#test/support/drafting-room.ts";

/** Words of the paragraph that refers to another. */
const HERE = "Bearing in mind";
const PATIENCE = { timeout: 20_000 } as const;

const room = openRoom();

const para = (page: Page, words: string): Locator =>
  page.locator(".ProseMirror .para", { hasText: words }).first();

/** What the references of a paragraph say. */
const said = (within: Locator): Promise<string[]> => within.locator(".xref").allInnerTexts();

describe("a reference to a paragraph", () => {
  it("[XR1] [XR2] [XR3] [XR4] is picked, says what the paragraph is called, is followed, copied, and told when that is deleted", async () => {
    const tomi = await room.openAs("Tomi Okoru");
    const lotte = await room.openAs("Lotte Maas");
    const target = tomi.locator(".ProseMirror .para[data-role='op']").nth(1);
    const label = (await target.locator(".lab").innerText()).trim();
    const id = ((await target.getAttribute("id")) ?? "").replace(/^p-/, "");
    const start = (await target.locator(".txt").innerText()).slice(0, 24);

    // By keys alone: the picker, a label, and back in the text behind the reference.
    await caretAfter(tomi, HERE);
    await tomi.keyboard.type(" as in ");
    await tomi.keyboard.press("Control+Alt+r");
    const field = tomi.getByRole("combobox", { name: /Paragraph to refer to/ });
    await field.waitFor();
    await tomi.keyboard.type(start);
    const option = tomi.getByRole("option", { name: label }).first();
    await option.waitFor();
    await tomi.keyboard.press("ArrowDown");
    await tomi.keyboard.press("Enter");
    await field.waitFor({ state: "detached" });
    await tomi.keyboard.type(" above,");
    await allSaved(tomi);
    for (const page of [tomi, lotte])
      await expect.poll(() => said(para(page, HERE)), PATIENCE).toEqual([label]);
    expect(await para(lotte, HERE).locator(".txt").innerText()).toContain(` as in ${label} above,`);
    const link = para(tomi, HERE).locator(".xref");
    expect(await link.getAttribute("role")).toBe("link");
    expect(await link.getAttribute("aria-label")).toMatch(/^OP\d+, operative paragraph \d+/);

    // A reader has a link to it, on the page and on the printed one.
    const reader = (await room.hall.enter(room.server.url, "Mira Ilves")).page;
    await reader.goto(room.text);
    const read = reader.locator("main .para", { hasText: HERE }).first();
    await expect
      .poll(() => read.locator(`a.xref[href="#p-${id}"]`).allInnerTexts(), PATIENCE)
      .toEqual([label]);

    // Copied with the words around it, it is a reference again.
    await caretAfter(tomi, HERE);
    for (let at = 0; at < " above,".length + 1; at += 1) await tomi.keyboard.press("Shift+ArrowLeft");
    await tomi.keyboard.press("Control+c");
    await caretAfter(tomi, "Welcoming the contact");
    await tomi.keyboard.press("Control+v");
    await allSaved(tomi);
    await expect.poll(() => said(para(lotte, "Welcoming the contact")), PATIENCE).toEqual([label]);

    // Followed from beside it.
    for (let at = 0; at < " above,".length; at += 1) await tomi.keyboard.press("ArrowLeft");
    await tomi.keyboard.press("Control+Alt+n");
    await tomi.locator(`#p-${id}[aria-current="true"]`).waitFor();

    // It becomes a part of the one before: the label is another everywhere, and nothing was typed.
    await lotte.locator(`#p-${id} .txt`).click();
    await lotte.keyboard.press("Tab");
    await allSaved(lotte);
    const now = (await lotte.locator(`#p-${id} .lab`).innerText()).trim();
    expect(now).not.toBe(label);
    await expect.poll(() => said(para(tomi, HERE)), PATIENCE).toEqual([now]);

    // Deleted: its last label stays, and says so; undone, it leads there again.
    await lotte.locator(`#p-${id} .txt`).click();
    await lotte.locator(`#p-${id} .txt`).evaluate((words) => getSelection()?.selectAllChildren(words));
    // Its words, its level, and then the paragraph itself.
    for (let at = 0; at < 3; at += 1) await lotte.keyboard.press("Backspace");
    await allSaved(lotte);
    const gone = para(tomi, HERE).locator(".xref");
    await expect.poll(() => gone.innerText(), PATIENCE).toBe(`${label} (deleted)`);
    expect(await gone.getAttribute("aria-label")).toMatch(/^OP\d+ \(deleted\), operative paragraph \d+$/);
    await expect
      .poll(() => read.locator(".xref.gone").allInnerTexts(), PATIENCE)
      .toEqual([`${label} (deleted)`]);
    for (let at = 0; at < 3; at += 1) await lotte.keyboard.press("Control+z");
    await allSaved(lotte);
    await expect.poll(() => said(para(tomi, HERE)), PATIENCE).toEqual([now]);
    await expect.poll(() => read.locator("a.xref").allInnerTexts(), PATIENCE).toEqual([now]);
  });

  it("[XR4] is the words that it says in another text", async () => {
    const chair = await room.openAs("Amara Solvane");
    const [label] = await said(para(chair, "Welcoming the contact"));
    expect(label).toMatch(/^OP\d/);
    await caretAfter(chair, "Welcoming the contact");
    for (let at = 0; at < " above,".length + 1; at += 1) await chair.keyboard.press("Shift+ArrowLeft");
    await chair.keyboard.press("Control+c");
    await chair.goto(`${room.server.url}${room.text.replace(/\/texts\/.*$/, "")}`);
    await openText(chair, /Draft report of the Standing Group/);
    await writing(chair);
    await caretAfter(chair, "Ransomware against hospitals");
    await chair.keyboard.press("Control+v");
    await allSaved(chair);
    const pasted = para(chair, "Ransomware against hospitals");
    await expect.poll(() => pasted.locator(".txt").innerText(), PATIENCE).toContain(`${label} above,`);
    expect(await said(pasted)).toEqual([]);
  });
});
