/** Sessions, their agenda and meetings: who does what, what is refused, what is told and recorded. */
import { describe, expect, it } from "vitest";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { createSession } from "#app/commands/create-session.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { setMeetingMode } from "#app/commands/set-meeting-mode.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { loader as agendaLoader } from "#app/routes/agenda/route.tsx";
import { loader as homeLoader } from "#app/routes/session-home/route.tsx";
import { type Branch, agendaTree, fullNumber } from "#app/rules/agenda.ts";
import { sessionProblems } from "#app/rules/sessions.ts";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { instantAtVenue } from "#app/rules/venue-time.ts";
import { event } from "#db/schema/record.ts";
import { text } from "#db/schema/text.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { findSession } from "#db/stores/session.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { faultsIn } from "#test/support/database.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { testRooms } from "#test/support/room.ts";

const HOUR = 3_600_000;
const blank = { sessionId: "s", parentId: null, note: "", topicIds: [] };

async function add(hall: Hall, number: string, parentId: string | null = null): Promise<string> {
  const item = { ...blank, parentId, number, title: `Item ${number}` };
  return done(await addAgendaItem(await hall.as("amara"), item)).itemId;
}

const acts = async ({ db }: Hall) => (await db.read.select().from(event)).map(({ act }) => act);

/** Titles in the order in which everybody sees them, with their full numbers. */
async function seen({ db }: Hall): Promise<string[]> {
  const items = await listAgenda(db.read, "s");
  const rows: string[] = [];
  const walk = (branches: readonly Branch<(typeof items)[number]>[]): void => {
    for (const { item, children } of branches) {
      rows.push(fullNumber(items, item.id));
      walk(children);
    }
  };
  walk(agendaTree(items));
  return rows;
}

