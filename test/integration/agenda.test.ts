/** The pages of a session as forms: what is sent, what comes back, what everybody reads afterwards. */
import { describe, expect, it } from "vitest";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { cancelMeeting } from "#app/commands/cancel-meeting.ts";
import { editMeeting } from "#app/commands/edit-meeting.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { action as agendaAction, loader as agendaLoader } from "#app/routes/agenda/route.tsx";
import { action as newSessionAction, loader as newSessionLoader } from "#app/routes/new-session/route.tsx";
import { action as homeAction, loader as homeLoader } from "#app/routes/session-home/route.tsx";
import { loader as sessionLoader } from "#app/routes/session/route.tsx";
import { loader as sessionsLoader } from "#app/routes/sessions/route.tsx";
import { action as settingsAction } from "#app/routes/settings/route.ts";
import { writeHours } from "#app/rules/meetings.ts";
import { event } from "#db/schema/record.ts";
import { topic } from "#db/schema/session.ts";
import { findSessionNow } from "#db/stores/session-now.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findCurrentMeeting, listMeetings } from "#db/stores/meeting.ts";
import { findSession, listSessions } from "#db/stores/session.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { type Answered, show, submit } from "#test/support/reception.ts";

const params = { session: "s" };
const HOUR = 3_600_000;

async function openAgenda(): Promise<Hall> {
  const hall = await openHall();
  await hall.db.write(async (tx) => {
    const words = { question: "?", scale: [], order: 1 };
    await tx.insert(topic).values({ id: "dd", title: "Due diligence", ...words });
    await tx.insert(topic).values({ id: "cb", title: "Capacity-building", ...words });
    await tx.insert(topic).values({ id: "x-dd", title: "Invented", exercise: true, ...words });
  });
  return hall;
}

async function send(
  hall: Hall,
  fields: Readonly<Record<string, string | readonly string[]>>,
  personId: string | null = "amara",
): Promise<Answered> {
  return submit(agendaAction, fields, { context: await hall.as(personId), params });
}

const fieldsOf = ({ body }: Answered) => (body["refusal"] as { fields?: unknown } | undefined)?.fields;
const acts = async ({ db }: Hall) => (await db.read.select().from(event)).map(({ act }) => act);
const items = async ({ db }: Hall) =>
  (await listAgenda(db.read, "s")).map(({ number, title, status, topicIds }) => ({
    number,
    title,
    status,
    topicIds,
  }));
const sovereignty = { number: "5 (a)", title: "Sovereignty", status: "open", topicIds: [] };

