/** What becomes of a released statement: its embargo, its delivery, and where else it is found. */
import { describe, expect, it } from "vitest";
import type { NoticeAudience } from "#app/commands/context.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { cancelMeeting } from "#app/commands/cancel-meeting.ts";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editMeeting } from "#app/commands/edit-meeting.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { setMeetingMode } from "#app/commands/set-meeting-mode.ts";
import { loader as agendaLoader } from "#app/routes/agenda/route.tsx";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { loader as entityLoader } from "#app/routes/entity/route.tsx";
import { loader as paragraphLoader } from "#app/routes/paragraph/route.tsx";
import { loader as homeLoader } from "#app/routes/session-home/route.tsx";
import { action as statementAction, loader as statementLoader } from "#app/routes/statement/route.tsx";
import { loader as draftLoader } from "#app/routes/statement-draft/route.tsx";
import { loader as statementsLoader } from "#app/routes/statements/route.tsx";
import { loader as topicLoader } from "#app/routes/topic/route.tsx";
import { mayHear } from "#app/server/hearing.ts";
import { officer } from "#db/schema/people.ts";
import type { WriteTx } from "#db/database.ts";
import { meeting, statementDelivery, statementDraft } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeStatementDraft } from "#db/stores/statement-draft.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask, openWriting, statementWords, type WritingHall } from "#test/support/delegations.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { TEXT } from "#test/support/room.ts";

const EVERYBODY = [null, "priya", "chiara", "dario", "erin", "nadia", "omar", "bilal", "amara", "sela"];
const OURS = ["nadia", "omar", "bilal"];
const PRESIDING = ["amara", "sela"];
const spoken = { textId: TEXT, paragraphId: "a" };

/** Erin is vice-chair, and there is a text that everybody reads, in which a paragraph stands. */
async function openSession(): Promise<WritingHall> {
  const hall = await openWriting();
  await hall.db.write(async (tx) => {
    const office = { sessionId: "s", personId: "erin", office: "vice-chair" as const, fromAt: 1 };
    await tx.insert(officer).values({ id: "vice", ...office });
    await openText(tx, "public");
  });
  const page = await hall.enter("amara");
  page.write("a", "Decides to act in time;");
  await hall.settle();
  return hall;
}

async function openText(tx: WriteTx, audience: "public" | "bureau", id: string = audience): Promise<void> {
  const set = { delegationIds: [], shows: "live" as const, fromSeq: 0, setBy: "amara", setAt: 1 };
  const sha256 = await insertTextAudience(tx, { id, textId: TEXT, audience, ...set });
  const act = { act: "setAudience", thing: "text", thingId: TEXT };
  await appendEvent(tx, { at: 1, by: { personId: "amara" }, ...act, detail: { sha256 } });
}

async function release(hall: WritingHall, change: Partial<typeof statementWords> = {}): Promise<string> {
  const { draftId } = done(await draftStatement(await hall.as("nadia"), { ...statementWords, ...change }));
  return done(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 })).statementId;
}

const params = (more: Readonly<Record<string, string>> = {}) => ({
  session: "s",
  item: "i",
  entity: "lem",
  topic: "care",
  text: TEXT,
  paragraph: "a",
  ...more,
});

/** Every page that a released statement is on, as one person gets it. */
async function pagesFor(hall: WritingHall, personId: string | null): Promise<string> {
  const loaders = [
    agendaLoader,
    statementsLoader,
    itemLoader,
    entityLoader,
    topicLoader,
    paragraphLoader,
    homeLoader,
  ];
  const pages = [];
  for (const loader of loaders) pages.push(await ask(hall, personId, loader, { params: params() }));
  return JSON.stringify(pages);
}

async function readersOf(hall: WritingHall, statementId: string): Promise<(string | null)[]> {
  const readers = [];
  for (const personId of EVERYBODY) {
    const where = { params: params({ statement: statementId }) };
    const page = await ask(hall, personId, statementLoader, where);
    const nothing = await ask(hall, personId, statementLoader, { params: params({ statement: "x" }) });
    if (page.status === 200) readers.push(personId);
    else expect({ personId, ...page }).toEqual({ personId, ...nothing });
  }
  return readers;
}

/** Who of them hears a notice. */
async function hearersOf(hall: WritingHall, audience: NoticeAudience): Promise<(string | null)[]> {
  const hearers = [];
  for (const personId of EVERYBODY) {
    const { viewer } = await hall.as(personId);
    if (mayHear(viewer, { audience, topic: "statements", door: null })) hearers.push(personId);
  }
  return hearers;
}

