/** Authenticator codes in production, as people turn them on, sign in with them, lose them and are required to have them. */
import { readFileSync } from "node:fs";
import { decodeQR } from "qr/decode.js";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { codeAt } from "#test/support/authenticator.ts";
import { expectQuiet, type Hall, openHall, type Screen, type Seated } from "#test/support/browser.ts";
import { freePort, type ServerProcess, startProcess } from "#test/support/process.ts";
import { follow, invite, readLink } from "#test/support/secretariat.ts";
import { type SuiteFolder, suiteFolder } from "#test/support/suite-folder.ts";
import { walk } from "#test/support/tour.ts";

const PASSWORD = "seven grey herons over the lake";
const MARTA = "marta@secretariat.example";
const ALINE = "aline@france.example";
const PATIENCE = { timeout: 20_000 } as const;
const PHONE = { width: 390, height: 844 } as const;

let hall: Hall;
let server: ServerProcess;
let folder: SuiteFolder;
let marta: Seated;
let secret = "";
let recovery: readonly string[] = [];
/** What was shown once and must be nowhere else. */
const shown: string[] = [];

beforeAll(async () => {
  folder = suiteFolder();
  const port = await freePort();
  server = await startProcess({
    folder: folder.path,
    port,
    env: {
      CHAPEAU_MODE: "production",
      CHAPEAU_ORIGIN: `http://127.0.0.1:${port}`,
      CHAPEAU_SECRET: "a secret for one evening of tests, no longer",
      CHAPEAU_LOG: "debug",
    },
  });
  hall = await openHall();
});

afterAll(async () => {
  await hall.close();
  await server.stop();
  folder.remove();
});

afterEach(() => expectQuiet(hall));

async function begin(page: Page): Promise<void> {
  await page.goto("/account/codes");
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("heading", { name: "Tell your app" }).waitFor();
}

/** The secret as the page shows it to whoever types it. */
function secretOn(page: Page): Promise<string> {
  return page.locator("[data-secret]").innerText();
}

