/**
 * The room of one text: its queue and its pages. A turn takes everything that has arrived, puts it through gate and
 * log, and gives every page one frame.
 */
import * as Y from "yjs";
import type { Head } from "#db/stores/chain.ts";
import { decodeClientFrame, encodeServerFrame } from "#collab/frames.ts";
import type { CLOSE, ClientPart, ServerPart } from "#collab/frames.ts";
import { BehindLog, commitRows } from "./commit.ts";
import type { AcceptedRow } from "./commit.ts";
import type { Desk } from "./desk.ts";
import { takeEdits } from "./edits.ts";
import type { EditOutcome } from "./edits.ts";
import { CARET_EVERY_MS } from "./limits.ts";
import { createPresenceBook } from "./presence.ts";
import { createQueue } from "./queue.ts";
import type { RefusalCount } from "./refusals.ts";
import type { Peer, Seat, Turn } from "./room.ts";
import {
  closePeer,
  createSeat,
  faultOfPart,
  hasReadState,
  joinFrames,
  sendFrame,
  stateFrame,
  welcomeParts,
} from "./seats.ts";
import type { TakenSeat } from "./seats.ts";
import { watchSlowPages } from "./slow-pages.ts";
import type { Timers } from "./timers.ts";
import { runHeld } from "./turn.ts";

type EditPart = Extract<ClientPart, { type: "edit" }>;
type HelloPart = Extract<ClientPart, { type: "hello" }>;
type Arrival =
  | { readonly type: "edit"; readonly seat: TakenSeat; readonly part: EditPart }
  | {
      readonly type: "hello";
      readonly seat: TakenSeat;
      readonly part: HelloPart;
      readonly setAside: Uint8Array | null;
    }
  | { readonly type: "work"; readonly run: () => Promise<void> };

export type TextRoom = {
  readonly textId: string;
  desk(): Desk;
  join(peer: Peer): Seat;
  hold<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
  withdraw(which: { readonly personId: string; readonly loginId?: string }): void;
  /**
   * Works from another desk from now on, made while nothing happens to the text: log or checkpoint turned out to be
   * damaged. Pages come back to it.
   */
  moveTo(open: () => Promise<Desk>): Promise<void>;
  peers(): number;
  isBusy(): boolean;
  /** Closes every page; `afterMs` says when to come back. Resolves when nothing runs any more. */
  close(afterMs: () => number): Promise<void>;
};

export type TextRoomOptions = {
  readonly textId: string;
  readonly desk: Desk;
  readonly timers: Timers;
  readonly refusals: RefusalCount;
  readonly nextPeer: () => number;
  /** After each turn in which something was logged. */
  readonly onRows: (rows: number) => void;
  /** Words were typed into a deleted paragraph, or one was deleted with words that its deleter had not seen. */
  readonly onLateWords: () => void;
  /** Wording or locks changed. */
  readonly onPaper: () => void;
  readonly onUse: () => void;
  readonly onFault: (error: unknown) => void;
  /** A turn or a command failed: what the room holds may be other than its log. */
  readonly onFailed: () => void;
};

