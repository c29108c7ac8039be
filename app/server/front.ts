/** The one door of HTTP: who asks, is it allowed in at all, and which part answers. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Viewer } from "#app/rules/viewer.ts";
import type { CodeDoor } from "./code-door.ts";
import { type Env, isLoopback, proxyTest } from "./env.ts";
import { type Caller, isForwarded, takeCaller } from "./forwarded.ts";
import { isSameOrigin, judge, originOf } from "./guards.ts";
import { contentPolicy, newNonce, setMachineHeaders, setSecurityHeaders } from "./headers.ts";
import { wordsFor } from "./language.ts";
import type { Live } from "./live.ts";
import { areaOf, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { NoticeStreams } from "./notices.ts";
import { isSameSecret } from "./secret.ts";
import type { Logins } from "./sign-in/logins.ts";
import type { Sockets } from "./socket.ts";
import { wayOf } from "./ways.ts";

/** What pages need to know of a request that has passed the guards. */
type Passed = { readonly caller: Caller; readonly nonce: string };

export type Front = {
  readonly request: RequestListener;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  passed(req: IncomingMessage): Passed;
};

export function createFront(options: {
  readonly env: Env;
  readonly development: boolean;
  readonly codeDoor: CodeDoor | null;
  readonly logins: Logins;
  readonly notices: NoticeStreams;
  readonly live: Live;
  readonly sockets: Sockets;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Express; asked for late, because it needs `passed`. */
  readonly pages: () => RequestListener;
  readonly isClosing: () => boolean;
}): Front {
  const { env, codeDoor, logins, metrics, log } = options;
  const isProxy = proxyTest(env.proxies);
  const passed = new WeakMap<IncomingMessage, Passed>();

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const direct = !isForwarded(req);
    const caller = takeCaller(req, isProxy);
    const path = pathOf(req);
    const way = wayOf(path);
    const isLive = path.startsWith("/live/");
    const isMachine = isLive || way === "/notices" || way === "/health" || way === "/metrics";
    const nonce = isMachine ? "" : newNonce();
    if (isMachine) setMachineHeaders(res);
    else setPageHeaders(res, caller, nonce);
    const reads = req.method === "GET" || req.method === "HEAD";
    if (way === "/health" && reads) return health(res);
    if (way === "/metrics" && reads && direct && isThisMachine(req, caller)) return figures(res);
    const judgement = judge(req, caller, env);
    if (judgement !== null) {
      metrics.refused("guard");
      return say(res, judgement.status, judgement.sentence);
    }
    if (way === "/metrics" && reads && hasToken(req)) return figures(res);
    if (codeDoor !== null && !codeDoor.admits(req.headers.cookie)) {
      metrics.refused("code");
      return codeDoor.serve(req, res, { nonce: nonce || newNonce(), secure: caller.https });
    }
    if (options.isClosing()) {
      res.setHeader("Retry-After", "3");
      return say(res, 503, wordsFor(req).stopping);
    }
    if (isLive) return options.live.serve(req, res, { viewer: await viewerOf(req), way });
    if (way === "/notices" && reads) {
      return options.notices.open(req, res, { viewer: await viewerOf(req), address: caller.address });
    }
    passed.set(req, { caller, nonce });
    options.pages()(req, res);
  }

  /**
   * Figures are for whoever runs the machine, on the machine. A proxy there is this machine too, and speaks for the
   * whole world: neither one that is named nor one that asks under the site's own name counts.
   */
  function isThisMachine(req: IncomingMessage, { host, proxied }: Caller): boolean {
    if (proxied || !isLoopback(req.socket.remoteAddress ?? "")) return false;
    return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
  }

  function hasToken(req: IncomingMessage): boolean {
    const [, token] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? "") ?? [];
    return env.metricsToken !== null && token !== undefined && isSameSecret(token, env.metricsToken);
  }

  function setPageHeaders(res: ServerResponse, { host, https }: Caller, nonce: string): void {
    const policy = contentPolicy({ nonce, host: safeHost(host), https, development: options.development });
    setSecurityHeaders(res, { policy, https, production: env.mode === "production" });
  }

  async function viewerOf(req: IncomingMessage): Promise<Viewer> {
    return logins.known(req.headers.cookie) ?? logins.viewerOf(req.headers.cookie);
  }

  function health(res: ServerResponse): void {
    const isHealthy = !options.isClosing();
    res.writeHead(isHealthy ? 200 : 503, { "Content-Type": "application/json" });
    res.end(`{"status":"${isHealthy ? "ok" : "unavailable"}"}\n`);
  }

  async function figures(res: ServerResponse): Promise<void> {
    const text = await metrics.text();
    res.writeHead(200, { "Content-Type": metrics.contentType });
    res.end(text);
  }

  function request(req: IncomingMessage, res: ServerResponse): void {
    const startedAt = performance.now();
    const area = areaOf(req.url ?? "/");
    res.once("close", () => {
      const ms = Math.round(performance.now() - startedAt);
      const { statusCode: status } = res;
      // A stream's time is not an answer's.
      if (area !== "notices") metrics.requestEnded({ area, status, ms });
      log.debug({ area, method: req.method, status, ms }, "request");
    });
    res.once("finish", () => passOver(req));
    answer(req, res).catch((err: unknown) => {
      log.error({ err, area }, "An answer failed.");
      if (res.headersSent) res.destroy();
      else say(res, 500, wordsFor(req).failed);
    });
  }

  /** Browsers cannot be stopped from opening sockets across sites: the origin decides. */
  function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const caller = takeCaller(req, isProxy);
    const judgement = judge(req, caller, env);
    const isOurs = wayOf(pathOf(req)) === "/collab" && !options.isClosing();
    const isAdmitted = codeDoor === null || codeDoor.admits(req.headers.cookie);
    if (judgement === null && isOurs && isAdmitted && isSameOrigin(req, originOf(env, caller))) {
      options.sockets.upgrade(req, socket, head);
      return;
    }
    metrics.refused("socket");
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }

  return {
    request,
    upgrade,
    passed(req) {
      const facts = passed.get(req);
      if (facts === undefined)
        throw new Error("A request came to the pages without having passed the guards.");
      return facts;
    },
  };
}

function pathOf(req: IncomingMessage): string {
  const url = req.url ?? "/";
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/**
 * What was sent and never read, of a form that was refused, goes by unseen: the next request of this browser waits behind
 * it on the same connection.
 */
function passOver(req: IncomingMessage): void {
  if (req.complete) return;
  req.removeAllListeners("data");
  req.resume();
}

/** What stands in the content policy: a host that could end a rule in it is left out. */
function safeHost(host: string): string {
  return /^[\w.:[\]-]+$/.test(host) ? host : "localhost";
}

function say(res: ServerResponse, status: number, sentence: string): void {
  const body = `${sentence}\n`;
  res.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    // What was not read of a form must not be taken for the next request.
    Connection: "close",
  });
  res.end(body);
}
