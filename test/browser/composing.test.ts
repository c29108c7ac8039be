/** Composition (input of Chinese) in a real editor, while somebody else writes. */
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import { findChromium } from "#test/support/chromium.ts";
import type { ComposingPage } from "./composing-page.ts";

declare global {
  var page: ComposingPage;
}

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
let browser: Browser;
let script = "";

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: resolve(import.meta.dirname, "../.."),
    build: {
      write: false,
      minify: false,
      lib: {
        entry: resolve(import.meta.dirname, "composing-page.ts"),
        formats: ["iife"],
        name: "composing",
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== "chunk") throw new Error("The page was not built");
  script = chunk.code;
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("There is no Chromium; npm test gets one");
  browser = await chromium.launch({ executablePath, args: FLAGS });
});

afterAll(async () => {
  await browser.close();
});

async function open(): Promise<{ tab: Page; keys: CDPSession }> {
  const tab = await browser.newPage();
  await tab.setContent("<!doctype html><style>.ProseMirror{white-space:pre-wrap}</style><body></body>");
  await tab.addScriptTag({ content: script });
  return { tab, keys: await tab.context().newCDPSession(tab) };
}

const compose = (keys: CDPSession, text: string): Promise<unknown> =>
  keys.send("Input.imeSetComposition", {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });

test("[BD16] words of others do not break a composition, and all are there when it ends", async () => {
  const { tab, keys } = await open();
  await tab.evaluate(() => globalThis.page.caret("a", 5));
  await compose(keys, "n");
  await compose(keys, "ni");
  await tab.evaluate(() => globalThis.page.write("a", 0, "BOB "));
  await tab.evaluate(() => globalThis.page.write("b", 0, "BOB "));
  await compose(keys, "ni h");
  const during = await tab.evaluate(() => globalThis.page.read());
  expect(during.isComposing).toBe(true);
  expect(during.screen).toEqual(["Alphani h bravo", "BOB Echo foxtrot"]);
  await keys.send("Input.insertText", { text: "你好" });
  await tab.waitForFunction(() => globalThis.page.read().isSame);
  const after = await tab.evaluate(() => globalThis.page.read());
  expect(after.screen).toEqual(["BOB Alpha你好 bravo", "BOB Echo foxtrot"]);
  expect(after.others).toEqual(after.screen);
  expect(after.stats).toEqual({ fallback: 0, held: 1 });
  await tab.evaluate(() => globalThis.page.undo());
  const undone = await tab.evaluate(() => globalThis.page.read());
  expect(undone.others).toEqual(["BOB Alpha bravo", "BOB Echo foxtrot"]);
  expect(undone.screen).toEqual(undone.others);
  await tab.close();
});

test("[BD1] typing, erasing and characters of two halves in a real editor", async () => {
  const { tab } = await open();
  await tab.evaluate(() => globalThis.page.caret("a", 5));
  await tab.keyboard.type("xyz");
  await tab.keyboard.insertText("😀");
  await tab.evaluate(() => globalThis.page.write("a", 5, "BOB"));
  await tab.keyboard.type("w");
  const typed = await tab.evaluate(() => globalThis.page.read());
  expect(typed.isSame).toBe(true);
  expect(typed.screen[0]).toContain("😀");
  expect(typed.others).toEqual(typed.screen);
  await tab.close();
});
