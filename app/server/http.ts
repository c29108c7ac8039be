/** The listening socket, with patience set for a room of thousands whose browsers stay connected all day. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Duplex } from "node:stream";
import type { Env } from "./env.ts";

export type Http = {
  /** Resolves with the address; throws with a sentence when the port is taken. */
  listen(): Promise<string>;
  stopAccepting(): void;
  /** Lets answers that are under way end, then cuts what is left. */
  end(): Promise<void>;
};

/** Longer than proxies keep theirs, so that a proxy never writes into a connection that has just been closed. */
const KEEP_ALIVE_MS = 75_000;
const HEADERS_MS = 20_000;
/** A file to import over a slow line. */
const REQUEST_MS = 120_000;
/** After a restart everybody comes back within seconds. */
const BACKLOG = 4_096;
/** Of a request, its address included: the guards tell what is too long in words. */
const HEAD_BYTES = 64 * 1024;
const ANSWERS_END_MS = 1_500;

export function createHttp(
  env: Env,
  handlers: {
    readonly request: RequestListener;
    readonly upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
  },
): Http {
  const server =
    env.tls === null
      ? createServer({ maxHeaderSize: HEAD_BYTES }, handlers.request)
      : createTlsServer(
          { cert: readFileSync(env.tls.cert), key: readFileSync(env.tls.key), maxHeaderSize: HEAD_BYTES },
          handlers.request,
        );
  server.on("upgrade", handlers.upgrade);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  let closed: Promise<void> | null = null;

  function stopAccepting(): void {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
  }

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", (error) => reject(listenError(error, env)));
        server.listen({ port: env.port, host: env.listen, backlog: BACKLOG }, () => {
          const bound = server.address();
          const port = typeof bound === "object" && bound !== null ? bound.port : env.port;
          const host = env.listen.includes(":") ? `[${env.listen}]` : env.listen;
          resolve(`${env.tls === null ? "http" : "https"}://${host}:${port}`);
        });
      }),
    stopAccepting,
    async end() {
      stopAccepting();
      const cut = setTimeout(() => server.closeAllConnections(), ANSWERS_END_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listenError(error: Error, env: Env): Error {
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE") {
    return new Error(
      `Port ${env.port} is taken by another program. Set CHAPEAU_PORT to a free one, or to 0 for any.`,
      { cause: error },
    );
  }
  if (code === "EACCES") {
    return new Error(
      `Port ${env.port} needs more rights than this process has. Set CHAPEAU_PORT above 1023.`,
      { cause: error },
    );
  }
  if (code === "EADDRNOTAVAIL") {
    return new Error(`CHAPEAU_LISTEN: ${env.listen} is not an address of this machine.`, { cause: error });
  }
  return error;
}
