/** Editors' readings in the hands of the secretariat, and what newer files do to them. */
import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { correctReading, takeDownReading } from "#app/commands/correct-reading.ts";
import { factsOfReading, heldBy, readingAsLoaded } from "#app/rules/readings.ts";
import { loader as entityLoader } from "#app/routes/entity/route.tsx";
import { loader } from "#app/routes/position/route.tsx";
import { cellId, findCell } from "#app/routes/positions/cell.ts";
import { loader as fileLoader } from "#app/routes/positions-download/route.ts";
import { loader as referenceLoader } from "#app/routes/reference/route.tsx";
import { event } from "#db/schema/record.ts";
import { position } from "#db/schema/session.ts";
import { listPlacedPositions } from "#db/stores/position-standing.ts";
import { listPositionsNamed } from "#db/stores/position.ts";
import { findSession } from "#db/stores/session.ts";
import { listAskedOf } from "#db/stores/session-home.ts";
import { faultsIn } from "#test/support/database.ts";
import { openDelegations } from "#test/support/delegations.ts";
import { type Hall, refusedFor } from "#test/support/people.ts";
import { fileOf, linesOf } from "#test/support/position-table.ts";
import { publishReading } from "#test/support/reading.ts";
import { show } from "#test/support/reception.ts";
import { openWithReference } from "#test/support/reference-files.ts";
import {
  LINE,
  SUMMARY,
  TOPIC,
  answer,
  chainOf,
  files,
  formOf,
  load,
  newest,
  production,
  send,
} from "#test/support/reading-line.ts";

async function standsOn(hall: Hall, day: string, entityId = "aus"): Promise<string | null> {
  const placed = await listPlacedPositions(hall.db.read, { topicIds: [TOPIC], day });
  return placed.find((one) => one.entityId === entityId)?.id ?? null;
}

async function page(hall: Hall, personId: string | null, id: string) {
  const params = { session: "s", position: id };
  return (await show(loader, { context: await production(hall, personId), params })).body;
}

