/**
 * One reader's page as the server sees it: a stream of notices, and a connection on which it fetches what changed as
 * soon as it is told, one request at a time. Written on bare sockets, so that one process can be two thousand readers.
 */
import { connect, type Socket } from "node:net";

export type ReaderPage = {
  /** Up to which row the page shows the text. */
  seq(): number;
  /** Asks for what changed, as a page does when its stream has come back. */
  refresh(): void;
  close(): void;
};

export type ReaderEvents = {
  /** The page shows the text up to this row now. */
  readonly shows: (seq: number) => void;
  /** An answer that is not 200, a cut connection, an answer that does not fit. */
  readonly failed: (why: string) => void;
};

const HEAD_END = "\r\n\r\n";

/** What a page shows, the topic that tells of its changes, and where it fetches them. */
export type Shown = { readonly topic: string; readonly address: (seq: number) => string };

export const textShown = (textId: string): Shown => ({
  topic: `text:${textId}`,
  address: (seq) => `/live/texts/${textId}?after=${seq}`,
});

/** Here the number of a state is the instant at which the server read it. */
export const sessionShown = (sessionId: string): Shown => ({
  topic: "now",
  address: () => `/live/sessions/${sessionId}`,
});

/** Resolves when the stream of notices is open. */
export function openReader(options: {
  readonly port: number;
  readonly cookie: string;
  readonly shown: Shown;
  readonly seq: number;
  readonly events: ReaderEvents;
}): Promise<ReaderPage> {
  const { port, cookie, shown, events } = options;
  let { seq } = options;
  let isClosed = false;
  let isAsking = false;
  let again = false;
  let fetching: Socket | null = null;
  const topic = `"${shown.topic}"`;
  const headers = `Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n`;
  const fail = (why: string): void => {
    if (!isClosed) events.failed(why);
  };

  function line(): Socket {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.on("error", (error) => fail(error.message));
    return socket;
  }

  function openFetching(): Socket {
    const socket = line();
    let head = "";
    let missing = -1;
    socket.on("close", () => {
      if (fetching === socket) fetching = null;
      if (isAsking) fail("cut while asking");
    });
    socket.on("data", (piece: Buffer) => {
      let length = piece.length;
      if (missing < 0) {
        head += piece.toString("latin1");
        const end = head.indexOf(HEAD_END);
        if (end < 0) return;
        const [, size] = /content-length: (\d+)/i.exec(head) ?? [];
        if (!head.startsWith("HTTP/1.1 200") || size === undefined) return fail(head.slice(0, 40));
        missing = Number(size);
        length = head.length - end - HEAD_END.length;
      }
      missing -= length;
      if (missing > 0) return;
      // The tag of an answer begins with the number of what it leads to.
      const [, to] = /etag: "(\d+)-/i.exec(head) ?? [];
      if (missing < 0 || to === undefined) fail("an answer that does not fit");
      head = "";
      missing = -1;
      seq = Math.max(seq, Number(to));
      events.shows(seq);
      isAsking = false;
      if (again) refresh();
    });
    return socket;
  }

  function refresh(): void {
    if (isAsking) {
      again = true;
      return;
    }
    isAsking = true;
    again = false;
    fetching ??= openFetching();
    fetching.write(
      `GET ${shown.address(seq)} HTTP/1.1\r\n${headers}Accept: application/json\r\nAccept-Encoding: gzip, br\r\n\r\n`,
      "latin1",
    );
  }

  const stream = line();
  stream.write(`GET /notices HTTP/1.1\r\n${headers}Accept: text/event-stream\r\n\r\n`, "latin1");
  return new Promise((ready) => {
    let isOpen = false;
    stream.on("close", () => fail("the stream of notices was cut"));
    stream.on("data", (piece: Buffer) => {
      const text = piece.toString("latin1");
      if (text.includes(topic)) refresh();
      if (isOpen) return;
      isOpen = true;
      if (!text.startsWith("HTTP/1.1 200")) return fail(text.slice(0, 40));
      ready({
        seq: () => seq,
        refresh,
        close() {
          isClosed = true;
          stream.destroy();
          fetching?.destroy();
        },
      });
    });
  });
}