describe("an embargo", () => {
  it("[SM14] keeps a statement to its delegation and those who preside, on every page, in every count and notice", async () => {
    const hall = await openSession();
    const before = new Map<string | null, string>();
    for (const personId of EVERYBODY) before.set(personId, await pagesFor(hall, personId));
    const told = hall.told.length;
    const id = await release(hall, { embargo: "delivery", topicIds: ["care"], paragraphs: [spoken] });
    expect(await readersOf(hall, id)).toEqual([...OURS, ...PRESIDING]);
    for (const personId of EVERYBODY) {
      const now = await pagesFor(hall, personId);
      if ([...OURS, ...PRESIDING].includes(personId ?? "")) {
        // The list, the item, the entity, the topic, the paragraph, and twice the home of the session: among the newest,
        // and as what is still to be delivered.
        expect(now.split("On acting in time").length - 1, `${personId}`).toBe(7);
      } else expect({ personId, now }).toEqual({ personId, now: before.get(personId) });
    }
    const audiences = hall.told.slice(told).map(({ audience }) => audience);
    for (const audience of audiences) {
      const hearers = await hearersOf(hall, audience);
      expect(hearers.filter((one) => ![...OURS, ...PRESIDING].includes(one ?? ""))).toEqual([]);
    }
    const embargoed = { kind: "embargoed", sessionId: "s", delegationId: "d-lem" } as const;
    expect(audiences).toContainEqual(embargoed);
    expect(await hearersOf(hall, embargoed)).toEqual([...OURS, ...PRESIDING]);

    done(
      await deliverStatement(await hall.as("amara"), { sessionId: "s", statementId: id, meetingId: "mt" }),
    );
    expect(await readersOf(hall, id)).toEqual(EVERYBODY);
    expect((await pagesFor(hall, null)).split("On acting in time").length - 1).toBe(6);
    expect(hall.told.slice(-2)).toEqual([
      { audience: { kind: "session", sessionId: "s" }, topic: "statements" },
      { audience: { kind: "session", sessionId: "s" }, topic: "agenda" },
    ]);
  });

  it("[SM14] is not felt by reading on from a statement that one does not know", async () => {
    const hall = await openSession();
    const older = await release(hall);
    hall.wait(1);
    const hidden = await release(hall, { embargo: "delivery" });
    const list = (search: string) => ask(hall, "priya", statementsLoader, { params: params(), search });
    expect(await list(`?before=${hidden}`)).toEqual(await list("?before=nothing"));
    expect(JSON.stringify((await list("")).body)).toContain(older);
  });
});

describe("a delivery", () => {
  it("[SM15] is recorded once, by chair or secretariat, in a meeting that has begun, with its mode", async () => {
    const hall = await openSession();
    await hall.db.write(async (tx) => {
      const startsAt = Date.UTC(2026, 10, 25, 9);
      const hours = { startsAt, endsAt: startsAt + 1 };
      await tx.insert(meeting).values({ id: "later", sessionId: "s", number: 2, mode: "formal", ...hours });
    });
    const statementId = await release(hall);
    const which = { sessionId: "s", statementId, meetingId: "mt" };
    const form = { intent: "deliver", meeting: "mt" };
    const where = { params: params({ statement: statementId }) };
    for (const [personId, status] of [
      [null, 401],
      ["priya", 403],
      ["bilal", 403],
      ["erin", 403],
    ] as const) {
      expect((await ask(hall, personId, statementAction, { ...where, form })).status, `${personId}`).toBe(
        status,
      );
    }
    const amara = await hall.as("amara");
    expect(refusedFor(await deliverStatement(amara, { ...which, meetingId: "later" }))).toBe(
      "meeting-not-begun",
    );
    expect(refusedFor(await deliverStatement(amara, { ...which, meetingId: "" }))).toBe("meeting-needed");
    expect(refusedFor(await deliverStatement(amara, { ...which, statementId: "nothing" }))).toBe("not-there");
    const offered = await ask(hall, "amara", statementLoader, where);
    expect(offered.body).toMatchObject({ meetings: [{ id: "mt", number: 1 }] });
    expect((await ask(hall, "amara", statementAction, { ...where, form })).status).toBe(302);
    // The mode is that of the moment, whatever the meeting does next.
    done(await setMeetingMode(amara, { sessionId: "s", meetingId: "mt", mode: "closed" }));
    const shown = await ask(hall, null, statementLoader, where);
    expect(shown.body).toMatchObject({
      statement: { delivery: { mode: "informal", meetingNumber: 1 } },
      meetings: null,
    });
    expect(refusedFor(await deliverStatement(amara, which))).toBe("already-delivered");
    expect(await hall.db.read.$count(statementDelivery)).toBe(1);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM15] [SM16] is of the newest wording, and what corrects a delivered one is under no embargo", async () => {
    const hall = await openSession();
    const bilal = await hall.as("bilal");
    const amara = await hall.as("amara");
    const correct = async (statementId: string) => {
      const begun = done(await correctStatement(bilal, { sessionId: "s", statementId }));
      const words = { edition: 1, correction: "The title." };
      return done(await releaseStatement(bilal, { ...begun, ...words })).statementId;
    };
    const first = await release(hall, { embargo: "delivery" });
    const second = await correct(first);
    const meetingId = "mt";
    const deliver = (statementId: string) =>
      deliverStatement(amara, { sessionId: "s", statementId, meetingId });
    expect(refusedFor(await deliver(first))).toBe("deliver-newer");
    expect(await readersOf(hall, second)).toEqual([...OURS, ...PRESIDING]);
    done(await deliver(second));
    const third = await correct(second);
    expect(await readersOf(hall, third)).toEqual(EVERYBODY);
    // The first was never delivered: that it was there is still not everybody's to know.
    expect(await readersOf(hall, first)).toEqual([...OURS, ...PRESIDING]);
    const shown = await ask(hall, "priya", statementLoader, { params: params({ statement: second }) });
    expect(shown.body).toMatchObject({ corrects: null, correctedBy: { id: third } });
  });
});