describe("the secretariat", () => {
  test("[RF13] [RF1] [RF2] corrects a reading: with who, when and why, and it holds in later files", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    const form = formOf(before, { summary: "Sees a duty to act within reason.", explicit: "no" });
    const taken = await send(hall, "sela", before.id, form);
    const after = await newest(hall);
    expect(taken).toMatchObject({ status: 302, location: `/sessions/s/positions/${after.id}` });
    expect(after).toMatchObject({
      supersedes: before.id,
      summary: "Sees a duty to act within reason.",
      explicit: false,
      standing: "editors",
      releasedBy: "sela",
      sourceUrl: before.sourceUrl,
    });
    expect(hall.told).toEqual([
      { audience: { kind: "everybody" }, topic: "reference" },
      { audience: { kind: "everybody" }, topic: "positions" },
    ]);
    const act = (await hall.db.read.select().from(event)).find((one) => one.act === "correctReading");
    expect(act).toMatchObject({ personId: "sela", thingId: after.id });

    expect(await page(hall, "sela", after.id)).toMatchObject({
      history: [{ state: "stands" }, { id: before.id, state: "corrected" }],
      reading: {
        may: "correct",
        corrections: [
          {
            by: "Sela",
            reason: "Read again, page 5",
            changes: [
              { field: "summary", before: before.summary, after: "Sees a duty to act within reason." },
              { field: "explicit", before: true, after: false },
            ],
          },
        ],
      },
    });
    // Everybody reads that and why, and not which person of the secretariat it was (rule RF11).
    const shown = JSON.stringify(await page(hall, null, after.id));
    expect(shown).toContain("Read again, page 5");
    expect(shown).not.toMatch(/\bSela\b/);
    expect(await page(hall, null, before.id)).toMatchObject({
      newer: { id: after.id },
      reading: { may: null },
    });
    const { corrections } = (await show(referenceLoader, { context: await production(hall, null) })).body;
    expect(corrections).toMatchObject([{ about: "Australia, Due diligence", by: null }]);

    // The same document in newer files: what was corrected holds, the rest follows.
    const folder = files((text) =>
      text
        .replace(SUMMARY, "The files say something else: a responsibility")
        .replace(
          "https://front.un-arm.org/wp-content/uploads/2021/08/A-76-136-EN.pdf",
          "https://undocs.org/A/76/136",
        ),
    );
    await load(hall, folder);
    expect(await newest(hall)).toMatchObject({
      summary: "Sees a duty to act within reason.",
      explicit: false,
      sourceUrl: "https://undocs.org/A/76/136",
    });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF14] what was corrected of one document is not put onto the files' reading of another", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    await send(hall, "sela", before.id, formOf(before, { summary: "Sees a duty to act within reason." }));
    const corrected = await newest(hall);
    const folder = files((text) =>
      text.replace(LINE, (line) =>
        line.replace('"stance": "binding"', '"stance": "voluntary"').replace("AUS-2021", "NZL-2020"),
      ),
    );
    await load(hall, folder);
    expect((await newest(hall)).id).toBe(corrected.id);
    // What nobody corrected follows the files to the other document.
    const facts = factsOfReading(before);
    const other = { ...facts, sourceTitle: "Another paper", stance: "voluntary" };
    const read = { last: facts, stands: true };
    const held = heldBy([{ value: { summary: { before: facts.summary, after: "S" } } }]);
    expect(readingAsLoaded(other, read, heldBy([]))).toEqual(other);
    expect(readingAsLoaded(other, read, held)).toEqual(facts);
    expect(readingAsLoaded({ ...facts, stance: "voluntary" }, read, held)).toEqual({
      ...facts,
      stance: "voluntary",
      summary: "S",
    });
  });

  test("[RF2] the history names a stance as the scale of its own topic does, where two have one of the same id", async () => {
    const hall = await openWithReference();
    const [reading] = await hall.db.read
      .select()
      .from(position)
      .where(and(eq(position.entityId, "dnk"), eq(position.topicId, "collective-countermeasures")));
    if (!reading) throw new Error("the files have it");
    const done = await send(hall, "sela", reading.id, formOf(reading, { stance: "not-permitted" }));
    expect(done.status).toBe(302);
    const { reading: shown } = await page(hall, null, done.location?.split("/").at(-1) ?? "");
    expect(shown).toMatchObject({
      corrections: [
        { changes: [{ field: "stance", before: "Open to the idea; law not treated as settled" }] },
      ],
    });
  });

  test("[RF13] a reading that was said to be of a later day stands on none of the days between", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    await send(hall, "sela", before.id, formOf(before, { sourceDate: "2024-02" }));
    const after = await newest(hall);
    expect(after.sourceDate).toBe("2024-02");
    expect(await standsOn(hall, "2023-01-01")).toBeNull();
    expect(await standsOn(hall, "2024-03-01")).toBe(after.id);
    // One correction, wherever it is shown.
    const line = [
      { id: after.id, state: "stands", sourceDate: "2024-02" },
      { id: before.id, state: "corrected", sourceDate: "2021-07-13" },
    ];
    for (const shown of await Promise.all([before, after].map(({ id }) => page(hall, null, id)))) {
      expect(shown["history"]).toHaveLength(2);
      expect(shown["history"]).toMatchObject(line);
    }
    expect(await page(hall, null, before.id)).toMatchObject({ newer: { id: after.id } });
    // The row between has no page of its own.
    expect(await page(hall, null, after.supersedes ?? "")).toMatchObject({ position: { id: after.id } });
    const cellOn = async (day: string) => {
      const context = await production(hall, null);
      const found = await findSession(hall.db.read, "s");
      const shown =
        found && (await findCell(context, found, { id: cellId({ topicId: TOPIC, entityId: "aus" }), day }));
      return shown?.history.map(({ id, state }) => ({ id, state }));
    };
    expect(await cellOn("2023-01-01")).toEqual([{ id: before.id, state: "corrected" }]);
    const named = await listPositionsNamed(hall.db.read, { ids: [before.id, after.id] });
    expect(
      named
        .map(({ id, isCorrected, isSuperseded, isWithdrawn }) => [
          id,
          isCorrected,
          isSuperseded || isWithdrawn,
        ])
        .toSorted(),
    ).toEqual(
      [
        [before.id, true, false],
        [after.id, false, false],
      ].toSorted(),
    );
    await send(hall, "sela", after.id, formOf(after, { sourceDate: "2019" }));
    expect(await standsOn(hall, "2019-06-01")).toBe((await newest(hall)).id);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[PS18] [RF13] the table as a file says which readings it corrected or put back, in both languages", async () => {
    const hall = await openWithReference();
    const columnFor = async (code: string, language: "en" | "ar" = "en") => {
      const context = { ...(await hall.as(null)), language };
      const request = new Request(`http://here/file?topic=${TOPIC}`);
      const response = await fileLoader({ context, request, params: { session: "s", format: "csv" } });
      const [head = [], ...lines] = linesOf(await response.text());
      const at = head.indexOf(language === "en" ? "Corrections by the secretariat" : "تصحيحات الأمانة");
      expect(at).toBeGreaterThan(0);
      const read = lines.filter((line) => line[at] !== "").map((line) => line[3]);
      return { said: lines.find((line) => line[3] === code)?.[at], read };
    };
    expect(await columnFor("AUS")).toEqual({ said: "", read: [] });
    const before = await newest(hall);
    await send(hall, "sela", before.id, formOf(before, { summary: "Says that it must act." }));
    const corrected = "corrected by the secretariat";
    expect(await columnFor("AUS")).toEqual({ said: corrected, read: ["AUS"] });
    expect((await columnFor("AUS", "ar")).said).toBe("صححتها الأمانة");
    // Later files keep what was corrected, in a row of their own.
    await load(
      hall,
      files((text) => text.replace(LINE, (line) => line.replace('"explicit": true', '"explicit": false'))),
    );
    expect((await columnFor("AUS")).said).toBe(corrected);
    for (const intent of ["take-down", "put-back"]) {
      const { id } = await newest(hall);
      expect((await send(hall, "sela", id, { intent, reason: "Read again" })).status).toBe(302);
    }
    expect((await columnFor("AUS")).said).toBe(`${corrected}; put back on record by the secretariat`);
  });

  test("[RF13] [PS3] a reading is not said to be of a day that has not begun at the venue", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    // Evening in New York, where the session is; tomorrow by universal time.
    hall.wait(14 * 60 * 60_000);
    expect(await send(hall, "sela", before.id, formOf(before, { sourceDate: "2026-11-24" }))).toMatchObject({
      status: 422,
      body: { refusal: { fields: { sourceDate: "date-future" } }, typed: { sourceDate: "2026-11-24" } },
    });
    const today = { sourceDate: "2026-11-23" };
    expect((await send(hall, "sela", before.id, formOf(before, today))).status).toBe(302);
    // The table of the same minute has it.
    const csv = await (await fileOf(hall, null, "csv", `?topic=${TOPIC}`)).text();
    expect(csv).toContain((await newest(hall)).id);
    expect(csv).not.toContain(before.id);
    // A session that is not there has no day.
    const reading = await newest(hall);
    const typed = { ...formOf(reading, { summary: "S" }), explicit: true };
    const asked = { ...typed, positionId: reading.id, sessionId: "nowhere" };
    expect(refusedFor(await correctReading(await hall.as("sela"), asked))).toBe("not-there");
  });

  test("[RF13] takes a reading down for every day and every later file, and puts it back", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    const asked = async () =>
      (await listAskedOf(hall.db.read, { entityId: "aus", exercise: false })).map(({ id }) => id);
    expect(await asked()).toContain(before.id);
    const down = await send(hall, "sela", before.id, {
      intent: "take-down",
      reason: "Another State's paper",
    });
    expect(down.status).toBe(302);
    const end = await newest(hall);
    expect(end).toMatchObject({ supersedes: before.id, withdraws: true, summary: "", releasedBy: "sela" });
    for (const day of ["2021-07-13", "2026-11-23"]) expect(await standsOn(hall, day)).toBeNull();
    expect((await asked()).filter((id) => id === before.id || id === end.id)).toEqual([]);
    expect(await page(hall, "sela", end.id)).toMatchObject({
      position: { withdraws: true, takenDownBy: "secretariat" },
      history: [
        { id: end.id, state: "secretariat" },
        { id: before.id, state: "taken-down" },
      ],
      reading: { may: "put-back", corrections: [{ reason: "Another State's paper" }] },
    });
    const entity = await show(entityLoader, {
      context: await production(hall, null),
      params: { entity: "aus" },
    });
    expect(entity.body["topics"]).toContainEqual(
      expect.objectContaining({ id: TOPIC, own: null, history: [expect.anything(), expect.anything()] }),
    );
    await load(
      hall,
      files((text) => text.replace(SUMMARY, "Binds to a responsibility")),
    );
    expect((await newest(hall)).id).toBe(end.id);

    const back = await send(hall, "sela", end.id, {
      intent: "put-back",
      reason: "It is Australia's after all",
    });
    expect(back.status).toBe(302);
    const again = await newest(hall);
    expect(again).toMatchObject({ supersedes: end.id, summary: before.summary, withdraws: null });
    expect(await standsOn(hall, "2026-11-23")).toBe(again.id);
    // Files that do not have it any more leave what was put back by hand.
    await load(
      hall,
      files((text) => text.replace(LINE, "")),
    );
    expect((await newest(hall)).id).toBe(again.id);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF13] [RF2] alone does so, with a reason, on what is read now, and what was typed stays", async () => {
    const hall = await openWithReference();
    const reading = await newest(hall);
    const form = formOf(reading, { summary: "Otherwise." });
    for (const personId of ["amara", "bilal", "dario"]) {
      expect((await send(hall, personId, reading.id, form)).status).toBe(403);
      expect(
        refusedFor(await takeDownReading(await hall.as(personId), { positionId: reading.id, reason: "R" })),
      ).toBe("not-allowed");
      expect(await page(hall, personId, reading.id)).toMatchObject({
        reading: { isKeeper: false, may: null },
      });
    }
    expect((await send(hall, null, reading.id, form)).status).toBe(401);
    const faults: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
      [{ reason: " " }, "reason", "reason-missing"],
      [{ stance: "none" }, "stance", "stance-unknown"],
      [{ summary: "" }, "summary", "reading-summary-missing"],
      [{ sourceTitle: "" }, "sourceTitle", "source-missing"],
      [{ sourceDate: "July" }, "sourceDate", "date-vague"],
      [{ sourceDate: "2021-13" }, "sourceDate", "date-vague"],
      [{ sourceDate: "2027" }, "sourceDate", "date-future"],
      [{ sourceUrl: "javascript:x" }, "sourceUrl", "url-wrong"],
      [{ confidence: "sure" }, "confidence", "confidence-unknown"],
      [{ via: "nowhere" }, "via", "publication-unknown"],
    ];
    for (const [change, name, code] of faults) {
      const typed = { ...form, ...change };
      expect(await send(hall, "sela", reading.id, typed)).toMatchObject({
        status: 422,
        body: { refusal: { fields: { [name]: code } }, typed },
      });
    }
    expect((await send(hall, "sela", reading.id, formOf(reading))).body).toMatchObject({
      refusal: { code: "nothing-changed" },
    });
    expect((await send(hall, "sela", reading.id, { intent: "put-back", reason: "R" })).status).toBe(409);
    expect(await chainOf(hall)).toHaveLength(1);
    // Somebody else was faster.
    await send(hall, "sela", reading.id, form);
    expect(await send(hall, "sela", reading.id, { ...form, summary: "Mine." })).toMatchObject({
      status: 409,
      body: { refusal: { code: "position-superseded" }, typed: { summary: "Mine." } },
    });
    // What is no reading, and what is of the other kind, is not there.
    expect((await send(hall, "sela", "none", form)).status).toBe(404);
    await publishReading(hall, "lem", { topicId: TOPIC });
    expect((await send(hall, "sela", "reading-lem", form)).status).toBe(404);
  });
});

