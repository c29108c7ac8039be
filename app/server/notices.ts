/**
 * `/notices`: server-sent events, one stream per browser. An event's data is a JSON array of topics that changed
 * (`["agenda","text:x"]`), never what changed; a page reads again what it shows of them. A page that comes back reads
 * everything again, since it may have missed some.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { NoticeAudience, Notices, Topic } from "#app/commands/context.ts";
import { wordsFor } from "./language.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { mayHear } from "./hearing.ts";
import type { TextDoors } from "./text-doors.ts";

export type NoticeStreams = Notices & {
  /** Takes a GET of `/notices` from a browser at `address`; answers 429 when there is no room for it. */
  open(
    req: IncomingMessage,
    res: ServerResponse,
    who: { readonly viewer: Viewer; readonly address: string },
  ): void;
  endLogin(loginId: string): void;
  count(): number;
  /** Sends what is waiting, ends every stream: their pages come back after a random pause. */
  close(): Promise<void>;
};

type Stream = {
  readonly viewer: Viewer;
  readonly address: string;
  readonly cookies: string | undefined;
  readonly res: ServerResponse;
};
type Waiting = { readonly audience: NoticeAudience; readonly topics: Set<Topic> };

/** At most one sending in this time; the first after a quiet while goes soon, with what belongs to the same act. */
const COALESCE_MS = 250;
const SOON_MS = 20;
const HEARTBEAT_MS = 25_000;
/**
 * Who has signed in is limited by login and never by address: a conference sits behind one. For those who have not, an
 * address has room for a conference hall, all of them together leave a share to the people of the session.
 */
const STREAM_LIMITS = { perLogin: 20, perAddress: 2_500, ofPublic: 7_000, inAll: 10_000 };
/**
 * Streams served before other work gets its turn, and the pause between: everybody who is told asks at once, and two
 * thousand questions in one burst would stand before an editor's keystroke. There are never more portions than that the
 * last is told within a second [AG15]: of 10,000 streams each portion has 100.
 */
const AT_ONCE = 50;
const PAUSE_MS = 10;
const MOST_PORTIONS = 100;
/** A browser that takes nothing for so many bytes is gone. */
const MOST_BUFFERED = 64 * 1024;

export function createNotices(options: {
  readonly doors: TextDoors;
  readonly viewerOf: (cookies: string | undefined) => Promise<Viewer>;
  /** Drops what is kept about a person and closes its sockets where rights are gone. */
  readonly onRightsChanged: (personId: string) => void;
  /** Every notice, before it waits to be sent. */
  readonly onTell: (audience: NoticeAudience) => void;
  readonly onSent: (streams: number) => void;
  readonly onError: (error: unknown) => void;
  readonly limits?: typeof STREAM_LIMITS;
  /** Waits so many milliseconds between two portions. */
  readonly pauseFor?: (ms: number) => Promise<unknown>;
}): NoticeStreams {
  const limits = options.limits ?? STREAM_LIMITS;
  const pauseFor = options.pauseFor ?? pause;
  const streams = new Set<Stream>();
  let waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> = Promise.resolve();

  function hasRoomFor(viewer: Viewer, address: string): boolean {
    if (streams.size >= limits.inAll) return false;
    let [ofLogin, ofAddress, ofPublic] = [0, 0, 0];
    for (const stream of streams) {
      if (stream.viewer.kind === "public") {
        ofPublic += 1;
        if (stream.address === address) ofAddress += 1;
      } else if (viewer.kind === "person" && stream.viewer.loginId === viewer.loginId) {
        ofLogin += 1;
      }
    }
    if (viewer.kind === "person") return ofLogin < limits.perLogin;
    return ofAddress < limits.perAddress && ofPublic < limits.ofPublic;
  }

  function end(stream: Stream): void {
    streams.delete(stream);
    stream.res.end();
  }

  async function send(batch: readonly Waiting[]): Promise<void> {
    const audiences = await Promise.all(
      batch.map(async ({ audience, topics }) => ({
        audience,
        topics: [...topics],
        door: audience.kind === "text" ? await options.doors.find(audience.textId) : null,
      })),
    );
    let sent = 0;
    await inPortions([...streams], pauseFor, (stream) => {
      const topics = new Set<Topic>();
      for (const { audience, topics: told, door } of audiences) {
        for (const topic of told) if (mayHear(stream.viewer, { audience, topic, door })) topics.add(topic);
      }
      if (topics.size === 0 || !streams.has(stream)) return;
      sent += 1;
      write(stream, `data: ${JSON.stringify([...topics])}\n\n`);
    });
    options.onSent(sent);
  }

  function write(stream: Stream, event: string): void {
    if (stream.res.writableLength > MOST_BUFFERED) {
      streams.delete(stream);
      stream.res.destroy();
    } else {
      stream.res.write(event);
    }
  }

  function flush(): Promise<void> {
    timer = null;
    flushedAt = performance.now();
    const batch = [...waiting.values()];
    waiting = new Map();
    sending = sending.then(() => send(batch)).catch(options.onError);
    return sending;
  }

  /** Keeps proxies from closing quiet streams, and ends those whose login is over. */
  const heartbeat = setInterval(() => {
    const beat = async (): Promise<void> => {
      for (const stream of streams) {
        const viewer = await options.viewerOf(stream.cookies);
        if (viewer.kind === stream.viewer.kind) write(stream, ":\n\n");
        else end(stream);
      }
    };
    beat().catch(options.onError);
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    tell(audience, topic) {
      options.onTell(audience);
      const key = JSON.stringify(audience);
      const entry = waiting.get(key) ?? { audience, topics: new Set() };
      entry.topics.add(topic);
      waiting.set(key, entry);
      timer ??= setTimeout(
        () => void flush(),
        Math.max(SOON_MS, flushedAt + COALESCE_MS - performance.now()),
      );
    },
    rightsChanged(personId) {
      options.onRightsChanged(personId);
      // The browser comes back by itself and is heard as what it is then.
      for (const stream of streams) {
        if (stream.viewer.kind !== "person" || stream.viewer.personId !== personId) continue;
        write(stream, 'data: ["rights"]\n\n');
        end(stream);
      }
    },
    open(req, res, { viewer, address }) {
      if (!hasRoomFor(viewer, address)) {
        res.writeHead(429, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "30" });
        res.end(`${wordsFor(req).tooManyStreams}\n`);
        return;
      }
      res.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" });
      res.write(`retry: ${1000 + Math.floor(Math.random() * 4000)}\n\n`);
      const stream: Stream = { viewer, address, cookies: req.headers.cookie, res };
      streams.add(stream);
      res.once("close", () => streams.delete(stream));
    },
    endLogin(loginId) {
      for (const stream of streams) if (loginOf(stream) === loginId) end(stream);
    },
    count: () => streams.size,
    async close() {
      clearInterval(heartbeat);
      if (timer !== null) clearTimeout(timer);
      await flush();
      for (const stream of streams) end(stream);
    },
  };
}

function loginOf(stream: Stream): string | null {
  return stream.viewer.kind === "person" ? stream.viewer.loginId : null;
}

/** Thousands of streams are served in portions, so that no keystroke waits behind all of them. */
async function inPortions<T>(
  list: readonly T[],
  pauseFor: (ms: number) => Promise<unknown>,
  serve: (one: T) => void,
): Promise<void> {
  const portion = Math.max(AT_ONCE, Math.ceil(list.length / MOST_PORTIONS));
  for (let at = 0; at < list.length; at += portion) {
    if (at > 0) await pauseFor(PAUSE_MS);
    for (const one of list.slice(at, at + portion)) serve(one);
  }
}
