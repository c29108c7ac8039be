import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { isRefusal } from "#app/rules/refusal.ts";
import { encodeAttribution, sameAttribution } from "#collab/attribution-bytes.ts";
import { createAttribution } from "#collab/attribution.ts";
import { plainWords } from "#collab/document.ts";
import { CLOSE } from "#collab/frames.ts";
import { createTextDoc } from "#collab/model.ts";
import { wordingAt } from "#collab/server/history.ts";
import { findOlderFault } from "#collab/server/older-rows.ts";
import type { Database } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findCheckpoint } from "#db/stores/text-checkpoint.ts";
import { findTextHead, listCheckedUpdates } from "#db/stores/text-log.ts";
import { faultsIn, limitPages } from "#test/support/database.ts";
import { seededRandom } from "#test/support/record.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";
import { forgeCheckpoint } from "#test/support/tampering.ts";

/** Changes a byte of a row behind the program's back. */
function damageRow(db: Database, seq: number): void {
  const file = new Sqlite(path.join(db.folder, "chapeau.db"));
  const triggers = file
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'text_update'")
    .pluck()
    .all();
  for (const name of triggers) file.exec(`DROP TRIGGER "${name}"`);
  file.prepare(`UPDATE text_update SET "update" = x'0102' WHERE text_id = ? AND seq = ?`).run(TEXT, seq);
  file.close();
}

describe("a full disk", () => {
  it("[RM5] refuses the turn's edits, keeps nothing of them, and goes on when there is room again", async () => {
    const room = await testRooms();
    const { db, enter, settle } = room;
    const amara = await enter("amara");
    const bilal = await enter("bilal");
    amara.write("p1", "Kept words");
    await settle();
    await limitPages(db, 0);
    const head = await findTextHead(db.read, TEXT);
    bilal.type("p1", 4, "x".repeat(15_000));
    amara.type("p1", 0, "Also ");
    await settle();
    expect(bilal.refused.map(({ code }) => code)).toEqual(["storage-full"]);
    expect(amara.refused.map(({ code }) => code)).toEqual(["storage-full"]);
    expect([amara.saved, bilal.saved]).toEqual([1, 0]);
    expect(await findTextHead(db.read, TEXT)).toEqual(head);
    const wording = await room.rooms.wording(TEXT);
    expect(wording.document.paragraphs.map(plainWords)).toEqual(["Kept words"]);
    expect([amara.closed, bilal.closed]).toEqual([null, null]);

    await limitPages(db, null);
    // The pages still hold what was typed; coming back brings it.
    amara.leave();
    bilal.leave();
    await amara.join(room.rooms);
    await settle();
    await bilal.join(room.rooms);
    await settle();
    await settle();
    expect(amara.words("p1")).toBe(`Also Kept${"x".repeat(15_000)} words`);
    expect(contentOf(bilal.doc)).toBe(contentOf(amara.doc));
    expect(room.faults.every(({ message }) => message === "The log of a text could not be written.")).toBe(
      true,
    );
  });

  it("[RM5] refuses a command and leaves its rows unwritten", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Kept");
    await room.settle();
    await limitPages(room.db, 0);
    const done = await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "import",
        by: amara.peer.author,
        change: (doc) =>
          doc.getMap<Y.Map<unknown>>("paragraphs").get("p1")?.set("carry:x", "y".repeat(50_000)),
      }),
    );
    expect(isRefusal(done) && done.code).toBe("storage-full");
    await limitPages(room.db, null);
    amara.type("p1", 4, " on");
    await room.settle();
    expect(amara.saved).toBe(2);
  });
});

