/**
 * The browser says that the caret was put elsewhere a moment after it was. What comes in that moment, a key or words of
 * somebody else, finds the caret where the person has put it.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { allSaved, caretAfter, paragraphWith } from "#test/support/browser.ts";
import { openRoom } from "#test/support/drafting-room.ts";

/** Where the caret is put: in front of these words. */
const GOAL = "seven States have named";
const ELSEWHERE = "one assistance exercise each year";

const room = openRoom();
const enter = (name: string) =>
  room.enter(name, async (page) => void (await page.addInitScript(putCaretInTheMoment)));

/** Lets a test put the caret and have a key, or the frame that brings some words, come in the same task. */
function putCaretInTheMoment(): void {
  const put = (goal: string): void => {
    const words = document.createTreeWalker(
      document.querySelector(".ProseMirror") ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const at = node.textContent?.indexOf(goal) ?? -1;
      if (at < 0) continue;
      getSelection()?.collapse(node, at);
      return;
    }
    throw new Error(`Nowhere does it say "${goal}"`);
  };
  let awaited: { readonly words: string; readonly goal: string } | null = null;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      // The first to hear, before the page itself.
      this.addEventListener("message", ({ data }) => {
        if (awaited === null || !(data instanceof ArrayBuffer)) return;
        if (!new TextDecoder("latin1").decode(data).includes(awaited.words)) return;
        const { goal } = awaited;
        awaited = null;
        put(goal);
      });
    }
  };
  Object.assign(globalThis, {
    putCaret: put,
    putCaretWith: (words: string, goal: string) => void (awaited = { words, goal }),
  });
}

declare global {
  var putCaret: (goal: string) => void;
  var putCaretWith: (words: string, goal: string) => void;
}

function press(page: Page, key: string): Promise<void> {
  return page.evaluate(
    ([goal = "", name = ""]) => {
      globalThis.putCaret(goal);
      const event = new KeyboardEvent("keydown", { key: name, code: name, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
    },
    [GOAL, key],
  );
}

describe("a caret that was put elsewhere a moment ago", () => {
  it("[ED1] Enter divides the paragraph there, and not where the caret was before", async () => {
    const tomi = await enter("Tomi Okoru");
    await caretAfter(tomi.page, ELSEWHERE);
    await tomi.page.keyboard.type(" HERE BEFORE");
    await press(tomi.page, "Enter");
    await expect.poll(() => paragraphWith(tomi.page, GOAL)).toMatch(new RegExp(`^${GOAL}`));
    await allSaved(tomi.page);
    await tomi.page.keyboard.press("Backspace");
    await expect.poll(() => paragraphWith(tomi.page, GOAL)).not.toMatch(new RegExp(`^${GOAL}`));
    await allSaved(tomi.page);
    await tomi.close();
  });

  it("[BD17] stays there when words of somebody else come in that moment", async () => {
    const tomi = await enter("Tomi Okoru");
    const lotte = await enter("Lotte Maas");
    await caretAfter(tomi.page, ELSEWHERE);
    await tomi.page.keyboard.type(" OF TOMI");
    await allSaved(tomi.page);
    await caretAfter(lotte.page, ELSEWHERE);
    await tomi.page.evaluate((goal) => globalThis.putCaretWith("ZEBRA", goal), GOAL);
    await lotte.page.keyboard.insertText(" ZEBRA");
    await expect.poll(() => paragraphWith(tomi.page, ELSEWHERE)).toContain("ZEBRA");
    await tomi.page.keyboard.type("TYPED ");
    expect(await paragraphWith(tomi.page, GOAL)).toContain(`TYPED ${GOAL}`);
    expect(await paragraphWith(tomi.page, ELSEWHERE)).not.toContain("TYPED");
    await allSaved(tomi.page);
    await tomi.close();
    await lotte.close();
  });
});