describe("the form of an agenda item", () => {
  it("[AG7] adds, changes, orders, opens and concludes, and everybody reads it", async () => {
    const hall = await openAgenda();
    const item = { parent: "", number: "6", title: " Other matters ", note: "If time allows" };
    const added = await send(hall, { intent: "add", ...item, topics: ["dd", "cb"] });
    expect(added).toMatchObject({ status: 302, location: "/sessions/s/agenda" });
    const [, made] = await listAgenda(hall.db.read, "s");
    const id = made?.id ?? "";
    expect(made).toMatchObject({ title: "Other matters", status: "not-yet", note: "If time allows" });
    expect(made?.topicIds.toSorted()).toEqual(["cb", "dd"]);
    await send(hall, { intent: "edit", item: id, ...item, number: "7", topics: "cb" });
    await send(hall, { intent: "up", item: id });
    await send(hall, { intent: "status", item: id, status: "open" });
    await send(hall, { intent: "take-up", item: id });
    await send(hall, { intent: "down", item: id });
    expect(await items(hall)).toEqual([
      sovereignty,
      { number: "7", title: "Other matters", status: "open", topicIds: ["cb"] },
    ]);
    const page = (await show(agendaLoader, { context: await hall.as(null), params })).body;
    expect(page).toMatchObject({ adopted: null, mayManage: false, topics: [], changes: [] });
    const frame = (await show(sessionLoader, { context: await hall.as(null), params })).body;
    expect(frame["item"]).toEqual({ id, number: "7", title: "Other matters", status: "open" });
    expect(await acts(hall)).toEqual([
      "addAgendaItem",
      "editAgendaItem",
      "moveAgendaItem",
      "setItemStatus",
      "takeUpItem",
      "moveAgendaItem",
    ]);
  });

  it.each([
    ["neither number nor title", { number: "", title: "" }, { number: "required", title: "required" }],
    ["a number that is a sentence", { number: "the seventh item" }, { number: "too-long" }],
    ["a title without end", { title: "T".repeat(301) }, { title: "too-long" }],
    ["a note without end", { note: "N".repeat(2_001) }, { note: "too-long" }],
    ["a number that is taken", { number: "5 (a)" }, { number: "number-taken" }],
    ["a parent that is gone", { parent: "gone" }, { parent: "parent-not-there" }],
  ])(
    "[AG1] [PE9] with %s comes back with the reason at the field, and all that was typed",
    async (_, wrong, reasons) => {
      const hall = await openAgenda();
      const typed = { intent: "add", parent: "", number: "6", title: "Other", note: "", ...wrong };
      const answered = await send(hall, { ...typed, topics: ["dd", "cb"] });
      expect(answered.status).toBe(422);
      expect(fieldsOf(answered)).toEqual(reasons);
      expect(answered.body["typed"]).toEqual({ ...typed, topics: "dd\ncb" });
      expect(await items(hall)).toEqual([sovereignty]);
      expect(await acts(hall)).toEqual([]);
    },
  );

  it("[AG9] takes topics of the session's own list alone", async () => {
    const hall = await openAgenda();
    for (const topics of ["x-dd", "nothing", ["dd", "x-dd"]]) {
      const fields = { number: "6", title: "Other", note: "", parent: "" };
      expect(fieldsOf(await send(hall, { intent: "add", ...fields, topics }))).toEqual({
        topics: "topic-not-there",
      });
      expect(fieldsOf(await send(hall, { intent: "edit", item: "i", ...fields, topics }))).toEqual({
        topics: "topic-not-there",
      });
    }
    expect(await items(hall)).toEqual([sovereignty]);
  });

  it("[AG4] ends the discussion of an item that is suspended or concluded, and of no other", async () => {
    const hall = await openAgenda();
    const other = { sessionId: "s", parentId: null, number: "6", title: "Other", note: "", topicIds: [] };
    const { itemId } = done(await addAgendaItem(await hall.as("amara"), other));
    for (const status of ["suspended", "concluded", "not-yet"]) {
      await send(hall, { intent: "take-up", item: "i" });
      await send(hall, { intent: "status", item: itemId, status });
      expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBe("i");
      await send(hall, { intent: "status", item: "i", status: "open" });
      expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBe("i");
      await send(hall, { intent: "status", item: "i", status });
      expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBeNull();
    }
    await send(hall, { intent: "take-up", item: "i" });
    expect((await items(hall))[0]).toMatchObject({ status: "open" });
    await send(hall, { intent: "take-up", item: "" });
    expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBeNull();
  });

  it("[PM5] is a bad request when the page has no such form, status or item", async () => {
    const hall = await openAgenda();
    expect((await send(hall, { intent: "close", item: "i" })).status).toBe(400);
    expect((await send(hall, {})).status).toBe(400);
    expect((await send(hall, { intent: "status", item: "i", status: "adopted" })).status).toBe(400);
    for (const intent of ["up", "in", "move", "delete", "take-up"]) {
      expect((await send(hall, { intent, item: "gone" })).status).toBe(404);
    }
    const at = await send(hall, { intent: "up", item: "i" });
    expect(at).toMatchObject({ status: 409, body: { refusal: { code: "item-at-end" } } });
    expect(await acts(hall)).toEqual([]);
  });

  it("[PM3] is refused before it is read to everybody but those who preside", async () => {
    const hall = await openAgenda();
    for (const personId of ["bilal", "chiara", "dario", null]) {
      for (const intent of [
        "add",
        "edit",
        "up",
        "move",
        "delete",
        "adopt",
        "status",
        "take-up",
        "nonsense",
      ]) {
        expect((await send(hall, { intent }, personId)).status).toBe(personId === null ? 401 : 403);
      }
    }
    expect(await acts(hall)).toEqual([]);
    expect(hall.told).toEqual([]);
  });
});