describe("a meeting of which something is on record", () => {
  it("[AG20] is not cancelled, nor changed once something was delivered in it; drafts do not hold it", async () => {
    const hall = await openSession();
    const statementId = await release(hall);
    hall.wait(4 * 3_600_000);
    const amara = await hall.as("amara");
    const which = { sessionId: "s", meetingId: "mt" };
    expect(refusedFor(await cancelMeeting(amara, which))).toBe("meeting-named");
    const [was] = await hall.db.read.select().from(meeting);
    const hours = { startsAt: was?.startsAt ?? 0, endsAt: was?.endsAt ?? 0 };
    done(await editMeeting(amara, { ...which, ...hours, room: "Room 9" }));
    done(await deliverStatement(amara, { ...which, statementId }));
    expect(refusedFor(await editMeeting(amara, { ...which, ...hours, room: "" }))).toBe("meeting-delivered");
    expect(refusedFor(await cancelMeeting(amara, which))).toBe("meeting-delivered");
    const home = await ask(hall, "amara", homeLoader, { params: params() });
    expect(home.body).toMatchObject({ changeable: [], meetings: [{ id: "mt", room: "Room 9" }] });

    const next = { startsAt: hours.startsAt + 86_400_000, endsAt: hours.endsAt + 86_400_000 };
    const made = await scheduleMeeting(amara, { sessionId: "s", mode: "formal", room: "", ...next });
    const { meetingId } = done(made);
    const words = { ...statementWords, meetingId };
    const { draftId } = done(await draftStatement(await hall.as("nadia"), words));
    done(await cancelMeeting(amara, { sessionId: "s", meetingId }));
    const drafts = await hall.db.read.select().from(statementDraft);
    expect(drafts.find(({ id }) => id === draftId)).toMatchObject({ meetingId: null });
    expect(await hall.db.read.$count(meeting)).toBe(1);
    const late = await draftStatement(await hall.as("nadia"), words);
    expect(late).toMatchObject({ fields: { meeting: "meeting-unknown" } });
    expect(faultsIn(hall.db.folder).filter((fault) => fault.includes("eeting"))).toEqual([]);
  });
});

type Speaking = {
  readonly ticked: unknown;
  readonly texts: unknown;
  readonly barred: number;
  readonly read: { readonly words: string };
};

