/**
 * `/live/…`: what thousands fetch at once, served before Express as bytes that are made once.
 *
 * `/live/texts/:text` → `{ "seq", "html" }`, the whole paper;
 * `/live/texts/:text?after=SEQ` → `{ "seq", "set", "removed", "order"? }` (`PaperDelta`), or the whole when SEQ is too
 * long ago; `/live/sessions/:session` → `{ "at", "item", "items", "meeting" }` (`SessionNow`). Not there and not yours
 * are the same 404.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import type { Rooms } from "#collab/server/room.ts";
import { createKeptBytes } from "./kept-bytes.ts";
import type { Way } from "./ways.ts";

export type LiveOptions = {
  readonly rooms: Pick<Rooms, "paper" | "paperAfter">;
  readonly findDoor: (textId: string) => Promise<TextDoor | null>;
  /** What the room screen shows of a session; null when it is not there or not the viewer's. */
  readonly findSession: (viewer: Viewer, sessionId: string) => Promise<object | null>;
};

export type Live = {
  /** Answers a GET of a path that begins with `/live/`; `way` is null when it is none of the listed ones. */
  serve(
    req: IncomingMessage,
    res: ServerResponse,
    asked: { readonly viewer: Viewer; readonly way: Way | null },
  ): Promise<void>;
  /** The text has changed on paper: what was kept of it is old. */
  dropText(textId: string): void;
  dropSession(sessionId: string): void;
  /** What is kept of texts now. */
  bytes(): number;
};

type Bytes = {
  readonly plain: Buffer;
  readonly etag: string;
  gzip?: Promise<Buffer>;
  brotli?: Promise<Buffer>;
  /** With what it was compressed to, at most as much again for each. */
  size(): number;
};

const gzipBytes = promisify(gzip);
const brotliBytes = promisify(brotliCompress);
/** Smaller answers fit in a packet or two: compressing them costs more than it gives. */
const COMPRESS_FROM = 1_400;
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
/** Asks for the whole paper. */
const WHOLE = -1;
/** What is spelt differently is not there. */
const ADDRESS = /^\/live\/\w+\/([\w-]{1,64})(?:\?after=(\d{1,15}))?$/;

export function createLive(options: LiveOptions): Live {
  /** By text and `after`: made by the first who asks, for all who may see the live wording. */
  const papers = createKeptBytes<Bytes>(MOST_KEPT_BYTES);
  const sessions = new Map<string, Promise<Bytes | null>>();

  async function makeWhole(textId: string): Promise<Bytes> {
    const { seq, paragraphs } = await options.rooms.paper(textId);
    return bytesOf({ seq, html: paragraphs.map((paragraph) => paragraph.html).join("\n") });
  }

  /** Numbers that no paper is kept of share the whole one. */
  async function makeDelta(textId: string, after: number): Promise<Bytes> {
    const changed = await options.rooms.paperAfter(textId, after);
    if (changed !== null) return bytesOf({ seq: changed.seq, ...changed.delta });
    papers.drop(textId, after);
    return paperOf(textId, WHOLE);
  }

  function paperOf(textId: string, after: number): Promise<Bytes> {
    const kept = papers.find(textId, after);
    if (kept !== undefined) return kept;
    const made = after === WHOLE ? makeWhole(textId) : makeDelta(textId, after);
    papers.keep(textId, after, made);
    return made;
  }

  async function paperFor(viewer: Viewer, textId: string, after: number): Promise<Bytes | null> {
    const door = await options.findDoor(textId);
    if (door === null) return null;
    const standing = standingOf(viewer, door);
    if (standing.kind === "none") return null;
    if (standing.kind === "reader" && standing.shows !== "live") return null;
    // What changed before a reader's time is not told: such a page gets the wording as it stands.
    return paperOf(textId, standing.kind === "reader" && after < standing.fromSeq ? WHOLE : after);
  }

  async function sessionFor(viewer: Viewer, sessionId: string): Promise<Bytes | null> {
    const who = viewer.kind === "public" ? "public" : "person";
    const key = `${who} ${sessionId}`;
    const kept = sessions.get(key);
    if (kept !== undefined) return kept;
    const made = options
      .findSession(viewer, sessionId)
      .then((session) => (session === null ? null : bytesOf(session)));
    sessions.set(key, made);
    // A meeting begins and ends without anybody's act.
    setTimeout(() => sessions.delete(key), 2_000).unref();
    made.catch(() => sessions.delete(key));
    return made;
  }

  return {
    async serve(req, res, { viewer, way }) {
      const [address, id = "", after] = ADDRESS.exec(req.url ?? "") ?? [];
      const reads = req.method === "GET" || req.method === "HEAD";
      let bytes: Bytes | null = null;
      if (reads && address !== undefined) {
        if (way === "/live/texts/:text")
          bytes = await paperFor(viewer, id, after === undefined ? WHOLE : Number(after));
        if (way === "/live/sessions/:session" && after === undefined) bytes = await sessionFor(viewer, id);
      }
      if (bytes === null) notThere(res);
      else await send(req, res, bytes);
    },
    dropText: (textId) => papers.drop(textId),
    bytes: papers.bytes,
    dropSession(sessionId) {
      sessions.delete(`public ${sessionId}`);
      sessions.delete(`person ${sessionId}`);
    },
  };
}

function bytesOf(value: object): Bytes {
  const plain = Buffer.from(JSON.stringify(value));
  // Of a text the row that it leads to, of a session when it was read.
  const stand = "seq" in value ? value.seq : "at" in value ? value.at : null;
  const etag = stand === null ? "" : `"${String(stand)}-${plain.length}"`;
  return {
    plain,
    etag,
    size() {
      const forms = 1 + (this.brotli === undefined ? 0 : 1) + (this.gzip === undefined ? 0 : 1);
      return forms * plain.length;
    },
  };
}

function notThere(res: ServerResponse): void {
  const body = '{"refused":"not-found"}';
  res.writeHead(404, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  res.end(body);
}

async function send(req: IncomingMessage, res: ServerResponse, bytes: Bytes): Promise<void> {
  const accepts = String(req.headers["accept-encoding"] ?? "");
  const large = bytes.plain.length >= COMPRESS_FROM;
  let body = bytes.plain;
  if (large) res.setHeader("Vary", "Accept-Encoding");
  if (large && /\bbr\b/.test(accepts)) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
    bytes.brotli ??= brotliBytes(bytes.plain, quality);
    body = await bytes.brotli;
    res.setHeader("Content-Encoding", "br");
  } else if (large && /\bgzip\b/.test(accepts)) {
    bytes.gzip ??= gzipBytes(bytes.plain);
    body = await bytes.gzip;
    res.setHeader("Content-Encoding", "gzip");
  }
  if (bytes.etag !== "") res.setHeader("ETag", bytes.etag);
  res.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": body.length });
  res.end(req.method === "HEAD" ? undefined : body);
}
