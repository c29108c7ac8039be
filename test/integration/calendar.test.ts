/** The public calendar, the agenda by subject, and the sessions that are made from them. */
import { expect, test } from "vitest";
import { correctCalendarEntry, takeOffCalendar } from "#app/commands/correct-calendar-entry.ts";
import { correctOutline } from "#app/commands/correct-outline.ts";
import { outlineLines } from "#app/rules/outline.ts";
import { loader as calendarLoader } from "#app/routes/calendar/route.tsx";
import { action as newAction, loader as newLoader } from "#app/routes/new-session/route.tsx";
import { loadReference } from "#db/reference/load.ts";
import { findOutline } from "#db/reference/outline.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findCalendarEntry, listCalendar } from "#db/stores/calendar.ts";
import { listCorrectionHistory } from "#db/stores/reference-correction.ts";
import { findSession } from "#db/stores/session.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask } from "#test/support/delegations.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { changedReference, openWithReference } from "#test/support/reference-files.ts";
import { submit } from "#test/support/reception.ts";

const now = () => Date.UTC(2026, 10, 23, 12);

const words = {
  title: "Intersessional on capacity-building",
  kind: "intersessional",
  from: "2027-02-01",
  to: "2027-02-02",
  venue: "Geneva",
  timeZone: "Europe/Zurich",
  note: "",
  reason: "Letter of the Chair",
};

test("[RF6] the calendar of 2026 is loaded and everybody reads it", async () => {
  const hall = await openWithReference();
  expect((await listCalendar(hall.db.read)).map(({ id, kind, from, to }) => [id, kind, from, to])).toEqual([
    ["org-2026", "plenary", "2026-03-30", "2026-03-31"],
    ["plenary-2026", "plenary", "2026-07-20", "2026-07-24"],
    ["dtg-2026", "thematic-group", "2026-12-07", "2026-12-11"],
  ]);
  expect((await findCalendarEntry(hall.db.read, "plenary-2026"))?.note).toBe(
    "Chair: Permanent Representative of El Salvador",
  );
  const page = await ask(hall, null, calendarLoader, { params: {} });
  expect(page).toMatchObject({ status: 200, body: { mayManage: false, mayCreate: false, chosen: null } });
  // No real officer in an exercise.
  expect(JSON.stringify(page.body)).not.toContain("El Salvador");
});

test("[RF1] [RF2] [RF6] what the secretariat corrects on the calendar holds after the next files", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  const entry = await findCalendarEntry(hall.db.read, "dtg-2026");
  if (!entry) throw new Error("no entry");
  const moved = { ...entry, from: "2026-12-14", to: "2026-12-18", reason: "Moved by a week" };
  done(await correctCalendarEntry(sela, { ...moved, entryId: "dtg-2026" }));
  const { entryId } = done(await correctCalendarEntry(sela, { ...words, entryId: null }));
  done(await takeOffCalendar(sela, { entryId: "org-2026", reason: "It is over" }));
  expect(refusedFor(await takeOffCalendar(sela, { entryId: "org-2026", reason: "Again" }))).toBe(
    "calendar-entry-gone",
  );
  expect(refusedFor(await takeOffCalendar(sela, { entryId, reason: "" }))).toBe("reason-missing");
  const folder = changedReference({
    "mechanism-2026.json": (text) =>
      text
        .replace('"Dedicated thematic groups"', '"Thematic groups"')
        .replace('"2026-12-07"', '"2026-12-08"'),
  });
  await loadReference(hall.db, now, folder);
  expect((await listCalendar(hall.db.read)).map(({ title, from }) => [title, from])).toEqual([
    ["First substantive plenary", "2026-07-20"],
    ["Thematic groups", "2026-12-14"],
    ["Intersessional on capacity-building", "2027-02-01"],
  ]);
  expect(await listCorrectionHistory(hall.db.read, { thing: "calendar", thingId: "dtg-2026" })).toMatchObject(
    [{ value: { from: { before: "2026-12-07", after: "2026-12-14" } }, byName: "Sela" }],
  );
  expect(hall.told.map(({ audience, topic }) => [audience.kind, topic])).toEqual(
    Array.from({ length: 3 }, () => ["everybody", "calendar"]),
  );
  expect(faultsIn(hall.db.folder)).toEqual([]);
});

