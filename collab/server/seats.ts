/** A page's place in the room: what was sent to it, what it has not read yet, and how it is put out. */
import { CLOSE, encodeServerFrame } from "#collab/frames.ts";
import type { ClientPart, ServerPart } from "#collab/frames.ts";
import { SCHEMA_VERSION } from "#collab/model.ts";
import type { Desk } from "./desk.ts";
import {
  HELLOS_ALLOWED,
  HELLOS_WITHIN_MS,
  MAX_CARET_BYTES,
  MAX_WAITING_BYTES,
  MAX_WAITING_MS,
} from "./limits.ts";
import type { Peer } from "./room.ts";

/** What waits holds a little that the room has not sent: the line's own frames and headers. */
const LINE_BYTES = 16 * 1024;

export type TakenSeat = {
  readonly no: number;
  readonly peer: Peer;
  /** Welcomed: gets every frame from now on. */
  isWelcome: boolean;
  isOpen: boolean;
  /** Put out: what it sent before and what was not taken yet is not taken any more. */
  isBarred: boolean;
  /** The newest edit that was handed in. */
  lastNo: number;
  /** An edit of this page was refused: nothing more of it is taken until it says hello anew. */
  wasRefused: boolean;
  /** State vector of the refused copies that it has set aside, until its hello comes. */
  setAside: Uint8Array | null;
  bytesSent: number;
  /** So many of `bytesSent` end with the first state, and so many with the newest. */
  firstStateEndsAt: number;
  newestStateEndsAt: number;
  /** Hellos since `hellosFrom`, which is at most `HELLOS_WITHIN_MS` ago. */
  hellos: number;
  hellosFrom: number;
  /** Since when too much has been waiting. */
  behindSince: number | null;
};

export function createSeat(no: number, peer: Peer): TakenSeat {
  return {
    no,
    peer,
    isWelcome: false,
    isOpen: true,
    isBarred: false,
    lastNo: 0,
    wasRefused: false,
    setAside: null,
    bytesSent: 0,
    firstStateEndsAt: 0,
    newestStateEndsAt: 0,
    hellos: 0,
    hellosFrom: 0,
    behindSince: null,
  };
}

/** False when the page's line threw: nothing more can be sent to it. */
export function sendFrame(seat: TakenSeat, frame: Uint8Array, onFault: (error: unknown) => void): boolean {
  if (!seat.isOpen || frame.length === 0) return true;
  seat.bytesSent += frame.length;
  try {
    seat.peer.send(frame);
    return true;
  } catch (error) {
    onFault(error);
    return false;
  }
}

export function closePeer(
  { peer }: TakenSeat,
  why: keyof typeof CLOSE,
  onFault: (error: unknown) => void,
): void {
  try {
    peer.close(CLOSE[why], closeReasons[why]);
  } catch (error) {
    onFault(error);
  }
}

/**
 * Why a page must be closed for a part of a frame, before anything is done with it; null when it may be taken. `now` in
 * milliseconds.
 */
export function faultOfPart(
  seat: TakenSeat,
  part: ClientPart,
  { desk, now }: { readonly desk: Desk; readonly now: number },
): keyof typeof CLOSE | null {
  if (part.type === "hello") return faultOfHello(seat, part.schema, now);
  if (part.type === "aside") return null;
  if (!seat.isWelcome) return "malformed";
  if (part.caret !== null && Buffer.byteLength(part.caret) > MAX_CARET_BYTES) return "malformed";
  if (part.type === "caret") return null;
  if (part.no !== seat.lastNo + 1) return "malformed";
  if (!seat.peer.mayWrite) return "notAllowed";
  return desk.damagedAt === null ? null : "readOnly";
}

/** Each hello may be answered with the whole text: the next one is for a page that has read that, and not too often. */
function faultOfHello(seat: TakenSeat, schema: number, now: number): keyof typeof CLOSE | null {
  if (schema !== SCHEMA_VERSION) return "schema";
  if (!hasReadState(seat)) return "tooSlow";
  if (now - seat.hellosFrom >= HELLOS_WITHIN_MS) {
    seat.hellos = 0;
    seat.hellosFrom = now;
  }
  seat.hellos += 1;
  return seat.hellos > HELLOS_ALLOWED ? "tooMany" : null;
}

/** Several frames as one: a frame is a list of parts. */
export function joinFrames(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (second.length === 0) return first;
  const frame = new Uint8Array(first.length + second.length);
  frame.set(first);
  frame.set(second, first.length);
  return frame;
}

/** What a page is told when it comes in; null when its state vector cannot be read. */
export function welcomeParts(desk: Desk, seat: TakenSeat, stateVector: Uint8Array): ServerPart[] | null {
  const { live, locks, damagedAt } = desk;
  try {
    return [
      {
        type: "welcome",
        peer: seat.no,
        mayWrite: seat.peer.mayWrite && damagedAt === null,
        seq: live.seq(),
        head: live.head(),
        update: live.missing(stateVector),
        stateVector: live.stateVector(),
      },
      { type: "locks", paragraphIds: [...locks] },
    ];
  } catch {
    return null;
  }
}

/**
 * The first state may be large, and takes as long as the page's line needs: it does not count as being slow. Whatever
 * state the page asks for after it does.
 */
export function stateFrame(seat: TakenSeat, parts: readonly ServerPart[]): Uint8Array {
  const frame = encodeServerFrame(parts);
  seat.newestStateEndsAt = seat.bytesSent + frame.length;
  if (!seat.isWelcome) seat.firstStateEndsAt = seat.newestStateEndsAt;
  seat.isWelcome = true;
  seat.wasRefused = false;
  return frame;
}

/** How many of the bytes sent to the page it has read. */
function readBy(seat: TakenSeat): number {
  return seat.bytesSent - (seat.peer.waiting?.() ?? 0);
}

/** Whether the page has read the newest state that it was sent, if any. */
export function hasReadState(seat: TakenSeat): boolean {
  return seat.newestStateEndsAt - readBy(seat) <= LINE_BYTES;
}

/** Bytes that the page has left unread, its first state aside. */
function backlogOf(seat: TakenSeat): number {
  const read = readBy(seat);
  return seat.bytesSent - Math.max(read, seat.firstStateEndsAt);
}

/** Whether the page has been too slow for too long. */
export function isTooSlow(seat: TakenSeat, now: number): boolean {
  if (backlogOf(seat) <= MAX_WAITING_BYTES) {
    seat.behindSince = null;
    return false;
  }
  seat.behindSince ??= now;
  return now - seat.behindSince >= MAX_WAITING_MS;
}

const closeReasons: Readonly<Record<keyof typeof CLOSE, string>> = {
  comeBack: "The room is closing for a moment.",
  schema: "This page is of another version. Load it again.",
  notAllowed: "You may no longer write in this text.",
  notThere: "There is no such text.",
  malformed: "The page sent something that is not part of the protocol.",
  tooManyRefusals: "Too many edits were refused.",
  tooSlow: "The page did not read what it was sent.",
  tooMany: "Too many connections.",
  readOnly: "The text is read-only: a row of its log is damaged.",
};