describe("what a statement speaks to", () => {
  it("[SM18] is found from the topic and from the paragraph, and leads to both", async () => {
    const hall = await openSession();
    const id = await release(hall, { topicIds: ["care"], paragraphs: [spoken, spoken] });
    const page = await ask(hall, null, statementLoader, { params: params({ statement: id }) });
    expect(page.body).toMatchObject({
      topics: [{ id: "care", title: "Due care" }],
      spokenTo: [{ id: TEXT, paragraphs: [{ id: "a", label: "OP1" }] }],
    });
    for (const loader of [topicLoader, paragraphLoader]) {
      expect(await ask(hall, "priya", loader, { params: params() })).toMatchObject({
        body: { statements: [{ id }] },
      });
    }
    const search = `?item=i&paragraph=${TEXT}/a`;
    const fresh = await ask(hall, "nadia", draftLoader, { params: params({ draft: "new" }), search });
    expect(fresh.body).toMatchObject({ ticked: { paragraphs: [`${TEXT}/a`] }, values: { item: "i" } });
  });

  it("[SM18] is of the session's topics and of paragraphs that one reads, and tells nobody of a text that is not theirs", async () => {
    const hall = await openSession();
    const nadia = await hall.as("nadia");
    const refused = async (change: Partial<typeof statementWords>) =>
      refusedFor(await draftStatement(nadia, { ...statementWords, ...change }));
    expect(await refused({ topicIds: ["real"] })).toBe("topic-unknown");
    expect(await refused({ paragraphs: [{ ...spoken, paragraphId: "nothing" }] })).toBe("paragraph-unknown");
    const many = Array.from({ length: 101 }, (_, at) => ({ ...spoken, paragraphId: `${at}` }));
    expect(await refused({ paragraphs: many })).toBe("paragraphs-many");
    const id = await release(hall, { paragraphs: [spoken] });
    await hall.db.write((tx) => openText(tx, "bureau"));
    const where = { params: params({ statement: id }) };
    const page = await ask(hall, "priya", statementLoader, where);
    expect(page.body).toMatchObject({ spokenTo: [] });
    expect(JSON.stringify(page.body)).not.toContain(TEXT);
    expect(JSON.stringify(await ask(hall, "priya", statementsLoader, { params: params() }))).not.toContain(
      TEXT,
    );
    expect((await ask(hall, "amara", statementLoader, where)).body).toMatchObject({
      spokenTo: [{ id: TEXT }],
    });
    expect(await refused({ paragraphs: [spoken] })).toBe("paragraph-unknown");
  });

  it("[SM21] [SM18] stands in the way of a head who does not read it, who is told how many there are and nothing of them", async () => {
    const hall = await openSession();
    const [amara, bilal] = [await hall.as("amara"), await hall.as("bilal")];
    const page = await hall.enter("amara");
    page.write("b", "Requests a report;");
    await hall.settle();
    await hall.db.write((tx) => openText(tx, "bureau"));
    done(await appointDrafter(amara, { textId: TEXT, personId: "nadia" }));
    const paragraphs = [spoken, { ...spoken, paragraphId: "b" }];
    const nadia = await hall.as("nadia");
    const { draftId } = done(await draftStatement(nadia, { ...statementWords, body: "", paragraphs }));
    const { textId } = done(await openDraftText(nadia, { draftId }));
    const own = await hall.enter("nadia", { textId, delegationId: "d-lem" });
    own.write("o", "We ask for hours.", { role: "plain" });
    await hall.settle(textId);
    const where = { params: params({ draft: draftId }) };
    const seen = async (who: string) => (await ask(hall, who, draftLoader, where)).body as Speaking;
    expect(await seen("nadia")).toMatchObject({
      barred: 0,
      ticked: { paragraphs: [`${TEXT}/a`, `${TEXT}/b`] },
    });

    const told = await seen("bilal");
    expect(told).toMatchObject({ barred: 2, ticked: { paragraphs: ["barred/1", "barred/2"] }, texts: [] });
    expect(JSON.stringify(told)).not.toMatch(new RegExp(`${TEXT}|act in time|Requests`));
    // Like one that there is not.
    const gone = await draftStatement(nadia, { ...statementWords, paragraphs });
    const lost = [
      { textId: "nothing", paragraphId: "a" },
      { textId: TEXT, paragraphId: "gone" },
    ];
    const { draftId: goneId } = done(gone);
    await hall.db.write((tx) => changeStatementDraft(tx, goneId, { paragraphs: lost }));
    const other = await ask(hall, "bilal", draftLoader, { params: params({ draft: goneId }) });
    expect(other.body).toMatchObject({ barred: told.barred, ticked: told.ticked, texts: told.texts });

    const read = { draftId, edition: 1, words: told.read.words };
    expect(await releaseStatement(bilal, read)).toMatchObject({
      kind: "rule",
      code: "paragraphs-barred",
      values: { count: 2 },
    });
    const edit = { ...statementWords, draftId, edition: 1, body: "" };
    const barred = [{ textId: "barred", paragraphId: "1" }];
    expect(refusedFor(await editStatementDraft(bilal, { ...edit, paragraphs: barred }))).toBe(
      "paragraph-unknown",
    );
    expect(await seen("nadia")).toMatchObject({ ticked: { paragraphs: [`${TEXT}/a`, `${TEXT}/b`] } });

    // Either the chair opens the text, or the head takes the ticks off.
    await hall.db.write((tx) => openText(tx, "public", "opened"));
    expect(await seen("bilal")).toMatchObject({
      barred: 0,
      ticked: { paragraphs: [`${TEXT}/a`, `${TEXT}/b`] },
    });
    await hall.db.write((tx) => openText(tx, "bureau", "closed"));
    expect(await seen("bilal")).toMatchObject({ barred: 2 });
    done(await editStatementDraft(bilal, { ...edit, paragraphs: [] }));
    expect(await seen("bilal")).toMatchObject({ barred: 0, ticked: { paragraphs: [] } });
    done(await releaseStatement(bilal, { ...read, edition: 2 }));
  });
});