describe("the form of a meeting", () => {
  const typed = {
    intent: "schedule",
    starts: "2026-11-24T10:00",
    ends: "2026-11-24T13:00",
    mode: "formal",
    room: "Room 3",
  };
  const schedule = async (hall: Hall, change: Record<string, string> = {}, personId = "amara") =>
    submit(homeAction, { ...typed, ...change }, { context: await hall.as(personId), params });

  it("[AG5] [AG8] puts it into the programme in the venue's time", async () => {
    const hall = await openHall();
    expect(await schedule(hall)).toMatchObject({ status: 302, location: "/sessions/s" });
    const [meeting] = await listMeetings(hall.db.read, "s");
    const startsAt = Date.UTC(2026, 10, 24, 15);
    expect(meeting).toMatchObject({ number: 1, startsAt, endsAt: startsAt + 3 * HOUR, room: "Room 3" });
    const mode = { intent: "mode", meeting: meeting?.id ?? "", mode: "informal" };
    await submit(homeAction, mode, { context: await hall.as("amara"), params });
    const home = (await show(homeLoader, { context: await hall.as(null), params })).body;
    expect(home).toMatchObject({ meetings: [{ mode: "informal" }], managesMeetings: false });
  });

  it.each([
    ["no times", { starts: "", ends: "" }, { starts: "instant", ends: "instant" }],
    ["an end before its beginning", { ends: "2026-11-24T09:00" }, { ends: "meeting-ends" }],
    ["more than twelve hours", { ends: "2026-11-24T22:01" }, { ends: "meeting-ends" }],
    ["no mode", { mode: "" }, { mode: "required" }],
    [
      "the day before the session",
      { starts: "2026-11-22T23:30", ends: "2026-11-23T02:00" },
      { starts: "meeting-outside" },
    ],
    [
      "the day after it",
      { starts: "2026-11-28T00:00", ends: "2026-11-28T02:00" },
      { starts: "meeting-outside" },
    ],
    ["a room without end", { room: "R".repeat(121) }, { room: "too-long" }],
  ])("[AG5] [PE9] with %s comes back with the reason and all that was typed", async (_, change, reasons) => {
    const hall = await openHall();
    const answered = await schedule(hall, change);
    expect(answered.status).toBe(422);
    expect(fieldsOf(answered)).toEqual(reasons);
    expect(answered.body["typed"]).toEqual({ ...typed, ...change });
    expect(await listMeetings(hall.db.read, "s")).toEqual([]);
  });

  it("[AG19] names the days of the session when another is typed", async () => {
    const hall = await openHall();
    const { body } = await schedule(hall, { starts: "2026-12-24T10:00", ends: "2026-12-24T13:00" });
    expect(body["refusal"]).toMatchObject({ values: { from: "2026-11-23", to: "2026-11-27" } });
    const say = createTranslator("en").getFixedT("en", "errors");
    expect(say("field.meeting-outside", { from: "2026-11-23", to: "2026-11-27" })).toContain(
      "from 2026-11-23 to 2026-11-27",
    );
    expect((await schedule(hall, { starts: "2026-11-27T22:00", ends: "2026-11-28T01:00" })).status).toBe(302);
  });

  it("[AG20] changes its hours and its room, and cancels it, for those who preside alone", async () => {
    const hall = await openHall();
    await schedule(hall);
    const [meeting] = await listMeetings(hall.db.read, "s");
    const id = meeting?.id ?? "";
    const change = {
      intent: "change",
      meeting: id,
      starts: "2026-11-25T15:00",
      ends: "2026-11-25T18:00",
      room: "4",
    };
    const send = async (form: Record<string, string>, personId: string | null = "amara") =>
      submit(homeAction, form, { context: await hall.as(personId), params });
    for (const personId of ["bilal", "chiara", "dario"]) {
      expect((await send(change, personId)).status).toBe(403);
      expect((await send({ intent: "cancel", meeting: id }, personId)).status).toBe(403);
    }
    const outside = { ...change, starts: "2026-11-30T15:00", ends: "2026-11-30T18:00" };
    const refused = await send(outside);
    expect(fieldsOf(refused)).toEqual({ starts: "meeting-outside" });
    expect(refused.body["typed"]).toEqual(outside);
    let heard = hall.told.length;
    expect(await send(change)).toMatchObject({ status: 302, location: "/sessions/s" });
    const startsAt = Date.UTC(2026, 10, 25, 20);
    expect(await listMeetings(hall.db.read, "s")).toMatchObject([
      { id, number: 1, startsAt, endsAt: startsAt + 3 * HOUR, room: "4", mode: "formal" },
    ]);
    const told = [{ audience: { kind: "session", sessionId: "s" }, topic: "session" }];
    expect(hall.told.slice(heard)).toEqual(told);
    const home = async (personId: string | null) =>
      (await show(homeLoader, { context: await hall.as(personId), params })).body;
    expect(await home("amara")).toMatchObject({ changeable: [id] });
    expect(await home("bilal")).toMatchObject({ changeable: [] });
    expect((await send({ ...change, meeting: "none" })).status).toBe(404);
    heard = hall.told.length;
    expect(await send({ intent: "cancel", meeting: id })).toMatchObject({ status: 302 });
    expect(await listMeetings(hall.db.read, "s")).toEqual([]);
    expect(hall.told.slice(heard)).toEqual(told);
    const acts = (await hall.db.read.select().from(event)).slice(-2);
    expect(acts).toMatchObject([
      { act: "editMeeting", thingId: id, detail: { startsAt, room: "4", was: { room: "Room 3" } } },
      { act: "cancelMeeting", thingId: id, detail: { was: { number: 1, startsAt } } },
    ]);
    expect((await send({ intent: "cancel", meeting: id })).status).toBe(404);
  });

  it("[AG21] tells whoever saves that somebody else has changed it, and keeps what they typed", async () => {
    const hall = await openHall();
    await schedule(hall);
    const [meeting] = await listMeetings(hall.db.read, "s");
    if (!meeting) throw new Error("no meeting was scheduled");
    const seen = writeHours(meeting);
    const change = { intent: "change", meeting: meeting.id, starts: typed.starts, ends: typed.ends };
    const send = async (form: Record<string, string>, personId = "amara") =>
      submit(homeAction, { ...change, ...form }, { context: await hall.as(personId), params });
    expect((await send({ room: "Room 9", seen })).status).toBe(302);
    const heard = hall.told.length;
    const late = { room: "Room 4", starts: "2026-11-24T11:00", seen };
    const answer = await send(late, "sela");
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      refusal: { code: "meeting-changed", values: { number: 1 } },
      typed: { ...change, ...late },
      stands: { startsAt: meeting.startsAt, room: "Room 9" },
    });
    expect(hall.told).toHaveLength(heard);
    expect(await listMeetings(hall.db.read, "s")).toMatchObject([{ room: "Room 9" }]);
    // Whoever has read what it says now saves in its place.
    const now = writeHours({ ...meeting, room: "Room 9" });
    expect((await send({ ...late, seen: now }, "sela")).status).toBe(302);
    expect(await listMeetings(hall.db.read, "s")).toMatchObject([{ room: "Room 4" }]);
  });

  it("[AG20] leaves a meeting alone that is going on", async () => {
    const hall = await openHall();
    await schedule(hall);
    const [meeting] = await listMeetings(hall.db.read, "s");
    const amara = { ...(await hall.as("amara")), now: () => (meeting?.startsAt ?? 0) + HOUR };
    const which = { sessionId: "s", meetingId: meeting?.id ?? "" };
    expect(refusedFor(await cancelMeeting(amara, which))).toBe("meeting-going-on");
    const hours = { startsAt: meeting?.startsAt ?? 0, endsAt: meeting?.endsAt ?? 0, room: "9" };
    expect(refusedFor(await editMeeting(amara, { ...which, ...hours }))).toBe("meeting-going-on");
    expect(await listMeetings(hall.db.read, "s")).toEqual([meeting]);
  });

  it("[AG5] shows the meeting that is going on, also when a shorter one beside it has ended", async () => {
    const hall = await openHall();
    await schedule(hall);
    await schedule(hall, { starts: "2026-11-24T11:00", ends: "2026-11-24T11:30", mode: "informal" });
    const numberAt = async (hour: number, minute = 0) => {
      const now = Date.UTC(2026, 10, 24, hour, minute);
      const current = await findCurrentMeeting(hall.db.read, { sessionId: "s", now });
      const onScreen = await findSessionNow(hall.db.read, { sessionId: "s", now });
      expect(onScreen?.meeting?.number).toBe(current?.number);
      return current?.number ?? null;
    };
    expect([
      await numberAt(14, 59),
      await numberAt(15),
      await numberAt(16, 10),
      await numberAt(16, 30),
      await numberAt(18),
    ]).toEqual([null, 1, 2, 1, null]);
  });

  it("[PM3] is refused before it is read to everybody but those who preside", async () => {
    const hall = await openHall();
    for (const personId of ["bilal", "chiara", "dario"]) {
      expect((await schedule(hall, { starts: "" }, personId)).status).toBe(403);
    }
    expect(await listMeetings(hall.db.read, "s")).toEqual([]);
  });
});

