import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#collab/frames.ts";
import { findTextHead, listUpdates } from "#db/stores/text-log.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";

describe("the room of a text", () => {
  it("[RM1] says saved only when the edit is in the log", async () => {
    const { db, enter, settle } = await testRooms();
    const amara = await enter("amara");
    amara.write("p1", "Recalling its resolution");
    expect(amara.saved).toBe(0);
    await settle();
    expect(amara.saved).toBe(1);
    const rows = await listUpdates(db.read, TEXT);
    expect(rows.map(({ personId, kind, seq }) => ({ personId, kind, seq }))).toEqual([
      { personId: "amara", kind: "edit", seq: 1 },
    ]);
    expect(amara.head).toBe((await findTextHead(db.read, TEXT)).hash);
  });

  it("[RM2] brings two who type at once to the same words", async () => {
    const { enter, settle, rooms } = await testRooms();
    const amara = await enter("amara");
    const bilal = await enter("bilal");
    amara.write("p1", "States affirm");
    await settle();
    expect(bilal.words("p1")).toBe("States affirm");
    amara.type("p1", 6, " firmly");
    bilal.type("p1", 13, " that");
    await settle();
    expect(amara.words("p1")).toBe("States firmly affirm that");
    expect(contentOf(bilal.doc)).toBe(contentOf(amara.doc));
    const { document } = await rooms.wording(TEXT);
    expect(
      document.paragraphs.map(({ spans }) => spans.map((span) => (span.kind === "words" ? span.text : ""))),
    ).toEqual([["States firmly affirm that"]]);
  });

  it("[RM3] gives each page one frame per turn", async () => {
    const { enter, settle } = await testRooms();
    const amara = await enter("amara");
    const bilal = await enter("bilal");
    amara.write("p1", "one");
    await settle();
    const before = [amara.frames.length, bilal.frames.length];
    amara.type("p1", 3, " two");
    amara.type("p1", 7, " three");
    bilal.type("p1", 0, "zero ");
    await settle();
    expect([amara.frames.length, bilal.frames.length]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
    expect(amara.frames.at(-1)?.map(({ type }) => type)).toEqual(["saved", "update"]);
    expect(amara.saved).toBe(3);
    expect(bilal.words("p1")).toBe("zero one two three");
  });

  it("[RM4] takes another schema for another program and says so", async () => {
    const { enter } = await testRooms();
    const page = await enter("amara", { schema: 99 });
    expect(page.closed?.code).toBe(CLOSE.schema);
  });

  it.each([
    ["left out", 3],
    ["sent again", 1],
    ["zero", 0],
  ])("[SV14] cuts a page whose edit has a number that is %s, and keeps nothing of it", async (_, no) => {
    const { enter, settle, rooms } = await testRooms();
    const amara = await enter("amara");
    const bilal = await enter("bilal");
    amara.write("p1", "one");
    await settle();
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(amara.doc));
    other.clientID = amara.doc.clientID;
    other.getText("nowhere").insert(0, "two");
    const update = Y.encodeStateAsUpdate(other, Y.encodeStateVector(amara.doc));
    amara.send([{ type: "edit", no, first: false, update, caret: null }]);
    await settle();
    expect(amara.closed?.code).toBe(4005);
    bilal.type("p1", 3, " by one");
    await settle();
    expect([bilal.saved, bilal.closed]).toEqual([1, null]);
    expect((await rooms.wording(TEXT)).seq).toBe(2);
  });

  it("[SV3] sends every page away for a pause of its own, within three seconds", async () => {
    const random = seededRandom(7);
    const { enter, rooms } = await testRooms({ random });
    const pages = await Promise.all(["amara", "bilal", "chiara", "dario"].map((name) => enter(name)));
    await rooms.close();
    const pauses = pages.map(({ comeBackMs }) => comeBackMs ?? Number.NaN);
    expect(new Set(pauses).size).toBe(pages.length);
    for (const pause of pauses) {
      expect(pause).toBeGreaterThanOrEqual(0);
      expect(pause).toBeLessThanOrEqual(3_000);
    }
  });
});
