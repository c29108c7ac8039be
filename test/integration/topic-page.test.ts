/** A topic's page: whom a filter leaves, and what is said of the editors' readings. */
import { expect, it } from "vitest";
import { draftPosition } from "#app/commands/draft-position.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import { loadTopic } from "#app/routes/topic/load.ts";
import { loadReference } from "#db/reference/load.ts";
import { readReference, REFERENCE_FOLDER } from "#db/reference/files.ts";
import { putGroup } from "#db/stores/group.ts";
import { openDelegations, positionWords } from "#test/support/delegations.ts";
import { type Hall, done, openHall } from "#test/support/people.ts";

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
