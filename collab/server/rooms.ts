/** All open texts: each is opened on demand, once, and closed when nobody has used it for a while. */
import type { Database } from "#db/database.ts";
import { findHead, textChain } from "#db/stores/chain.ts";
import { deleteCheckpoints } from "#db/stores/text-checkpoint.ts";
import type { CheckpointRow } from "#db/stores/text-checkpoint.ts";
import { findNewestVersionSeq } from "#db/stores/text-version.ts";
import { createCheckpoints } from "./checkpoints.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { createDesk } from "./desk.ts";
import type { Desk, DeskOptions } from "./desk.ts";
import { wordingAt } from "./history.ts";
import { lifeOf } from "./life.ts";
import { CHECK_OLDER_AFTER_MS, CLOSE_IDLE_MS, COME_BACK_WITHIN_MS, IDLE_VERSION_MS } from "./limits.ts";
import { findOlderFault } from "./older-rows.ts";
import type { OlderFault } from "./older-rows.ts";
import { openText } from "./opening.ts";
import type { OpenedText } from "./opening.ts";
import { createPapers } from "./papers.ts";
import type { Papers } from "./papers.ts";
import { createRefusalCount } from "./refusals.ts";
import type { Rooms } from "./room.ts";
import { createTextRoom } from "./text-room.ts";
import type { TextRoom } from "./text-room.ts";
import { systemTimers } from "./timers.ts";
import type { Timers } from "./timers.ts";

