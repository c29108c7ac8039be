/**
 * A load of drafters' sockets in a process of its own: `peers` connections, the first `writers` of which type. Reports
 * the time from sending an edit to its arrival at each peer, and to its acknowledgement. Against the bare server the
 * same bytes are sent and everyone's arrival counts in the same way.
 */
import { WebSocket } from "ws";
import * as Y from "yjs";
import { decodeServerFrame, encodeClientFrame } from "#collab/frames.ts";
import { SCHEMA_VERSION, createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { quantile } from "#test/bench/row.ts";

type Order = {
  readonly kind: "room" | "bare";
  readonly url: string;
  /** Cookie and origin by peer, taken in turn. */
  readonly cookies: readonly string[];
  readonly origin: string;
  readonly peers: number;
  readonly writers: number;
  readonly editsPerSecond: number;
  readonly seconds: number;
};

export type TypistsReport = {
  readonly edits: number;
  readonly delivered: number;
  readonly refused: number;
  readonly median: number;
  readonly p99: number;
  readonly savedMedian: number;
  readonly savedP99: number;
};

const order: Order = JSON.parse(process.argv[2] ?? "{}");
/** When each edit was sent, by the sequence number that it got (room) or its own number (bare). */
const sentAt = new Map<number, number>();
/** Arrivals as pairs of (highest sequence number in the frame, instant), by peer. */
const arrivals: { seq: number; at: number }[][] = [];
const saved: number[] = [];
let refused = 0;
let bareNumber = 0;

type Typist = { type(): void };

function open(index: number): Promise<{ socket: WebSocket; typist: Typist | null }> {
  const cookie = order.cookies[index % Math.max(1, order.cookies.length)] ?? "";
  const headers = cookie ? { cookie, origin: order.origin } : {};
  const socket = new WebSocket(order.url, { headers, perMessageDeflate: false });
  socket.binaryType = "nodebuffer";
  const mine: { seq: number; at: number }[] = [];
  arrivals.push(mine);
  const writes = index < order.writers;
  return new Promise((ready, fail) => {
    socket.on("error", fail);
    socket.on("close", (code) => fail(new Error(`peer ${index} closed with ${code}`)));
    if (order.kind === "bare") {
      const payload = Buffer.alloc(64);
      socket.on("message", (data: Buffer) => mine.push({ seq: data.readUInt32LE(0), at: performance.now() }));
      socket.on("open", () =>
        ready({ socket, typist: writes ? { type: () => typeBare(socket, payload) } : null }),
      );
      return;
    }
    const doc = createTextDoc();
    const unanswered = new Map<number, number>();
    let no = 0;
    socket.on("open", () => {
      const stateVector = Y.encodeStateVector(doc);
      socket.send(
        encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: doc.clientID, stateVector }]),
      );
    });
    socket.on("message", (data: Buffer) => {
      const at = performance.now();
      // Most frames hold one `update` part (type 2): its sequence number is read without decoding the rest.
      if (data[0] === 2) {
        mine.push({ seq: readVarUint(data, 1), at });
        return;
      }
      for (const part of decodeServerFrame(data)) {
        if (part.type === "update") mine.push({ seq: part.seq, at });
        else if (part.type === "refused") refused += 1;
        else if (part.type === "saved") {
          for (const [number, sent] of unanswered) {
            if (number > part.no) continue;
            unanswered.delete(number);
            saved.push(at - sent);
            if (number === part.no) sentAt.set(part.seq, sent);
          }
        } else if (part.type === "welcome") {
          if (writes) Y.applyUpdate(doc, part.update, "net");
          ready({ socket, typist: writes ? { type } : null });
        }
      }
    });
    const ids: string[] = [];
    doc.on("update", (update: Uint8Array, from: unknown) => {
      if (from === "net") return;
      no += 1;
      unanswered.set(no, performance.now());
      socket.send(encodeClientFrame([{ type: "edit", no, first: no === 1, update, caret: null }]));
    });
    function type() {
      if (ids.length === 0) ids.push(...paragraphsOf(doc).keys());
      const map = paragraphsOf(doc).get(ids[(index * 37) % ids.length] ?? "");
      const words = map && wordsOf(map);
      if (words) words.insert(words.length, "x", {});
    }
  });
}

function typeBare(socket: WebSocket, payload: Buffer): void {
  bareNumber += 1;
  payload.writeUInt32LE(bareNumber, 0);
  sentAt.set(bareNumber, performance.now());
  socket.send(payload);
}

function readVarUint(bytes: Uint8Array, from: number): number {
  let value = 0;
  let factor = 1;
  for (let index = from; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
    factor *= 128;
  }
  return value;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

const sockets: WebSocket[] = [];
const typists: Typist[] = [];
for (let start = 0; start < order.peers; start += 25) {
  const some = Array.from({ length: Math.min(25, order.peers - start) }, (_, index) => open(start + index));
  for (const { socket, typist } of await Promise.all(some)) {
    sockets.push(socket);
    if (typist) typists.push(typist);
  }
}
process.send?.({ ready: true });

// Every writer types at its own moment, spread over the interval.
const interval = 1_000 / order.editsPerSecond;
const end = performance.now() + order.seconds * 1_000;
let edits = 0;
await Promise.all(
  typists.map(async (typist, index) => {
    let next = performance.now() + (interval * index) / typists.length;
    while (next < end) {
      await wait(Math.max(0, next - performance.now()));
      typist.type();
      edits += 1;
      next += interval;
    }
  }),
);
await wait(1_500);

// A frame that goes up to sequence number s delivers every edit up to s that had not arrived before.
const delays: number[] = [];
const numbers = [...sentAt.keys()].sort((a, b) => a - b);
for (const mine of arrivals) {
  let next = 0;
  if (order.kind === "bare") {
    for (const { seq, at } of mine) delays.push(at - (sentAt.get(seq) ?? at));
    continue;
  }
  for (const { seq, at } of mine) {
    for (; next < numbers.length && (numbers[next] ?? 0) <= seq; next += 1) {
      delays.push(at - (sentAt.get(numbers[next] ?? 0) ?? at));
    }
  }
}
const report: TypistsReport = {
  edits,
  delivered: delays.length,
  refused,
  median: quantile(delays, 0.5),
  p99: quantile(delays, 0.99),
  savedMedian: quantile(saved, 0.5),
  savedP99: quantile(saved, 0.99),
};
for (const socket of sockets) {
  socket.removeAllListeners("close");
  socket.terminate();
}
process.send?.(report, () => process.exit(0));
