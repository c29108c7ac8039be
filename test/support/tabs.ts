/** Tabs of one person in one browser: they share its storage, and one of them may be killed. */
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { allSaved, caretAfter, writing } from "./browser.ts";

/** Types behind the paragraph that holds `words`, without a connection, until all of it is on the device. */
export async function typeOffline(page: Page, words: string, typed: string): Promise<void> {
  await caretAfter(page, words);
  await page.keyboard.type(typed);
  await allKept(page);
}

/** Waits until everything typed is on the device, and the page says so. */
export async function allKept(page: Page): Promise<void> {
  // The strip may still be the one of before the last keystroke; this follows every one.
  await page.locator(".editor-host[data-device='kept']").waitFor({ state: "attached" });
  await page.locator("[data-strip='not-saved'][data-device='kept']").waitFor();
}

/** Ends the tab as a crash does: nothing is asked and nothing is sent. */
export async function killTab(page: Page): Promise<BrowserContext> {
  const context = page.context();
  await page.close({ runBeforeUnload: false });
  return context;
}

/** A new tab at this address, in a browser in which so many tabs write in a text: those that were killed are gone. */
export async function openTab(context: BrowserContext, path: string, others = 0): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto("/sessions");
  // The browser tells of the end of a tab before it has taken back all that the tab held.
  await expect.poll(() => slotsHeld(page), { timeout: 30_000 }).toBe(others);
  await page.goto(path);
  return page;
}

/** The same, once the text can be written in and everything is saved. */
export async function openWriting(context: BrowserContext, path: string, others = 0): Promise<Page> {
  const page = await openTab(context, path, others);
  await writing(page);
  await allSaved(page);
  return page;
}

function slotsHeld(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.includes("/slot-")).length;
  });
}

/** The slots and refused copies in this browser's storage. */
export function databasesKept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.flatMap(({ name }) => (name?.startsWith("chapeau-text/") ? [name.replace(/.*\//, "")] : []));
  });
}

/** How often the words stand in what somebody sees of the text. */
export async function timesIn(page: Page, words: string): Promise<number> {
  const shown = await page.locator(".ProseMirror").innerText();
  return shown.split(words).length - 1;
}
