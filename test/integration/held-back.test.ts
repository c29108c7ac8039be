/** What the files know better than a correction: the secretariat sees it, and takes it or leaves it. */
import { describe, expect, test } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { takeFilesReading } from "#app/commands/correct-reading.ts";
import { type ReadingFacts, factsOfReading, heldBack, heldBy, readingAsLoaded } from "#app/rules/readings.ts";
import { loader as positionLoader } from "#app/routes/position/route.tsx";
import type { HeldLine } from "#app/routes/reference/held.ts";
import { action, loader } from "#app/routes/reference/route.tsx";
import { readingsInFiles } from "#db/reference/load.ts";
import { event } from "#db/schema/record.ts";
import { listCorrectionHistory } from "#db/stores/reference-correction.ts";
import { faultsIn } from "#test/support/database.ts";
import { type Hall, refusedFor } from "#test/support/people.ts";
import { fileOf } from "#test/support/position-table.ts";
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
import { show, submit } from "#test/support/reception.ts";
import { openWithReference } from "#test/support/reference-files.ts";

/** Who asks when the installation has the files of this folder. */
async function having(hall: Hall, personId: string | null, folder?: URL): Promise<AppLoadContext> {
  return { ...(await production(hall, personId)), readingsInFiles: readingsInFiles(folder) };
}

/** The list as the person reads it; null: there is none. */
async function list(hall: Hall, folder?: URL, personId: string | null = "sela"): Promise<HeldLine[] | null> {
  const { body } = await show(loader, { context: await having(hall, personId, folder) });
  return body["held"] as HeldLine[] | null;
}

async function take(hall: Hall, { folder, seen, reason = "The files are right", personId = "sela" }: Taken) {
  hall.wait(60_000);
  const form = { intent: "take-files", entity: "aus", topic: TOPIC, seen, reason };
  return submit(action, form, { context: await having(hall, personId, folder) });
}

type Taken = {
  readonly folder: URL;
  readonly seen: string;
  readonly reason?: string;
  readonly personId?: string | null;
};

/** Files that read another document: of New Zealand's source, and with another stance. */
const otherDocument = () =>
  files((text) =>
    text.replace(LINE, (line) =>
      line.replace('"stance": "binding"', '"stance": "voluntary"').replace("AUS-2021", "NZL-2020"),
    ),
  );

const otherSummary = () => files((text) => text.replace(SUMMARY, "The files say more: a responsibility"));

/** Corrects the summary of Australia's reading. */
async function corrected(hall: Hall, change: Readonly<Record<string, string>> = { summary: "S" }) {
  const before = await newest(hall);
  expect((await send(hall, "sela", before.id, formOf(before, change))).status).toBe(302);
  return { before, after: await newest(hall) };
}

