/** The home of a session: what is happening now, what is mine to do, what is next, for each who opens it. */
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { addDelegations } from "#app/commands/add-delegations.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { confirmReading } from "#app/commands/confirm-reading.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import type { Loaded } from "#app/routes/session-home/load.ts";
import { loader } from "#app/routes/session-home/route.tsx";
import { officer } from "#db/schema/people.ts";
import { agendaItem, meeting, statement } from "#db/schema/session.ts";
import { rowHash } from "#db/canonical.ts";
import {
  type WritingHall,
  ask,
  openWriting,
  positionWords,
  statementWords,
} from "#test/support/delegations.ts";
import { type Hall, done } from "#test/support/people.ts";
import { publishReading } from "#test/support/reading.ts";
import { TEXT } from "#test/support/room.ts";
import { setAudience } from "#test/support/server.ts";

const EVERYBODY = ["bilal", "nadia", "omar", "priya", "amara", "sela", "chiara", "dario", null];
const HOUR = 3_600_000;
const AT = Date.UTC(2026, 10, 23, 9);

async function home(hall: Hall, who: string | null): Promise<Loaded> {
  const { status, body } = await ask(hall, who, loader, { params: { session: "s" } });
  expect(status).toBe(200);
  return body as Loaded;
}

/** The homes of everybody who gets to see these words. */
async function whoSees(hall: Hall, words: string): Promise<(string | null)[]> {
  const seen = [];
  for (const who of EVERYBODY) if (JSON.stringify(await home(hall, who)).includes(words)) seen.push(who);
  return seen;
}

async function say(hall: Hall, title: string, embargo: "none" | "delivery" = "delivery"): Promise<string> {
  const bilal = await hall.as("bilal");
  const drafted = done(await draftStatement(bilal, { ...statementWords, title, embargo }));
  return done(await releaseStatement(bilal, { ...drafted, edition: 1 })).statementId;
}

/** Chiara deletes a paragraph while Amara still types in it. */
async function typeLate(hall: WritingHall): Promise<void> {
  const chiara = await hall.enter("chiara");
  chiara.write("p1", "Recalling its mandate,");
  chiara.write("p2", "Welcoming the work,");
  await hall.settle();
  const amara = await hall.enter("amara");
  chiara.set("p1", "deleted", true);
  amara.type("p1", 0, "Late words. ");
  await hall.settle();
}

describe("now", () => {
  it("[HM1] is the meeting that is going on, what was delivered in it last, and nothing when none is", async () => {
    const hall = await openWriting();
    hall.wait(-HOUR);
    const id = await say(hall, "On time", "none");
    done(
      await deliverStatement(await hall.as("amara"), { sessionId: "s", statementId: id, meetingId: "mt" }),
    );
    for (const who of EVERYBODY) {
      expect((await home(hall, who)).now, `${who}`).toMatchObject({
        sitting: { number: 1, mode: "informal" },
        lastDelivered: { id, entityCode: "LEM" },
      });
    }
    hall.wait(12 * HOUR);
    expect((await home(hall, "amara")).now).toMatchObject({ sitting: null, lastDelivered: null });
  });

  it("[HM4] tells of a text that is written in to those who see it live, and to nobody else", async () => {
    const hall = await openWriting();
    const pen = await hall.enter("chiara");
    pen.write("p1", "Recalling its mandate,");
    await hall.settle();
    const moves = async (who: string | null) => (await home(hall, who)).now.moving.map(({ moved }) => moved);
    expect([await moves("chiara"), await moves("bilal"), await moves(null)]).toEqual([["written"], [], []]);
    await hall.db.write((tx) => setAudience(tx, TEXT, { audience: "all", shows: "versions" }));
    expect(await moves("bilal")).toEqual([]);
    // Whoever is let in hears of what is written from then on.
    await hall.db.write((tx) => setAudience(tx, TEXT, { audience: "all", shows: "live", fromSeq: 9 }));
    expect(await moves("bilal")).toEqual([]);
    await hall.db.write((tx) => setAudience(tx, TEXT, { audience: "public", shows: "live", fromSeq: 0 }));
    expect([await moves("bilal"), await moves(null)]).toEqual([["written"], ["written"]]);
  });
});