describe("the form of a session", () => {
  const typed = {
    title: "Substantive plenary",
    body: "Global Mechanism",
    kind: "plenary",
    symbol: "",
    from: "2026-12-07",
    to: "2026-12-11",
    venue: "New York",
    zone: "America/New_York",
  };

  it("[AG6] makes one that everybody finds", async () => {
    const hall = await openHall();
    const sela = { context: { ...(await hall.as("sela")), mode: "production" as const } };
    expect((await show(newSessionLoader, sela)).status).toBe(200);
    const { status, location } = await submit(newSessionAction, typed, sela);
    expect(status).toBe(302);
    const [made] = await listSessions(hall.db.read);
    expect(location).toBe(`/sessions/${made?.id}`);
    expect(made).toMatchObject({ title: typed.title, timeZone: "America/New_York", exercise: false });
    const list = (await show(sessionsLoader, { context: await hall.as(null) })).body;
    expect(list).toMatchObject({ mayCreate: false, sessions: [{ title: typed.title }, { id: "s" }] });
    expect(hall.told).toEqual([{ audience: { kind: "session", sessionId: made?.id }, topic: "sessions" }]);
    expect(await acts(hall)).toEqual(["createSession"]);
  });

  it.each([
    ["a zone that is none", { zone: "Atlantis/Centre" }, { zone: "zone" }],
    ["its days the wrong way round", { to: "2026-12-01" }, { to: "day-before" }],
    ["neither kind nor title", { kind: "banquet", title: " " }, { kind: "required", title: "required" }],
  ])("[AG6] [PE9] with %s comes back with the reason and all that was typed", async (_, change, reasons) => {
    const hall = await openHall();
    const fields: Record<string, string> = { ...typed, ...change };
    const answered = await submit(newSessionAction, fields, { context: await hall.as("sela") });
    expect(answered.status).toBe(422);
    expect(fieldsOf(answered)).toEqual(reasons);
    expect(answered.body["typed"]).toEqual(fields);
    expect(await acts(hall)).toEqual([]);
  });

  it("[PM3] is refused before it is read to everybody but the installation's secretariat", async () => {
    const hall = await openHall();
    for (const personId of ["amara", "bilal", "dario", null]) {
      const context = await hall.as(personId);
      const status = personId === null ? 401 : 403;
      expect((await show(newSessionLoader, { context })).status).toBe(status);
      expect((await submit(newSessionAction, {}, { context })).status).toBe(status);
    }
  });
});