describe("newer files", () => {
  const without = () => files((text) => text.replace(LINE, ""));

  test("[RF15] take a reading down that they do not have any more; its history stays, and it can come back", async () => {
    const hall = await openWithReference();
    const before = await newest(hall);
    await load(hall, without());
    const end = await newest(hall);
    expect(end).toMatchObject({ supersedes: before.id, withdraws: true, releasedBy: null });
    for (const day of ["2021-07-13", "2026-11-23"]) expect(await standsOn(hall, day)).toBeNull();
    expect(await page(hall, null, before.id)).toMatchObject({
      newer: { id: end.id },
      history: [
        { id: end.id, state: "files" },
        { id: before.id, state: "taken-down" },
      ],
    });
    // Once is enough, whatever else changes.
    await load(
      hall,
      files((text) => `${text.replace(LINE, "")}\n`),
    );
    expect(await chainOf(hall)).toHaveLength(2);
    await load(hall);
    expect(await newest(hall)).toMatchObject({
      supersedes: end.id,
      summary: before.summary,
      withdraws: null,
    });
    expect(await standsOn(hall, "2026-11-23")).toBe((await newest(hall)).id);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF15] [RF13] leave a reading in the history that its State has answered, and so does the secretariat", async () => {
    const hall = await openWithReference();
    const reading = await newest(hall);
    await answer(hall, reading);
    await load(hall, without());
    expect(await chainOf(hall)).toHaveLength(1);
    expect(await standsOn(hall, "2026-11-23")).toBe("own");
    expect(await page(hall, "sela", reading.id)).toMatchObject({ reading: { isKeeper: true, may: null } });
    expect((await send(hall, "sela", reading.id, { intent: "take-down", reason: "R" })).body).toMatchObject({
      refusal: { code: "reading-of-a-state" },
    });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF15] say nothing of what is invented for an exercise", async () => {
    const hall = await openDelegations();
    const id = await publishReading(hall, "lem");
    await load(hall);
    const rows = await hall.db.read.select().from(position).where(eq(position.entityId, "lem"));
    expect(rows.map((row) => row.id)).toEqual([id]);
  });
});
