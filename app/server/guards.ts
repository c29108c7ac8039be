/**
 * What stands in front of every page, stream and socket. Remix checks the origin of its pages' actions alone; answers
 * without a page and `?_data=` it lets through, so everything that is not GET or HEAD is judged here. Rules SV5 to SV9.
 */
import type { IncomingMessage } from "node:http";
import { MOST_FILE_BYTES } from "#app/rules/files.ts";
import { type Env, isLoopback } from "./env.ts";
import type { Caller } from "./forwarded.ts";
import { wordsFor } from "./language.ts";

export type Judgement = { readonly status: number; readonly sentence: string };

export const BODY_LIMIT_BYTES = 1024 * 1024;
/** Imports are larger: a file of 2 MB and its form. */
const IMPORT_LIMIT_BYTES = 3 * 1024 * 1024;
/** Documents and statements larger still: a file of 25 MB and its form. */
const FILE_LIMIT_BYTES = MOST_FILE_BYTES + BODY_LIMIT_BYTES;
/** What anybody may send needs no more. */
const OPEN_LIMIT_BYTES = 64 * 1024;
const OPEN_PATH = /^\/(sign-in|sign-out|settings|links\/[^/]+)(\.data)?$/;
const IMPORT_PATH = /^\/sessions\/[^/]+\/(texts\/[^/]+\/import|delegations\/add)(\.data)?$/;
const FILE_PATH = /^\/sessions\/[^/]+\/(agenda\/[^/]+\/documents|drafts\/statements\/[^/]+)(\.data)?$/;
const FORM_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const URL_LIMIT = 4096;
/** The pages' framework asks which of a page's addresses it knows, up to 7,680 characters of them at once. */
const MANIFEST_PATH = /^\/__manifest\?/;
const MANIFEST_URL_LIMIT = 8 * 1024;
/** Whoever asks too much of search is told so by its page: 5,000 characters of any script come as far as that. */
const SEARCH_PATH = /^\/search(\.data)?(\?|$)/;
const SEARCH_URL_LIMIT = 48 * 1024;

/** The origin under which `caller` reaches this server. */
export function originOf(env: Env, caller: Caller): string {
  if (env.origin !== null && new URL(env.origin).host === caller.host) return env.origin;
  return `${caller.https ? "https" : "http"}://${caller.host}`;
}

/** Null when the request may go on. */
export function judge(req: IncomingMessage, caller: Caller, env: Env): Judgement | null {
  return judgeAddress(req, caller, env) ?? judgeTransport(req, caller, env) ?? judgeAct(req, caller, env);
}

function longestAddress(url: string): number {
  if (SEARCH_PATH.test(url)) return SEARCH_URL_LIMIT;
  return MANIFEST_PATH.test(url) ? MANIFEST_URL_LIMIT : URL_LIMIT;
}

/** Another site's name that leads here (DNS rebinding) would be that site's origin: only our own names answer. */
function judgeAddress(req: IncomingMessage, caller: Caller, env: Env): Judgement | null {
  const url = req.url ?? "";
  const words = wordsFor(req);
  if (url.length > longestAddress(url)) return { status: 414, sentence: words.addressTooLong };
  if (!url.startsWith("/") || !URL.canParse(`http://host${url}`) || !isReadablePath(url)) {
    return { status: 400, sentence: words.addressUnreadable };
  }
  // Looked for first: thousands of addresses a second have no such thing in them.
  if (/_data|%/i.test(url) && new URL(`http://host${url}`).searchParams.has("_data")) {
    return { status: 400, sentence: words.addressNotOurs };
  }
  return judgeHost(caller.host, env, words);
}

/** Whether the path can be decoded, and then neither climbs out of a folder nor holds what ends a file's name. */
function isReadablePath(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return false;
  }
  return !decoded.includes("\0") && !decoded.split(/[/\\]/).includes("..");
}

function judgeHost(host: string, env: Env, words: ReturnType<typeof wordsFor>): Judgement | null {
  const own = env.origin === null ? null : new URL(env.origin).host;
  if (host === own) return null;
  if (!URL.canParse(`http://${host}`)) return { status: 400, sentence: words.hostUnreadable };
  const asked = new URL(`http://${host}`).hostname;
  const isWanted = env.mode === "exercise" && (!isLoopback(env.listen) || isLoopback(asked));
  return isWanted ? null : { status: 421, sentence: words.otherName.replace("{{name}}", () => asked) };
}

function judgeTransport(req: IncomingMessage, caller: Caller, env: Env): Judgement | null {
  if (env.mode !== "production" || caller.https) return null;
  const trial = env.origin?.startsWith("http://") === true && isLoopback(caller.address);
  return trial
    ? null
    : { status: 403, sentence: wordsFor(req).useOrigin.replace("{{origin}}", env.origin ?? "https") };
}

function judgeAct(req: IncomingMessage, caller: Caller, env: Env): Judgement | null {
  if (req.method === "GET" || req.method === "HEAD") return null;
  const words = wordsFor(req);
  if (req.method !== "POST") return { status: 405, sentence: words.postOnly };
  if (!isSameOrigin(req, originOf(env, caller))) {
    return { status: 403, sentence: words.otherSite };
  }
  const path = new URL(`http://host${req.url ?? "/"}`).pathname;
  const limit = limitOf(path);
  if (req.headers["content-type"] !== undefined && !FORM_TYPE.test(req.headers["content-type"])) {
    return { status: 415, sentence: words.formsOnly };
  }
  // Browsers always say how long a form is; Node's parser holds them to it.
  if (req.headers["content-length"] === undefined) {
    return { status: 411, sentence: words.lengthMissing };
  }
  if (Number(req.headers["content-length"]) > limit) {
    const kb = limit / 1024;
    const sentence = kb < 1024 ? words.tooLargeOpen : words.tooLarge;
    return {
      status: 413,
      sentence: sentence.replace("{{kb}}", String(kb)).replace("{{mb}}", String(kb / 1024)),
    };
  }
  return null;
}

function limitOf(path: string): number {
  if (IMPORT_PATH.test(path)) return IMPORT_LIMIT_BYTES;
  if (FILE_PATH.test(path)) return FILE_LIMIT_BYTES;
  return OPEN_PATH.test(path) ? OPEN_LIMIT_BYTES : BODY_LIMIT_BYTES;
}

/**
 * Every browser sends Origin with a form, and over HTTPS Sec-Fetch-Site; whatever is sent must say "from here".
 * Where both are missing the Referer must; where that is missing too it is refused: a client that is not a browser can
 * say where it comes from.
 */
export function isSameOrigin(req: IncomingMessage, own: string): boolean {
  const site = req.headers["sec-fetch-site"];
  const origin = req.headers.origin;
  if (site !== undefined && site !== "same-origin") return false;
  if (origin !== undefined) return origin === own;
  if (site !== undefined) return true;
  const referer = req.headers.referer ?? "";
  return URL.canParse(referer) && new URL(referer).origin === own;
}
