/**
 * Who asked, and by which name. Forwarded headers are believed from configured proxies alone; afterwards nobody else
 * finds any on the request. Rule SV8.
 */
import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

export type Caller = {
  /** Address of the browser, as far as it is known. */
  readonly address: string;
  readonly https: boolean;
  /** Host and port that the browser asked for. */
  readonly host: string;
  /** Through a configured proxy. */
  readonly proxied: boolean;
};

const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
];

/** Whether anything in between has left its mark. Ask before `takeCaller`. */
export function isForwarded(req: IncomingMessage): boolean {
  return FORWARDED.some((name) => req.headers[name] !== undefined) || req.headers.via !== undefined;
}

/** Reads the caller and takes every forwarded header off `req`; `host` and `x-forwarded-proto` are set anew. */
export function takeCaller(req: IncomingMessage, isProxy: (address: string) => boolean): Caller {
  const peer = (req.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  const direct = req.socket instanceof TLSSocket;
  const proxied = isProxy(peer);
  const caller: Caller = proxied
    ? {
        address: browserAddress(header(req, "x-forwarded-for"), isProxy) ?? peer,
        https: direct || lastOf(header(req, "x-forwarded-proto")) === "https",
        host: lastOf(header(req, "x-forwarded-host")) || (req.headers.host ?? ""),
        proxied,
      }
    : { address: peer, https: direct, host: req.headers.host ?? "", proxied };
  for (const name of FORWARDED) delete req.headers[name];
  req.headers.host = caller.host;
  req.headers["x-forwarded-proto"] = caller.https ? "https" : "http";
  return caller;
}

/** The nearest address that is not a proxy of ours: what stands before it, the browser may have invented. */
function browserAddress(list: string, isProxy: (address: string) => boolean): string | null {
  const addresses = list.split(",").map((address) => address.trim());
  return addresses.findLast((address) => address !== "" && !isProxy(address)) ?? null;
}

function header(req: IncomingMessage, name: string): string {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(",") : (value ?? "");
}

function lastOf(list: string): string {
  return list.split(",").at(-1)?.trim().toLowerCase() ?? "";
}