describe("the frame of a session", () => {
  it("[PM2] offers each viewer what is theirs to do", async () => {
    const hall = await openHall();
    const offered = async (personId: string | null) =>
      (await show(sessionLoader, { context: await hall.as(personId), params })).body["may"];
    const all = { manageAgenda: true, manageDelegations: true, createText: true };
    const none = { manageAgenda: false, manageDelegations: false, createText: false };
    expect(await offered("amara")).toEqual(all);
    expect(await offered("sela")).toEqual(all);
    for (const personId of ["bilal", "chiara", "dario", null]) expect(await offered(personId)).toEqual(none);
    const { status } = await show(sessionLoader, {
      context: await hall.as("sela"),
      params: { session: "none" },
    });
    expect(status).toBe(404);
  });

  it("[PM2] lets everybody choose how pages look, and keeps nothing of it", async () => {
    const hall = await openHall();
    for (const [personId, to] of [
      [null, "/"],
      ["dario", "/account"],
    ] as const) {
      const context = await hall.as(personId);
      const { location, cookie } = await submit(settingsAction, { theme: "dark", large: "1" }, { context });
      expect({ location, cookie }).toEqual({ location: to, cookie: "theme=dark; large=1" });
    }
    const odd = await submit(settingsAction, { theme: "x; Path=/" }, { context: await hall.as(null) });
    expect(odd.cookie).toBe("theme=system; large=0");
    expect(await acts(hall)).toEqual([]);
  });

  it("[PM1] does nothing in a session that is not there", async () => {
    const hall = await openHall();
    const other = { sessionId: "none", parentId: null, number: "1", title: "T", note: "", topicIds: [] };
    expect(refusedFor(await addAgendaItem(await hall.as("sela"), other))).toBe("not-there");
    expect(refusedFor(await addAgendaItem(await hall.as("amara"), other))).toBe("not-allowed");
  });
});