describe("the agenda", () => {
  it("[AG1] has a number once at each place, when an item is added and when it is changed", async () => {
    const hall = await openHall();
    const six = await add(hall, "6");
    const amara = await hall.as("amara");
    expect(refusedFor(await addAgendaItem(amara, { ...blank, number: "6", title: "Again" }))).toBe(
      "number-taken",
    );
    await add(hall, "6", six);
    const seven = await add(hall, "7");
    const change = { ...blank, itemId: seven, number: "6", title: "Seven" };
    expect(refusedFor(await editAgendaItem(amara, change))).toBe("number-taken");
    done(await editAgendaItem(amara, { ...change, number: "8" }));
    expect(await seen(hall)).toEqual(["5 (a)", "6", "6 6", "8"]);
  });

  it("[AG2] is a tree: no item stands under itself, under one below it, or under one of another agenda", async () => {
    const hall = await openHall();
    const six = await add(hall, "6");
    const below = await add(hall, "(a)", six);
    const deeper = await add(hall, "(i)", below);
    const amara = await hall.as("amara");
    for (const parentId of [six, below, deeper]) {
      const moved = { ...blank, itemId: six, number: "6", title: "Six", parentId };
      expect(refusedFor(await editAgendaItem(amara, moved))).toBe("parent-below");
    }
    const elsewhere = { ...blank, number: "9", title: "Nine", parentId: "of-another-session" };
    expect(refusedFor(await addAgendaItem(amara, elsewhere))).toBe("parent-not-there");
    done(
      await editAgendaItem(amara, { ...blank, itemId: deeper, number: "(b)", title: "Up", parentId: six }),
    );
    expect(await seen(hall)).toEqual(["5 (a)", "6", "6 (a)", "6 (b)"]);
  });

  it("[AG3] keeps its order: an item moves among its siblings, and stays where it is at an end", async () => {
    const hall = await openHall();
    await add(hall, "6");
    const seven = await add(hall, "7");
    const amara = await hall.as("amara");
    const move = (to: "up" | "down") => moveAgendaItem(amara, { sessionId: "s", itemId: seven, to });
    expect(refusedFor(await move("down"))).toBe("item-at-end");
    done(await move("up"));
    expect(await seen(hall)).toEqual(["5 (a)", "7", "6"]);
    done(await move("up"));
    expect(refusedFor(await move("up"))).toBe("item-at-end");
    expect(await seen(hall)).toEqual(["7", "5 (a)", "6"]);
  });

  it("[AG4] has at most one item under discussion, and taking an item up opens it", async () => {
    const hall = await openHall();
    const six = await add(hall, "6");
    const amara = await hall.as("amara");
    done(await takeUpItem(amara, { sessionId: "s", itemId: six }));
    expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBe(six);
    const item = (await listAgenda(hall.db.read, "s")).find(({ id }) => id === six);
    expect(item?.status).toBe("open");
    done(await takeUpItem(amara, { sessionId: "s", itemId: null }));
    expect((await findSession(hall.db.read, "s"))?.itemUnderDiscussionId).toBe(null);
    expect(refusedFor(await takeUpItem(amara, { sessionId: "s", itemId: "nothing" }))).toBe("not-there");
  });

  it("[AG4] [AG7] an item that stands so already is neither told nor recorded again, and keeps its time", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const [before] = await listAgenda(hall.db.read, "s");
    hall.wait(HOUR);
    done(await setItemStatus(amara, { sessionId: "s", itemId: "i", status: "open" }));
    done(await takeUpItem(amara, { sessionId: "s", itemId: "i" }));
    expect(await listAgenda(hall.db.read, "s")).toEqual([before]);
    expect([await acts(hall), hall.told]).toEqual([[], []]);
    done(await setItemStatus(amara, { sessionId: "s", itemId: "i", status: "suspended" }));
    const [after] = await listAgenda(hall.db.read, "s");
    expect(after?.statusAt).toBe(amara.now());
  });

  it("[AG4] ends the discussion of an item that is suspended or concluded", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const discussed = async () => (await findSession(hall.db.read, "s"))?.itemUnderDiscussionId;
    for (const status of ["suspended", "concluded"] as const) {
      done(await takeUpItem(amara, { sessionId: "s", itemId: "i" }));
      expect(await discussed()).toBe("i");
      done(await setItemStatus(amara, { sessionId: "s", itemId: "i", status }));
      expect(await discussed()).toBe(null);
    }
  });

  it("[PM2] is the chair's: nobody else changes it, and a refused act is neither told nor recorded", async () => {
    const hall = await openHall();
    for (const personId of [null, "bilal", "chiara", "dario"]) {
      const who = await hall.as(personId);
      const code = personId === null ? "sign-in" : "not-allowed";
      expect(refusedFor(await addAgendaItem(who, { ...blank, number: "9", title: "Nine" }))).toBe(code);
      expect(refusedFor(await takeUpItem(who, { sessionId: "s", itemId: null }))).toBe(code);
      const concluded = { sessionId: "s", itemId: "i", status: "concluded" } as const;
      expect(refusedFor(await setItemStatus(who, concluded))).toBe(code);
    }
    expect(await acts(hall)).toEqual([]);
    expect(hall.told).toEqual([]);
    expect(await seen(hall)).toEqual(["5 (a)"]);
  });

  it("[AG7] tells the session by name what changed, and records each act once", async () => {
    const hall = await openHall();
    const faults = faultsIn(hall.db.folder);
    const six = await add(hall, "6");
    const amara = await hall.as("amara");
    done(await setItemStatus(amara, { sessionId: "s", itemId: six, status: "suspended" }));
    done(await takeUpItem(amara, { sessionId: "s", itemId: six }));
    expect(await acts(hall)).toEqual(["addAgendaItem", "setItemStatus", "takeUpItem"]);
    expect(hall.told.map(({ topic }) => topic)).toEqual(["agenda", "now", "now"]);
    expect(hall.told.every(({ audience }) => audience.kind === "session")).toBe(true);
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });
});

