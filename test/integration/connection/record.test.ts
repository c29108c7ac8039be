import { describe, expect, it } from "vitest";
import { findTextHead } from "#db/stores/text-log.ts";
import { Drafter, KeptReplicas, openPage, settleAll } from "#test/support/drafter.ts";
import { testRooms, TEXT } from "#test/support/room.ts";

describe("the record that a browser saw", () => {
  it("[SS18] keeps the end of the log, which is the one in the database", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    const { seq, hash } = await findTextHead(room.db.read, TEXT);
    expect(amara.page.record()).toEqual({ seq, head: hash });
    room.clock.advance(2_000);
    expect(store.record).toMatchObject({ seq, head: hash });

    const again = await openPage(room, "amara", { store });
    expect(again.broken).toBeNull();
  });

  it("[SS18] says that a record which ends earlier is not the one seen before, until that is noted", async () => {
    const before = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(before, "amara", { store });
    amara.write("p1", "Recalling");
    amara.type("p1", 9, " its");
    await settleAll(before);
    before.clock.advance(2_000);
    const seen = amara.page.record();
    await amara.page.close();

    // Another record under the same name: a data folder that was put back, or tampered with.
    const after = await testRooms();
    const second = await openPage(after, "amara", { store });
    expect(second.broken?.before).toEqual(seen);
    expect(second.broken?.now.seq).toBe(0);
    await second.page.close();
    const third = await openPage(after, "amara", { store });
    expect(third.broken?.before, "kept until it is answered").toEqual(seen);
    third.page.answerRecord();
    expect(third.broken).toBeNull();
    await third.page.close();
    const fourth = await openPage(after, "amara", { store });
    expect(fourth.broken).toBeNull();
  });

  it("[SS18] says that a record with another head at the same row is not the one seen before", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    const end = amara.page.record();
    store.record = { seq: end?.seq ?? 0, head: "0".repeat(64), locked: [], broken: null };
    const second = await openPage(room, "amara", { store });
    expect(second.broken).toEqual({ before: { seq: end?.seq, head: "0".repeat(64) }, now: end });
  });

  it("[SS24] knows before the room answers what was locked when it was last there", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    await room.rooms.hold(TEXT, async (turn) => turn.setLocked("p1", true));
    await settleAll(room);
    await amara.page.close();

    const second = new Drafter(room.rooms, "amara", TEXT, { store });
    second.line.isCut = true;
    await second.start(room.clock, store);
    expect([...second.page.locks()]).toEqual(["p1"]);
    expect(second.docs.length, "the text is open for writing").toBe(1);
    await second.page.close();
  });
});
