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

/** Addresses of such pages. */
const OF_THE_RECORD = [
  /^\/sessions\/[^/]+\/agenda(?:\/[^/]+)?$/,
  /^\/sessions\/[^/]+\/positions$/,
  /^\/topics\/[^/]+$/,
  /^\/entities\/[^/]+$/,
];
/** Longer ones are asked for by nobody who follows links. */
const MOST_ADDRESS = 300;
/** Pages tell the time; milliseconds that one may be behind when it arrives. */
const TICK_MS = 5_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;

type Kept = {
  /** What stands between the nonces. */
  readonly parts: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
  readonly characters: number;
};

export type KeptPagesOptions = {
  /** Makes the page. */
  readonly render: (request: Request, context: AppLoadContext) => Promise<Response>;
  readonly contextOf: (req: IncomingMessage, res: ServerResponse) => Promise<AppLoadContext>;
  /** Of all pages together. */
  readonly mostCharacters?: number;
};

/** Express middleware: answers for pages of the record, and leaves everything else to what comes after it. */
export function createKeptPages({
  render,
  contextOf,
  mostCharacters = MOST_CHARACTERS,
}: KeptPagesOptions): RequestHandler {
  /** Stands where each answer's own nonce goes; nobody can guess it, so nobody can write it. */
  const place = `nonce-${randomBytes(24).toString("base64url")}`;
  /** The one that was asked for longest ago is the first. */
  const pages = new Map<string, Kept>();
  let characters = 0;
  let head = "";

  function moveTo(newest: string): void {
    if (newest === head) return;
    pages.clear();
    characters = 0;
    head = newest;
  }

  function keep(key: string, page: Kept): void {
    if (page.characters > mostCharacters / 4) return;
    characters += page.characters - (pages.get(key)?.characters ?? 0);
    pages.delete(key);
    pages.set(key, page);
    for (const [oldest, { characters: its }] of pages) {
      if (characters <= mostCharacters) return;
      pages.delete(oldest);
      characters -= its;
    }
  }

  /** `at` is the time that the page tells: one made anew tells by nothing that something was recorded. */
  async function make(req: ExpressRequest, context: AppLoadContext, at: number): Promise<Response> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(req.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
    const aborted = new AbortController();
    req.res?.on("close", () => aborted.abort());
    const request = new Request(new URL(req.originalUrl, context.origin), {
      headers,
      signal: aborted.signal,
    });
    return render(request, { ...context, nonce: place, now: () => at });
  }

  return async (req, res, next) => {
    const isKept =
      req.method === "GET" &&
      req.originalUrl.length <= MOST_ADDRESS &&
      OF_THE_RECORD.some((address) => address.test(req.path));
    if (!isKept) return void next();
    try {
      const context = await contextOf(req, res);
      const { viewer, language, theme, nonce } = context;
      const before = (await findHead(context.db.read, EVENT_CHAIN)).hash;
      moveTo(before);
      const tick = Math.floor(context.now() / TICK_MS);
      const key = JSON.stringify([req.originalUrl, viewer, language, theme, tick]);
      let page = pages.get(key);
      if (page === undefined) {
        const response = await make(req, context, tick * TICK_MS);
        const body = await response.text();
        page = { parts: body.split(place), headers: [...response.headers], characters: body.length };
        res.status(response.status);
        // Asked again: something may have been recorded while the page was being made.
        const isWhole = response.status === 200 && !response.headers.has("set-cookie");
        if (isWhole && before === head && before === (await findHead(context.db.read, EVENT_CHAIN)).hash)
          keep(key, page);
      } else {
        pages.delete(key);
        pages.set(key, page);
      }
      for (const [name, value] of page.headers) res.append(name, value);
      res.end(page.parts.join(nonce));
    } catch (error) {
      next(error);
    }
  };
}
