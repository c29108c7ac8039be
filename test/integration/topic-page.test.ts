/** A topic's page: whom a filter leaves, and what is said of the editors' readings. */
import { expect, it } from "vitest";
import { addMembership } from "#app/commands/add-membership.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { correctReading, putBackReading, takeDownReading } from "#app/commands/correct-reading.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import { loader as entityLoader } from "#app/routes/session-entity/route.tsx";
import { loader as topicLoader } from "#app/routes/session-topic/route.tsx";
import { loadTopic } from "#app/routes/topic/load.ts";
import { loadReference } from "#db/reference/load.ts";
import { readReference, REFERENCE_FOLDER } from "#db/reference/files.ts";
import { putGroup } from "#db/stores/group.ts";
import { ask, openDelegations, positionWords } from "#test/support/delegations.ts";
import { type Hall, done, openHall } from "#test/support/people.ts";
import { fileOf } from "#test/support/position-table.ts";
import { publishReading } from "#test/support/reading.ts";
import { show } from "#test/support/reception.ts";

/** As whoever is not signed in sees it. */
async function topicFor(hall: Hall, topic: string, group = "") {
  const context = await hall.as(null);
  return loadTopic(context, { topic }, new URLSearchParams(group === "" ? {} : { group }));
}

it("[PS14] filtered by a group, a topic leaves out what other groups said, but nobody who is placed by it alone", async () => {
  const hall = await openDelegations();
  await hall.db.write(async (tx) => {
    const kind = { kind: "negotiating", exercise: true };
    await putGroup(tx, { id: "coast", ...kind, code: "COAST", names: { en: "Coast" } }, [
      { entityId: "ost" },
    ]);
    await putGroup(tx, { id: "hill", ...kind, code: "HILL", names: { en: "Hill" } }, [{ entityId: "nor" }]);
  });
  const bilal = await hall.as("bilal");
  const { draftId } = done(await draftPosition(bilal, { ...positionWords, groupId: "lant" }));
  done(await releasePosition(bilal, { draftId, edition: 1 }));

  const spokenFor = async (group: string) => {
    const { spoken, notRecorded } = await topicFor(hall, "care", group);
    return {
      spoken: spoken.map(({ groupCode, only }) => [groupCode, ...only.map(({ id }) => id)]),
      notRecorded: notRecorded.map(({ id }) => id),
    };
  };
  expect((await spokenFor("")).spoken).toEqual([["LANT", "lem", "nor", "qui"]]);
  expect(await spokenFor("lant")).toMatchObject({ spoken: [["LANT", "lem", "nor", "qui"]] });
  expect(await spokenFor("coast")).toEqual({ spoken: [], notRecorded: ["ost"] });
  expect(await spokenFor("hill")).toEqual({ spoken: [["LANT", "nor"]], notRecorded: [] });
});

it("[PS23] says truthfully why nothing is shown", async () => {
  const hall = await openDelegations();
  const context = await hall.as(null);
  const why = async (search: Readonly<Record<string, string>> = {}) =>
    (await loadTopic(context, { topic: "care" }, new URLSearchParams(search))).nothing;
  expect(await why()).toBe("never");
  expect(await why({ day: "2020-01-01", group: "lant" })).toBe("never");
  const bilal = await hall.as("bilal");
  const { draftId } = done(await draftPosition(bilal, positionWords));
  const { positionId } = done(await releasePosition(bilal, { draftId, edition: 1 }));
  await hall.db.write(async (tx) => {
    const group = { id: "coast", kind: "negotiating", exercise: true, code: "COAST", names: { en: "Coast" } };
    await putGroup(tx, group, [{ entityId: "ost" }]);
  });
  expect(await why()).toBeNull();
  expect(await why({ day: "2026-11-20" })).toBeNull();
  expect(await why({ day: "2026-11-19" })).toBe("later");
  expect(await why({ day: "2026-11-19", group: "coast" })).toBe("later");
  expect(await why({ group: "coast" })).toBe("filter");
  expect(await why({ group: "lant" })).toBeNull();
  // A group, a day or an order that there is not is as if it had not been said.
  expect(await why({ group: "nowhere", day: "2026-13-40", order: "size" })).toBeNull();
  const withdrawal = { sessionId: "s", positionId, reason: "Read again.", language: "en" };
  done(await withdrawPosition(bilal, withdrawal));
  expect(await why()).toBe("ended");
  expect(await why({ group: "coast" })).toBe("ended");
});