/** Turns codes on; the page then shows the recovery codes. */
async function turnOn(page: Page): Promise<{ secret: string; recovery: readonly string[] }> {
  await begin(page);
  const own = await secretOn(page);
  await page.getByLabel("Code that the app shows now").fill(codeAt(own, Date.now()));
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  return { secret: own, recovery: await page.locator("[data-recovery] code").allInnerTexts() };
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function give(page: Page, code: string): Promise<void> {
  await page.getByRole("heading", { name: "Your code" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(/\/sign-in/);
}

/** The drawing as a camera sees it. */
async function photograph(page: Page) {
  const drawing = page.getByRole("img", { name: /^QR code/ });
  const size = Number((await drawing.getAttribute("viewBox"))?.split(" ")[2]);
  const path = (await drawing.locator("path").getAttribute("d")) ?? "";
  const scale = 4;
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x = "", y = "", length = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * side + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { width: side, height: side, data };
}

describe("authenticator codes", () => {
  it("[SI9] the first of the secretariat comes in by the printed link", async () => {
    await expect.poll(() => server.printed(), PATIENCE).toMatch(/\/links\/\S+/);
    marta = await hall.open(server.url);
    const { page } = marta;
    await page.goto(/https?:\/\/\S+\/links\/\S+/.exec(server.printed())?.[0] ?? "");
    await page.getByLabel("Name", { exact: true }).fill("Marta Lindqvist");
    await page.getByLabel("E-mail address").fill(MARTA);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await page.getByRole("link", { name: "New session" }).waitFor();
  });

  it("[SI14] are turned on by password and first code; QR, letters and link say the same", async () => {
    const { page } = marta;
    await begin(page);
    secret = await secretOn(page);
    const link = await page.getByRole("link", { name: "Open in an app on this device" }).getAttribute("href");
    expect(decodeQR(await photograph(page))).toBe(link);
    expect(new URL(link ?? "").searchParams.get("secret")).toBe(secret.replace(/\s/g, ""));

    await page.getByLabel("Code that the app shows now").fill("000000");
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("alert").getByText("This code did not work").waitFor();
    expect(await secretOn(page)).toBe(secret);

    await page.getByLabel("Code that the app shows now").fill(codeAt(secret, Date.now()));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
    recovery = await page.locator("[data-recovery] code").allInnerTexts();
    expect(new Set(recovery).size).toBe(10);
    shown.push(secret.replace(/\s/g, ""), secret, ...recovery);

    await page.getByRole("button", { name: "Copy" }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()), PATIENCE)
      .toBe(recovery.join("\n"));
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save as a file" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("chapeau-recovery-codes.txt");
    const file = readFileSync(await download.path(), "utf8");
    for (const code of recovery) expect(file).toContain(code);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("[data-recovery]").isVisible()).toBe(true);
    expect(await page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
    await page.emulateMedia({ media: null });

    // Shown this once.
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.getByText("On. 10 recovery codes are left.").waitFor();
    await page.getByText("Authenticator codes were turned on").waitFor();
    await page.goto("/account/codes");
    expect(await page.content()).not.toContain(recovery[0]);
  });

  it("[SI11] [SI12] are asked for on a second page, work once, and a recovery code stands in for them", async () => {
    const { page } = marta;
    await signOut(page);
    await signIn(page, MARTA);
    await give(page, "000000");
    await page.getByRole("alert").getByText("This code did not work").waitFor();
    // The clock of a phone may be half a minute ahead; and whatever was used is behind it.
    const code = codeAt(secret, Date.now(), 1);
    await give(page, code);
    await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();

    await signOut(page);
    await signIn(page, MARTA);
    await give(page, code);
    await page.getByRole("alert").getByText("This code did not work").waitFor();
    await give(page, recovery[0] ?? "");
    await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
    await page.goto("/account");
    await page.getByText("Somebody signed in with a recovery code; 9 are left").waitFor();
  });

  it("[SI11] a page opened without a password before it says to begin with that", async () => {
    const visitor = await hall.open(server.url);
    await visitor.page.goto("/sign-in/code");
    await visitor.page.getByText("Give your password again").waitFor();
    await visitor.page.getByRole("link", { name: "Give the password again" }).click();
    await visitor.page.waitForURL(/\/sign-in\?/);
    await visitor.close();
  });

  it("[SI14] [SI17] without script as well; and lost ones are mended by a link of the secretariat", async () => {
    const link = await invite(marta.page, "Aline Moreau", ALINE);
    const aline = await hall.open(server.url, { ...PHONE, script: false });
    await follow(aline.page, link, PASSWORD);
    const on = await turnOn(aline.page);
    expect(on.recovery).toHaveLength(10);
    await signOut(aline.page);
    await signIn(aline.page, ALINE);
    await give(aline.page, codeAt(on.secret, Date.now(), 1));
    await aline.page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();

    const { page } = marta;
    await page.goto("/people");
    const row = page.getByRole("row").filter({ hasText: ALINE });
    await row.getByText("active, with codes").waitFor();
    await row.getByRole("button", { name: "Link for lost codes" }).click();
    const mending = await readLink(page, "Aline Moreau");
    const anew = await hall.open(server.url);
    await anew.page.goto(mending);
    await anew.page.getByText("your authenticator codes are turned off").waitFor();
    await follow(anew.page, mending, PASSWORD);
    await anew.page.goto("/account");
    await anew.page.getByText("Off: the password alone lets you in.").waitFor();
    await anew.page.getByText("Authenticator codes were turned off").waitFor();
    await row.getByText("active", { exact: true }).waitFor();
    await anew.close();
    await aline.close();
  });

  it("[SI16] are required of the secretariat and officers, whose rights rest until they have them", async () => {
    const { page } = marta;
    await page.goto("/people");
    await page.getByLabel("Name", { exact: true }).fill("Edda Winter");
    await page.getByLabel("E-mail address").fill("edda@secretariat.example");
    await page.getByLabel("Member of the secretariat", { exact: false }).check();
    await page.getByRole("button", { name: "Make an invitation link" }).click();
    const link = await readLink(page, "Edda Winter");
    const edda = await hall.open(server.url);
    await follow(edda.page, link, PASSWORD);
    await edda.page.getByRole("link", { name: "People" }).waitFor();
    await page.getByText("1 person of the secretariat or in an office has none.").waitFor();
    await page.getByRole("button", { name: "Require them" }).click();
    await page.getByRole("button", { name: "Require them no longer" }).waitFor();
    await page.getByRole("row").filter({ hasText: "Edda Winter" }).getByText("without codes").waitFor();

    await edda.page.goto("/");
    await edda.page.getByText("Until you have turned them on, its rights rest.").waitFor();
    expect(await edda.page.getByRole("link", { name: "People" }).count()).toBe(0);
    await edda.page.getByRole("link", { name: "Turn on authenticator codes" }).click();
    await turnOn(edda.page);
    await edda.page.getByRole("link", { name: "People" }).waitFor();
    expect(await edda.page.getByText("its rights rest").count()).toBe(0);
    await edda.close();
  });

  it.each([
    ["light, wide", { theme: "light" }],
    ["dark, on a phone", { theme: "dark", ...PHONE }],
  ] as const)("[SI14] axe finds nothing on their pages: %s", async (_, screen: Screen) => {
    const seated = await hall.open(server.url, screen);
    const { page } = seated;
    await signIn(page, ALINE);
    await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
    const faults = await walk(
      page,
      [
        { name: "off", open: "/account/codes" },
        { name: "begun", open: () => begin(page) },
        {
          name: "recovery codes",
          open: async () => {
            const code = codeAt(await secretOn(page), Date.now());
            await page.getByLabel("Code that the app shows now").fill(code);
            await page.getByRole("button", { name: "Turn on" }).click();
            await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
            recovery = await page.locator("[data-recovery] code").allInnerTexts();
          },
        },
        { name: "on", open: "/account/codes" },
        { name: "account", open: "/account" },
        {
          name: "turned off",
          open: async () => {
            await page.goto("/account/codes");
            const form = page.locator("form").filter({ hasText: "The password alone lets you in then" });
            await form.getByLabel("Present password").fill(PASSWORD);
            await form.getByLabel("Code", { exact: true }).fill(recovery[0] ?? "");
            await form.getByRole("button", { name: "Turn off" }).click();
            await page.getByText("Authenticator codes are off.").waitFor();
          },
        },
      ],
      "everything",
    );
    expect(faults).toEqual([]);
    await seated.close();
  });

  it("[SI15] neither secret nor recovery codes are in the log or the figures", async () => {
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    expect(figures).toContain("# HELP");
    expect(server.printed()).toContain(`"area":"account"`);
    expect(shown).toHaveLength(12);
    for (const words of shown) {
      expect(server.printed()).not.toContain(words);
      expect(figures).not.toContain(words);
    }
  });
});
