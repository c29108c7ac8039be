import { describe, expect, it } from "vitest";
import { editor } from "#app/i18n/en/editor.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { Drafter, KeptReplicas, openPage, settleAll } from "#test/support/drafter.ts";
import { limitPages } from "#test/support/database.ts";
import { testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

async function lock(room: TestRooms, ...ids: string[]): Promise<void> {
  await room.rooms.hold(TEXT, async (turn) => {
    for (const id of ids) turn.setLocked(id, true);
  });
}

async function calm(room: TestRooms): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await settleAll(room);
    room.clock.advance(50);
  }
}

/** A page that is killed after its words were refused and before the room's text came back. */
async function killedInRecovery(room: TestRooms, store: KeptReplicas, words: string): Promise<void> {
  const amara = await openPage(room, "amara", { store });
  amara.line.isHeld = true;
  amara.type("p1", 0, words);
  await lock(room, "p1");
  amara.line.endsWithRefusal = true;
  amara.line.release();
  await settleAll(room);
  expect(amara.line.isCut, "the words were refused").toBe(true);
  await amara.page.close();
  await room.rooms.hold(TEXT, async (turn) => turn.setLocked("p1", false));
}

describe("what a browser keeps", () => {
  it("[SS19] notes a change as unsaved at once, with its paragraph, and takes the note back when it is saved", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    store.notes.length = 0;
    amara.line.isHeld = true;
    const since = room.clock.now();
    amara.type("p1", 9, " its");
    expect(amara.status.kind).toBe("sending");
    expect(store.unsaved).toEqual({ changes: 1, since, paragraphIds: ["p1"] });
    amara.line.release();
    await settleAll(room);
    expect(amara.page.unsaved()).toBeNull();
    expect(store.unsaved).toBeNull();
  });

  it("[SS20] offers the wording of two refused copies, and forgets what was offered when it is answered", async () => {
    const room = await testRooms();
    const first = new KeptReplicas();
    const second = new KeptReplicas(first);
    const amara = await openPage(room, "amara", { store: first });
    amara.write("p1", "Recalling", "V1");
    await settleAll(room);
    await amara.page.close();
    await killedInRecovery(room, first, "ONE ");
    await killedInRecovery(room, second, "TWO ");

    await lock(room, "p1");
    const store = new KeptReplicas(first);
    const again = await openPage(room, "amara", { store });
    await calm(room);
    const offered = again.notTaken?.untaken.map(({ words }) => words).toSorted();
    expect(offered).toEqual(["ONE Recalling", "TWO Recalling"]);
    again.page.answer();
    await again.page.close();
    const third = await openPage(room, "amara", { store: new KeptReplicas(first) });
    await calm(room);
    expect(third.notTaken).toBeNull();
  });

  it("[SS20] leaves a refused copy to the page that has it in hand, until that page is gone", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 9, " its");
    await lock(room, "p1");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    expect(amara.notTaken?.untaken.length).toBe(1);
    const tab = await openPage(room, "amara", { store: new KeptReplicas(store) });
    expect(tab.notTaken).toBeNull();
    tab.page.answer();
    await amara.page.close();
    const later = await openPage(room, "amara", { store: new KeptReplicas(store) });
    expect(later.notTaken?.untaken.map(({ words }) => words)).toEqual(["Recalling its"]);
  });

  it("[SS20] an answer given during a recovery forgets nothing that was not offered yet", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    await amara.page.close();
    await killedInRecovery(room, store, "ONE ");
    await lock(room, "p1");
    const tab = new KeptReplicas(store);
    const again = new Drafter(room.rooms, "amara", TEXT, { store: tab });
    again.line.isCut = true;
    await again.start(room.clock, tab);
    again.page.answer();
    await again.page.close();
    const third = await openPage(room, "amara", { store: new KeptReplicas(store) });
    await calm(room);
    expect(third.notTaken?.untaken.map(({ words }) => words)).toEqual(["ONE Recalling"]);
  });

  it("[SS21] keeps what is typed after a refusal while the room's text does not come", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling", "V1");
    amara.write("p2", "Noting", "V2");
    await settleAll(room);
    amara.line.isHeld = true;
    amara.type("p1", 9, " its");
    await lock(room, "p1");
    amara.line.endsWithRefusal = true;
    amara.line.release();
    await settleAll(room);
    expect(amara.line.isCut, "the words were refused").toBe(true);
    const old = amara.docs.at(-1);
    if (!old) throw new Error("no document");
    const map = paragraphsOf(old).get("p2");
    await settleAll(room);
    expect(amara.device).toBe("kept");
    if (map) wordsOf(map)?.insert(6, " well", {});
    expect(amara.device, "it is not kept before it is written to the copy").toBe("keeping");
    room.clock.advance(500);
    await settleAll(room);
    expect(amara.device).toBe("kept");
    // The tab is killed: nothing is closed in order.
    store.close();
    const again = await openPage(room, "amara", { store: new KeptReplicas(store) });
    await calm(room);
    expect(again.words("p2")).toBe("Noting well");
    expect(again.notTaken?.untaken.map(({ words }) => words)).toEqual(["Recalling its"]);
  });

  it("[SS22] tells when the browser ceases to keep and when it keeps again", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    expect(amara.device).toBe("kept");
    store.tellKept(false);
    expect(amara.device).toBe("not-kept");
    store.tellKept(true);
    expect(amara.device).toBe("kept");
  });

  it("[SS27] says that changes are kept of those that the device has, and soon that some are not there yet", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    store.isSlow = true;
    amara.type("p1", 9, " its");
    expect(amara.device).toBe("keeping");
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1, device: "keeping" });
    store.catchUp();
    await settleAll(room);
    expect(amara.device).toBe("kept");
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1, device: "kept" });

    amara.type("p1", 13, " purposes");
    expect(amara.device).toBe("keeping");
    room.clock.advance(299);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1, device: "kept" });
    room.clock.advance(1);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 2, device: "keeping" });
    amara.type("p1", 22, " and");
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 3, device: "keeping" });
    store.catchUp();
    await settleAll(room);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 3, device: "kept" });
    store.tellKept(false);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 3, device: "not-kept" });
  });

  it("[SS27] on a device that keeps up the page says one new thing for a keystroke, when it is kept", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 9, "!");
    await settleAll(room);
    amara.statuses.length = 0;
    for (let changes = 2; changes <= 6; changes += 1) {
      amara.type("p1", 9, "!");
      await settleAll(room);
      expect(amara.statuses.splice(0)).toMatchObject([{ kind: "not-saved", changes, device: "kept" }]);
    }
  });

  it("[SS23] keeps what a full disk of the server refused, and brings it when there is room", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    await limitPages(room.db, 0);
    amara.type("p1", 9, " x".repeat(8_000));
    await settleAll(room);
    expect(amara.status).toMatchObject({ kind: "not-saved", changes: 1 });
    expect(amara.notTaken).toBeNull();
    expect(amara.docs.length).toBe(1);
    await limitPages(room.db, null);
    for (let round = 0; round < 20 && amara.page.unsaved(); round += 1) {
      room.clock.advance(2_000);
      await settleAll(room);
    }
    expect(amara.page.unsaved()).toBeNull();
    const { document } = await room.rooms.wording(TEXT);
    expect(document.paragraphs[0]?.spans[0]).toMatchObject({ text: `Recalling${" x".repeat(8_000)}` });
    expect(editor.gate).not.toHaveProperty("storage-full");
  });
});
