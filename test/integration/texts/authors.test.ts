import { describe, expect, it } from "vitest";
import { loader as authorshipLoader } from "#app/routes/authorship/route.tsx";
import { loader as paragraphLoader } from "#app/routes/paragraph/route.tsx";
import { endOfficer, insertOfficer } from "#db/stores/officer.ts";
import { TEXT } from "#test/support/room.ts";
import { BASE, openHouse } from "./house.ts";

describe("who wrote, after offices have changed", () => {
  it("[AU7] each run bears the office of its own time", async () => {
    const house = await openHouse();
    const { db, clock } = house;
    const page = await house.drafting("amara");
    page.write("a", "Decides to meet;");
    await house.settle();
    clock.advance(600_000);
    await db.write(async (tx) => {
      await endOfficer(tx, "office-amara", clock.now());
      await insertOfficer(tx, {
        id: "office-next",
        sessionId: "s",
        personId: "amara",
        office: "facilitator",
        fromAt: clock.now(),
        untilAt: null,
      });
    });
    clock.advance(600_000);
    page.type("a", 0, "Further ");
    await house.settle();
    clock.advance(600_000);
    await db.write((tx) => endOfficer(tx, "office-next", clock.now()));
    clock.advance(600_000);
    page.type("a", 0, "Also ");
    await house.settle();

    const context = await house.as("bilal");
    const request = new Request(`http://localhost${BASE}`);
    const params = { session: "s", text: TEXT };
    const { paragraphs, legend } = await authorshipLoader({ context, params, request });
    const sigla = new Map(legend.map(({ key, siglum }) => [key, siglum]));
    const runs = paragraphs.flatMap((paragraph) => paragraph.runs);
    // Without an office by then: the initials of the name.
    const wordsOf = (run: (typeof runs)[number]) => run.pieces.map(({ words }) => words).join("");
    expect(runs.map((run) => [wordsOf(run), sigla.get(run.key)])).toEqual([
      ["Also ", "a"],
      ["Further ", "Facil."],
      ["Decides to meet;", "Chair"],
    ]);
    const { wordings } = await paragraphLoader({ context, params: { ...params, paragraph: "a" }, request });
    expect(wordings.map(({ by }) => by?.siglum)).toEqual(["a", "Facil.", "Chair"]);
  });
});

describe("opening words", () => {
  it("[LB8] stand in italics by rule where it is shown who wrote what, and in a paragraph's life", async () => {
    const house = await openHouse();
    const page = await house.drafting("amara");
    page.write("a", "Decides to meet;");
    await house.settle();
    house.clock.advance(600_000);
    page.type("a", 0, "Further ");
    await house.settle();
    const context = await house.as("bilal");
    const request = new Request(`http://localhost${BASE}`);
    const params = { session: "s", text: TEXT };
    const { paragraphs } = await authorshipLoader({ context, params, request });
    const pieces = paragraphs.flatMap(({ runs }) => runs.flatMap((run) => run.pieces));
    const italic = (of: typeof pieces) => of.filter(({ em }) => em);
    expect(pieces.map(({ words }) => words).join("")).toBe("Further Decides to meet;");
    expect(italic(pieces).map(({ words }) => words)).toEqual(["Further ", "Decides"]);

    page.write("b", "Requests the Secretariat to report;");
    await house.settle();
    const again = await authorshipLoader({ context, params, request });
    const requests = again.paragraphs.find(({ id }) => id === "b")?.runs.flatMap((run) => run.pieces) ?? [];
    expect(requests).toEqual([
      { words: "Requests", em: true, strong: false },
      { words: " the Secretariat to report;", em: false, strong: false },
    ]);

    const { wordings } = await paragraphLoader({ context, params: { ...params, paragraph: "a" }, request });
    const life = wordings.map((wording) => wording.pieces.map(({ kind, text, em }) => [kind, text, em]));
    expect(life).toEqual([
      [
        ["ins", "Further ", true],
        ["equal", "Decides", true],
        ["equal", " to meet;", false],
      ],
      [
        ["equal", "Decides", true],
        ["equal", " to meet;", false],
      ],
    ]);
  });
});
