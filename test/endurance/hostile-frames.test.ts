import { expect, test } from "vitest";
import { wordingAt } from "#collab/server/history.ts";
import { listCheckedUpdates } from "#db/stores/text-log.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";
import { createHostileSource } from "./hostile-frames.ts";
import { seededRandom } from "./seeded-random.ts";

const FRAMES = 20_000;

test("[GT15] 20,000 hostile frames: nothing crashes or grows, and somebody else types on undisturbed", async () => {
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
  const heapBefore = await settledHeap();
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (hostile.closed) {
      // Put out: comes back with a fresh page, later than the limit on refusals counts.
      room.clock.advance(11_000);
      hostile = await room.enter("bilal");
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
  const heapAfter = await settledHeap();

  expect(amara.closed, `seed ${seed}`).toBe(null);
  expect(room.faults, `seed ${seed}`).toEqual([]);
  expect(kinds.size).toBeGreaterThan(30);
  expect((heapAfter - heapBefore) / 1024 / 1024, `seed ${seed}`).toBeLessThan(100);
  expect(amara.words("p1").replace(/ok /g, "")).toContain("Words of p1 😀 that stay");
  expect(amara.words("p1").split("x").length - 1).toBeGreaterThanOrEqual(typed);

  const { seq, document } = await room.rooms.wording(TEXT);
  const page = await listCheckedUpdates(room.db.read, TEXT, { limit: 50_000 });
  expect(page.damagedAt, `seed ${seed}`).toBe(null);
  expect(page.rows.length).toBe(seq);
  // Among the hostile frames were honest ones, so that refusing everything would be seen.
  expect(page.rows.filter(({ personId }) => personId === "bilal").length).toBeGreaterThan(50);
  const fresh = await room.enter("chiara");
  expect(contentOf(fresh.doc), `seed ${seed}`).toBe(contentOf(amara.doc));
  expect((await wordingAt(room.db, TEXT, { seq, fromStart: true }))?.document, `seed ${seed}`).toEqual(
    document,
  );
});

/** Heap in use when nothing is left to collect; needs no flag because the page is given time between collections. */
async function settledHeap(): Promise<number> {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  for (let turn = 0; turn < 3; turn += 1) {
    if (typeof collect === "function") collect();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}
