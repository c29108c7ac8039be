import { describe, expect, it } from "vitest";
import { Drafter, KeptReplicas, openPage, settleAll } from "#test/support/drafter.ts";
import { CLOSED, testRooms, TEXT } from "#test/support/room.ts";

describe("a page's connection", () => {
  it("[SS1] says saved only after the acknowledgement, saving after 300 ms, not saved after 3 s", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.line.isHeld = true;
    amara.write("p1", "Recalling");
    await settleAll(room);
    const since = room.clock.now();
    expect(amara.status).toEqual({ kind: "sending", at: null });
    room.clock.advance(299);
    expect(amara.status.kind).toBe("sending");
    room.clock.advance(1);
    expect(amara.status).toEqual({ kind: "saving", changes: 1 });
    amara.type("p1", 9, " its");
    room.clock.advance(2_700);
    await settleAll(room);
    expect(amara.status).toEqual({
      kind: "not-saved",
      changes: 2,
      since,
      retryAt: null,
      device: "kept",
    });
    expect((await room.rooms.wording(TEXT)).seq).toBe(0);
    amara.line.release();
    await settleAll(room);
    room.clock.advance(30);
    await settleAll(room);
    expect(amara.status).toEqual({ kind: "saved", at: room.clock.now() - 30 });
    expect(amara.page.unsaved()).toBeNull();
  });

  it("[SS2] sends what was written without a connection when it is back, and says so for ten seconds", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    expect(amara.status.kind).toBe("offline");
    amara.type("p1", 9, " its");
    amara.type("p1", 13, " resolution");
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 2, since: room.clock.now() });
    bilal.type("p1", 0, "Further ");
    await settleAll(room);
    room.clock.advance(60_000);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 2 });
    amara.line.isCut = false;
    amara.page.tryNow();
    await settleAll(room);
    expect(amara.status).toMatchObject({ kind: "sent", changes: 2 });
    expect(amara.words("p1")).toBe("Further Recalling its resolution");
    expect(bilal.words("p1")).toBe(amara.words("p1"));
    room.clock.advance(10_000);
    expect(amara.status.kind).toBe("saved");
  });

  it("[SS3] tries again after pauses that grow", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.line.cut();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { status } = amara;
      if (status.kind !== "offline") throw new Error(status.kind);
      pauses.push(status.retryAt - room.clock.now());
      room.clock.advance(status.retryAt - room.clock.now());
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]);
    expect(amara.line.opened).toBe(9);
  });

  it("[SS4] notices a line that died without a word, and loses nothing", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.goSilent();
    amara.type("p1", 9, " its");
    await settleAll(room);
    room.clock.advance(10_000);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1 });
    room.clock.advance(1_000);
    expect(amara.line.opened).toBeGreaterThan(1);
    amara.line.isCut = false;
    await settleAll(room);
    room.clock.advance(1_500);
    await settleAll(room);
    expect(amara.status).toMatchObject({ kind: "sent", changes: 1 });
    expect((await room.rooms.wording(TEXT)).document.paragraphs[0]?.spans[0]).toMatchObject({
      text: "Recalling its",
    });
  });

  it("[SS5] comes back when the room says so, after the pause it names", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    await room.rooms.close();
    await Promise.resolve();
    expect(amara.status).toMatchObject({ kind: "offline" });
    if (amara.status.kind !== "offline") throw new Error("not offline");
    expect(amara.status.retryAt - room.clock.now()).toBeLessThanOrEqual(3_000);
    expect(amara.line.opened).toBe(1);
  });

  it("[SS6] stops when the right to write is withdrawn, and keeps what was not taken to be copied", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    amara.write("p2", "Noting");
    await settleAll(room);
    amara.line.isHeld = true;
    amara.type("p2", 6, " with concern");
    await settleAll(room);
    room.rooms.withdraw({ personId: "amara", textId: TEXT });
    await settleAll(room);
    expect(amara.status).toMatchObject({ kind: "ended", why: "notAllowed", changes: 1 });
    expect(amara.page.unsavedWording()).toEqual([
      { paragraphId: "p2", words: "Noting with concern", code: "" },
    ]);
    room.clock.advance(600_000);
    expect(amara.line.opened).toBe(1);
  });

  it.each(["schema", "notThere", "readOnly", "tooManyRefusals"] as const)(
    "[SS6] [RM4] stops where the room ends it with %s, and keeps what was not taken to be copied",
    async (why) => {
      const room = await testRooms();
      const amara = await openPage(room, "amara");
      amara.write("p1", "Recalling");
      await settleAll(room);
      amara.line.isHeld = true;
      amara.type("p1", 9, " its resolution");
      await settleAll(room);
      amara.line.cut(CLOSED[why]);
      expect(amara.status).toMatchObject({ kind: "ended", why, changes: 1 });
      const kept = [{ paragraphId: "p1", words: "Recalling its resolution", code: "" }];
      expect(amara.page.unsavedWording()).toEqual(kept);
      amara.type("p1", 24, " 77/37");
      amara.page.tryNow();
      room.clock.advance(600_000);
      expect(amara.line.opened).toBe(1);
      expect(amara.page.unsavedWording()[0]?.words).toBe("Recalling its resolution 77/37");
    },
  );

  it("[SS6] stops when every line ends with what it sends being no frame, and comes back after one such end", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut(CLOSED.malformed);
    amara.type("p1", 9, " its resolution");
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1 });
    for (let step = 0; step < 100; step += 1) {
      room.clock.advance(5_000);
      await settleAll(room);
    }
    expect(amara.status).toMatchObject({ kind: "ended", why: "malformed", changes: 1 });
    expect(amara.line.opened).toBeLessThan(6);
    expect(amara.page.unsavedWording()[0]?.words).toBe("Recalling its resolution");
  });

  it("[SS6] [RM6] reads on where it may not write any more, and keeps the words that the room lacks", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 9, " its resolution");
    await settleAll(room);
    await amara.page.close();
    const again = await openPage(room, "amara", { store, mayWrite: false });
    expect(again.status).toMatchObject({ kind: "ended", why: "readOnly" });
    expect(again.page.unsavedWording().map(({ words }) => words)).toEqual(["Recalling its resolution"]);
    room.clock.advance(600_000);
    expect(again.line.opened).toBe(1);
  });

  it("[SS7] sends one frame for a keystroke, and gathers while an answer is awaited", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.page.setCaret('{"a":1}');
    room.clock.advance(1_000);
    const before = amara.line.sent.length;
    amara.type("p1", 9, " ");
    amara.page.setCaret('{"a":2}');
    await Promise.resolve();
    expect(amara.line.sent.slice(before).map(({ type }) => type)).toEqual(["edit"]);
    expect(amara.line.sent.at(-1)).toMatchObject({ caret: '{"a":2}' });
    for (const letter of "its") amara.type("p1", amara.words("p1").length, letter);
    await Promise.resolve();
    expect(amara.edits).toBe(2);
    await settleAll(room);
    expect(amara.edits).toBe(3);
    expect(amara.page.unsaved()).toBeNull();
  });

  it("[SS8] opens from the replica without a connection, with what is not saved yet", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const first = await openPage(room, "amara", { store });
    first.write("p1", "Recalling");
    await settleAll(room);
    first.line.cut();
    first.type("p1", 9, " its");
    first.erase("p1", 0, 2);
    const since = room.clock.now();
    await first.page.close();

    const second = new Drafter(room.rooms, "amara", TEXT, { store });
    second.line.isCut = true;
    await second.start(room.clock, store);
    expect(second.words("p1")).toBe("calling its");
    await Promise.resolve();
    await Promise.resolve();
    expect(second.status).toMatchObject({ kind: "not-saved", changes: 2, since });
    second.line.isCut = false;
    second.page.tryNow();
    await settleAll(room);
    expect(second.status).toMatchObject({ kind: "sent", changes: 2 });
    expect((await room.rooms.wording(TEXT)).document.paragraphs[0]?.spans[0]).toMatchObject({
      text: "calling its",
    });
    await second.page.close();
  });

  it("[SS9] sends after an interruption only what the room lacks, deletions included", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "x".repeat(2_000));
    for (let at = 0; at < 400; at += 1) amara.erase("p1", at, 1);
    await settleAll(room);
    amara.line.cut();
    amara.erase("p1", 10, 3);
    amara.line.isCut = false;
    amara.page.tryNow();
    await settleAll(room);
    const edit = amara.line.sent.findLast(({ type }) => type === "edit");
    if (edit?.type !== "edit") throw new Error("nothing was sent");
    expect(edit.first).toBe(true);
    expect(edit.update.length).toBeLessThan(60);
    const before = amara.edits;
    amara.line.cut();
    amara.line.isCut = false;
    amara.page.tryNow();
    await settleAll(room);
    expect(amara.edits).toBe(before);
  });

  it("[SS10] shows who else is there, and forgets them with the line", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    room.clock.advance(1_000);
    await settleAll(room);
    expect(amara.others.map(({ name }) => name)).toEqual(["BILAL"]);
    expect(bilal.others.map(({ name }) => name)).toEqual(["AMARA"]);
    amara.line.cut();
    expect(amara.others).toEqual([]);
  });
});
