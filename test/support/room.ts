/** Rooms over a real database and sockets in memory, with a clock that the test turns. */
import { onTestFinished } from "vitest";
import type { Rooms } from "#collab/server/room.ts";
import { createRooms } from "#collab/server/rooms.ts";
import type { RoomsOptions } from "#collab/server/rooms.ts";
import type { Database } from "#db/database.ts";
import { temporaryDatabase } from "./database.ts";
import { HandClock } from "./hand-clock.ts";
import { Page, TEXT } from "./page.ts";
import type { PageOptions } from "./page.ts";
import { insertRoom } from "./record.ts";

export { CLOSE as CLOSED } from "#collab/frames.ts";
export { contentOf, Page, TEXT } from "./page.ts";
export { HandClock } from "./hand-clock.ts";

type Fault = { readonly level: string; readonly message: string; readonly error?: unknown };

export type TestRooms = {
  readonly db: Database;
  readonly rooms: Rooms;
  readonly clock: HandClock;
  /** What the rooms told the process's log at "warn" and "error". */
  readonly faults: Fault[];
  /** Everything that has arrived has been taken and answered. */
  settle(textId?: string): Promise<void>;
  /** Opens a page of a person and waits for its welcome. */
  enter(personId: string, options?: PageOptions): Promise<Page>;
};

/** Rooms over a fresh database with two empty texts, or over one that the test has already. */
export async function testRooms(
  options: Partial<RoomsOptions> & { readonly db?: Database; readonly clock?: HandClock } = {},
): Promise<TestRooms> {
  let { db } = options;
  if (!db) {
    db = temporaryDatabase();
    await db.write(insertRoom);
  }
  const clock = options.clock ?? new HandClock();
  const faults: Fault[] = [];
  const rooms = createRooms({
    timers: clock,
    log: (level, message, { error }) => {
      if (level !== "info") faults.push({ level, message, error });
    },
    ...options,
    db,
  });
  onTestFinished(() => rooms.close());
  const settle = async (textId = TEXT): Promise<void> => {
    await rooms.hold(textId, () => Promise.resolve());
    // The turn that answered is over only when it gives the event loop back.
    await new Promise(setImmediate);
  };
  return {
    db,
    rooms,
    clock,
    faults,
    settle,
    async enter(personId, pageOptions = {}) {
      const page = new Page(personId, pageOptions);
      await page.join(rooms, pageOptions.textId ?? TEXT);
      await settle(pageOptions.textId);
      return page;
    },
  };
}
