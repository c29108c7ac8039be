/**
 * The real server on a port of its own and a fresh folder, with people who come in by the exercise's door. Amara chairs,
 * Bilal heads the delegation of Lemuria, Chiara drafts the resolution; Dario is signed in and nothing else.
 */
import { request as httpRequest } from "node:http";
import { Writable } from "node:stream";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { TextAudience } from "#app/rules/audience.ts";
import { type Env, readEnv } from "#app/server/env.ts";
import { createLog } from "#app/server/log.ts";
import { type RunningServer, type ServeOptions, startServer } from "#app/server/serve.ts";
import type { Rooms, Seat } from "#collab/server/room.ts";
import type { WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { agendaItem, session } from "#db/schema/session.ts";
import { drafter, text } from "#db/schema/text.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { temporaryFolder } from "./database.ts";
import { Page } from "./room.ts";

const AT = Date.UTC(2026, 10, 23, 9);
export const SECRET = "a secret of more than thirty-two characters";

export type TestServer = RunningServer & {
  /** Every line of the log so far. */
  readonly log: () => string;
  /** A browser in which this person has come in. */
  readonly as: (personId: string) => Promise<Browser>;
  /** A browser that nobody has signed in with. */
  readonly visitor: (cookie?: string) => Browser;
};

/** Session `s` with item `i`, the delegation `d-lem`, the texts `resolution` and `report`, both the bureau's. */
export async function insertPeople(tx: WriteTx): Promise<void> {
  const names = ["amara", "bilal", "chiara", "dario"];
  await tx.insert(person).values(names.map((id) => ({ id, name: `${id} of the tests`, createdAt: AT })));
  const lemuria = { code: "LEM", names: { en: "Lemuria" }, alphabet: "lemuria" };
  await tx.insert(entity).values({ id: "lem", kind: "exercise-state", ...lemuria });
  const days = { from: "2026-11-23", to: "2026-11-27", venue: "Room 1", timeZone: "America/New_York" };
  const title = { title: "First session", body: "Standing Group", kind: "plenary" as const };
  await tx.insert(session).values({ id: "s", ...title, ...days, createdAt: AT, itemUnderDiscussionId: "i" });
  const item = {
    number: "5 (a)",
    title: "Sovereignty",
    status: "open" as const,
    statusAt: AT,
    createdAt: AT,
  };
  await tx.insert(agendaItem).values({ id: "i", sessionId: "s", order: 1, ...item });
  const seat = { sessionId: "s", entityId: "lem", capacity: "participant" as const };
  await tx.insert(delegation).values({ id: "d-lem", ...seat, createdAt: AT });
  for (const id of ["resolution", "report"] as const) {
    const facts = { sessionId: "s", itemId: "i", title: `The ${id}`, symbol: "A/1", createdBy: "amara" };
    await tx.insert(text).values({ id, kind: id, ...facts, createdAt: AT });
    await setAudience(tx, id, { audience: "bureau", shows: "live" });
  }
  const from = { fromAt: AT };
  await tx.insert(officer).values({ id: "o", sessionId: "s", personId: "amara", office: "chair", ...from });
  await tx
    .insert(delegate)
    .values({ id: "m", delegationId: "d-lem", personId: "bilal", role: "head", ...from });
  const pen = { textId: "resolution", personId: "chiara", appointedBy: "amara" };
  await tx.insert(drafter).values({ id: "w", ...pen, ...from });
}

/** A new row of the text's audience. */
export async function setAudience(
  tx: WriteTx,
  textId: string,
  audience: Pick<TextAudience, "audience" | "shows"> & Partial<TextAudience>,
): Promise<void> {
  const set = { delegationIds: [], fromSeq: 0, ...audience, setBy: "amara", setAt: AT };
  await insertTextAudience(tx, { id: `${textId}-${audience.audience}-${audience.shows}`, textId, ...set });
}

/** Stopped, and its folder removed, when the test has finished. */
export async function startTestServer(
  options: Partial<Omit<ServeOptions, "env">> & {
    readonly env?: Partial<Env>;
    readonly people?: boolean;
  } = {},
): Promise<TestServer> {
  const lines: string[] = [];
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      lines.push(piece.toString());
      done();
    },
  });
  const env: Env = { ...readEnv({}), data: temporaryFolder(), port: 0, logLevel: "debug", ...options.env };
  const server = await startServer({
    log: createLog(env.logLevel, sink),
    playExercise: false,
    ...options,
    env,
  });
  onTestFinished(() => server.close());
  if (options.people ?? true) await server.db.write(insertPeople);
  return {
    ...server,
    log: () => lines.join(""),
    visitor: (cookie = "") => new Browser(server.url, cookie),
    as: async (personId) => new Browser(server.url, await cookieOf(server, personId)),
  };
}