it("[PS23] of days before that to which a reading was corrected, that nothing is recorded by then", async () => {
  const hall = await openDelegations();
  const sela = await hall.as("sela");
  const context = await hall.as(null);
  const why = async (day: string) =>
    (await loadTopic(context, { topic: "care" }, new URLSearchParams({ day }))).nothing;
  const facts = { stance: "duty", explicit: true, confidence: "seen", via: "", reason: "R" };
  const source = { sourceTitle: "T", sourceSymbol: "", sourceUrl: "", sourceForum: "" };
  const read = { ...facts, ...source, sessionId: "s" };
  const first = await publishReading(hall, "nor", { sourceDate: "2021-07-13" });
  expect(await why("2023-01-01")).toBeNull();
  // Also after it was corrected once more on its old day, taken down and put back.
  const words = { ...read, positionId: first, summary: "S", sourceDate: "2021-07-13" };
  const second = done(await correctReading(sela, words));
  hall.wait(60_000);
  const down = done(await takeDownReading(await hall.as("sela"), { ...second, reason: "R" }));
  expect(await why("2023-01-01")).toBe("ended");
  hall.wait(60_000);
  const back = done(await putBackReading(await hall.as("sela"), { ...down, reason: "R" }));
  expect(await why("2023-01-01")).toBeNull();
  hall.wait(60_000);
  done(
    await correctReading(await hall.as("sela"), { ...read, ...back, summary: "S", sourceDate: "2024-02" }),
  );
  expect(await why("2023-01-01")).toBe("later");
  expect(await why("2024-03-01")).toBeNull();
});

it("[PS22] orders by the regional groups of the day", async () => {
  const hall = await openHall();
  await loadReference(hall.db, () => 1);
  const reason = "The group's own announcement";
  const of = { groupId: "weog", entityId: "aus", role: null, reason };
  done(await correctMembership(await hall.as("sela"), { ...of, was: "", from: "", to: "2024-01-01" }));
  const asia = { ...of, groupId: "asia-pacific", from: "2024-01-01", to: null };
  done(await addMembership(await hall.as("sela"), asia));
  const context = { ...(await hall.as(null)), mode: "production" as const };
  const firstOn = async (day: string) => {
    const search = new URLSearchParams({ day, order: "region" });
    const { positions } = await loadTopic(context, { topic: "due-diligence" }, search);
    const codes = positions.map(({ entityCode }) => entityCode);
    return codes.indexOf("AUS") < codes.indexOf("CZE");
  };
  expect(await firstOn("2025-01-01")).toBe(true);
  expect(await firstOn("2023-12-31")).toBe(false);
});

it("[PS24] within a session a topic and an entity are the session's, and those of the other kind are not there", async () => {
  const hall = await openDelegations();
  for (const [loader, own, other] of [
    [topicLoader, { topic: "care" }, { topic: "real" }],
    [entityLoader, { entity: "lem" }, { entity: "rea" }],
  ] as const) {
    const at = (params: Readonly<Record<string, string>>) => ask(hall, null, loader, { params });
    expect(await at({ session: "s", ...own })).toMatchObject({
      status: 200,
      body: { hereId: "s", newestSessionId: "s", zone: expect.any(String) },
    });
    expect(await at(own)).toMatchObject({ status: 200, body: { hereId: null } });
    for (const params of [
      { session: "none", ...own },
      { session: "s", ...other },
    ]) {
      expect((await at(params)).status).toBe(404);
    }
    const context = { ...(await hall.as(null)), mode: "production" as const };
    // In production real things have a page, and none in an exercise.
    expect((await show(loader, { context, params: { session: "s", ...other } })).status).toBe(404);
  }
  const table = await (await fileOf(hall, null, "table")).text();
  expect(table).toContain('href="/sessions/s/topics/care"');
  expect(table).toContain('href="/sessions/s/entities/lem"');
});

it("[PS8] says of an editors' reading by title and address what was read, never by the id in the files", async () => {
  const hall = await openHall();
  await loadReference(hall.db, () => 1);
  const context = { ...(await hall.as(null)), mode: "production" as const };
  const { positions } = await loadTopic(context, { topic: "due-diligence" }, new URLSearchParams());
  expect(positions).toContainEqual(
    expect.objectContaining({
      entityCode: "AUS",
      via: {
        title: "Cyber Law Toolkit: Due diligence",
        url: "https://cyberlaw.ccdcoe.org/wiki/Due_diligence",
      },
    }),
  );
  const read = readReference(REFERENCE_FOLDER).published.positions.flatMap(({ via }) => via ?? []);
  expect(read.length).toBeGreaterThan(100);
  expect(read.filter((id) => readInOf(id)?.title === id)).toEqual([]);
  expect(readInOf("A paper in no list")).toEqual({ title: "A paper in no list", url: "" });
  expect(readInOf(null)).toBeNull();
});
