/**
 * `/collab?text=ID`: the drafters' socket. This file decides who may sit down; the room of the text does the rest.
 * A text that is not there and one that is not this person's close alike, with `CLOSE.notThere`. Rules SV13 to SV15.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import { authorIn } from "#app/rules/author.ts";
import { siglumIn } from "#app/rules/sigla.ts";
import type { SignedIn, Viewer } from "#app/rules/viewer.ts";
import { CLOSE, MAX_FRAME_BYTES } from "#collab/frames.ts";
import type { Peer, Rooms, Seat } from "#collab/server/room.ts";
import { createWire } from "./wire.ts";

export type Sockets = {
  /** After host, origin and code have been judged. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes the pages of a person that may not be where they are any more. */
  rightsChanged(personId: string): void;
  endLogin(login: { readonly personId: string; readonly loginId: string }): void;
  count(): number;
  /** After the rooms have told every page to come back: cuts what is still open. */
  close(): Promise<void>;
};

type Page = {
  readonly ws: WebSocket;
  readonly viewer: SignedIn;
  readonly cookies: string | undefined;
  readonly textId: string;
  readonly siglum: string;
  readonly delegationId: string | null;
  isAlive: boolean;
};

const PAGES_PER_LOGIN = 12;
const PAGES_PER_PERSON = 30;
/** Pages that were told to come back have this long to close by themselves. */
const GOODBYE_MS = 500;
const PING_MS = 30_000;
/** Frames that arrive while the text is being opened. */
const MOST_EARLY_FRAMES = 16;

export function createSockets(options: {
  readonly rooms: Pick<Rooms, "join" | "withdraw">;
  readonly viewerOf: (cookies: string | undefined) => Promise<Viewer>;
  readonly findDoor: (textId: string) => Promise<TextDoor | null>;
  readonly onRefused: () => void;
  readonly onError: (error: unknown) => void;
}): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    clientTracking: false,
  });
  const pages = new Set<Page>();
  const wire = createWire();

  /** The person and the text's session, when this person may write there now. */
  async function admit(
    viewer: Viewer,
    textId: string,
  ): Promise<{ viewer: SignedIn; sessionId: string } | null> {
    const door = await options.findDoor(textId);
    if (door === null || viewer.kind !== "person") return null;
    const standing = standingOf(viewer, door);
    return standing.kind === "bureau" && standing.mayWrite ? { viewer, sessionId: door.sessionId } : null;
  }

  async function sitDown(ws: WebSocket, socket: Duplex, req: IncomingMessage): Promise<void> {
    const early: RawData[] = [];
    let seat: Seat | null = null;
    let page: Page | null = null;
    ws.on("error", () => ws.terminate());
    ws.on("message", (data, isBinary) => {
      if (!isBinary) ws.close(CLOSE.malformed, "binary frames only");
      else if (seat !== null) seat.receive(bytesOf(data));
      else if (early.length < MOST_EARLY_FRAMES) early.push(data);
      else ws.close(CLOSE.malformed, "too much before the welcome");
    });
    ws.on("pong", () => {
      if (page !== null) page.isAlive = true;
    });
    ws.on("close", () => {
      if (page !== null) pages.delete(page);
      seat?.leave();
    });

    const url = new URL(req.url ?? "", "http://here");
    const textId = url.searchParams.get("text") ?? "";
    const admitted = await admit(await options.viewerOf(req.headers.cookie), textId);
    if (ws.readyState !== ws.OPEN) return;
    if (admitted === null) return refuse(ws, CLOSE.notThere, "not there");
    const { viewer, sessionId } = admitted;
    if (hasTooMany(viewer)) return refuse(ws, CLOSE.tooMany, "too many pages are open");
    const siglum = siglumIn(viewer, sessionId);
    const author = authorIn(viewer, sessionId);
    const { delegationId } = author;
    page = { ws, viewer, cookies: req.headers.cookie, textId, siglum, delegationId, isAlive: true };
    pages.add(page);
    // A right that was withdrawn since it was read was withdrawn from the pages that were there by then, without this one.
    await recheck(page);
    if (ws.readyState !== ws.OPEN) return;
    const peer: Peer = {
      author,
      name: viewer.name,
      siglum,
      mayWrite: true,
      send(frame) {
        // Past `ws`, which would write a header of its own for every page. Its own frames (pings, goodbyes) are whole and
        // go through the same stream, so that no two can mix.
        if (ws.readyState === ws.OPEN) socket.write(wire(frame));
      },
      close: (code, reason) => ws.close(code, reason),
      waiting: () => ws.bufferedAmount,
    };
    const joined = await options.rooms.join(textId, peer);
    if (ws.readyState !== ws.OPEN) return joined.leave();
    seat = joined;
    for (const frame of early) joined.receive(bytesOf(frame));
  }

  function refuse(ws: WebSocket, code: number, reason: string): void {
    options.onRefused();
    ws.close(code, reason);
  }

  function hasTooMany(viewer: SignedIn): boolean {
    let ofLogin = 0;
    let ofPerson = 0;
    for (const page of pages) {
      if (page.viewer.personId === viewer.personId) ofPerson += 1;
      if (page.viewer.loginId === viewer.loginId) ofLogin += 1;
    }
    return ofLogin >= PAGES_PER_LOGIN || ofPerson >= PAGES_PER_PERSON;
  }

  /** Closes a page that could not come in as what it is now. */
  async function recheck(page: Page): Promise<void> {
    const admitted = await admit(await options.viewerOf(page.cookies), page.textId);
    const isSame =
      admitted !== null &&
      admitted.viewer.loginId === page.viewer.loginId &&
      siglumIn(admitted.viewer, admitted.sessionId) === page.siglum &&
      authorIn(admitted.viewer, admitted.sessionId).delegationId === page.delegationId;
    if (isSame || !pages.has(page)) return;
    // Other logins of the person may be in the same text, and in order.
    const { personId, loginId } = page.viewer;
    options.rooms.withdraw({ personId, loginId, textId: page.textId });
    page.ws.close(CLOSE.notAllowed, "not yours to write any more");
  }

  /** What cannot be checked is not trusted. */
  function recheckOrClose(page: Page): void {
    recheck(page).catch((error: unknown) => {
      options.onError(error);
      page.ws.close(CLOSE.notAllowed, "could not be checked");
    });
  }

  /** Finds dead pages, and those whose login has run out. */
  const pings = setInterval(() => {
    for (const page of pages) {
      if (!page.isAlive) {
        page.ws.terminate();
        continue;
      }
      page.isAlive = false;
      page.ws.ping();
      recheckOrClose(page);
    }
  }, PING_MS);
  pings.unref();

  return {
    upgrade(req, socket, head) {
      server.handleUpgrade(req, socket, head, (ws) => {
        sitDown(ws, socket, req).catch((error: unknown) => {
          options.onError(error);
          ws.close(1011, "the text cannot be opened now");
        });
      });
    },
    rightsChanged(personId) {
      for (const page of pages) {
        if (page.viewer.personId === personId) recheckOrClose(page);
      }
    },
    endLogin({ personId, loginId }) {
      options.rooms.withdraw({ personId, loginId });
      for (const page of pages) {
        if (page.viewer.loginId === loginId) page.ws.close(CLOSE.notAllowed, "this login has ended");
      }
    },
    count: () => pages.size,
    async close() {
      clearInterval(pings);
      const deadline = Date.now() + GOODBYE_MS;
      while (pages.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const page of pages) page.ws.terminate();
      server.close();
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
