/** Search tells nobody of anything that is not theirs to read, and everybody of what is. */
import { describe, expect, it } from "vitest";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { delegation, delegate, person } from "#db/schema/people.ts";
import { positionWords, statementWords } from "#test/support/delegations.ts";
import { done } from "#test/support/people.ts";
import { TEXT } from "#test/support/room.ts";
import {
  countsFor,
  foundIn,
  hitsFor,
  openSearch,
  searched,
  type SearchHall,
  wordsOf,
} from "#test/support/search.ts";

const EVERYBODY = [
  null,
  "priya",
  "chiara",
  "dario",
  "erin",
  "nadia",
  "omar",
  "bilal",
  "amara",
  "sela",
  "oona",
];
const OURS = { nadia: 1, omar: 1, bilal: 1 };
const all = (count: number) => Object.fromEntries(EVERYBODY.map((who) => [who ?? "public", count]));

/** Oona heads an observer. */
async function open(): Promise<SearchHall> {
  const hall = await openSearch();
  await hall.db.write(async (tx) => {
    await tx.insert(person).values({ id: "oona", name: "Oona", createdAt: 1 });
    const seat = { sessionId: "s", entityId: "ost", capacity: "observer" as const, createdAt: 1 };
    await tx.insert(delegation).values({ id: "d-ost", ...seat });
    const post = { delegationId: "d-ost", personId: "oona", role: "head" as const, fromAt: 1 };
    await tx.insert(delegate).values({ id: "m-oona", ...post });
  });
  return hall;
}

/** For whom of these the page says of the words what it says of words that nobody ever wrote. */
async function expectNothing(hall: SearchHall, words: string, people = EVERYBODY): Promise<void> {
  const nothing = "qqqqqqqq";
  for (const who of people) {
    const [ours, nobodys] = [await searched(hall, who, words), await searched(hall, who, nothing)];
    expect(JSON.stringify(ours).replaceAll(words, nothing), who ?? "public").toBe(JSON.stringify(nobodys));
  }
}

const others = EVERYBODY.filter((who) => who === null || !(who in OURS));

describe("a draft", () => {
  it("[SE1][SE2] of a position is found by its own delegation alone, marked, until it is released", async () => {
    const hall = await open();
    const words = { ...positionWords, summary: "Marzipan is to be kept dry.", excerpt: "Dry marzipan." };
    const { draftId } = done(await draftPosition(await hall.as("nadia"), words));
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(OURS);
    await expectNothing(hall, "marzipan", others);
    const [hit] = await hitsFor(hall, "omar", "marzipan");
    expect(hit).toMatchObject({ marks: ["draft"] });
    expect(hit?.to).toMatch(new RegExp(`^/sessions/s/drafts/positions/${draftId}\\?mark=marzipan$`));

    const { positionId } = done(await releasePosition(await hall.as("bilal"), { draftId, edition: 1 }));
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(all(1));
    const [open1] = await hitsFor(hall, null, "marzipan");
    expect(open1).toMatchObject({ marks: [], who: { name: "Lemuria", code: "LEM" }, label: "Legal duty" });
    expect(open1?.to).toBe(`/sessions/s/positions/${positionId}?mark=marzipan#excerpt`);
    expect(open1 && foundIn(open1)).toEqual(["marzipan"]);
  });

  it("[SE1] that is given up is found by nobody", async () => {
    const hall = await open();
    const { draftId } = done(
      await draftPosition(await hall.as("nadia"), { ...positionWords, summary: "Marzipan." }),
    );
    done(await discardPositionDraft(await hall.as("nadia"), { draftId, edition: 1 }));
    await expectNothing(hall, "marzipan");
  });

  it("[SE1][SE2] of a statement is found in its title and in the words that are written together", async () => {
    const hall = await open();
    const { draftId } = done(
      await draftStatement(await hall.as("nadia"), { ...statementWords, title: "On marzipan" }),
    );
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(OURS);
    const { textId } = done(await openDraftText(await hall.as("nadia"), { draftId }));
    const page = await hall.enter("nadia", { textId, delegationId: "d-lem" });
    page.write("a", "We speak of nougat as well.", { role: "plain" });
    await hall.settle(textId);
    await hall.caughtUp();
    expect(await countsFor(hall, EVERYBODY, "nougat")).toEqual(OURS);
    await expectNothing(hall, "nougat", others);
    expect((await hitsFor(hall, "omar", "nougat"))[0]).toMatchObject({
      marks: ["draft"],
      to: `/sessions/s/drafts/statements/${draftId}?mark=nougat#p-a`,
    });
  });

  it("[SE1] is not found any more by whoever has left the delegation", async () => {
    const hall = await open();
    done(await draftPosition(await hall.as("nadia"), { ...positionWords, summary: "Marzipan." }));
    done(await removeDelegate(await hall.as("bilal"), { delegateId: "m3" }));
    await expectNothing(hall, "marzipan", ["omar"]);
  });
});

