/** Browsers that look at everything: each answer with its status, headers and unpacked body. */
import { Agent, request as httpRequest } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { WebSocket } from "ws";
import type { Viewer } from "#app/rules/viewer.ts";

export type Given = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Somebody at a browser: as the table sees them, and with the cookie that the browser sends. */
export type Role = { readonly name: string; readonly viewer: Viewer; readonly cookie: string };

/** Under which name the server is asked. */
export type Site = { readonly url: string; readonly host: string; readonly origin: string };

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export type Sent = {
  readonly method?: "GET" | "HEAD" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A form, as a browser sends it; in pairs where a field stands in it several times. */
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
};

export function ask(site: Site, role: Role, sent: Sent): Promise<Given> {
  const { form } = sent;
  const fields = form === undefined ? [] : Array.isArray(form) ? form : Object.entries(form);
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
  const headers: Record<string, string> = { host: site.host, ...sent.headers };
  if (role.cookie !== "") headers["cookie"] = role.cookie;
  if (form !== undefined) {
    headers["origin"] = site.origin;
    headers["content-type"] = "application/x-www-form-urlencoded";
    headers["content-length"] = String(Buffer.byteLength(body));
  }
  const method = sent.method ?? (form === undefined ? "GET" : "POST");
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${site.url}${sent.path}`, { method, headers, agent });
    asked.on("error", reject);
    asked.on("response", (res) => {
      const pieces: Buffer[] = [];
      res.on("data", (piece: Buffer) => pieces.push(piece));
      res.on("error", reject);
      res.on("end", () => {
        const all = Object.entries(res.headers).map(([name, value]) => [name, String(value)]);
        const packed = Buffer.concat(pieces);
        resolve({
          status: res.statusCode ?? 0,
          headers: Object.fromEntries(all) as Record<string, string>,
          body: packed.length === 0 ? packed : unpacked(packed, res.headers["content-encoding"]),
        });
      });
    });
    asked.end(body);
  });
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === "gzip") return gunzipSync(bytes);
  if (encoding === "br") return brotliDecompressSync(bytes);
  return encoding === "deflate" ? inflateSync(bytes) : bytes;
}

/** What a stream of notices said, event by event. */
export type Stream = {
  readonly heard: string[];
  /** The server has ended it. */
  isOver(): boolean;
  close(): void;
  /** Waits for the topic, or for the end. */
  hears(topic: string): Promise<void>;
};

/** Opens `/notices`. */
export function listen(site: Site, role: Role): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { host: site.host, ...(role.cookie === "" ? {} : { cookie: role.cookie }) };
    const asked = httpRequest(`${site.url}/notices`, { headers, agent: false });
    asked.on("error", reject);
    asked.on("response", (res) => {
      const heard: string[] = [];
      let waiting: (() => void)[] = [];
      let over = false;
      const wakeAll = () => {
        for (const wake of waiting.splice(0)) wake();
      };
      res.on("data", (piece: Buffer) => {
        heard.push(piece.toString());
        wakeAll();
      });
      res.on("close", () => {
        over = true;
        wakeAll();
      });
      res.on("error", () => {});
      asked.removeAllListeners("error");
      asked.on("error", () => {});
      resolve({
        heard,
        isOver: () => over,
        close: () => void asked.destroy(),
        async hears(topic) {
          const isHeard = () => over || heard.some((event) => event.includes(topic));
          while (!isHeard()) {
            await new Promise<void>((wake) => {
              waiting = [...waiting, wake];
            });
          }
        },
      });
    });
    asked.end();
  });
}

/** What a socket gave out until it closed or was told to: its frames, and the code and words it was closed with. */
export type Line = {
  readonly frames: readonly Buffer[];
  readonly closed: { readonly code: number; readonly reason: string } | null;
};

/** Opens the drafters' socket, sends the frames once it is open, and waits for the first answer and what is due then. */
export function call(
  site: Site,
  role: Role,
  options: { readonly textId: string; readonly frames: readonly Uint8Array[]; readonly answers: number },
): Promise<Line> {
  const address = `${site.url.replace(/^http/, "ws")}/collab?text=${options.textId}`;
  const cookie = role.cookie === "" ? {} : { cookie: role.cookie };
  const ws = new WebSocket(address, { headers: { host: site.host, origin: site.origin, ...cookie } });
  return new Promise((resolve) => {
    const frames: Buffer[] = [];
    const end = (closed: Line["closed"]) => {
      ws.removeAllListeners("close");
      ws.terminate();
      resolve({ frames, closed });
    };
    ws.on("error", () => {});
    ws.on("open", () => options.frames.forEach((frame) => ws.send(frame)));
    ws.on("message", (data: Buffer) => {
      frames.push(data);
      if (frames.length >= options.answers) end(null);
    });
    ws.on("close", (code, reason) => end({ code, reason: reason.toString() }));
  });
}