describe("what is mine", () => {
  it("[HM1] is nothing at first, and the home knows why", async () => {
    const hall = await openWriting();
    const mine = async (who: string | null) => (await home(hall, who)).mine;
    expect(await mine(null)).toMatchObject({ who: "public", delegation: null, chair: null, people: null });
    expect(await mine("dario")).toMatchObject({ who: "guest", delegation: null, drafting: [] });
    expect(await mine("bilal")).toMatchObject({
      who: "part",
      delegation: { releases: true, writes: true, draftCount: 0, undelivered: [], askedCount: 0 },
      chair: null,
      people: null,
    });
    expect(await mine("omar")).toMatchObject({ delegation: { releases: false, writes: false } });
    expect(await mine("chiara")).toMatchObject({
      who: "part",
      delegation: null,
      drafting: [{ id: TEXT, late: 0, lateMine: 0, locked: 0 }],
    });
  });

  it("[HM2] are my delegation's drafts, which nobody else's home knows of", async () => {
    const hall = await openWriting();
    const nadia = await hall.as("nadia");
    done(await draftStatement(nadia, { ...statementWords, title: "A red line" }));
    done(await draftPosition(nadia, positionWords));
    expect((await home(hall, "bilal")).mine.delegation).toMatchObject({
      draftCount: 2,
    });
    const kinds = (await home(hall, "bilal")).mine.delegation?.drafts.map(
      ({ kind, title }) => `${kind} ${title}`,
    );
    expect(kinds?.toSorted()).toEqual(["position Due care", "statement A red line"]);
    expect(await whoSees(hall, "A red line")).toEqual(["bilal", "nadia", "omar"]);
    expect((await home(hall, "priya")).mine.delegation).toMatchObject({ draftCount: 0, drafts: [] });
    // An officer who has a seat besides reads as a delegate, and one without a seat does not.
    await hall.db.write((tx) =>
      tx
        .insert(officer)
        .values({ id: "o2", sessionId: "s", personId: "priya", office: "facilitator", fromAt: AT }),
    );
    expect(await whoSees(hall, "A red line")).toEqual(["bilal", "nadia", "omar"]);
  });

  it("[HM2] [SM14] are statements that I released and have not delivered; an embargo holds on the home too", async () => {
    const hall = await openWriting();
    const id = await say(hall, "Held back");
    expect(await whoSees(hall, "Held back")).toEqual(["bilal", "nadia", "omar", "amara", "sela"]);
    expect((await home(hall, "omar")).mine.delegation?.undelivered).toMatchObject([{ id }]);
    expect((await home(hall, "priya")).mine.delegation?.undelivered).toEqual([]);
    // The chair has it under the item that is being discussed, and not under another.
    expect((await home(hall, "amara")).mine.chair?.announced).toMatchObject([{ id, entityCode: "LEM" }]);
    done(await takeUpItem(await hall.as("amara"), { sessionId: "s", itemId: null }));
    expect((await home(hall, "amara")).mine.chair).toMatchObject({ announced: [], takeUp: { id: "i" } });
    done(await takeUpItem(await hall.as("amara"), { sessionId: "s", itemId: "i" }));
    done(
      await deliverStatement(await hall.as("amara"), { sessionId: "s", statementId: id, meetingId: "mt" }),
    );
    expect((await home(hall, "bilal")).mine.delegation?.undelivered).toEqual([]);
    expect((await home(hall, "amara")).mine.chair?.announced).toEqual([]);
  });

  it("[HM2] [PS12] are readings of my own State that it has not answered", async () => {
    const hall = await openWriting();
    const id = await publishReading(hall, "lem");
    expect((await home(hall, "bilal")).mine.delegation).toMatchObject({ asked: [{ id }], askedCount: 1 });
    for (const who of ["priya", "amara", "sela", null]) {
      expect(JSON.stringify((await home(hall, who)).mine), `${who}`).not.toContain(id);
    }
    done(await confirmReading(await hall.as("bilal"), { sessionId: "s", positionId: id, over: null }));
    expect((await home(hall, "bilal")).mine.delegation).toMatchObject({ asked: [], askedCount: 0 });
  });

  it("[HM2] [RM21] are words that were typed into a deleted paragraph, for its drafters", async () => {
    const hall = await openWriting();
    await typeLate(hall);
    const [text] = (await home(hall, "chiara")).mine.drafting;
    expect(text).toMatchObject({ id: TEXT, late: 1, lateMine: 0 });
    expect((await home(hall, "bilal")).mine.drafting).toEqual([]);
    expect(JSON.stringify(await home(hall, "chiara"))).not.toContain("Late words");
  });

  it("[HM1] is for the chair what the session waits for: an adoption, an item, a version, a meeting", async () => {
    const hall = await openWriting();
    const pen = await hall.enter("chiara");
    pen.write("p1", "Recalling its mandate,");
    await hall.settle();
    const { chair } = (await home(hall, "amara")).mine;
    expect(chair).toMatchObject({
      hasItems: true,
      isAdopted: false,
      takeUp: null,
      toIssue: [{ id: TEXT, newest: null }],
      hasNextMeeting: false,
    });
    done(await adoptAgenda(await hall.as("amara"), { sessionId: "s", symbol: "SIM/1" }));
    expect((await home(hall, "amara")).mine.chair).toMatchObject({ isAdopted: true });
    for (const who of ["bilal", "nadia", "omar", "priya", "chiara", "dario", null]) {
      expect((await home(hall, who)).mine.chair, `${who}`).toBe(null);
    }
  });

  it("[HM2] are for the secretariat people and links that wait; for the session's own, its delegations alone", async () => {
    const hall = await openWriting();
    const sela = await hall.as("sela");
    done(await invitePerson(sela, { name: "New", email: "new@example.org", secretariat: false }));
    const rows = [{ entityId: "qui", capacity: "participant" as const, head: null }];
    done(await addDelegations(sela, { sessionId: "s", rows }));
    // Erin and New were invited, Chiara drafts, Dario is signed in: none has a seat or an office.
    const people = { headless: 1, unseated: 4, links: { unused: 1, over: 0 } };
    expect((await home(hall, "sela")).mine.people).toEqual(people);
    hall.wait(8 * 24 * HOUR);
    expect((await home(hall, "sela")).mine.people).toMatchObject({ links: { unused: 0, over: 1 } });
    await hall.db.write((tx) =>
      tx
        .insert(officer)
        .values({ id: "o3", sessionId: "s", personId: "dario", office: "secretariat", fromAt: AT }),
    );
    expect((await home(hall, "dario")).mine.people).toEqual({ headless: 1, unseated: null, links: null });
    for (const who of ["bilal", "omar", "priya", "amara", "chiara", null]) {
      expect((await home(hall, who)).mine.people, `${who}`).toBe(null);
    }
  });
});

