/**
 * Pages of the record as they were made last: whoever asks for the same page again, in the same language and with the
 * same rights, gets the same page as long as nothing at all was recorded since. Every act is an event in one chain, so
 * its newest link says whether anything that these pages show can have changed. What shows more than the record (the
 * wording of texts, who is present, somebody's logins) is never kept.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request as ExpressRequest, RequestHandler } from "express";
import type { AppLoadContext } from "#app/commands/context.ts";
import { EVENT_CHAIN, findHead } from "#db/stores/chain.ts";
import { splitAt, type Stitched, stitched } from "./stitched.ts";

/** Addresses of such pages. */
const OF_THE_RECORD = [
  /^\/sessions\/[^/]+\/agenda(?:\/[^/]+)?$/,
  /^\/sessions\/[^/]+\/positions$/,
  /^\/sessions\/[^/]+\/(?:topics|entities)\/[^/]+$/,
  /^\/topics\/[^/]+$/,
  /^\/entities\/[^/]+$/,
];
/** Longer ones are asked for by nobody who follows links. */
const MOST_ADDRESS = 300;
/** Pages tell the time; milliseconds that one may be behind when it arrives. */
const TICK_MS = 5_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Smaller answers fit in a packet: compressing them gives nothing. */
const WORTH_COMPRESSING = 1024;

/** A page with places for the nonce. */
type Made = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Stitched;
  /** It is a page for everybody who is this viewer. */
  readonly isWhole: boolean;
};

export type KeptPagesOptions = {
  /** Makes the page. */
  readonly render: (request: Request, context: AppLoadContext) => Promise<Response>;
  readonly contextOf: (req: IncomingMessage, res: ServerResponse) => Promise<AppLoadContext>;
  /** Of all pages together, with what they are compressed to. */
  readonly mostBytes?: number;
};

/** Express middleware: answers for pages of the record, and leaves everything else to what comes after it. */
export function createKeptPages({
  render,
  contextOf,
  mostBytes = MOST_BYTES,
}: KeptPagesOptions): RequestHandler {
  /** Stands where each answer's own nonce goes; nobody can guess it, so nobody can write it. */
  const place = `nonce-${randomBytes(24).toString("base64url")}`;
  /** The one that was asked for longest ago is the first. */
  const pages = new Map<string, Made>();
  /** Whoever asks while a page is being made waits for the same one. */
  const making = new Map<string, Promise<Made>>();
  let bytes = 0;
  let head = "";

  function moveTo(newest: string): void {
    if (newest === head) return;
    pages.clear();
    making.clear();
    bytes = 0;
    head = newest;
  }

  function keep(key: string, page: Made): void {
    const size = page.body.size();
    if (size > mostBytes / 4) return;
    bytes += size - (pages.get(key)?.body.size() ?? 0);
    pages.delete(key);
    pages.set(key, page);
    for (const [oldest, its] of pages) {
      if (bytes <= mostBytes) return;
      pages.delete(oldest);
      bytes -= its.body.size();
    }
  }

  /** `at` is the time that the page tells: one made anew tells by nothing that something was recorded. */
  async function make(req: ExpressRequest, context: AppLoadContext, at: number): Promise<Made> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(req.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
    const request = new Request(new URL(req.originalUrl, context.origin), { headers });
    const response = await render(request, { ...context, nonce: place, now: () => at });
    const isWhole = response.status === 200 && !response.headers.has("set-cookie");
    const body = stitched(splitAt(Buffer.from(await response.arrayBuffer()), place));
    return { status: response.status, headers: [...response.headers], body, isWhole };
  }

  async function find(req: ExpressRequest, context: AppLoadContext): Promise<Made> {
    const { viewer, language, theme } = context;
    const before = (await findHead(context.db.read, EVENT_CHAIN)).hash;
    moveTo(before);
    const tick = Math.floor(context.now() / TICK_MS);
    const key = JSON.stringify([req.originalUrl, viewer, language, theme, tick]);
    const kept = pages.get(key);
    if (kept !== undefined) {
      pages.delete(key);
      pages.set(key, kept);
      return kept;
    }
    const shared = await making.get(key);
    if (shared?.isWhole === true) return shared;
    const made = make(req, context, tick * TICK_MS);
    making.set(key, made);
    try {
      const page = await made;
      // Asked again: something may have been recorded while the page was being made.
      const after = (await findHead(context.db.read, EVENT_CHAIN)).hash;
      if (page.isWhole && before === head && before === after) keep(key, page);
      return page;
    } finally {
      if (making.get(key) === made) making.delete(key);
    }
  }

  return async (req, res, next) => {
    const isKept =
      req.method === "GET" &&
      req.originalUrl.length <= MOST_ADDRESS &&
      OF_THE_RECORD.some((address) => address.test(req.path));
    if (!isKept) return void next();
    try {
      const context = await contextOf(req, res);
      const { status, headers, body } = await find(req, context);
      res.status(status);
      for (const [name, value] of headers) res.append(name, value);
      res.vary("Accept-Encoding");
      const isGzip = body.size() > WORTH_COMPRESSING && req.acceptsEncodings("gzip") === "gzip";
      if (isGzip) res.setHeader("Content-Encoding", "gzip");
      res.end(isGzip ? body.gzip(context.nonce) : body.plain(context.nonce));
    } catch (error) {
      next(error);
    }
  };
}
