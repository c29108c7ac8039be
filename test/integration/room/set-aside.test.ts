/** Client numbers of refused copies: what still comes under them, on whatever line, is done again under others. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#collab/frames.ts";
import { createTextDoc } from "#collab/model.ts";
import { listEvents } from "#db/stores/event.ts";
import { listSetAside, setAsideClients } from "#db/stores/text-client.ts";
import type { Database } from "#db/database.ts";
import { faultsIn, temporaryDatabase } from "#test/support/database.ts";
import { insertRoom } from "#test/support/record.ts";
import { Page, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

type Scene = TestRooms & { readonly gone: Page; readonly late: Uint8Array };

/** Amara has typed in a page that is gone; what she typed is still on its way on the line of that page. */
async function scene(options: { readonly db?: Database } = {}): Promise<Scene> {
  const room = await testRooms(options);
  const bilal = await room.enter("bilal");
  bilal.write("p1", "Recalling");
  await room.settle();
  const gone = await room.enter("amara");
  gone.isOffline = true;
  const before = Y.encodeStateVector(gone.doc);
  gone.type("p1", 9, " its");
  return { ...room, gone, late: Y.encodeStateAsUpdate(gone.doc, before) };
}

/** Another page of a person, which says that it does again what this copy has more than the room. */
async function setAside(room: TestRooms, personId: string, ...copies: Y.Doc[]): Promise<Page> {
  const page = new Page(personId);
  page.seat = await room.rooms.join(TEXT, page.peer);
  for (const copy of copies) page.send([{ type: "aside", stateVector: Y.encodeStateVector(copy) }]);
  page.sayHello();
  await room.settle();
  return page;
}

describe("a copy that was set aside", () => {
  it("[GT19] sends nothing more, from a line that was open before and from one that opens later", async () => {
    const room = await scene();
    const page = await setAside(room, "amara", room.gone.doc);
    page.type("p1", 9, " its");
    room.gone.sendEdit(room.late);
    await room.settle();
    expect(room.gone.refused.map(({ code }) => code)).toEqual(["set-aside"]);
    const again = new Page("amara", { doc: room.gone.doc });
    await again.join(room.rooms);
    await room.settle();
    expect(again.refused.map(({ code }) => code)).toEqual(["set-aside"]);
    expect(page.words("p1")).toBe("Recalling its");
    expect(page.refused).toEqual([]);
  });

  it("[GT19] [RC5] sends nothing after a restart either, and the verifier finds what would", async () => {
    const room = await scene();
    await setAside(room, "amara", room.gone.doc);
    await room.rooms.close();
    expect([...(await listSetAside(room.db.read, TEXT))]).toEqual([room.gone.doc.clientID]);
    const [act] = (await listEvents(room.db.read)).filter((one) => one.act === "setAsideClients");
    expect(act).toMatchObject({ personId: "amara", detail: { clients: [room.gone.doc.clientID], seq: 1 } });
    expect(faultsIn(room.db.folder)).toEqual([]);

    const next = await testRooms({ db: room.db, clock: room.clock });
    const again = new Page("amara", { doc: room.gone.doc });
    await again.join(next.rooms);
    await next.settle();
    expect(again.refused.map(({ code }) => code)).toEqual(["set-aside"]);

    // A log that has it all the same was not written by this server.
    const bilal = await next.enter("bilal");
    bilal.type("p1", 0, "Now ");
    await next.settle();
    const by = { personId: "bilal", delegationId: null };
    await room.db.write((tx) => setAsideClients(tx, TEXT, [{ client: bilal.doc.clientID, by, at: 1 }]));
    expect(faultsIn(room.db.folder)).toEqual([]);
    bilal.type("p1", 0, "And ");
    await next.settle();
    expect(faultsIn(room.db.folder)).toEqual([
      expect.stringMatching(/row 3 has characters of client number \d+, which had been set aside\.$/),
    ]);
  });

  it("[GT19] is what the log has not: words that came in before are in the welcome, and may come again", async () => {
    const room = await scene();
    room.gone.sendEdit(room.late);
    const page = await setAside(room, "amara", room.gone.doc);
    expect(page.words("p1")).toBe("Recalling its");
    room.gone.sendEdit(room.late);
    await room.settle();
    expect([room.gone.refused, room.gone.saved]).toEqual([[], 2]);
    room.gone.isOffline = false;
    room.gone.type("p1", 13, " resolution");
    await room.settle();
    expect(page.words("p1")).toBe("Recalling its resolution");
    expect(await listSetAside(room.db.read, TEXT)).toEqual(new Set());
  });

  it("[GT19] holds in the very turn in which it is said", async () => {
    const room = await scene();
    const page = new Page("amara");
    page.seat = await room.rooms.join(TEXT, page.peer);
    page.send([{ type: "aside", stateVector: Y.encodeStateVector(room.gone.doc) }]);
    page.sayHello();
    // Taken before the hello of the same turn, and so in its welcome.
    room.gone.sendEdit(room.late);
    await room.settle();
    expect(room.gone.saved).toBe(1);
    expect(page.words("p1")).toBe("Recalling its");
  });

  it("[GT19] is nobody else's: numbers of other people go on", async () => {
    const room = await scene();
    room.gone.sendEdit(room.late);
    await room.settle();
    const ahead = createTextDoc();
    Y.applyUpdate(ahead, Y.encodeStateAsUpdate(room.gone.doc));
    ahead.clientID = room.gone.doc.clientID;
    ahead.getMap("paragraphs").set("p7", new Y.Map());
    await setAside(room, "bilal", ahead);
    room.gone.isOffline = false;
    room.gone.type("p1", 13, " resolution");
    await room.settle();
    expect([room.gone.refused, room.gone.saved]).toEqual([[], 2]);
  });

  it("[GT14] is said with bytes that can be read, and of no more numbers than a page can have", async () => {
    const room = await scene();
    const crowd = new Map(Array.from({ length: 1_001 }, (_, at) => [5_000_000 + at, 1]));
    for (const stateVector of [new Uint8Array([9, 200]), Y.encodeStateVector(crowd)]) {
      const page = new Page("amara");
      page.seat = await room.rooms.join(TEXT, page.peer);
      page.send([{ type: "aside", stateVector }]);
      page.sayHello();
      await room.settle();
      expect(page.closed?.code).toBe(CLOSE.malformed);
    }
    room.gone.sendEdit(room.late);
    await room.settle();
    expect(room.gone.saved).toBe(1);
  });

  it("[GT19] [RM5] holds while the disk is full, and is on record with the first row that can be written", async () => {
    let isFull = false;
    const real = temporaryDatabase();
    await real.write(insertRoom);
    const db: Database = {
      ...real,
      write: (work, options) =>
        isFull ? Promise.reject(new Error("database or disk is full")) : real.write(work, options),
    };
    const room = await scene({ db });
    isFull = true;
    const page = await setAside(room, "amara", room.gone.doc);
    expect(page.words("p1")).toBe("Recalling");
    room.gone.sendEdit(room.late);
    await room.settle();
    expect(room.gone.refused.map(({ code }) => code)).toEqual(["set-aside"]);
    expect(await listSetAside(db.read, TEXT)).toEqual(new Set());
    isFull = false;
    page.type("p1", 9, " its");
    await room.settle();
    expect([page.refused, page.saved]).toEqual([[], 1]);
    expect(await listSetAside(db.read, TEXT)).toEqual(new Set([room.gone.doc.clientID]));
  });
});