/** What the room tells the process's log; `fields` hold no words of the text. */
type RoomsLog = (
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

export type RoomsOptions = {
  readonly db: Database;
  /** Milliseconds. */
  readonly now?: () => number;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly log?: RoomsLog;
  /** The disk is full or fails: nothing could be kept. */
  readonly onStorageTrouble?: (textId: string, error: unknown) => void;
  /** A text has been quiet for five minutes after changes: time for an automatic version. */
  readonly onIdle?: (textId: string) => void;
  /** Words stand in a deleted paragraph that whoever deleted it had not seen. */
  readonly onLateWords?: (textId: string) => void;
  /** An open text turned out to be damaged, or other than its log says: it was opened anew, perhaps for reading only. */
  readonly onReopened?: (textId: string) => void;
  /** Takes the place of the system's timers in tests. */
  readonly timers?: Timers;
};

type OpenRoom = {
  readonly room: TextRoom;
  readonly papers: Papers;
  checkpoints: Checkpoints;
  usedAt: number;
  callOffIdle: (() => void) | null;
  callOffClose: (() => void) | null;
  callOffCheck: (() => void) | null;
  isCatchingUp: boolean;
};

class TextNotThere extends Error {
  readonly kind = "text-not-there";
}

export function createRooms(options: RoomsOptions): Rooms {
  const { db, now = Date.now, random = Math.random, log = () => {}, onStorageTrouble = () => {} } = options;
  const timers = options.timers ?? systemTimers(now);
  const refusals = createRefusalCount();
  const rooms = new Map<string, Promise<OpenRoom | null>>();
  const open = new Set<OpenRoom>();
  const listeners: ((textId: string, seq: number) => void)[] = [];
  let peers = 0;
  let updates = 0;
  let isClosing = false;
  let olderChecks: Promise<void> = Promise.resolve();

  function deskOptions(textId: string): DeskOptions {
    return {
      db,
      now: () => timers.now(),
      random,
      onFault: (error) => log("error", "The gate met a fault of its own.", { textId, error }),
      onStorageTrouble: (error) => {
        log("error", "The log of a text could not be written.", { textId, error });
        onStorageTrouble(textId, error);
      },
    };
  }

  function checkpointsOf(room: TextRoom, from: number): Checkpoints {
    const { textId } = room;
    return createCheckpoints({
      db,
      live: () => room.desk().live,
      from,
      timers,
      onFault: (error) => log("warn", "A checkpoint could not be written.", { textId, error }),
    });
  }

  function makeRoom(textId: string, opened: OpenedText): OpenRoom {
    const papers = createPapers({
      live: () => room.desk().live,
      locks: () => room.desk().locks,
      timers,
      onPaper: (seq) => {
        for (const listener of listeners) listener(textId, seq);
      },
    });
    const room = createTextRoom({
      textId,
      desk: createDesk(opened, deskOptions(textId)),
      timers,
      refusals,
      nextPeer: () => (peers += 1),
      onRows: (rows) => {
        updates += rows;
        entry.checkpoints.noteRows();
        watchIdle(entry);
      },
      onLateWords: () => options.onLateWords?.(textId),
      onPaper: () => papers.markChanged(),
      onUse: () => {
        entry.usedAt = timers.now();
        watchUse(entry);
      },
      onFault: (error) => log("error", "A turn of a text failed.", { textId, error }),
      onFailed: () => void catchUp(entry),
    });
    const entry: OpenRoom = {
      room,
      papers,
      checkpoints: checkpointsOf(room, opened.checkpoint?.seq ?? 0),
      usedAt: timers.now(),
      callOffIdle: null,
      callOffClose: null,
      callOffCheck: null,
      isCatchingUp: false,
    };
    return entry;
  }

  function watchIdle(entry: OpenRoom): void {
    entry.callOffIdle?.();
    entry.callOffIdle = timers.after(IDLE_VERSION_MS, () => {
      entry.callOffIdle = null;
      options.onIdle?.(entry.room.textId);
    });
  }

  /** Looks again later instead of starting a timer with every use. */
  function watchUse(entry: OpenRoom): void {
    entry.callOffClose ??= timers.after(CLOSE_IDLE_MS, () => {
      entry.callOffClose = null;
      const isUsed = entry.room.peers() > 0 || entry.room.isBusy() || entry.callOffIdle !== null;
      if (isUsed || timers.now() - entry.usedAt < CLOSE_IDLE_MS) watchUse(entry);
      else void shut(entry);
    });
  }

  async function shut(entry: OpenRoom): Promise<void> {
    rooms.delete(entry.room.textId);
    open.delete(entry);
    for (const callOff of [entry.callOffIdle, entry.callOffClose, entry.callOffCheck]) callOff?.();
    entry.papers.stop();
    entry.checkpoints.stop();
    await entry.room.close(() => Math.round(random() * COME_BACK_WITHIN_MS));
    if (entry.room.desk().damagedAt === null) await entry.checkpoints.write();
  }

  async function openRoom(textId: string): Promise<OpenRoom | null> {
    const startedAt = performance.now();
    const opened = await openText(db, textId);
    if (!opened) return null;
    const entry = makeRoom(textId, opened);
    open.add(entry);
    watchUse(entry);
    const ms = Math.round(performance.now() - startedAt);
    const { damagedAt, live, checkpoint } = opened;
    log("info", "Opened a text.", {
      textId,
      rows: live.seq(),
      behindCheckpoint: live.seq() - (checkpoint?.seq ?? 0),
      ms,
    });
    // What was written before a restart may not have its version yet.
    if (damagedAt === null && live.seq() > (await findNewestVersionSeq(db.read, textId))) watchIdle(entry);
    // After a kill many rows may be behind: the next opening should not read them all again.
    if (damagedAt === null) entry.checkpoints.noteRows();
    if (damagedAt !== null) tellDamage(textId, damagedAt);
    else if (checkpoint) {
      // Whoever opened the text is waiting for its page: that comes first.
      entry.callOffCheck = timers.after(CHECK_OLDER_AFTER_MS, () => {
        // One text after the other: together they would hold up whoever types.
        olderChecks = olderChecks.then(() => checkOlderRows(entry, checkpoint));
      });
    }
    return entry;
  }

  function tellDamage(textId: string, damagedAt: number): void {
    log("error", "A row of a text's log is damaged: the text is read-only up to it.", {
      textId,
      row: damagedAt,
    });
  }

  /**
   * Rows that are in the log and not in the live text would have every later edit refused: then the text is opened from
   * its log, and the pages come back to that. Never throws.
   */
  async function catchUp(entry: OpenRoom): Promise<void> {
    const { textId } = entry.room;
    const { live, damagedAt } = entry.room.desk();
    if (entry.isCatchingUp || damagedAt !== null || !open.has(entry)) return;
    entry.isCatchingUp = true;
    try {
      const { seq } = await findHead(db.read, textChain(textId));
      if (seq === live.seq()) return;
      log("error", "A text is behind its log: it is opened from the log.", { textId, row: live.seq(), seq });
      entry.checkpoints.stop();
      await entry.room.moveTo(() => reopen(textId, null));
      entry.checkpoints = checkpointsOf(entry.room, 0);
      options.onReopened?.(textId);
    } catch (error) {
      log("error", "A text that is behind its log could not be opened anew.", { textId, error });
    } finally {
      entry.isCatchingUp = false;
    }
  }

  /** The checkpoint stands for rows that nobody has looked at since the start. Never throws. */
  async function checkOlderRows(entry: OpenRoom, checkpoint: CheckpointRow): Promise<void> {
    const { textId } = entry.room;
    const mayGoOn = () => open.has(entry);
    try {
      const text = entry.room.desk().live;
      const fault = await findOlderFault(db, checkpoint, { text, mayGoOn });
      if (fault === null || !mayGoOn()) return;
      entry.checkpoints.stop();
      if (fault.kind === "damaged") tellDamage(textId, fault.row);
      else {
        log("error", "A checkpoint said something else than the log: the text is opened from the log.", {
          textId,
          row: checkpoint.seq,
        });
      }
      await entry.room.moveTo(() => reopen(textId, fault));
      options.onReopened?.(textId);
      const { damagedAt } = entry.room.desk();
      if (fault.kind === "forged" && damagedAt !== null) tellDamage(textId, damagedAt);
      entry.checkpoints = checkpointsOf(entry.room, 0);
      if (damagedAt === null) entry.checkpoints.noteRows();
    } catch (error) {
      if (mayGoOn()) log("error", "The older rows of a text could not be checked.", { textId, error });
    }
  }

  async function reopen(textId: string, fault: OlderFault | null): Promise<Desk> {
    if (fault?.kind === "forged") await db.write((tx) => deleteCheckpoints(tx, textId));
    const from = { fromStart: fault?.kind === "forged" };
    const opened = await openText(db, textId, fault?.kind === "damaged" ? { upTo: fault.row - 1 } : from);
    if (!opened) throw new TextNotThere(`There is no text ${textId}.`);
    const damagedAt = fault?.kind === "damaged" ? fault.row : opened.damagedAt;
    return createDesk({ ...opened, damagedAt }, deskOptions(textId));
  }

  function find(textId: string): Promise<OpenRoom | null> {
    if (isClosing) return Promise.reject(new Error("The rooms are closing."));
    const known = rooms.get(textId);
    if (known) return known;
    const opening = openRoom(textId);
    rooms.set(textId, opening);
    // A text that is not there, or could not be opened, is looked for again the next time.
    opening.then(
      (entry) => {
        if (entry === null) rooms.delete(textId);
      },
      () => rooms.delete(textId),
    );
    return opening;
  }

  async function get(textId: string): Promise<OpenRoom> {
    const entry = await find(textId);
    if (!entry) throw new TextNotThere(`There is no text ${textId}.`);
    entry.usedAt = timers.now();
    return entry;
  }

  return {
    async hold(textId, work) {
      return (await get(textId)).room.hold(work);
    },
    async wording(textId) {
      const { live } = (await get(textId)).room.desk();
      return { seq: live.seq(), head: live.head(), document: live.document() };
    },
    async inside(textId) {
      const { live, locks } = (await get(textId)).room.desk();
      return {
        seq: live.seq(),
        head: live.head(),
        document: live.document(),
        carries: live.carries,
        copies: live.copies,
        attribution: live.attribution,
        locks,
        lateWords: live.lateWords,
      };
    },
    wordingAt: (textId, seq) => wordingAt(db, textId, { seq }),
    async lifeOf(textId, paragraphId) {
      const { live } = (await get(textId)).room.desk();
      return lifeOf(live.doc, live.attribution, paragraphId);
    },
    async damagedAt(textId) {
      return (await get(textId)).room.desk().damagedAt;
    },
    async paper(textId) {
      return (await get(textId)).papers.current();
    },
    async paperAfter(textId, seq) {
      return (await get(textId)).papers.after(seq);
    },
    async join(textId, peer) {
      const { room } = await get(textId);
      // The first edit should not wait for the gate's copy to be made.
      if (room.peers() === 0) setImmediate(() => void room.desk().gate.copy());
      return room.join(peer);
    },
    withdraw({ textId, ...who }) {
      for (const { room } of open) if (textId === undefined || room.textId === textId) room.withdraw(who);
    },
    onPaper(listener) {
      listeners.push(listener);
    },
    counts() {
      let count = 0;
      for (const { room } of open) count += room.peers();
      return { rooms: open.size, peers: count, updates };
    },
    async close() {
      isClosing = true;
      await Promise.allSettled(rooms.values());
      await Promise.all([...open].map(shut));
    },
  };
}
