/** What goes wrong on our side, or on a page's line, stays with the one edit or page it happened to. */
import { describe, expect, it } from "vitest";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { plainWords } from "#collab/document.ts";
import { CLOSE } from "#collab/frames.ts";
import { createDesk } from "#collab/server/desk.ts";
import { takeEdits } from "#collab/server/edits.ts";
import { openText } from "#collab/server/opening.ts";
import { listUpdates } from "#db/stores/text-log.ts";
import { contentOf, type Page, testRooms, TEXT } from "#test/support/room.ts";

/** What a page writes while nothing of it is sent: one update. */
function written(page: Page, act: () => void): Uint8Array {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array): void => void updates.push(update);
  page.isOffline = true;
  page.doc.on("update", note);
  act();
  page.doc.off("update", note);
  const [update] = updates;
  if (updates.length !== 1 || !update) throw new Error(`${updates.length} updates instead of one`);
  return update;
}

function split(page: Page, at: number): Uint8Array {
  const binding = bindText({ doc: page.doc, isLocked: () => false, captureTimeoutMs: 0 });
  const update = written(page, () => binding.apply(binding.state.tr.split(at)));
  binding.destroy();
  return update;
}

describe("a fault over one edit", () => {
  it("[RM17] refuses that edit, leaves nothing of it behind, and the others of the turn are taken", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Alpha bravo charlie");
    amara.write("p2", "Delta");
    await room.settle();
    const [bilal, chiara] = [await room.enter("bilal"), await room.enter("chiara")];
    const updates = [split(amara, 7), split(bilal, 7), written(chiara, () => chiara.type("p2", 5, " echo"))];
    await room.rooms.close();

    const opened = await openText(room.db, TEXT);
    if (!opened) throw new Error("the text is not there");
    const faults: unknown[] = [];
    const desk = createDesk(opened, {
      db: room.db,
      now: () => room.clock.now(),
      random: () => 0.5,
      onFault: (error) => faults.push(error),
      onStorageTrouble: (error) => faults.push(error),
    });
    // Bilal's split carries the words that Amara's carried already: the repair of it fails.
    const failing = {
      ...desk,
      gate: {
        ...desk.gate,
        run: () => {
          throw new Error("a fault of ours");
        },
      },
    };
    const { outcomes, rows, committed } = await takeEdits(
      failing,
      [amara, bilal, chiara].map(({ peer }, at) => ({
        no: 1,
        first: false,
        update: updates[at] ?? new Uint8Array(),
        author: peer.author,
        page: { wasRefused: false },
      })),
    );
    committed?.apply();
    expect(outcomes).toEqual([
      { saved: true },
      { saved: false, refusal: { code: "malformed", paragraphId: null } },
      { saved: true },
    ]);
    expect(faults).toEqual([new Error("a fault of ours")]);
    expect(rows.map(({ by }) => by.personId)).toEqual(["amara", "chiara"]);
    expect(desk.owners.has(bilal.doc.clientID)).toBe(false);
    const { document } = await (await testRooms({ db: room.db, clock: room.clock })).rooms.wording(TEXT);
    expect(document.paragraphs.map(plainWords).sort()).toEqual(["Alpha ", "Delta echo", "bravo charlie"]);
    expect(contentOf(desk.gate.copy())).toBe(contentOf(desk.live.doc));
    expect((await listUpdates(room.db.read, TEXT)).map(({ personId }) => personId)).toEqual([
      "amara",
      "amara",
      "amara",
      "chiara",
    ]);
  });
});

describe("a page's line that fails", () => {
  it("[RM18] closes that page alone, and the text goes on", async () => {
    const room = await testRooms();
    const [amara, bilal] = [await room.enter("amara"), await room.enter("bilal")];
    bilal.peer.send = () => {
      throw new Error("the line is gone");
    };
    amara.write("p1", "Words");
    await room.settle();
    expect([amara.saved, amara.closed]).toEqual([1, null]);
    expect(bilal.closed?.code).toBe(CLOSE.comeBack);
    amara.type("p1", 5, " go on");
    await room.settle();
    expect(amara.saved).toBe(2);
    expect(room.rooms.counts().peers).toBe(1);
    expect(room.faults.map(({ error }) => error)).toEqual([new Error("the line is gone")]);
  });

  it("[RM18] holds nothing up when it fails while it is welcomed or closed", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    const gone = (): never => {
      throw new Error("the line is gone");
    };
    bilal.peer.close = gone;
    bilal.peer.send = gone;
    await bilal.join(room.rooms);
    await room.settle();
    amara.write("p1", "Words");
    await room.settle();
    expect(amara.saved).toBe(1);
    room.rooms.withdraw({ personId: "bilal" });
    expect(room.rooms.counts().peers).toBe(1);
    await room.rooms.close();
    expect(amara.comeBackMs).not.toBe(null);
  });
});

describe("a room that is behind its log", () => {
  it("[RM25] opens the text from the log, and what its pages had written is taken when they come back", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Alpha");
    await room.settle();
    // Rows of which this room knows nothing, as after a commit that did not reach the live text.
    const other = await testRooms({ db: room.db, clock: room.clock });
    const chiara = await other.enter("chiara");
    chiara.write("p2", "Charlie");
    await other.settle();

    amara.type("p1", 5, " bravo");
    await room.settle();
    await room.settle();
    expect(amara.closed?.code).toBe(CLOSE.comeBack);
    expect(room.faults.map(({ message }) => message)).toEqual([
      "A turn of a text failed.",
      "A text is behind its log: it is opened from the log.",
    ]);
    const { document } = await room.rooms.wording(TEXT);
    expect(document.paragraphs.map(plainWords).sort()).toEqual(["Alpha", "Charlie"]);
    await amara.join(room.rooms, TEXT);
    await room.settle();
    const { document: now } = await room.rooms.wording(TEXT);
    expect(now.paragraphs.map(plainWords).sort()).toEqual(["Alpha bravo", "Charlie"]);
  });

  it("[RM25] does so too when it was a command that found it behind", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Alpha");
    await room.settle();
    const other = await testRooms({ db: room.db, clock: room.clock });
    (await other.enter("chiara")).write("p2", "Charlie");
    await other.settle();
    const turn = room.rooms.hold(TEXT, () => Promise.reject(new Error("a command that fails")));
    await expect(turn).rejects.toThrow("a command that fails");
    await room.settle();
    expect(amara.closed?.code).toBe(CLOSE.comeBack);
    const { document } = await room.rooms.wording(TEXT);
    expect(document.paragraphs.map(plainWords).sort()).toEqual(["Alpha", "Charlie"]);
  });
});
