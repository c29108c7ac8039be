/** People at their browsers. What a page complains about on its console fails the test that it happened in. */
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { expect } from "vitest";
import { chromiumFlags, getChromium } from "./chromium.ts";

export type Screen = {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  /** False: a browser in which no script runs. */
  readonly script?: boolean;
};

export type Seated = { readonly page: Page; readonly context: BrowserContext; close(): Promise<void> };

export type Hall = {
  /** A browser of its own for one person: cookies and replicas are not shared. */
  open(url: string, screen?: Screen): Promise<Seated>;
  /** Enters the exercise as one of its people; the page is the session's home. */
  enter(url: string, name: string, screen?: Screen): Promise<Seated>;
  /** What pages complained about since the last call. */
  complaints(): string[];
  close(): Promise<void>;
};

/**
 * Complaints that a dead network causes by itself, or leaving a page while an answer is still coming in; and 409 and
 * 422, with which every form answers that was not taken.
 */
const NETWORK =
  /net::ERR_|WebSocket connection|Failed to load resource: net|EventSource|BodyStreamBuffer was aborted|Failed to fetch manifest patches|status of (409|422)/;

export async function openHall(): Promise<Hall> {
  const executablePath = getChromium((line) => process.stdout.write(`${line}\n`));
  const browser: Browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  let heard: string[] = [];

  async function open(url: string, screen: Screen = {}): Promise<Seated> {
    const { width = 1440, height = 900, theme = "light", script = true } = screen;
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height },
      colorScheme: theme,
      javaScriptEnabled: script,
      locale: "en-GB",
      timezoneId: "Europe/Vienna",
    });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !NETWORK.test(text)) heard.push(`${page.url()}: ${text}`);
    });
    page.on("pageerror", (error) => {
      if (!NETWORK.test(error.message)) heard.push(`${page.url()}: ${error.message}`);
    });
    return { page, context, close: () => context.close() };
  }

  return {
    open,
    async enter(url, name, screen) {
      const seated = await open(url, screen);
      await seated.page.goto("/sign-in");
      await seated.page.getByRole("button", { name: `Enter as ${name}` }).click();
      await seated.page.waitForURL(/\/sessions\//);
      return seated;
    },
    complaints() {
      const said = heard;
      heard = [];
      return said;
    },
    close: () => browser.close(),
  };
}

/** The address of the text with this title, from the session's page that is open. */
export async function openText(page: Page, title: string | RegExp): Promise<string> {
  await page.getByRole("link", { name: title }).first().click();
  await page.waitForURL(/\/texts\/[^/]+$/);
  return page.url();
}

/** The editor, once it is there for writing. */
export async function writing(page: Page) {
  const editor = page.locator(".ProseMirror[contenteditable='true']");
  await editor.waitFor();
  return editor;
}

/** Waits until everything typed is acknowledged, and the page says so. */
export async function allSaved(page: Page): Promise<void> {
  // The words on the screen may still be those of before the last keystroke; this follows every one.
  await page
    .locator(".editor-host[data-saving='saved'], .editor-host[data-saving='sent']")
    .waitFor({ state: "attached" });
  await page.locator("#saving [data-saved]").waitFor();
}

/** Puts the caret at the end of the paragraph that holds the words. */
export async function caretAfter(page: Page, words: string): Promise<void> {
  const paragraph = page.locator(".ProseMirror .txt", { hasText: words }).first();
  await paragraph.click();
  // The end of the paragraph, not of the line that was clicked on.
  await paragraph.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    range.collapse(false);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  });
}

/** The words of the paragraph that holds some, as the editor shows them. */
export async function paragraphWith(page: Page, words: string): Promise<string> {
  return page.locator(".txt", { hasText: words }).first().innerText();
}

export function expectQuiet(hall: Hall): void {
  expect(hall.complaints(), "pages complained on their consoles").toEqual([]);
}