describe("a statement", () => {
  const EMBARGOED = { ...OURS, amara: 1, sela: 1 };

  it("[SE2] under embargo is found by its delegation and those who preside until it is delivered", async () => {
    const hall = await open();
    const words = { ...statementWords, body: "Thank you.\n\nMarzipan first.", embargo: "delivery" as const };
    const { draftId } = done(await draftStatement(await hall.as("nadia"), words));
    const { statementId } = done(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 }));
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(EMBARGOED);
    await expectNothing(
      hall,
      "marzipan",
      EVERYBODY.filter((who) => who === null || !(who in EMBARGOED)),
    );
    expect((await hitsFor(hall, "amara", "marzipan"))[0]?.marks).toEqual(["embargoed"]);
    const which = { sessionId: "s", statementId, meetingId: "mt" };
    done(await deliverStatement(await hall.as("amara"), which));
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(all(1));
    const [hit] = await hitsFor(hall, null, "marzipan");
    expect(hit).toMatchObject({ marks: [], language: "en", who: { code: "LEM" } });
    expect(hit?.to).toBe(`/sessions/s/statements/${statementId}?mark=marzipan#s-2`);
    expect(hit && foundIn(hit)).toEqual(["Marzipan"]);
  });

  it("[SE2] that was corrected is found with its correction, each saying so to who may know", async () => {
    const hall = await open();
    const { draftId } = done(
      await draftStatement(await hall.as("nadia"), { ...statementWords, title: "Marzipan" }),
    );
    const { statementId } = done(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 }));
    const next = done(await correctStatement(await hall.as("bilal"), { sessionId: "s", statementId }));
    done(
      await releaseStatement(await hall.as("bilal"), {
        draftId: next.draftId,
        edition: 1,
        correction: "The hours were wrong.",
      }),
    );
    const marks = (await hitsFor(hall, null, "marzipan")).map((hit) => hit.marks);
    expect(marks).toEqual([["correction"], ["corrected"]]);
  });
});

it("[SE2] a position that was superseded or withdrawn is found and says so", async () => {
  const hall = await open();
  const release = async (summary: string): Promise<string> => {
    const { draftId } = done(await draftPosition(await hall.as("bilal"), { ...positionWords, summary }));
    return done(await releasePosition(await hall.as("bilal"), { draftId, edition: 1 })).positionId;
  };
  await release("Marzipan one.");
  const positionId = await release("Marzipan two.");
  const marksOf = async () =>
    (await hitsFor(hall, "dario", "marzipan")).map((hit) => [wordsOf(hit.snippet?.pieces), hit.marks]);
  expect(await marksOf()).toEqual([
    ["Marzipan two.", []],
    ["Marzipan one.", ["superseded"]],
  ]);
  const withdrawal = { sessionId: "s", positionId, reason: "Marzipan no more.", language: "en" };
  done(await withdrawPosition(await hall.as("bilal"), withdrawal));
  expect(await marksOf()).toEqual([
    ["Marzipan no more.", ["withdrawal"]],
    ["Marzipan two.", ["withdrawn"]],
    ["Marzipan one.", ["superseded"]],
  ]);
});

