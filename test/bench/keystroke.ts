/** A drafter types into the reference text in Chromium: how long the page works for each letter. */
import { chromium, type Page } from "playwright-core";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { chromiumFlags, getChromium } from "#test/support/chromium.ts";
import { drafterName, SESSION } from "./folder.ts";
import { startServerChild } from "./load/pages.ts";
import { makeReferenceFolder } from "./reference.ts";
import { PREPARED_TEXT, prose } from "./reference-text.ts";
import { type Bench, quantile } from "./row.ts";

const WARM_UP = 40;
const LETTERS = 300;
/** A fast typist; nothing of one letter is left when the next comes. */
const EVERY_MS = 90;
const NAME = "keystroke: p99 from input event to end of layout, in Chromium";
/** Frames come when they are wanted: waiting for the screen is no work of the page. */
const noWaiting = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

export const keystroke: Bench = {
  name: "keystroke",
  figures: [
    {
      name: NAME,
      unit: "ms",
      most: 16,
      hasBaseline: false,
      workload: `The reference text (600 paragraphs, 300,000 characters) open for writing in Chromium, connected to its server; ${LETTERS} letters typed in one paragraph, ${EVERY_MS} ms apart, after ${WARM_UP} others. From the keydown event to the moment in which the frame with the letter has been laid out and painted; frames are not held back for the screen.`,
    },
  ],
  async run({ say, note }) {
    const executablePath = getChromium(say);
    say("writing the reference text");
    const folder = await makeReferenceFolder({ scattered: false });
    const server = await startServerChild(folder);
    const [cookies = ""] = await server.ask<string[]>({ what: "cookies", persons: [drafterName(0)] });
    const browser = await chromium.launch({ executablePath, args: [...chromiumFlags, ...noWaiting] });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addCookies(
        cookies.split("; ").map((cookie) => {
          const at = cookie.indexOf("=");
          const value = decodeURIComponent(cookie.slice(at + 1));
          return { name: cookie.slice(0, at), value: encodeURIComponent(value), url: server.url };
        }),
      );
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${server.url}/sessions/${SESSION}/texts/${PREPARED_TEXT}`);
      await page.locator(".ProseMirror[contenteditable='true']").waitFor();
      const paragraph = page.locator(".ProseMirror .para").nth(300);
      await paragraph.scrollIntoViewIfNeeded();
      await paragraph.locator(".txt").click();
      await page.keyboard.press("End");
      await watchKeys(page);
      const before = (await paragraph.innerText()).length;
      const letters = prose(WARM_UP + LETTERS, seededRandom(3)).replaceAll(" ", "e");
      await page.keyboard.type(letters, { delay: EVERY_MS });
      const taken = (await page.evaluate(readKeys)).slice(WARM_UP);
      const typed = (await paragraph.innerText()).length - before;
      if (errors.length > 0) throw new Error(`the page failed: ${errors[0]}`);
      if (typed < letters.length || taken.length < LETTERS) {
        throw new Error(`${typed} of ${letters.length} letters are in the text, ${taken.length} were timed`);
      }
      const p99 = quantile(taken, 0.99);
      say(
        `median ${quantile(taken, 0.5).toFixed(1)} ms, p90 ${quantile(taken, 0.9).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      );
      note(NAME, { value: p99 });
    } finally {
      await browser.close();
      await server.child.end();
    }
  },
};

/** Notes for each key how long it takes until after the frame: a message that a frame sends comes when it is painted. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { keysTaken: taken });
    window.addEventListener(
      "keydown",
      () => {
        const startedAt = performance.now();
        requestAnimationFrame(() => {
          const painted = new MessageChannel();
          painted.port1.addEventListener("message", () => taken.push(performance.now() - startedAt));
          painted.port1.start();
          painted.port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

function readKeys(): number[] {
  return "keysTaken" in window && Array.isArray(window.keysTaken) ? window.keysTaken : [];
}