describe("the same document", () => {
  const facts: ReadingFacts = {
    stance: "binding",
    summary: "S",
    sourceTitle: "Compendium",
    sourceDate: "2021-07-13",
    sourceSymbol: "A/76/136",
    sourceUrl: "",
    sourceForum: null,
    explicit: true,
    confidence: "seen",
    via: null,
  };

  test("[RF14] is told by what stood before a correction of its own title, symbol and date", async () => {
    const change = {
      sourceTitle: "Compendium of contributions",
      sourceSymbol: "A/76/136*",
      sourceDate: "2021",
    };
    const last = { ...facts, ...change };
    const held = heldBy([
      { value: { sourceTitle: { before: "Compendium", after: "Compendium, whole" } } },
      {
        value: {
          sourceTitle: { before: "Compendium, whole", after: change.sourceTitle },
          sourceSymbol: { before: facts.sourceSymbol, after: change.sourceSymbol },
          sourceDate: { before: facts.sourceDate, after: change.sourceDate },
        },
      },
    ]);
    const read = { last, stands: true };
    const loaded = (file: ReadingFacts) => readingAsLoaded(file, read, held);
    // The files as they were, with other words: the same document, whose other fields follow them.
    expect(loaded({ ...facts, summary: "Other" })).toEqual({ ...last, summary: "Other" });
    expect(
      heldBack({ ...facts, summary: "Other" }, { last: { ...last, summary: "Other" }, stands: true }, held),
    ).toBeNull();
    // The files take over a part of the correction.
    expect(loaded({ ...facts, sourceTitle: change.sourceTitle })).toEqual(last);
    // Each of the three alone makes it another document: nothing of it is mixed into what stands.
    for (const other of [{ sourceTitle: "Paper" }, { sourceSymbol: "A/77/1" }, { sourceDate: "2023" }]) {
      const file = { ...facts, ...other, summary: "Other" };
      expect(loaded(file)).toEqual(last);
      expect(heldBack(file, read, held)).toBe("document");
    }
    // What the files took down and bring again of another document does not get the corrections either.
    const down = { last, stands: false };
    const paper = { ...facts, sourceTitle: "Paper" };
    expect(readingAsLoaded(paper, down, held)).toEqual(paper);
    const byTheSecretariat = { ...held, fields: { ...held.fields, recorded: false } };
    expect(readingAsLoaded(paper, down, byTheSecretariat)).toBeNull();
    expect(readingAsLoaded(facts, down, held)).toEqual(last);
  });

  test("[RF14] is told by everything that stood there between several corrections too", async () => {
    const hall = await openWithReference();
    for (const sourceTitle of ["A second title", "A third title"]) await corrected(hall, { sourceTitle });
    // The files take over the second title, and another stance.
    const folder = files((text) =>
      text
        .replace(/("id": "AUS-2021".*?"title": ")[^"]*/, "$1A second title")
        .replace(LINE, (line) => line.replace('"stance": "binding"', '"stance": "voluntary"')),
    );
    await load(hall, folder);
    expect(await newest(hall)).toMatchObject({ sourceTitle: "A third title", stance: "voluntary" });
    expect(await list(hall, folder)).toEqual([]);
  });

  test("[RF14] stays the same in newer files when its title and symbol were corrected", async () => {
    const hall = await openWithReference();
    const { after } = await corrected(hall, {
      sourceTitle: "Australia's contribution",
      sourceSymbol: "A/76/136*",
    });
    const folder = otherSummary();
    await load(hall, folder);
    const read = await newest(hall);
    expect(read).toMatchObject({ supersedes: after.id, sourceTitle: "Australia's contribution" });
    expect(read.summary).toContain("The files say more");
    expect(await list(hall, folder)).toEqual([]);
    // Another document that has nothing in common with it but the day.
    const other = otherDocument();
    await load(hall, other);
    expect((await newest(hall)).id).toBe(read.id);
    expect(await list(hall, other)).toMatchObject([{ what: "document" }]);
  });
});

describe("another document", () => {
  test("[RF14] [RF15] is read as the files have it where they had taken the corrected reading down themselves", async () => {
    const hall = await openWithReference();
    const { after } = await corrected(hall);
    await load(
      hall,
      files((text) => text.replace(LINE, "")),
    );
    expect(await newest(hall)).toMatchObject({ supersedes: after.id, withdraws: true, releasedBy: null });
    const folder = otherDocument();
    await load(hall, folder);
    const read = await newest(hall);
    expect(read).toMatchObject({ withdraws: null, stance: "voluntary", releasedBy: null });
    expect(read.summary).toContain(SUMMARY);
    expect(read.sourceTitle).not.toBe(after.sourceTitle);
    expect(await list(hall, folder)).toEqual([]);
    // What was corrected is of the document that went, whatever is loaded since.
    const again = files((text) =>
      text.replace(LINE, (line) =>
        line
          .replace('"stance": "binding"', '"stance": "voluntary"')
          .replace("AUS-2021", "NZL-2020")
          .replace(SUMMARY, "Now a responsibility"),
      ),
    );
    await load(hall, again);
    expect((await newest(hall)).summary).toContain("Now a responsibility");
    // A correction of this one holds.
    await corrected(hall, { summary: "Of the other" });
    await load(hall, folder);
    expect(await newest(hall)).toMatchObject({ summary: "Of the other", stance: "voluntary" });
    expect(await list(hall, folder)).toMatchObject([{ what: "fields", stands: { summary: "Of the other" } }]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF14] [RF15] and not the one that the files took down and bring again: to that the corrections belong", async () => {
    const hall = await openWithReference();
    await corrected(hall);
    await load(
      hall,
      files((text) => text.replace(LINE, "")),
    );
    await load(hall);
    expect(await newest(hall)).toMatchObject({ withdraws: null, summary: "S", stance: "binding" });
  });
});