describe("a damaged log", () => {
  it("[RM6] opens up to the damaged row, for reading, and says so", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "One");
    for (const word of [" two", " three", " four"]) {
      amara.type("p1", amara.words("p1").length, word);
      await room.settle();
    }
    amara.leave();
    // Without a checkpoint in the way: as after a kill.
    damageRow(room.db, 3);
    const again = await testRooms({ db: room.db, clock: room.clock });
    const bilal = await again.enter("bilal");
    expect(bilal.mayWrite).toBe(false);
    expect(bilal.words("p1")).toBe("One two");
    expect(await again.rooms.damagedAt(TEXT)).toBe(3);
    expect(again.faults.map(({ message }) => message)).toEqual([
      "A row of a text's log is damaged: the text is read-only up to it.",
    ]);
    bilal.type("p1", 0, "x");
    expect(bilal.closed?.code).toBe(CLOSE.readOnly);
    const done = await again.rooms.hold(TEXT, (turn) =>
      turn.change({ act: "restore", by: amara.peer.author, change: () => undefined }),
    );
    expect(isRefusal(done) && [done.code, done.values]).toEqual(["damaged", { row: 3 }]);
    expect((await findTextHead(room.db.read, TEXT)).seq).toBe(4);
  });

  it("[RM6] finds a damaged row behind a checkpoint too, and sends the pages back to what is whole", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "One");
    for (const word of [" two", " three", " four"]) {
      amara.type("p1", amara.words("p1").length, word);
      await room.settle();
    }
    await room.rooms.close();
    expect((await findCheckpoint(room.db.read, TEXT))?.seq).toBe(4);
    damageRow(room.db, 2);
    const told: string[] = [];
    const onReopened = (textId: string) => void told.push(textId);
    const again = await testRooms({ db: room.db, clock: room.clock, onReopened });
    const bilal = await again.enter("bilal");
    for (let turn = 0; turn < 50; turn += 1) await again.settle();
    // Whoever opened the text comes first.
    expect(bilal.closed).toBe(null);
    expect(told).toEqual([]);
    room.clock.advance(3_000);
    for (let turn = 0; turn < 50 && bilal.closed === null; turn += 1) await again.settle();
    expect(bilal.closed?.code).toBe(CLOSE.comeBack);
    const back = await again.enter("bilal");
    expect([back.mayWrite, back.words("p1")]).toEqual([false, "One"]);
    expect(await again.rooms.damagedAt(TEXT)).toBe(2);
    // Pages that are open for reading are told as well.
    expect(told).toEqual([TEXT]);
  });
});

describe("a checkpoint with other words than the log", () => {
  async function closedText() {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "States shall cooperate");
    await room.settle();
    amara.type("p1", 22, " fully");
    await room.settle();
    await room.rooms.close();
    return room;
  }

  const SHALL = { from: "shall", to: "might" };

  it("[RM23] is not opened from when no act on record made it", async () => {
    const room = await closedText();
    await room.db.write(async (tx) => forgeCheckpoint(tx.$client, { rowid: 1, ...SHALL }));
    const again = await testRooms({ db: room.db, clock: room.clock });
    const bilal = await again.enter("bilal");
    expect(bilal.words("p1")).toBe("States shall cooperate fully");
    expect(again.faults).toEqual([]);
    expect(faultsIn(room.db.folder)).toEqual([
      "The checkpoint at row 2 of text resolution was changed or put in: no act on record made it as it is; the server will not use it.",
    ]);
  });

  it("[RM23] is found once the text is open, even with a forged act: pages come back to what the log says", async () => {
    const room = await closedText();
    await room.db.write(async (tx) => {
      const seal = forgeCheckpoint(tx.$client, { rowid: 1, ...SHALL });
      await appendEvent(tx, {
        at: 1,
        by: { personId: null },
        act: "keepCheckpoint",
        thing: "checkpoint",
        thingId: `${TEXT} 2`,
        detail: { textId: TEXT, seq: 2, seal },
      });
    });
    const again = await testRooms({ db: room.db, clock: room.clock });
    const bilal = await again.enter("bilal");
    expect(bilal.words("p1")).toBe("States might cooperate fully");
    bilal.type("p1", 0, "All ");
    await again.settle();
    room.clock.advance(3_000);
    for (let turn = 0; turn < 50 && bilal.closed === null; turn += 1) await again.settle();
    expect(bilal.closed?.code).toBe(CLOSE.comeBack);
    expect(again.faults.map(({ level, message }) => [level, message])).toEqual([
      ["error", "A checkpoint said something else than the log: the text is opened from the log."],
    ]);
    const back = await again.enter("bilal");
    expect([back.mayWrite, back.words("p1")]).toEqual([true, "All States shall cooperate fully"]);
    expect(await findCheckpoint(room.db.read, TEXT)).toBeNull();
    back.type("p1", 0, "1. ");
    await again.settle();
    expect(back.saved).toBe(1);
    await again.rooms.close();
    expect((await findCheckpoint(room.db.read, TEXT))?.seq).toBe(4);
    expect(faultsIn(room.db.folder)).toEqual([]);
  });

  it("[RM23] is not mistaken for one that was made while many wrote, deleted and hid", async () => {
    const room = await testRooms();
    const random = seededRandom(23);
    const people = await Promise.all(["amara", "bilal", "chiara"].map((id) => room.enter(id)));
    const [amara] = people;
    for (let at = 0; at < 12; at += 1) amara?.write(`p${at}`, `Words of ${at}`, { order: `B${at}x` });
    await room.settle();
    for (let act = 0; act < 300; act += 1) {
      const page = people[random(people.length)];
      if (!page) continue;
      const words = page.textOf(`p${random(12)}`);
      if (random(3) === 0 && words.length > 4) words.delete(random(words.length - 3), 1 + random(3));
      else words.insert(random(words.length + 1), `w${act}`, {});
      if (random(20) === 0) page.set(`p${random(12)}`, "deleted", random(2) === 0);
      if (random(4) === 0) await room.settle();
    }
    await room.settle();
    expect(people.flatMap(({ refused }) => refused)).toEqual([]);
    await room.rooms.close();
    const text = { textId: TEXT, kind: "resolution", language: "en" } as const;
    const checkpoint = await findCheckpoint(room.db.read, TEXT);
    expect(
      checkpoint && (await findOlderFault(room.db, checkpoint, { text, mayGoOn: () => true })),
    ).toBeNull();
    const forged = checkpoint && {
      ...checkpoint,
      attribution: Buffer.from(encodeAttribution(createAttribution())),
    };
    expect(forged && (await findOlderFault(room.db, forged, { text, mayGoOn: () => true }))).toEqual({
      kind: "forged",
    });
  });
});

