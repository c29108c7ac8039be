/** An upgrade brings files that know better than what was corrected before: the secretariat compares and takes them. */
import { and, eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { correctReading } from "#app/commands/correct-reading.ts";
import { factsOfReading } from "#app/rules/readings.ts";
import { loadReference } from "#db/reference/load.ts";
import { position } from "#db/schema/session.ts";
import { type Hall, expectQuiet, openHall } from "#test/support/browser.ts";
import { type Hall as People, done, openHall as openPeople } from "#test/support/people.ts";
import { freePort, startProcess } from "#test/support/process.ts";
import { changedReference } from "#test/support/reference-files.ts";
import { walk } from "#test/support/tour.ts";

let hall: Hall;

beforeAll(async () => {
  hall = await openHall();
});

afterAll(() => hall.close());

/** Older files: Australia's reading was of another document, New Zealand's said something else. */
const OLDER = {
  "published-positions.json": (text: string) =>
    text
      .replace(/\n\{"entity": "AUS", "topic": "due-diligence".*\},/, (line) =>
        line.replace("AUS-2021", "NZL-2020"),
      )
      .replace(
        /(\n\{"entity": "NZL", "topic": "due-diligence".*"summary": ")/,
        "$1In the words of older files: ",
      ),
};

/** The secretariat has corrected the readings of both; then the installation is stopped. */
async function installation(): Promise<string> {
  const people = await openPeople();
  await loadReference(people.db, () => Date.UTC(2026, 10, 20), changedReference(OLDER));
  await correctSummary(people, "aus", "Sees a duty to act within reason.");
  await correctSummary(people, "nzl", "Not settled as a rule of law.");
  await people.db.settled();
  people.db.close();
  return people.db.folder;
}

async function correctSummary(people: People, entityId: string, summary: string): Promise<void> {
  const [reading] = await people.db.read
    .select()
    .from(position)
    .where(and(eq(position.entityId, entityId), eq(position.topicId, "due-diligence")));
  if (!reading) throw new Error("the files have it");
  const { sourceForum, confidence, via, ...facts } = factsOfReading(reading);
  const typed = { ...facts, sourceForum: sourceForum ?? "", confidence: confidence ?? "", via: via ?? "" };
  const of = { positionId: reading.id, sessionId: "s", reason: "Read again, page 5" };
  done(await correctReading(await people.as("sela"), { ...typed, ...of, summary }));
}

async function signIn(page: Page, printed: () => string): Promise<void> {
  await expect.poll(printed, { timeout: 20_000 }).toMatch(/\/links\/\S+/);
  await page.goto(/https?:\/\/\S+\/links\/\S+/.exec(printed())?.[0] ?? "");
  await page.getByLabel("Name", { exact: true }).fill("Sela Marin");
  await page.getByLabel("E-mail address").fill("sela@secretariat.example");
  await page.getByLabel("New password").fill("seven grey herons over the lake");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByRole("link", { name: "New session" }).waitFor();
}

it("[RF17] [RF18] after an upgrade the list shows what stands beside what the files say, which is taken", async () => {
  const folder = await installation();
  const port = await freePort();
  const server = await startProcess({
    folder,
    port,
    env: {
      CHAPEAU_MODE: "production",
      CHAPEAU_ORIGIN: `http://127.0.0.1:${port}`,
      CHAPEAU_SECRET: "a secret for one evening of tests, no longer",
    },
  });
  try {
    const { page, context, close } = await hall.open(server.url);
    await signIn(page, server.printed);
    await page.goto("/reference");
    const list = page.getByRole("region", { name: "Held back by corrections" });
    const entry = (name: string) =>
      list
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name: `${name}, Due diligence` }) });
    await entry("Australia").getByText("The files read another document").waitFor();
    await entry("Australia").getByText("Sees a duty to act within reason.").first().waitFor();
    await entry("Australia").getByText("Links territorial authority").first().waitFor();
    await entry("Australia").getByText("Read again, page 5").waitFor();
    await entry("New Zealand").getByText("The files read the same document otherwise").waitFor();

    for (const width of [1440, 390]) {
      for (const theme of ["light", "dark"] as const) {
        const screen = await hall.open(server.url, { width, height: 900, theme });
        await screen.context.addCookies(await context.cookies());
        expect(await walk(screen.page, [{ name: "reference", open: "/reference" }], "everything")).toEqual(
          [],
        );
        await screen.close();
      }
    }

    // The forms that there are, and back.
    await entry("Australia").getByRole("link", { name: "Take it down… Australia, Due diligence" }).click();
    await page.getByRole("heading", { name: "Take this reading down?" }).waitFor();
    await page.goto("/reference");

    // Without script: refused without a reason, then taken.
    const plain = await hall.open(server.url, { script: false });
    await plain.context.addCookies(await context.cookies());
    await plain.page.goto("/reference");
    const australia = plain.page
      .getByRole("listitem")
      .filter({ has: plain.page.getByRole("heading", { name: "Australia, Due diligence" }) });
    await australia.locator("summary").click();
    await australia.getByLabel("Reason").fill(" ");
    await australia.getByRole("button", { name: "Take what the files say" }).click();
    await australia.getByRole("alert").waitFor();
    await australia.getByLabel("Reason").fill("The document of 2021 it is");
    await australia.getByRole("button", { name: "Take what the files say" }).click();
    await plain.page.getByText("The document of 2021 it is").waitFor();
    expect(await australia.count()).toBe(0);
    await plain.close();

    // The open page has heard of it, and takes the other one.
    await expect.poll(() => entry("Australia").count()).toBe(0);
    await entry("New Zealand").locator("summary").click();
    await entry("New Zealand").getByLabel("Reason").fill("As the document says");
    await entry("New Zealand").getByRole("button", { name: "Take what the files say" }).click();
    await list.getByText("Nothing is held back").waitFor();
    const corrections = page.getByRole("region", { name: "Newest corrections" });
    expect(await corrections.getByText("As the files have it: no → yes").count()).toBe(2);
    expectQuiet(hall);
    await close();
  } finally {
    await server.stop();
  }
});