describe("what is next", () => {
  it("[HM3] is the meeting that begins next, of those that have not begun", async () => {
    const hall = await openWriting();
    expect((await home(hall, null)).next).toMatchObject({ meeting: null });
    await hall.db.write(async (tx) => {
      for (const [number, hours] of [
        [2, 30],
        [3, 6],
        [4, -9],
      ] as const) {
        const startsAt = AT + hours * HOUR;
        const row = { id: `m${number}`, sessionId: "s", number, mode: "formal" as const };
        await tx.insert(meeting).values({ ...row, startsAt, endsAt: startsAt + HOUR, room: "B" });
      }
    });
    expect((await home(hall, null)).next).toMatchObject({ meeting: { number: 3, room: "B" } });
    expect((await home(hall, "amara")).mine.chair).toMatchObject({ hasNextMeeting: true });
  });
});

describe("the home", () => {
  it("[HM2] asks as many questions whether there is much or little", async () => {
    const hall = await openWriting();
    const questions = async (who: string | null): Promise<number> => {
      const client = hall.db.read.$client;
      const prepare = client.prepare.bind(client);
      let asked = 0;
      client.prepare = ((sql: string) => {
        asked += 1;
        return prepare(sql);
      }) as typeof client.prepare;
      await home(hall, who);
      client.prepare = prepare;
      return asked;
    };
    // The room of the text that Chiara drafts is opened by whoever asks first.
    await home(hall, "chiara");
    const little = [];
    for (const who of EVERYBODY) little.push(await questions(who));
    await hall.db.write(async (tx) => {
      const facts = { status: "open" as const, statusAt: AT, createdAt: AT };
      for (let at = 0; at < 30; at += 1) {
        await tx
          .insert(agendaItem)
          .values({ id: `i${at}`, sessionId: "s", order: at + 2, number: `${at}`, title: "T", ...facts });
        const of = { sessionId: "s", delegationId: "d-lem", entityId: "lem", itemId: "i", title: `S${at}` };
        const row = {
          id: `st${at}`,
          ...of,
          body: "B",
          exceptions: [],
          releasedBy: "bilal",
          releasedAt: AT + at,
        };
        await tx.insert(statement).values({ ...row, contentHash: rowHash("statement", row) });
        const sitting = { id: `mm${at}`, sessionId: "s", number: at + 9, mode: "formal" as const };
        await tx.insert(meeting).values({ ...sitting, startsAt: AT, endsAt: AT + 1 });
      }
    });
    const nadia = await hall.as("nadia");
    for (let at = 0; at < 9; at += 1)
      done(await draftStatement(nadia, { ...statementWords, title: `D${at}` }));
    const much = [];
    for (const who of EVERYBODY) much.push(await questions(who));
    expect(much).toEqual(little);
    // The public asks least; who presides, most.
    expect(Math.min(...much)).toBeLessThanOrEqual(12);
    expect(Math.max(...much)).toBeLessThanOrEqual(20);
    const mine = (await home(hall, "bilal")).mine.delegation;
    expect(mine).toMatchObject({ draftCount: 9 });
    expect([mine?.drafts.length, mine?.undelivered.length]).toEqual([5, 5]);
    expect(await hall.db.read.$count(statement, eq(statement.itemId, "i"))).toBe(30);
  });
});