/** The `Cookie` header of a new login. */
async function cookieOf(server: RunningServer, personId: string): Promise<string> {
  const { enter } = server.signIn.signIn("127.0.0.1");
  if (enter === null) throw new Error("There is no exercise here to enter.");
  const entered = await enter(new Request(server.url), { personId, to: "/" });
  if (!(entered instanceof Response)) throw new Error(`${personId} cannot enter: ${entered.code}`);
  return cookiesOf(entered);
}

/** What a browser would send back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0] ?? "")
    .join("; ");
}

export type Answer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

export class Browser {
  readonly url: string;
  readonly cookie: string;

  constructor(url: string, cookie: string) {
    this.url = url;
    this.cookie = cookie;
  }

  /** Sends exactly these headers besides the cookie: `fetch` would add some and refuse others. */
  send(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const cookie = this.cookie === "" ? {} : { cookie: this.cookie };
      const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const sent = httpRequest(`${this.url}${path}`, {
        method,
        headers: { ...cookie, ...length, ...headers },
      });
      sent.on("error", reject);
      sent.on("response", (res) => {
        const pieces: Buffer[] = [];
        res.on("data", (piece: Buffer) => pieces.push(piece));
        res.on("error", reject);
        res.on("end", () => {
          const all = Object.entries(res.headers).map(([name, value]) => [name, String(value)]);
          const answer = Buffer.concat(pieces).toString();
          resolve({ status: res.statusCode ?? 0, headers: Object.fromEntries(all), body: answer });
        });
      });
      sent.end(body);
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", path, headers);
  }

  /** A form of this site, as a browser sends it. */
  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    const type = "application/x-www-form-urlencoded";
    const body = new URLSearchParams(fields).toString();
    return this.send("POST", path, { origin: this.url, "content-type": type, ...headers }, body);
  }

  /** The drafters' socket, from a page of this site unless `origin` says otherwise. */
  socket(textId: string, origin = this.url): WebSocket {
    const address = `${this.url.replace(/^http/, "ws")}/collab?text=${encodeURIComponent(textId)}`;
    const ws = new WebSocket(address, { headers: { cookie: this.cookie, origin } });
    ws.on("error", () => {});
    onTestFinished(() => ws.terminate());
    return ws;
  }

  /** The stream of notices; resolves when it is open. */
  listen(): Promise<Listening> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${this.url}/notices`, { headers: { cookie: this.cookie } });
      sent.on("error", reject);
      sent.on("response", (res) => {
        if (res.statusCode === 200) resolve(new Listening(res));
        else reject(new Error(`The stream was answered by ${res.statusCode}.`));
      });
      sent.end();
      onTestFinished(() => void sent.destroy());
    });
  }
}

/** Topics as they arrive on a stream. */
export class Listening {
  readonly heard: string[] = [];
  readonly ended: Promise<void>;
  #waiting: (() => void)[] = [];

  constructor(res: NodeJS.ReadableStream) {
    let text = "";
    res.on("data", (piece: Buffer) => {
      text += piece.toString();
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        if (event.startsWith("data: ")) this.heard.push(...(JSON.parse(event.slice(6)) as string[]));
      }
      this.#wake();
    });
    this.ended = new Promise((resolve) => res.once("close", () => resolve()));
    void this.ended.then(() => this.#wake());
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when `topic` has been heard. */
  async hears(topic: string): Promise<void> {
    while (!this.heard.includes(topic)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** The code and reason with which a socket is closed. */
export function closeOf(ws: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  return new Promise((resolve, reject) => {
    ws.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    ws.once("error", reject);
  });
}

/** A drafter's page on the real socket. */
export async function draftOver(
  browser: Browser,
  personId: string,
  textId: string,
): Promise<{
  readonly page: Page;
  readonly ws: WebSocket;
  readonly until: (is: () => boolean) => Promise<void>;
}> {
  const ws = browser.socket(textId);
  const page = new Page(personId);
  let waiting: (() => void)[] = [];
  ws.on("message", (data: Buffer) => {
    page.peer.send(new Uint8Array(data));
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  const until = async (is: () => boolean): Promise<void> => {
    while (!is()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  await new Promise<void>((resolve) => ws.once("open", () => resolve()));
  const seat: Seat = { receive: (frame) => ws.send(frame), leave: () => ws.close() };
  // The page asks a room for its seat; here the room is at the other end of the socket.
  await page.join({ join: () => Promise.resolve(seat) } as unknown as Rooms, textId);
  await until(() => page.seq > 0 || page.head !== "" || page.number > 0);
  return { page, ws, until };
}
