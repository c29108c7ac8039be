/** A drafter types into the reference text in Chromium: how long the page works for each letter. */
import { chromium, type Page } from "playwright-core";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { chromiumFlags, getChromium } from "#test/support/chromium.ts";
import { drafterName, SESSION } from "./folder.ts";
import { startServerChild } from "./load/pages.ts";
import { makeReferenceFolder } from "./reference.ts";
import { PREPARED_TEXT, prose } from "./reference-text.ts";
import { type Bench, quantile } from "./row.ts";

/** As the reference text was typed: some words at one place, then at another. */
const RUN = 45;
const WARM_UP = RUN;
const LETTERS = 20 * RUN;
/** The first paragraph in which is typed; the others follow at this distance. */
const FIRST = 280;
const STEP = 2;
/**
 * A fast typist; nothing of one letter is left when the next comes. The key comes up half-way: a key that came up just
 * before the next went down took the frame of that moment, and the letter then waited for the next tick of the screen.
 */
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
      workload: `The reference text (600 paragraphs, 300,000 characters) open for writing in Chromium, connected to its server; ${LETTERS} keystrokes of prose, ${RUN} at a time at the end of one paragraph after another, ${EVERY_MS} ms apart and held down for half of that, after ${WARM_UP} others. From the time of the keydown event, which counts its waiting behind other work, to the moment in which the frame with the letter is laid out, before it is painted; frames are not held back for the screen.`,
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
      await watchKeys(page);
      const keys = prose(WARM_UP + LETTERS, seededRandom(3));
      let typed = 0;
      for (let at = 0; at < keys.length; at += RUN) {
        typed += await typeRun(page, FIRST + (at / RUN) * STEP, keys.slice(at, at + RUN));
      }
      const { laidOut, painted } = await page.evaluate(readKeys);
      const taken = laidOut.slice(WARM_UP);
      if (errors.length > 0) throw new Error(`the page failed: ${errors[0]}`);
      if (typed < keys.length || taken.length < LETTERS) {
        throw new Error(`${typed} of ${keys.length} keystrokes are in the text, ${taken.length} were timed`);
      }
      say(`to the end of layout: ${quantiles(taken)}`);
      say(`until it is painted too, and what else was waiting: ${quantiles(painted.slice(WARM_UP))}`);
      note(NAME, { value: quantile(taken, 0.99) });
    } finally {
      await browser.close();
      await server.child.end();
    }
  },
};

/** Types at the end of the paragraph with this number, and gives how many characters it has more than before. */
async function typeRun(page: Page, number: number, keys: string): Promise<number> {
  const paragraph = page.locator(".ProseMirror .para").nth(number);
  const words = paragraph.locator(".txt");
  await paragraph.scrollIntoViewIfNeeded();
  await words.click();
  await page.keyboard.press("End");
  const before = ((await words.textContent()) ?? "").length;
  for (const key of keys) {
    await page.keyboard.down(key);
    await page.waitForTimeout(EVERY_MS / 2);
    await page.keyboard.up(key);
    await page.waitForTimeout(EVERY_MS / 2);
  }
  return ((await words.textContent()) ?? "").length - before;
}

function quantiles(taken: readonly number[]): string {
  const of = (share: number): string => `${quantile(taken, share).toFixed(1)} ms`;
  return `median ${of(0.5)}, p90 ${of(0.9)}, p99 ${of(0.99)}`;
}

/**
 * Notes for each key how long it takes until its frame is laid out, which is when the browser tells of sizes that have
 * changed, and until after the frame: a message that a frame sends comes when it is painted. The size that changes is
 * that of an element outside of everything else.
 */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const laidOut: number[] = [];
    const painted: number[] = [];
    Object.assign(window, { keysLaidOut: laidOut, keysPainted: painted });
    const probe = document.createElement("div");
    probe.style.cssText = "position:fixed;contain:strict;visibility:hidden;inline-size:1px;block-size:1px";
    document.body.append(probe);
    let startedAt: number | null = null;
    new ResizeObserver(() => {
      if (startedAt !== null) laidOut.push(performance.now() - startedAt);
      startedAt = null;
    }).observe(probe);
    window.addEventListener(
      "keydown",
      ({ key, timeStamp: from }) => {
        // "End" and its like write nothing.
        if (key.length > 1) return;
        requestAnimationFrame(() => {
          startedAt = from;
          probe.style.inlineSize = probe.style.inlineSize === "1px" ? "2px" : "1px";
          const after = new MessageChannel();
          after.port1.addEventListener("message", () => painted.push(performance.now() - from));
          after.port1.start();
          after.port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

type Taken = { readonly laidOut: readonly number[]; readonly painted: readonly number[] };

function readKeys(): Taken {
  const { keysLaidOut, keysPainted } = window as unknown as Record<string, unknown>;
  return {
    laidOut: Array.isArray(keysLaidOut) ? keysLaidOut : [],
    painted: Array.isArray(keysPainted) ? keysPainted : [],
  };
}
