/** Drafters at their browsers, in the exercise as it is played: what the product is for. */
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

const RESOLUTION = /Assistance after ICT incidents/;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let cable: Cable;

beforeAll(async () => {
  folder = suiteFolder();
  server = await startProcess({ folder: folder.path });
  cable = await layCable(server.port);
  hall = await openHall();
}, 120_000);

afterAll(async () => {
  await hall.close();
  await cable.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

describe("two drafters in one text", () => {
  it("[RM1] type in the same text, see each other's words and carets, and everything is saved", async () => {
    const tomi = await hall.enter(server.url, "Tomi Okoru");
    const lotte = await hall.enter(server.url, "Lotte Maas");
    const address = await openText(tomi.page, RESOLUTION);
    await lotte.page.goto(address);
    await writing(tomi.page);
    await writing(lotte.page);

    await caretAfter(tomi.page, "ransomware against hospitals");
    await tomi.page.keyboard.type(" (TOMI WAS HERE)");
    await caretAfter(lotte.page, "first hours after an incident");
    await lotte.page.keyboard.type(" (AND LOTTE)");

    await expect.poll(() => paragraphWith(lotte.page, "ransomware")).toContain("(TOMI WAS HERE)");
    await expect.poll(() => paragraphWith(tomi.page, "first hours")).toContain("(AND LOTTE)");
    await allSaved(tomi.page);
    await allSaved(lotte.page);
    await expect
      .poll(() => lotte.page.locator(".ProseMirror [data-siglum='IBR']").count())
      .toBeGreaterThan(0);

    await tomi.close();
    await lotte.close();
  });

  it("[ED1] [ED4] split with Enter in mid-sentence and merge with Backspace while the other types in it", async () => {
    const tomi = await hall.enter(server.url, "Tomi Okoru");
    const lotte = await hall.enter(server.url, "Lotte Maas");
    const address = await openText(tomi.page, RESOLUTION);
    await lotte.page.goto(address);
    await writing(tomi.page);
    await writing(lotte.page);
    const before = await tomi.page.locator(".ProseMirror .para").count();

    await caretAfter(tomi.page, "one assistance exercise each year");
    await tomi.page.keyboard.press("Enter");
    await tomi.page.keyboard.type("Invites the observers to take part;");
    await expect.poll(() => lotte.page.locator(".ProseMirror .para").count()).toBe(before + 1);
    await caretAfter(lotte.page, "Invites the observers");
    await lotte.page.keyboard.type(" and to report;");
    await expect.poll(() => paragraphWith(tomi.page, "Invites the observers")).toContain("and to report;");

    await tomi.page.keyboard.press("Home");
    await tomi.page.keyboard.press("Backspace");
    await expect.poll(() => lotte.page.locator(".ProseMirror .para").count()).toBe(before);
    const merged = await paragraphWith(lotte.page, "one assistance exercise each year");
    expect(merged).toContain("Invites the observers to take part; and to report;");
    await allSaved(tomi.page);
    await tomi.close();
    await lotte.close();
  });

  it("[SS1] [SS2] goes on typing without a network, says so, and ends with the same words as the other", async () => {
    const tomi = await hall.enter(cable.url, "Tomi Okoru");
    const lotte = await hall.enter(server.url, "Lotte Maas");
    const path = new URL(await openText(tomi.page, RESOLUTION)).pathname;
    await lotte.page.goto(path);
    await writing(tomi.page);
    await writing(lotte.page);
    await allSaved(tomi.page);

    cable.cut();
    await caretAfter(tomi.page, "named since its second session");
    await tomi.page.keyboard.type(" OFFLINE WORDS");
    await tomi.page
      .getByText(/not saved/i)
      .first()
      .waitFor();
    await caretAfter(lotte.page, "named since its second session");
    await lotte.page.keyboard.type(" ONLINE WORDS");
    await allSaved(lotte.page);

    cable.mend();
    await expect
      .poll(() => paragraphWith(lotte.page, "second session"), { timeout: 40_000 })
      .toContain("OFFLINE WORDS");
    await expect
      .poll(() => paragraphWith(tomi.page, "second session"), { timeout: 40_000 })
      .toContain("ONLINE WORDS");
    await allSaved(tomi.page);
    expect(await tomi.page.locator(".ProseMirror").innerText()).toContain("OFFLINE WORDS");
    await tomi.close();
    await lotte.close();
  });

  it("[RM1] [RM7] what was acknowledged is there after a kill, without the page that typed it", async () => {
    const tomi = await hall.enter(server.url, "Tomi Okoru");
    const path = new URL(await openText(tomi.page, RESOLUTION)).pathname;
    await writing(tomi.page);
    await caretAfter(tomi.page, "cost of assistance should not fall");
    await tomi.page.keyboard.type(" ACKNOWLEDGED");
    await allSaved(tomi.page);
    const { port } = server;
    await server.stop("SIGKILL");
    // With the page goes its replica: only the server can have the words.
    await tomi.close();
    server = await startProcess({ folder: folder.path, port });
    const fresh = await hall.enter(server.url, "Mira Ilves");
    await fresh.page.goto(path);
    expect(await paragraphWith(fresh.page, "cost of assistance")).toContain("ACKNOWLEDGED");
    await fresh.close();
  });

  it("[SS2] [SS9] [RM16] loses nothing when the server is killed in mid-sentence", async () => {
    const tomi = await hall.enter(cable.url, "Tomi Okoru");
    await openText(tomi.page, RESOLUTION);
    await writing(tomi.page);
    await allSaved(tomi.page);
    await caretAfter(tomi.page, "cost of assistance should not fall");
    await tomi.page.keyboard.type(" BEFORE THE KILL");
    await allSaved(tomi.page);
    const { port } = server;
    await server.stop("SIGKILL");
    await tomi.page.keyboard.type(" AND AFTER IT");
    await tomi.page
      .getByText(/not saved/i)
      .first()
      .waitFor();
    server = await startProcess({ folder: folder.path, port });
    await allSaved(tomi.page);

    const fresh = await hall.enter(server.url, "Mira Ilves");
    await fresh.page.goto(new URL(tomi.page.url()).pathname);
    expect(await paragraphWith(fresh.page, "cost of assistance")).toContain("BEFORE THE KILL AND AFTER IT");
    await tomi.close();
    await fresh.close();
  });
});