describe("the secretariat's list of what corrections hold back", () => {
  test("[RF17] is empty while the files say what they said when it was corrected, and is nobody else's", async () => {
    const hall = await openWithReference();
    expect(await list(hall)).toEqual([]);
    await corrected(hall);
    expect(await list(hall)).toEqual([]);
    const folder = otherDocument();
    await load(hall, folder);
    expect(await list(hall, folder)).toHaveLength(1);
    for (const personId of [null, "amara", "bilal", "dario"]) {
      expect(await list(hall, folder, personId)).toBeNull();
    }
    // An exercise shows no real entity.
    const context = { ...(await having(hall, "sela", folder)), mode: "exercise" as const };
    expect((await show(loader, { context })).body["held"]).toBeNull();
  });

  test("[RF17] says of another document what stands, what the files say, and who corrected when and why", async () => {
    const hall = await openWithReference();
    const { after } = await corrected(hall);
    const folder = otherDocument();
    await load(hall, folder);
    expect(await list(hall, folder)).toMatchObject([
      {
        what: "document",
        entity: "Australia",
        topic: "Due diligence",
        stands: { stance: expect.stringMatching(/^Binding/), summary: "S", date: "2021-07-13" },
        file: { stance: expect.stringMatching(/^Voluntary/), date: expect.stringContaining("2020") },
        correction: { by: "Sela", reason: "Read again, page 5", at: after.releasedAt },
        page: `/sessions/s/positions/${after.id}`,
      },
    ]);
  });

  test("[RF17] has a field that the files have changed since, and not one that they left", async () => {
    const hall = await openWithReference();
    await corrected(hall, { summary: "S", explicit: "no", confidence: "known" });
    const folder = otherSummary();
    await load(hall, folder);
    expect((await newest(hall)).summary).toBe("S");
    const lines = await list(hall, folder);
    expect(lines).toMatchObject([
      { what: "fields", stands: { summary: "S" }, file: { summary: expect.stringContaining("say more") } },
    ]);
    // Corrected once more, it still holds back what the files say.
    await corrected(hall, { summary: "S2" });
    expect(await list(hall, folder)).toMatchObject([{ what: "fields", stands: { summary: "S2" } }]);
    // Corrected to what the files say, it holds nothing back.
    const said = lines?.[0]?.file?.summary ?? "";
    await corrected(hall, { summary: said });
    expect(await list(hall, folder)).toEqual([]);
  });

  test("[RF17] has what was put back and the files dropped, and what was taken down and they read otherwise", async () => {
    const hall = await openWithReference();
    const dropped = files((text) => text.replace(LINE, ""));
    await load(hall, dropped);
    expect(await list(hall, dropped)).toEqual([]);
    await send(hall, "sela", (await newest(hall)).id, { intent: "put-back", reason: "It is theirs" });
    expect(await list(hall, dropped)).toMatchObject([
      {
        what: "dropped",
        stands: { stance: expect.stringMatching(/^Binding/) },
        file: null,
        correction: { reason: "It is theirs" },
      },
    ]);
    await load(hall);
    expect(await list(hall)).toEqual([]);

    const reading = await newest(hall);
    await send(hall, "sela", reading.id, { intent: "take-down", reason: "Another State's" });
    expect(await list(hall)).toEqual([]);
    const other = otherDocument();
    await load(hall, other);
    const down = await newest(hall);
    expect(await list(hall, other)).toMatchObject([
      {
        what: "down",
        stands: null,
        file: { stance: expect.stringMatching(/^Voluntary/) },
        page: `/sessions/s/positions/${down.id}`,
      },
    ]);
    // Put back on record as it was, it stays so, and what the files say stays in the list.
    await send(hall, "sela", down.id, { intent: "put-back", reason: "Theirs after all" });
    await load(
      hall,
      files((text) => `${text.replace(LINE, (line) => line.replace("AUS-2021", "NZL-2020"))}\n`),
    );
    expect(await newest(hall)).toMatchObject({ supersedes: down.id, sourceDate: reading.sourceDate });
    expect(await list(hall, other)).toMatchObject([
      { what: "document", stands: { stance: expect.stringMatching(/^Binding/) } },
    ]);
  });

  test("[RF17] leaves out what its State has answered", async () => {
    const hall = await openWithReference();
    const { after } = await corrected(hall);
    const folder = otherDocument();
    await load(hall, folder);
    await answer(hall, after);
    expect(await list(hall, folder)).toEqual([]);
  });
});

