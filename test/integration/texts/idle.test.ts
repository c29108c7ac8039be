/** The version that is kept when a text has been quiet: which texts the timer knows of, and what it sets going. */
import { afterEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { keepVersion } from "#app/commands/keep-version.ts";
import { paragraphsOf } from "#collab/model.ts";
import { IDLE_VERSION_MS } from "#collab/server/limits.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { TEXT, testRooms } from "#test/support/room.ts";
import { startTestServer } from "#test/support/server.ts";

afterEach(() => vi.useRealTimers());

describe("a text that nobody touches", () => {
  it("[RM19] gets its version after a restart when it is opened, and only once", async () => {
    const before = await testRooms();
    const amara = await before.enter("amara");
    amara.write("p1", "Written before the restart");
    await before.settle();
    await before.rooms.close();

    const { db, clock } = before;
    const kept: Promise<unknown>[] = [];
    let ids = 0;
    const again = await testRooms({
      db,
      clock,
      onIdle: (textId) => {
        const context = {
          db,
          rooms: again.rooms,
          notices: { tell: () => {}, rightsChanged: () => {} },
          now: () => clock.now(),
          newId: () => `v${(ids += 1)}`,
        };
        kept.push(keepVersion(context, { textId, reason: "idle" }));
      },
    });
    await again.rooms.wording(TEXT);
    clock.advance(IDLE_VERSION_MS - 1);
    expect(kept).toHaveLength(0);
    clock.advance(1);
    await Promise.all(kept);
    const versions = await listVersions(db.read, TEXT);
    expect(versions).toMatchObject([{ kind: "automatic", reason: "idle", seq: 1, issuedBy: null }]);
    await again.rooms.close();

    const idle: string[] = [];
    const third = await testRooms({ db, clock, onIdle: (textId) => idle.push(textId) });
    await third.rooms.wording(TEXT);
    await third.rooms.wording("report");
    clock.advance(2 * IDLE_VERSION_MS);
    expect(idle).toEqual([]);
  });

  it("[RM19] [VR4] is kept by the process itself", async () => {
    const server = await startTestServer();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await server.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "import",
        by: { personId: "amara", delegationId: null, loginId: "login" },
        change(doc) {
          const map = new Y.Map<unknown>();
          paragraphsOf(doc).set("p1", map);
          const fields = { order: "V", role: "op", level: 0, relation: null, dir: "auto", deleted: false };
          for (const [key, value] of Object.entries(fields)) map.set(key, value);
          map.set("text", new Y.Text("Decides;"));
        },
      }),
    );
    vi.advanceTimersByTime(IDLE_VERSION_MS);
    vi.useRealTimers();
    // The version is kept in the text's queue: whoever holds it afterwards finds it.
    for (let turn = 0; turn < 20 && (await listVersions(server.db.read, TEXT)).length === 0; turn += 1) {
      await server.rooms.hold(TEXT, () => Promise.resolve());
    }
    expect(await listVersions(server.db.read, TEXT)).toMatchObject([{ kind: "automatic", reason: "idle" }]);
  });
});
