/** One page fetched as a browser does, and the server that answers: what the bench knows of HTTP. */
import { Agent, request } from "node:http";
import { type Child, startChild } from "./child.ts";
import type { Question, ServerOrder } from "./server.ts";

export type Server = {
  readonly url: string;
  readonly child: Child;
  ask<T>(question: Question): Promise<T>;
};

/** Starts the real server on this folder; resolves when it listens. */
export async function startServerChild(folder: string, port = 0): Promise<Server> {
  const order: ServerOrder = { folder, port };
  const child = startChild("server.ts", order);
  const { url } = await child.next<{ url: string }>();
  return {
    url,
    child,
    ask: async <T>(question: Question) => (await child.ask<{ answered: T }>(question)).answered,
  };
}

/** One connection that stays open, as a browser's. */
export const keepAlive = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds to the last byte, and the bytes as they came over the wire. */
export function fetchPage(options: {
  readonly url: string;
  readonly cookie: string;
  readonly agent: Agent;
}): Promise<{
  readonly ms: number;
  readonly status: number;
  readonly body: Buffer;
  readonly encoding: string;
}> {
  const { url, cookie, agent } = options;
  const startedAt = performance.now();
  return new Promise((take, fail) => {
    const headers = { cookie, "accept-encoding": "gzip, deflate, br", accept: "text/html" };
    const sent = request(url, { agent, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("error", fail);
      answer.on("end", () => {
        const encoding = answer.headers["content-encoding"] ?? "";
        const ms = performance.now() - startedAt;
        take({ ms, status: answer.statusCode ?? 0, body: Buffer.concat(pieces), encoding });
      });
    });
    sent.on("error", fail);
    sent.end();
  });
}