describe("restarts", () => {
  it("[RM7] has everything acknowledged afterwards and takes what was written without a connection", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Before the restart");
    await room.settle();
    const typing = room.rooms.close();
    amara.type("p1", 0, "x");
    await typing;
    expect(amara.comeBackMs).not.toBe(null);
    expect(amara.closed?.code).toBe(CLOSE.comeBack);
    // What had arrived before the room closed was still taken.
    expect(amara.saved).toBe(2);
    amara.type("p1", 1, "y");
    const again = await testRooms({ db: room.db, clock: room.clock });
    const bilal = await again.enter("bilal");
    expect(bilal.words("p1")).toBe("xBefore the restart");
    await amara.join(again.rooms);
    await again.settle();
    await again.settle();
    expect(bilal.words("p1")).toBe("xyBefore the restart");
    expect(amara.saved).toBe(1);
    expect(contentOf(bilal.doc)).toBe(contentOf(amara.doc));
  });

  it("[RM7] opens from a checkpoint and the rows behind it to the same text as from the log alone", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "a");
    for (let at = 0; at < 300; at += 1) amara.type("p1", at % 7, String.fromCharCode(97 + (at % 26)));
    await room.settle();
    room.clock.advance(6_000);
    await room.settle();
    await room.db.settled();
    expect((await findCheckpoint(room.db.read, TEXT))?.seq).toBe(301);
    for (let at = 0; at < 40; at += 1) amara.textOf("p1").delete(at, 2);
    await room.settle();
    const wording = await room.rooms.inside(TEXT);
    const fromCheckpoint = await wordingAt(room.db, TEXT, { seq: 341 });
    const fromLog = await wordingAt(room.db, TEXT, { seq: 341, fromStart: true });
    expect(fromLog?.document).toEqual(fromCheckpoint?.document);
    expect(fromLog?.document.paragraphs.map(plainWords)).toEqual(wording.document.paragraphs.map(plainWords));
    expect(fromLog && sameAttribution(fromLog.attribution, wording.attribution)).toBe(true);
    expect(fromCheckpoint && sameAttribution(fromCheckpoint.attribution, wording.attribution)).toBe(true);
  });

  it("[RM1] chains every row, repairs and commands included", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "One");
    await room.settle();
    await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "bring back",
        by: amara.peer.author,
        change: (doc) => doc.getMap<Y.Map<unknown>>("paragraphs").get("p1")?.set("level", 2),
      }),
    );
    const page = await listCheckedUpdates(room.db.read, TEXT);
    expect(page.damagedAt).toBe(null);
    expect(page.rows.map(({ kind, act, personId }) => [kind, act, personId])).toEqual([
      ["edit", "", "amara"],
      ["command", "bring back", "amara"],
    ]);
    const doc = createTextDoc();
    for (const { update } of page.rows) Y.applyUpdate(doc, update);
    expect(contentOf(doc)).toBe(contentOf(amara.doc));
  });
});
