import { expect, test } from "vitest";
import * as Y from "yjs";
import { wordingAt } from "#collab/server/history.ts";
import { listCheckedUpdates } from "#db/stores/text-log.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";
import { draftOver, startTestServer } from "#test/support/server.ts";
import { createHostileSource } from "./hostile-frames.ts";
import { seededRandom } from "./seeded-random.ts";

/** Handed to the room; the rest of the 20,000 goes over a real socket to the real server. */
const FRAMES = 16_000;
const OVER_SOCKET = 4_000;
/** Bytes that may be held afterwards and were not before. */
const MOST_MORE = 100 * 1024 * 1024;

test("[GT15] 16,000 hostile frames: nothing crashes or grows, and somebody else types on undisturbed", async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const random = seededRandom(seed);
  const source = createHostileSource(random);
  const room = await testRooms();
  const amara = await room.enter("amara");
  for (const id of ["p1", "p2", "p3", "p4"])
    amara.write(id, `Words of ${id} 😀 that stay`, { order: `B${id}` });
  amara.write("n1", "A note", { order: "Cn1", role: "footnote" });
  await room.settle();

  const kinds = new Map<string, number>();
  let hostile = await room.enter("bilal");
  let typed = 0;
  let hellos = 0;
  const before = await held();
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (hostile.closed) {
      // Put out: comes back with a fresh page, later than the limit on refusals counts.
      room.clock.advance(11_000);
      hostile = await room.enter("bilal");
    }
    if (hostile.refused.length > 0) {
      // Nothing is tried of a page that was refused until it says hello anew.
      room.clock.advance(600);
      hostile.refused = [];
      hostile.sayHello();
      await new Promise(setImmediate);
      // Now and then it is honest, so that refusing everything would be seen.
      hellos += 1;
      if (hellos % 3 === 0) hostile.type("p2", 0, "ok ");
    }
    const { kind, frame: bytes } = source.next(hostile.doc, hostile.sent + 1);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    hostile.seat?.receive(bytes);
    hostile.sent += 1;
    if (frame % 5 === 0) await new Promise(setImmediate);
    if (frame % 100 === 0) {
      amara.type("p1", 0, "x");
      typed += 1;
      await room.settle();
      expect(amara.refused, `seed ${seed}, frame ${frame}`).toEqual([]);
      expect(amara.saved, `seed ${seed}, frame ${frame}`).toBe(amara.sent);
    }
    hostile.frames.length = 0;
    amara.frames.length = 0;
  }
  await room.settle();
  const after = await held();

  expect(amara.closed, `seed ${seed}`).toBe(null);
  expect(room.faults, `seed ${seed}`).toEqual([]);
  expect(kinds.size).toBeGreaterThan(30);
  expect(after - before, `seed ${seed}`).toBeLessThan(MOST_MORE);

  const { seq, document } = await room.rooms.wording(TEXT);
  const page = await listCheckedUpdates(room.db.read, TEXT, { limit: 50_000 });
  expect(page.damagedAt, `seed ${seed}`).toBe(null);
  expect(page.rows.length).toBe(seq);
  expect(page.rows.filter(({ personId }) => personId === "bilal").length).toBeGreaterThan(50);
  // A drafter may delete another's words, and chance may write such an edit: nothing is gone that no row took away.
  const taken = page.rows
    .filter(({ personId }) => personId === "bilal")
    .flatMap(({ update }) => Y.decodeUpdate(update).ds.clients.get(amara.doc.clientID) ?? [])
    .reduce((sum, { len }) => sum + len, 0);
  const left = amara.words("p1").replace(/ok /g, "").length;
  expect(left + taken, `seed ${seed}`).toBeGreaterThanOrEqual("Words of p1 😀 that stay".length + typed);
  const fresh = await room.enter("chiara");
  expect(contentOf(fresh.doc), `seed ${seed}`).toBe(contentOf(amara.doc));
  expect((await wordingAt(room.db, TEXT, { seq, fromStart: true }))?.document, `seed ${seed}`).toEqual(
    document,
  );
});

test("[GT15] 4,000 more over a real socket: the server neither stops nor grows, and somebody else types on undisturbed", async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const source = createHostileSource(seededRandom(seed));
  const server = await startTestServer();
  const { page: chiara, until } = await draftOver(await server.as("chiara"), "chiara", "resolution");
  const isSaved = (): boolean => chiara.refused.length > 0 || chiara.saved === chiara.sent;
  for (const id of ["p1", "p2", "p3", "p4"])
    chiara.write(id, `Words of ${id} 😀 that stay`, { order: `B${id}` });
  chiara.write("n1", "A note", { order: "Cn1", role: "footnote" });
  await until(isSaved);

  const browser = await server.as("amara");
  const kinds = new Set<string>();
  let lines = 0;
  let typed = 0;
  const before = await held();
  for (let frame = 0; frame < OVER_SOCKET;) {
    const hostile = await draftOver(browser, "amara", "resolution");
    lines += 1;
    const closed = new Promise<"closed">((resolve) => hostile.ws.once("close", () => resolve("closed")));
    // It begins honestly, so that refusing everything would be seen.
    hostile.page.type("p2", 0, "ok ");
    let isOpen = true;
    while (isOpen && frame < OVER_SOCKET) {
      const next = source.next(hostile.page.doc, hostile.page.sent + 1);
      kinds.add(next.kind);
      hostile.ws.send(next.frame);
      hostile.page.sent += 1;
      frame += 1;
      if (frame % 100 === 0) {
        chiara.type("p1", 0, "x");
        typed += 1;
        await until(isSaved);
        expect(chiara.refused, `seed ${seed}, frame ${frame}`).toEqual([]);
      }
      if (frame % 5 !== 0) continue;
      // What was sent before the question has been read when it is answered.
      const answered = new Promise<"read">((resolve) => hostile.ws.once("pong", () => resolve("read")));
      hostile.ws.ping();
      isOpen = (await Promise.race([answered, closed])) === "read" && hostile.page.refused.length === 0;
    }
    hostile.ws.close();
    await closed;
  }
  const after = await held();

  expect(kinds.size).toBeGreaterThan(30);
  // Put out again and again, and back each time.
  expect(lines).toBeGreaterThan(100);
  expect(after - before, `seed ${seed}`).toBeLessThan(MOST_MORE);
  expect(server.log(), `seed ${seed}`).not.toMatch(/"level":(50|60)/);
  expect(chiara.words("p1").split("x").length - 1).toBeGreaterThanOrEqual(typed);
  const log = await listCheckedUpdates(server.db.read, "resolution", { limit: 50_000 });
  expect(log.damagedAt, `seed ${seed}`).toBe(null);
  expect(log.rows.filter(({ personId }) => personId === "amara").length).toBeGreaterThan(20);
  const fresh = await draftOver(browser, "amara", "resolution");
  expect(contentOf(fresh.page.doc), `seed ${seed}`).toBe(contentOf(chiara.doc));
});

/** Bytes in use when nothing is left to collect, those of buffers included, which the heap only refers to. */
async function held(): Promise<number> {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  for (let turn = 0; turn < 3; turn += 1) {
    if (typeof collect === "function") collect();
    await new Promise(setImmediate);
  }
  // `external` holds `arrayBuffers`.
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
