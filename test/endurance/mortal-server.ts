/**
 * The rooms of a server over a real database, which can be killed at any moment and started again, all in this process.
 * A killed server neither writes nor says anything any more; the next one knows what was committed, and nothing else.
 */
import type { Rooms } from "#collab/server/room.ts";
import { createRooms } from "#collab/server/rooms.ts";
import type { Timers } from "#collab/server/timers.ts";
import type { Database } from "#db/database.ts";

/** What becomes of the commit that is under way. */
export const KILL_MOMENTS = ["before anything", "before the commit", "after the commit"] as const;
export type KillMoment = (typeof KILL_MOMENTS)[number];

type Life = { ending: KillMoment | null; isOver: boolean };

/** What a killed server waits for does not come. */
const never = <T>(): Promise<T> => new Promise<T>(() => {});
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** The database as one server sees it, until it is killed. */
function databaseOf(db: Database, life: Life): Database {
  const killed = new Error("The server was killed.");
  return {
    ...db,
    async write(work, options) {
      if (life.isOver) return never();
      try {
        const result = await db.write(async (tx) => {
          const done = await work(tx);
          if (life.ending === "before the commit") throw killed;
          return done;
        }, options);
        if (life.ending === null) return result;
      } catch (error) {
        if (error !== killed) throw error;
      }
      life.isOver = true;
      return never();
    },
  };
}

function timersOf(timers: Timers, life: Life): Timers {
  return {
    now: () => timers.now(),
    after: (ms, work) => timers.after(ms, () => void (life.isOver || work())),
  };
}

type MortalOptions = {
  readonly db: Database;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
};

export class MortalServer {
  readonly #options: MortalOptions;
  /** Faults that the server told its log of. */
  readonly faults: string[] = [];
  #life: Life = { ending: null, isOver: false };
  #db: Database;
  #rooms: Rooms;

  constructor(options: MortalOptions) {
    this.#options = options;
    [this.#db, this.#rooms] = this.#start();
  }

  /** Of the server that runs now. */
  get rooms(): Rooms {
    return this.#rooms;
  }

  get db(): Database {
    return this.#db;
  }

  #start(): [Database, Rooms] {
    const { db, timers, random } = this.#options;
    const life: Life = { ending: null, isOver: false };
    const own = databaseOf(db, life);
    this.#life = life;
    const rooms = createRooms({
      db: own,
      timers: timersOf(timers, life),
      random,
      log: (level, message, { error }) => {
        if (level !== "info" && !life.isOver) this.faults.push(`${message} ${String(error)}`);
      },
    });
    return [own, rooms];
  }

  /** Ends the server; nothing of what it had not committed is left. The next one runs when this resolves. */
  async kill(moment: KillMoment): Promise<void> {
    const life = this.#life;
    life.ending = moment;
    if (moment === "before anything") life.isOver = true;
    // Whatever has arrived may still get as far as its commit.
    else for (let turn = 0; turn < 3 && !life.isOver; turn += 1) await nextTurn();
    life.isOver = true;
    await this.#options.db.settled();
    [this.#db, this.#rooms] = this.#start();
  }

  /** Ends the server as a secretariat does: everything is taken, acknowledged and told, and pages come back. */
  async restart(): Promise<void> {
    await this.#rooms.close();
    [this.#db, this.#rooms] = this.#start();
  }
}