export function createTextRoom(options: TextRoomOptions): TextRoom {
  const { textId, timers, refusals } = options;
  let { desk } = options;
  const seats = new Set<TakenSeat>();
  const presence = createPresenceBook();
  let isClosed = false;
  let callOffCarets: (() => void) | null = null;
  /** What this turn will tell everybody. */
  let news: ServerPart[] = [];
  const ownNews = new Map<TakenSeat, ServerPart[]>();

  const slowPages = watchSlowPages({ seats, timers, onSlow: (seat) => closeSeat(seat, "tooSlow") });

  const queue = createQueue<Arrival>({
    isAlone: ({ type }) => type === "work",
    async take(taken) {
      try {
        await turnOf(taken);
        tell();
      } catch (error) {
        desk.gate.drop();
        options.onFault(error);
        // Whatever this turn would have told, the pages learn when they come back.
        news = [];
        for (const seat of seats) closeSeat(seat, "comeBack");
        options.onFailed();
      }
    },
    onFault: options.onFault,
  });

  function arrive(arrival: Arrival): void {
    options.onUse();
    queue.push(arrival);
  }

  async function turnOf(taken: readonly Arrival[]): Promise<void> {
    const [first] = taken;
    if (first?.type === "work") return first.run();
    const edits = taken.filter((arrival) => arrival.type === "edit").filter(({ seat }) => !seat.isBarred);
    if (edits.length > 0) await takeArrived(edits);
    // Updates first to those who are in, then the newcomers, whose state has them already.
    tell();
    const hellos = new Map<TakenSeat, HelloPart>();
    for (const arrival of taken) {
      if (arrival.type !== "hello") continue;
      hellos.set(arrival.seat, arrival.part);
      noteSetAside(arrival.seat, arrival.setAside);
    }
    await keepSetAside();
    for (const [seat, part] of hellos) if (seat.isOpen) welcome(seat, part);
  }

  /** Before the page gets the state on which it does again what was refused: from then on nothing else brings it. */
  function noteSetAside(seat: TakenSeat, stateVector: Uint8Array | null): void {
    if (!stateVector || !seat.isOpen || !seat.peer.mayWrite) return;
    try {
      desk.setAside.note({ stateVector, by: seat.peer.author, at: timers.now() });
    } catch {
      closeSeat(seat, "malformed");
    }
  }

  async function keepSetAside(): Promise<void> {
    if (desk.setAside.unkept().length === 0 || desk.damagedAt !== null) return;
    try {
      await commitRows(desk, []);
    } catch (error) {
      if (error instanceof BehindLog) throw error;
      // It holds all the same, and goes on record with the next rows: before those nothing can be there twice.
      desk.onStorageTrouble(error);
    }
  }

  /** Gate and log, then the pages, then the live text and everybody else: the pages' people are waiting. */
  async function takeArrived(edits: readonly { seat: TakenSeat; part: EditPart }[]): Promise<void> {
    const { outcomes, rows, committed } = await takeEdits(
      desk,
      edits.map(({ seat, part }) => ({ ...part, author: seat.peer.author, page: seat })),
    );
    try {
      answer(edits, outcomes, committed?.head ?? { seq: desk.live.seq(), hash: desk.live.head() });
      if (committed) announce(rows, committed.head);
      tell();
    } finally {
      committed?.apply();
    }
    noteRows(rows);
  }

  /** Says to each page what became of its edits; everything up to `head` is in the log. */
  function answer(
    edits: readonly { seat: TakenSeat; part: EditPart }[],
    outcomes: readonly EditOutcome[],
    head: Head,
  ): void {
    const saved = new Map<TakenSeat, number>();
    edits.forEach(({ seat, part }, index) => {
      const outcome = outcomes[index];
      if (!outcome) return;
      presence.moveCaret(seat.no, part.caret);
      if (outcome.saved) {
        saved.set(seat, part.no);
        return;
      }
      own(seat).push({ type: "refused", no: part.no, ...outcome.refusal });
      noteRefusal(seat, outcome.refusal.code);
    });
    const at = timers.now();
    for (const [seat, no] of saved) own(seat).push({ type: "saved", no, seq: head.seq, at });
  }

  /** What follows from a refused edit, or from a full disk, is not another attempt. */
  function noteRefusal(seat: TakenSeat, code: string): void {
    const isConsequence = code.startsWith("storage-") || (code === "pending" && seat.wasRefused);
    seat.wasRefused = true;
    if (isConsequence || !refusals.isOneTooMany(seat.peer.author.personId, timers.now())) return;
    send(seat, encodeServerFrame(own(seat)));
    closeSeat(seat, "tooManyRefusals");
  }

  /** For the pages, with the next frame. */
  function announce(rows: readonly AcceptedRow[], { seq, hash: head }: Head): void {
    if (rows.length === 0) return;
    const updates = rows.map(({ effect }) => effect.update);
    const [only] = updates;
    const update = updates.length === 1 && only ? only : Y.mergeUpdates(updates);
    news.push({ type: "update", seq, head, update });
  }

  /** For everybody else, who may wait until the pages have been told. */
  function noteRows(rows: readonly AcceptedRow[]): void {
    if (rows.length === 0) return;
    options.onRows(rows.length);
    if (rows.some(({ effect }) => desk.live.hasLateWords(effect.touched.keys()))) options.onLateWords();
    options.onPaper();
  }

  function own(seat: TakenSeat): ServerPart[] {
    const known = ownNews.get(seat);
    if (known) return known;
    const made: ServerPart[] = [];
    ownNews.set(seat, made);
    return made;
  }

  /** One frame for everybody: what is common is encoded once. */
  function tell(): void {
    const here = presence.take();
    const parts = here ? [...news, here] : news;
    if (parts.length === 0 && ownNews.size === 0) return;
    const common = parts.length === 0 ? new Uint8Array() : encodeServerFrame(parts);
    news = [];
    for (const seat of seats) {
      const mine = ownNews.get(seat);
      if (!seat.isWelcome && !mine) continue;
      send(seat, mine ? joinFrames(encodeServerFrame(mine), common) : common);
    }
    ownNews.clear();
    callOffCarets?.();
    callOffCarets = null;
    slowPages.watch();
  }

  function welcome(seat: TakenSeat, hello: HelloPart): void {
    // Asked again: a state may have been sent since the hello came.
    if (!hasReadState(seat)) return closeSeat(seat, "tooSlow");
    const parts = welcomeParts(desk, seat, hello.stateVector);
    if (!parts) return closeSeat(seat, "malformed");
    if (!seat.isWelcome) presence.enter(seat.no, seat.peer);
    const frame = stateFrame(seat, [...parts, presence.all()]);
    send(seat, frame);
    slowPages.watch();
  }

  /** A page that cannot be sent to is closed; nobody else notices. */
  function send(seat: TakenSeat, frame: Uint8Array): void {
    if (!sendFrame(seat, frame, options.onFault)) closeSeat(seat, "comeBack");
  }

  function closeSeat(seat: TakenSeat, why: keyof typeof CLOSE): void {
    if (!seat.isOpen) return;
    seat.isBarred = why !== "comeBack" && why !== "tooSlow";
    forget(seat);
    closePeer(seat, why, options.onFault);
    soonTellCarets();
  }

  function forget(seat: TakenSeat): void {
    seat.isOpen = false;
    seats.delete(seat);
    ownNews.delete(seat);
    presence.leave(seat.no);
  }

  function soonTellCarets(): void {
    if (isClosed) return;
    callOffCarets ??= timers.after(CARET_EVERY_MS, () => {
      callOffCarets = null;
      if (!queue.isRunning()) tell();
    });
  }

  function receivePart(seat: TakenSeat, part: ClientPart): void {
    const why = faultOfPart(seat, part, { desk, now: timers.now() });
    if (why) return closeSeat(seat, why);
    if (part.type === "caret") {
      if (presence.moveCaret(seat.no, part.caret)) soonTellCarets();
      return;
    }
    if (part.type === "aside") {
      seat.setAside = part.stateVector;
      return;
    }
    if (part.type === "hello") {
      const { setAside } = seat;
      seat.lastNo = 0;
      seat.setAside = null;
      return arrive({ type: "hello", seat, part, setAside });
    }
    seat.lastNo = part.no;
    arrive({ type: "edit", seat, part });
  }

  return {
    textId,
    desk: () => desk,
    join(peer) {
      const seat = createSeat(options.nextPeer(), peer);
      seats.add(seat);
      options.onUse();
      if (isClosed) closeSeat(seat, "comeBack");
      return {
        receive(frame) {
          if (!seat.isOpen || isClosed) return;
          let parts: ClientPart[];
          try {
            parts = decodeClientFrame(frame);
          } catch {
            return closeSeat(seat, "malformed");
          }
          for (const part of parts) if (seat.isOpen) receivePart(seat, part);
        },
        leave() {
          if (!seat.isOpen) return;
          forget(seat);
          options.onUse();
          soonTellCarets();
        },
      };
    },
    hold<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
      if (isClosed) return Promise.reject(new Error(`The room of text ${textId} is closed.`));
      return new Promise<T>((resolve, reject) => {
        const held = {
          onRows: (rows: readonly AcceptedRow[]) => {
            announce(rows, { seq: desk.live.seq(), hash: desk.live.head() });
            tell();
            noteRows(rows);
          },
          onLocks: () => {
            news.push({ type: "locks", paragraphIds: [...desk.locks] });
            options.onPaper();
          },
          tell,
        };
        const failed = (error: unknown): void => {
          reject(error);
          options.onFailed();
        };
        const run = (): Promise<void> => runHeld({ ...held, desk }, work).then(resolve, failed);
        arrive({ type: "work", run });
      });
    },
    withdraw({ personId, loginId }) {
      for (const seat of seats) {
        const { author } = seat.peer;
        if (author.personId !== personId || (loginId !== undefined && author.loginId !== loginId)) continue;
        closeSeat(seat, "notAllowed");
      }
    },
    async moveTo(open) {
      await new Promise<void>((resolve, reject) => {
        const move = async (): Promise<void> => {
          desk = await open();
          for (const seat of seats) closeSeat(seat, "comeBack");
          options.onPaper();
        };
        arrive({ type: "work", run: () => move().then(resolve, reject) });
      });
    },
    peers: () => seats.size,
    isBusy: queue.isRunning,
    async close(afterMs) {
      isClosed = true;
      // What has arrived is still taken and acknowledged.
      await queue.settled();
      for (const seat of seats) {
        send(seat, encodeServerFrame([{ type: "come-back", afterMs: afterMs() }]));
        closeSeat(seat, "comeBack");
      }
      callOffCarets?.();
      slowPages.stop();
    },
  };
}