describe("meetings", () => {
  const at = Date.UTC(2026, 10, 24, 15);
  const meeting = { sessionId: "s", mode: "formal", room: "", startsAt: at, endsAt: at + 3 * HOUR } as const;

  it("[AG5] end after they begin and within twelve hours, and are numbered in the order they were made", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    for (const endsAt of [at, at - 1, at + 13 * HOUR, Number.NaN]) {
      expect(refusedFor(await scheduleMeeting(amara, { ...meeting, endsAt }))).toBe("meeting-ends");
    }
    const { meetingId } = done(await scheduleMeeting(amara, meeting));
    done(await scheduleMeeting(amara, { ...meeting, mode: "informal" }));
    done(await setMeetingMode(amara, { sessionId: "s", meetingId, mode: "suspended" }));
    const made = (await listMeetings(hall.db.read, "s")).map(({ number, mode }) => `${number} ${mode}`);
    expect(made).toEqual(["1 suspended", "2 informal"]);
    const dario = await hall.as("dario");
    expect(refusedFor(await setMeetingMode(dario, { sessionId: "s", meetingId, mode: "closed" }))).toBe(
      "not-allowed",
    );
  });

  it("[AG8] are entered in the venue's time, whatever the clocks there do that day", () => {
    const newYork = offsetOf("America/New_York");
    const iso = (local: string) => {
      const instant = instantAtVenue(local, newYork);
      return instant === null ? null : new Date(instant).toISOString();
    };
    expect(iso("2026-12-07T10:00")).toBe("2026-12-07T15:00:00.000Z");
    expect(iso("2027-07-07T10:00")).toBe("2027-07-07T14:00:00.000Z");
    expect(iso("2026-11-01T00:30")).toBe("2026-11-01T04:30:00.000Z");
    expect(iso("2026-11-01T03:00")).toBe("2026-11-01T08:00:00.000Z");
    for (const nothing of ["", "10:00", "2026-13-01T10:00", "2026-12-07T25:00"])
      expect(iso(nothing)).toBe(null);
  });
});

describe("a session", () => {
  const facts = {
    title: "Second session",
    kind: "plenary",
    body: "Standing Group",
    symbol: "",
    from: "2027-05-10",
    to: "2027-05-14",
    venue: "New York",
    timeZone: "America/New_York",
  };
  const isZone = (name: string) => name === facts.timeZone;

  it("[AG6] has a title, a body, a venue with its time zone, and days in their order that there are", () => {
    expect(sessionProblems(facts, isZone)).toEqual({});
    expect(sessionProblems({ ...facts, title: "", venue: "" }, isZone)).toEqual({
      title: "required",
      venue: "required",
    });
    expect(sessionProblems({ ...facts, to: "2027-05-09" }, isZone)).toEqual({ to: "day-before" });
    expect(sessionProblems({ ...facts, from: "2027-02-29" }, isZone)).toEqual({ from: "day" });
    expect(sessionProblems({ ...facts, timeZone: "New York" }, isZone)).toEqual({ zone: "zone" });
    expect(sessionProblems({ ...facts, body: "x".repeat(301) }, isZone)).toEqual({ body: "too-long" });
  });

  it("[PM2] is created by the installation's secretariat alone", async () => {
    const hall = await openHall();
    const input = { ...facts, kind: "plenary", exercise: true } as const;
    for (const personId of ["amara", "bilal"]) {
      expect(refusedFor(await createSession(await hall.as(personId), input))).toBe("not-allowed");
    }
    const { sessionId } = done(await createSession(await hall.as("sela"), input));
    expect(await findSession(hall.db.read, sessionId)).toMatchObject({ title: "Second session" });
    expect(await acts(hall)).toEqual(["createSession"]);
  });

  it("[PM1] shows on its home the texts that are the viewer's, and counts no others", async () => {
    const hall = await openHall();
    const { rooms } = await testRooms({ db: hall.db });
    const home = async (personId: string | null) => {
      const context = { ...(await hall.as(personId)), rooms };
      const args = { context, params: { session: "s" }, request: new Request("http://here/sessions/s") };
      const shown = await homeLoader(args as unknown as Parameters<typeof homeLoader>[0]);
      return shown.texts.map(({ id }) => id).toSorted();
    };
    expect(await home("amara")).toEqual(["report", "resolution"]);
    expect(await home("chiara")).toEqual(["resolution"]);
    expect(await home("bilal")).toEqual([]);
    expect(await home(null)).toEqual([]);
    await hall.db.write(async (tx) => {
      const set = { audience: "all", delegationIds: [], shows: "versions", fromSeq: 0 } as const;
      await insertTextAudience(tx, { id: "wider", textId: "report", ...set, setBy: "amara", setAt: 2 });
    });
    expect(await home("bilal")).toEqual(["report"]);
    expect(await home("dario")).toEqual([]);
    expect(await hall.db.read.$count(text)).toBe(2);
  });

  it("[PM1] that is not there has no pages", async () => {
    const hall = await openHall();
    const args = { context: await hall.as("sela"), params: { session: "none" } };
    for (const loader of [homeLoader, agendaLoader]) {
      const answer = await loader(args as unknown as Parameters<typeof homeLoader>[0]).catch(
        (thrown: unknown) => thrown,
      );
      expect(answer).toBeInstanceOf(Response);
      expect(answer).toMatchObject({ status: 404 });
    }
  });
});
