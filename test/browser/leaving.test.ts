/** Leaving a text with words that are not saved, and what is kept of them. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  allSaved,
  caretAfter,
  expectQuiet,
  type Hall,
  openHall,
  openText,
  paragraphWith,
  type Seated,
  writing,
} from "#test/support/browser.ts";
import { type Cable, layCable } from "#test/support/cable.ts";
import { type ServerProcess, startProcess } from "#test/support/process.ts";
import { withdrawDrafter } from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { allKept, databasesKept, killTab, openTab, openWriting, typeOffline } from "#test/support/tabs.ts";

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let cable: Cable;
let chair: Seated;
let text = "";

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  cable = await layCable(server.port);
  hall = await openHall();
  chair = await hall.enter(server.url, "Amara Solvane");
  text = new URL(await openText(chair.page, /Assistance after ICT incidents/)).pathname;
});

afterAll(async () => {
  await hall.close();
  await cable.close();
  await server.stop();
  folder.remove();
});

afterEach(() => {
  cable.mend();
  expectQuiet(hall);
});

async function openAs(name: string): Promise<Page> {
  const { page } = await hall.enter(cable.url, name);
  await page.goto(text);
  await writing(page);
  await allSaved(page);
  return page;
}

describe("leaving with unsaved words", () => {
  it("[SS1] the browser asks before the page goes, and not when everything is saved", async () => {
    const page = await openAs("Tomi Okoru");
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    cable.cut();
    await caretAfter(page, "seven States have named");
    await page.keyboard.type(" UNSAVED");
    await page.locator("[data-strip='not-saved']").waitFor();
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    expect(page.isClosed()).toBe(false);

    cable.mend();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await allSaved(page);
    const gone = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await gone;
    expect(asked).toEqual(["beforeunload"]);
    await page.context().close();
  });

  it("[SS8] [SS19] a killed tab's words are in the text when the person comes back", async () => {
    const page = await openAs("Lotte Maas");
    cable.cut();
    await typeOffline(page, "respect for its sovereignty", " (KEPT OVER A CRASH)");
    const context = await killTab(page);
    cable.mend();
    const again = await openWriting(context, text);
    expect(await paragraphWith(again, "respect for its sovereignty")).toContain("(KEPT OVER A CRASH)");
    await chair.page.goto(text);
    await expect
      .poll(() => paragraphWith(chair.page, "respect for its sovereignty"))
      .toContain("(KEPT OVER A CRASH)");
    await context.close();
  });

  it("[SS26] offers the words of a tab that is gone to a drafter who was withdrawn meanwhile", async () => {
    const page = await openAs("Jonas Teyl");
    cable.cut();
    await typeOffline(page, "first hours after an incident", " NEVER SENT");
    const context = await killTab(page);
    await chair.page.goto(`${text}/settings`);
    await withdrawDrafter(chair.page, "Jonas Teyl");
    cable.mend();

    const reading = await openTab(context, text);
    const strip = reading.locator("[data-strip='kept']");
    await strip.waitFor();
    expect(await strip.innerText()).toContain("Your wording of one paragraph is on this device alone.");
    await strip.getByRole("button", { name: "Copy them" }).click();
    await expect
      .poll(() => reading.evaluate(() => navigator.clipboard.readText()))
      .toContain("first hours after an incident");
    expect(await reading.evaluate(() => navigator.clipboard.readText())).toContain("NEVER SENT");
    await strip.getByRole("button", { name: "Done, I have what I need" }).click();
    await strip.waitFor({ state: "detached" });
    await expect.poll(() => databasesKept(reading)).toEqual([]);
    await context.close();
  });

  it("[SS27] says that words are kept on the device when they are, and until then that they are not yet", async () => {
    const page = await openAs("Tomi Okoru");
    // A device that is slow: somebody else's work is before the page's in the queue.
    await page.evaluate(
      async () =>
        new Promise<void>((resolve, reject) => {
          let isBusy = true;
          addEventListener("test-device-free", () => (isBusy = false), { once: true });
          void indexedDB.databases().then((all) => {
            const slot = all.find(({ name }) => name?.includes("/slot-"));
            const opening = indexedDB.open(slot?.name ?? "none");
            opening.addEventListener("error", reject);
            opening.addEventListener("success", () => {
              const db = opening.result;
              const work = db.transaction(["updates", "custom"], "readwrite");
              work.addEventListener("complete", () => db.close());
              const goOn = (): void => {
                if (!isBusy) return;
                work.objectStore("custom").get("none").addEventListener("success", goOn);
                resolve();
              };
              goOn();
            });
          });
        }),
    );
    cable.cut();
    await caretAfter(page, "seven States have named");
    await page.keyboard.type(" (SLOWLY)");
    const strip = page.locator("[data-strip='not-saved']");
    await strip.waitFor();
    await expect.poll(() => strip.innerText()).toContain("9 changes since");
    expect(await strip.innerText()).toContain("are not all kept on this device yet.");
    expect(await strip.getAttribute("data-device")).toBe("keeping");
    expect(await page.locator(".editor-host").getAttribute("data-device")).toBe("keeping");

    await page.evaluate(() => dispatchEvent(new Event("test-device-free")));
    await allKept(page);
    expect(await strip.innerText()).toContain("Not saved: 9 changes are kept on this device since");
    cable.mend();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await allSaved(page);
    await page.context().close();
  });

  it("[SS22] says when the device is full, and when it keeps again", async () => {
    const { page } = await hall.enter(server.url, "Tomi Okoru");
    await page.goto(text);
    await writing(page);
    await allSaved(page);
    // What a full device does: the write is begun and then undone by the browser.
    await page.evaluate(() => {
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = function full(this: IDBObjectStore, value: unknown) {
        const request = add.call(this, value);
        this.transaction.abort();
        return request;
      };
      addEventListener("offline", () => (IDBObjectStore.prototype.add = add));
    });
    const line = page.getByText("This browser keeps nothing on the device.");
    await caretAfter(page, "seven States have named");
    await page.keyboard.type(" (DEVICE FULL)");
    await line.waitFor();
    await page.evaluate(() => dispatchEvent(new Event("offline")));
    await expect
      .poll(
        async () => {
          await page.keyboard.type(".");
          return line.count();
        },
        { timeout: 20_000, interval: 1_000 },
      )
      .toBe(0);
    await allSaved(page);
    // Each failed write is on the console.
    hall.complaints();
    await page.context().close();
  });

  it("[SS18] shows the number of the record, and says unmissably when the record is another", async () => {
    const page = await openAs("Lotte Maas");
    await caretAfter(page, "seven States have named");
    await page.keyboard.press("Control+/");
    const number = page.locator(".record-note code");
    const shown = await number.innerText();
    expect(shown).toMatch(/^[0-9a-f]{64}$/);
    await page.getByRole("button", { name: "Copy the number" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    const context = await killTab(page);

    // As if the browser had seen a row that the server does not have.
    const elsewhere = await openTab(context, "/sessions");
    await elsewhere.evaluate(
      (id) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("chapeau-records");
          opening.addEventListener("success", () => {
            const work = opening.result.transaction("rows", "readwrite");
            const head = "5ee1".repeat(16);
            work.objectStore("rows").put({ id, seq: 1_000_000, head, locked: [], broken: null });
            work.addEventListener("complete", () => {
              opening.result.close();
              resolve();
            });
          });
        }),
      text.split("/").at(-1) ?? "",
    );
    await elsewhere.goto(text);
    const strip = elsewhere.locator("[data-strip='record']");
    await strip.waitFor();
    const said = await strip.innerText();
    expect(said).toContain("The record of this text is not the one you saw before.");
    expect(said).toContain("5ee1".repeat(16));
    expect(said).toContain(shown);
    await elsewhere.reload();
    await strip.waitFor();
    await strip.getByRole("button", { name: "Noted" }).click();
    await strip.waitFor({ state: "detached" });
    await elsewhere.reload();
    await writing(elsewhere);
    await allSaved(elsewhere);
    expect(await strip.count()).toBe(0);
    await context.close();
  });
});