test("[RF6] an entry is what a session could be, and the secretariat's alone to change", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  const add = (more: object) => correctCalendarEntry(sela, { ...words, ...more, entryId: null });
  expect(refusedFor(await add({ title: " " }))).toBe("required");
  expect(refusedFor(await add({ kind: "party" }))).toBe("required");
  expect(refusedFor(await add({ from: "2027-02-30" }))).toBe("day");
  expect(refusedFor(await add({ to: "2027-01-31" }))).toBe("day-before");
  expect(refusedFor(await add({ timeZone: "Mars/Base" }))).toBe("zone");
  expect(refusedFor(await add({ reason: "" }))).toBe("reason-missing");
  for (const personId of ["amara", "bilal"]) {
    const context = await hall.as(personId);
    expect(refusedFor(await correctCalendarEntry(context, { ...words, entryId: null }))).toBe("not-allowed");
    expect(refusedFor(await correctOutline(context, { outline: "1 Opening", reason: "x" }))).toBe(
      "not-allowed",
    );
  }
  expect(await listCalendar(hall.db.read)).toHaveLength(3);
});

test("[RF6] a session made from an entry takes over its facts and, when asked, the agenda with its topics", async () => {
  const hall = await openWithReference();
  const context = { ...(await hall.as("sela")), mode: "production" as const };
  const given = await newLoader({
    request: new Request("http://here/sessions/new?calendar=dtg-2026"),
    params: {},
    context,
  });
  expect(given).toMatchObject({
    note: null,
    entry: {
      title: "Dedicated thematic groups",
      kind: "thematic-group",
      from: "2026-12-07",
      to: "2026-12-11",
    },
  });
  const form = {
    title: "Dedicated thematic groups",
    body: "Global Mechanism",
    kind: "thematic-group",
    symbol: "",
    from: "2026-12-07",
    to: "2026-12-11",
    venue: "United Nations Headquarters, New York",
    zone: "America/New_York",
    calendar: "dtg-2026",
    outline: "1",
  };
  const made = await submit(newAction, form, { context });
  const sessionId = made.location?.split("/").at(-1) ?? "";
  expect(await findSession(hall.db.read, sessionId)).toMatchObject({
    calendarId: "dtg-2026",
    agendaAdoptedAt: null,
    exercise: false,
  });
  const agenda = await listAgenda(hall.db.read, sessionId);
  expect(agenda).toHaveLength(13);
  const five = agenda.find(({ number, parentId }) => number === "5" && parentId === null);
  const law = agenda.find(({ number, parentId }) => number === "(c)" && parentId === five?.id);
  expect(law).toMatchObject({ title: "How international law applies", status: "not-yet" });
  expect(law?.topicIds).toHaveLength(12);
  expect(law?.topicIds).toContain("due-diligence");
  // A subject that is no topic is linked to nothing.
  expect(agenda.filter(({ topicIds }) => topicIds.length > 0)).toHaveLength(1);
  const page = await ask(hall, null, calendarLoader, { params: {} });
  expect(JSON.stringify(page.body)).toContain(sessionId);

  const { outline: _not, ...without } = form;
  const bare = await submit(newAction, { ...without, calendar: "nothing" }, { context });
  const bareId = bare.location?.split("/").at(-1) ?? "";
  expect((await findSession(hall.db.read, bareId))?.calendarId).toBeNull();
  expect(await listAgenda(hall.db.read, bareId)).toEqual([]);
  expect(faultsIn(hall.db.folder)).toEqual([]);
});

test("[RF6] [RF1] the agenda by subject is corrected item by item", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  const lines = outlineLines(await findOutline(hall.db.read));
  expect(lines).toHaveLength(13);
  expect(lines).toContain("5 (e) Capacity-building");
  const typed = lines
    .filter((line) => !line.startsWith("7 "))
    .map((line) => (line === "5 (e) Capacity-building" ? "5 (e) Building capacity | due-diligence" : line));
  const outline = typed.join("\n");
  done(await correctOutline(sela, { outline, reason: "As the Chair proposed" }));
  expect(outlineLines(await findOutline(hall.db.read))).toEqual(typed);
  const [correction] = await listCorrectionHistory(hall.db.read);
  expect(correction?.value).toEqual({
    "5 (e)": { before: "Capacity-building", after: "Building capacity | due-diligence" },
    "7": { before: "Other matters", after: null },
  });
  expect(refusedFor(await correctOutline(sela, { outline, reason: "Again" }))).toBe("nothing-changed");
  expect(refusedFor(await correctOutline(sela, { outline: "Opening", reason: "x" }))).toBe("outline-line");
  expect(refusedFor(await correctOutline(sela, { outline: "1 Opening", reason: "" }))).toBe("reason-missing");
  await loadReference(hall.db, now, changedReference({ "topics.json": (text) => `${text}\n` }));
  expect(outlineLines(await findOutline(hall.db.read))).toEqual(typed);
});
