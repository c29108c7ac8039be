/** The language of the interface: chosen by a form, kept by the browser, spoken by whatever answers. */
import { describe, expect, it } from "vitest";
import { startWords } from "#app/i18n/start-words.ts";
import { loader as delegationsLoader } from "#app/routes/delegations/route.tsx";
import { action as settingsAction, loader as settingsLoader } from "#app/routes/settings/route.ts";
import { loadReference } from "#db/reference/load.ts";
import { putEntity } from "#db/stores/entity.ts";
import { listDelegations, listEntitiesOutside } from "#db/stores/delegation.ts";
import { listStandingPositions } from "#db/stores/position-standing.ts";
import { temporaryDatabase } from "#test/support/database.ts";
import { openHall } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";
import { startTestServer } from "#test/support/server.ts";

describe("the form of languages", () => {
  it("[LA4] lets everybody choose one of ours, and goes back to the page that it stood on", async () => {
    const hall = await openHall();
    const cases = [
      [{ language: "ar", to: "/sessions/s/texts?x=1" }, "/sessions/s/texts?x=1", "language=ar"],
      [{ language: "en", to: "https://evil.example/" }, "/", "language=en"],
      [{ language: "ar", to: "//evil.example/" }, "/", "language=ar"],
      [{ language: "ar", to: String.raw`/\evil.example/` }, "/", "language=ar"],
      [{ language: "ar" }, "/", "language=ar"],
      [{ language: "ar; Path=/x", to: "/people" }, "/", "theme=system; large=0"],
    ] as const;
    for (const personId of [null, "dario"]) {
      for (const [typed, to, kept] of cases) {
        const context = await hall.as(personId);
        const { location, cookie } = await submit(settingsAction, { ...typed }, { context });
        const away = kept.startsWith("theme") && personId !== null ? "/account" : to;
        expect({ typed, location, cookie }).toEqual({ typed, location: away, cookie: kept });
      }
    }
    expect(settingsLoader().headers.get("Location")).toBe("/");
  });
});

describe("names", () => {
  it("[LA5] of States are those of the United Nations in Arabic, in English order; groups too where they are known", async () => {
    const db = temporaryDatabase();
    await loadReference(db, () => 1_795_000_000_000);
    const which = { sessionId: "none", exercise: false } as const;
    const arabic = await listEntitiesOutside(db.read, { ...which, language: "ar" });
    const english = await listEntitiesOutside(db.read, which);
    expect(arabic.map(({ id }) => id)).toEqual(english.map(({ id }) => id));
    expect(arabic.find(({ code }) => code === "EGY")?.name).toBe("مصر");
    expect(arabic.filter(({ name }) => !/\p{sc=Arabic}/u.test(name))).toEqual([]);
    const said = await listStandingPositions(db.read, { topicIds: ["sovereignty"], language: "ar" });
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter(({ entityName }) => !/\p{sc=Arabic}/u.test(entityName))).toEqual([]);
  });

  it("[LA5] are given to pages in the reader's language, and in English where no other is known", async () => {
    const hall = await openHall();
    await hall.db.write((tx) =>
      putEntity(tx, {
        id: "lem",
        kind: "exercise-state",
        code: "LEM",
        names: { en: "Lemuria", ar: "ليموريا" },
        regionalGroup: null,
        alphabet: "lemuria",
      }),
    );
    const context = await hall.as("bilal");
    const names = async (language: "en" | "ar") =>
      (await listDelegations(hall.db.read, "s", language)).map(({ name }) => name);
    expect(await names("en")).toContain("Lemuria");
    expect(await names("ar")).toContain("ليموريا");
    const page = await show(delegationsLoader, {
      context: { ...context, language: "ar" },
      params: { session: "s" },
    });
    expect(JSON.stringify(page)).toContain("ليموريا");
  });
});

describe("the process itself", () => {
  it("[LA4] answers in the language that was chosen, else in the one that the browser prefers", async () => {
    const server = await startTestServer();
    const says = async (headers: Record<string, string>): Promise<string> => {
      const answer = await server.visitor().send("PUT", "/", { origin: server.url, ...headers });
      expect(answer.status).toBe(405);
      return answer.body.trim();
    };
    expect(await says({})).toBe(startWords.en.postOnly);
    expect(await says({ "accept-language": "ar-EG,ar;q=0.9" })).toBe(startWords.ar.postOnly);
    expect(await says({ "accept-language": "ar", cookie: "language=en" })).toBe(startWords.en.postOnly);
    expect(await says({ "accept-language": "en", cookie: "theme=dark; language=ar" })).toBe(
      startWords.ar.postOnly,
    );
  });
});