describe("the secretariat takes what the files say", () => {
  test("[RF18] as a newer row and a correction with a reason, on record and told, and follows the files since", async () => {
    const hall = await openWithReference();
    const { after } = await corrected(hall);
    const folder = otherDocument();
    await load(hall, folder);
    const [line] = (await list(hall, folder)) ?? [];
    const inFile = async () => (await fileOf(hall, null, "csv", `?topic=${TOPIC}`)).text();
    expect(await inFile()).toContain("corrected by the secretariat");
    hall.wait(60_000);
    expect(await take(hall, { folder, seen: line?.seen ?? "" })).toMatchObject({
      status: 302,
      location: "/reference",
    });
    const read = await newest(hall);
    const file = readingsInFiles(folder)().get(`aus ${TOPIC}`);
    if (!file) throw new Error("the files have it");
    expect(factsOfReading(read)).toEqual(factsOfReading(file));
    expect(read).toMatchObject({ supersedes: after.id, releasedBy: "sela", stance: "voluntary" });
    expect(await list(hall, folder)).toEqual([]);
    expect(hall.told.slice(-2)).toEqual([
      { audience: { kind: "everybody" }, topic: "reference" },
      { audience: { kind: "everybody" }, topic: "positions" },
    ]);
    const act = (await hall.db.read.select().from(event)).at(-1);
    expect(act).toMatchObject({ act: "takeFilesReading", personId: "sela", thingId: read.id });
    const [correction] = await listCorrectionHistory(hall.db.read);
    expect(correction).toMatchObject({ thing: "reading", reason: "The files are right", byName: "Sela" });
    expect(correction?.value).toMatchObject({
      summary: { before: "S", after: file.summary },
      stance: { before: "binding", after: "voluntary" },
      asInFiles: { before: false, after: true },
    });
    expect(await inFile()).not.toContain("corrected by the secretariat");
    const params = { session: "s", position: read.id };
    const { body } = await show(positionLoader, { context: await production(hall, null), params });
    expect(body).toMatchObject({
      reading: { corrections: [{ reason: "The files are right", by: null }, expect.anything()] },
    });
    // The same files again change nothing, and later ones are followed.
    await load(
      hall,
      files((text) => `${text}\n`),
    );
    expect((await newest(hall)).summary).toContain(SUMMARY);
    expect(await list(hall)).toEqual([]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF18] also that nothing is read any more, and a reading that had been taken down", async () => {
    const hall = await openWithReference();
    const dropped = files((text) => text.replace(LINE, ""));
    await load(hall, dropped);
    await send(hall, "sela", (await newest(hall)).id, { intent: "put-back", reason: "It is theirs" });
    const [back] = (await list(hall, dropped)) ?? [];
    expect((await take(hall, { folder: dropped, seen: back?.seen ?? "" })).status).toBe(302);
    expect(await newest(hall)).toMatchObject({ withdraws: true, releasedBy: "sela" });
    expect(await list(hall, dropped)).toEqual([]);
    // It comes back by files that have it.
    await load(hall);
    const reading = await newest(hall);
    expect(reading).toMatchObject({ withdraws: null, releasedBy: null });

    await send(hall, "sela", reading.id, { intent: "take-down", reason: "Another State's" });
    const folder = otherDocument();
    await load(hall, folder);
    const [down] = (await list(hall, folder)) ?? [];
    expect((await take(hall, { folder, seen: down?.seen ?? "" })).status).toBe(302);
    expect(await newest(hall)).toMatchObject({ withdraws: null, stance: "voluntary" });
    expect((await listCorrectionHistory(hall.db.read))[0]?.value).toMatchObject({
      recorded: { before: false, after: true },
    });
    expect(await list(hall, folder)).toEqual([]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF18] reads the files before the database is held for writing", async () => {
    const hall = await openWithReference();
    await corrected(hall);
    const folder = otherDocument();
    await load(hall, folder);
    const [line] = (await list(hall, folder)) ?? [];
    const context = await having(hall, "sela", folder);
    const order: string[] = [];
    const write: typeof context.db.write = (work) => {
      order.push("write");
      return context.db.write(work);
    };
    const readingsInFiles = () => {
      order.push("files");
      return context.readingsInFiles();
    };
    const asked = { entityId: "aus", topicId: TOPIC, seen: line?.seen ?? "", reason: "R" };
    const done = await takeFilesReading({ ...context, db: { ...context.db, write }, readingsInFiles }, asked);
    expect(done).toMatchObject({ positionId: (await newest(hall)).id });
    expect(order).toEqual(["files", "write"]);
  });

  test("[RF18] [RF2] alone, with a reason, and from the list as it is now; what was typed stays", async () => {
    const hall = await openWithReference();
    await corrected(hall);
    const folder = otherDocument();
    await load(hall, folder);
    const [line] = (await list(hall, folder)) ?? [];
    const seen = line?.seen ?? "";
    const rows = (await chainOf(hall)).length;
    for (const personId of ["amara", "bilal", "dario"]) {
      expect((await take(hall, { folder, seen, personId })).status).toBe(403);
      const context = await having(hall, personId, folder);
      const asked = { entityId: "aus", topicId: TOPIC, seen, reason: "R" };
      expect(refusedFor(await takeFilesReading(context, asked))).toBe("not-allowed");
    }
    expect((await take(hall, { folder, seen, personId: null })).status).toBe(401);
    expect(await take(hall, { folder, seen, reason: " " })).toMatchObject({
      status: 422,
      body: { refusal: { fields: { reason: "reason-missing" } } },
    });
    // Files of another version, made known by a restart, and a correction by somebody else.
    const refused = {
      status: 409,
      body: { refusal: { code: "held-back-otherwise" }, typed: { reason: "Mine" } },
    };
    expect(await take(hall, { folder: otherSummary(), seen, reason: "Mine" })).toMatchObject(refused);
    await corrected(hall, { summary: "S2" });
    expect(await take(hall, { folder, seen, reason: "Mine" })).toMatchObject(refused);
    expect(await chainOf(hall)).toHaveLength(rows + 1);
    const context = await having(hall, "sela", folder);
    const unknown = { intent: "take-files", entity: "aus", topic: "none", seen: "", reason: "R" };
    expect((await submit(action, unknown, { context })).status).toBe(409);
    expect((await submit(action, { intent: "else" }, { context })).status).toBe(400);
  });
});