describe("a text", () => {
  const BUREAU = { chiara: 1, amara: 1, sela: 1 };
  type Opening = Pick<Parameters<typeof setAudience>[1], "audience" | "shows"> & {
    readonly delegationIds?: readonly string[];
  };

  async function write(hall: SearchHall, words: string): Promise<void> {
    const page = await hall.enter("chiara");
    page.write("a", words);
    await hall.caughtUp();
    page.leave();
  }

  async function openTo(hall: SearchHall, opening: Opening): Promise<void> {
    done(await setAudience(await hall.as("amara"), { textId: TEXT, delegationIds: [], ...opening }));
    await hall.caughtUp();
  }

  it("[SE3] is found in its live wording by the bureau, and by each audience that it is opened to", async () => {
    const hall = await open();
    await write(hall, "Decides that marzipan shall be kept dry;");
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(BUREAU);
    await expectNothing(hall, "marzipan", [null, "priya", "nadia", "dario", "oona"]);
    const [hit] = await hitsFor(hall, "amara", "marzipan");
    expect(hit).toMatchObject({ label: "OP1", version: null, at: null });
    expect(hit?.to).toBe(`/sessions/s/texts/${TEXT}?mark=marzipan#p-a`);

    await openTo(hall, { audience: "named", shows: "live", delegationIds: ["d-nor"] });
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual({ ...BUREAU, priya: 1 });
    await openTo(hall, { audience: "all", shows: "live" });
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual({ ...BUREAU, ...OURS, priya: 1 });
    await openTo(hall, { audience: "observers", shows: "live" });
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual({ ...BUREAU, ...OURS, priya: 1, oona: 1 });
    await openTo(hall, { audience: "public", shows: "live" });
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(all(1));
    await openTo(hall, { audience: "bureau", shows: "live" });
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual(BUREAU);
  });

  it("[SE3] shows readers nothing that was taken out before it was opened, even before search has caught up", async () => {
    const hall = await open();
    await write(hall, "Decides that marzipan shall be kept dry;");
    const page = await hall.enter("chiara");
    page.textOf("a").delete(13, 8);
    await hall.settle();
    done(
      await setAudience(await hall.as("amara"), {
        textId: TEXT,
        audience: "public",
        shows: "live",
        delegationIds: [],
      }),
    );
    await expectNothing(hall, "marzipan", [null, "priya", "nadia", "dario", "oona"]);
    await hall.caughtUp();
    await expectNothing(hall, "marzipan");
    expect(await countsFor(hall, EVERYBODY, "decides")).toEqual(all(1));
  });

  it("[SE3] is found in its versions by who sees versions, under the newest that says it", async () => {
    const hall = await open();
    await write(hall, "Decides that marzipan shall be kept dry;");
    const issue = async (label: string) =>
      done(await issueVersion(await hall.as("amara"), { textId: TEXT, label, symbol: "", note: "" }));
    await issue("Zero draft");
    await openTo(hall, { audience: "all", shows: "versions" });
    const second = await issue("Rev.1");
    const page = await hall.enter("chiara");
    page.textOf("a").insert(13, "nougat and ", {});
    await hall.caughtUp();
    // Not yet issued: the bureau alone.
    expect(await countsFor(hall, EVERYBODY, "nougat")).toEqual(BUREAU);
    expect(await countsFor(hall, EVERYBODY, "marzipan")).toEqual({ ...BUREAU, ...OURS, priya: 1 });
    const [hit] = await hitsFor(hall, "priya", "marzipan");
    expect(hit).toMatchObject({ label: "OP1", version: "Rev.1" });
    expect(hit?.to).toBe(`/sessions/s/texts/${TEXT}/versions/${second.versionId}?mark=marzipan#p-a`);
    expect((await hitsFor(hall, "amara", "marzipan"))[0]).toMatchObject({ version: null });
    await issue("Rev.2");
    await hall.caughtUp();
    expect((await hitsFor(hall, "priya", "nougat"))[0]).toMatchObject({ version: "Rev.2" });
    expect((await hitsFor(hall, "priya", "marzipan"))[0]).toMatchObject({ version: "Rev.2" });
  });

  it("[SE3] whose wording changed is not found by the old one", async () => {
    const hall = await open();
    await write(hall, "Decides that marzipan shall be kept dry;");
    await openTo(hall, { audience: "public", shows: "live" });
    const page = await hall.enter("chiara");
    page.textOf("a").delete(13, 8);
    await hall.caughtUp();
    await expectNothing(hall, "marzipan");
  });
});
