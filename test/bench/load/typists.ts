/**
 * A load of drafters' sockets in a process of its own: `peers` connections, the first `writers` of which type, each in a
 * paragraph of its own and at its own moment. Tells how long each edit took to every peer and to its acknowledgement.
 * Against the bare server frames of the same size are sent, and everyone's arrival counts in the same way.
 */
import { WebSocket } from "ws";
import * as Y from "yjs";
import { decodeServerFrame, encodeClientFrame } from "#collab/frames.ts";
import { SCHEMA_VERSION, createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { quantile } from "#test/bench/row.ts";
import { instant, report, takeOrder, wait } from "./orders.ts";

export type TypistsOrder = {
  readonly kind: "room" | "bare";
  /** Of the socket. */
  readonly url: string;
  readonly origin: string;
  /** By peer, taken in turn. */
  readonly cookies: readonly string[];
  readonly peers: number;
  readonly writers: number;
  readonly editsPerSecond: number;
  readonly seconds: number;
};

/** An edit: the sequence number of the frame that brings it, and when it was sent. */
export type SentEdit = { readonly seq: number; readonly at: number };

export type TypistsReport = {
  readonly sent: number;
  readonly edits: readonly SentEdit[];
  readonly delivered: number;
  readonly refused: number;
  /** From sending to arrival at a peer; ms. */
  readonly median: number;
  readonly p99: number;
  /** From sending to acknowledgement; ms. */
  readonly savedMedian: number;
  readonly savedP99: number;
  /** The share of a core that this load needed for itself while it typed: near 1 it measures nothing but itself. */
  readonly busy: number;
};

type Arrivals = { readonly seqs: number[]; readonly ats: number[] };
type Typist = () => void;

const OPEN_AT_ONCE = 25;
const ARRIVE_WITHIN_MS = 1_500;
/** After all have connected: what the figures say is typing to connected peers, not their coming. */
const SETTLE_MS = 1_000;
/** What a room's frame with one letter takes. */
const BARE_BYTES = 90;

const order = await takeOrder<TypistsOrder>();
const edits: SentEdit[] = [];
const arrivals: Arrivals[] = [];
const saved: number[] = [];
let sent = 0;
let refused = 0;
let isOver = false;

function connect(index: number): WebSocket {
  const cookie = order.cookies[index % Math.max(1, order.cookies.length)];
  const headers = cookie === undefined ? {} : { cookie, origin: order.origin };
  const socket = new WebSocket(order.url, { headers, perMessageDeflate: false });
  socket.binaryType = "nodebuffer";
  socket.on("error", (error) => fail(`peer ${index}: ${error.message}`));
  socket.on("close", (code, reason) => {
    if (!isOver) fail(`peer ${index} was closed with ${code} ${reason.toString()}`);
  });
  return socket;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function newArrivals(): Arrivals {
  const mine: Arrivals = { seqs: [], ats: [] };
  arrivals.push(mine);
  return mine;
}

function openBare(index: number): Promise<Typist> {
  const socket = connect(index);
  const mine = newArrivals();
  socket.on("message", (data: Buffer) => {
    mine.seqs.push(data.readUInt32LE(0));
    mine.ats.push(instant());
  });
  const frame = Buffer.alloc(BARE_BYTES);
  const type = (): void => {
    frame.writeUInt32LE(sent, 0);
    edits.push({ seq: sent, at: instant() });
    socket.send(frame);
  };
  return new Promise((ready) => {
    socket.on("open", () => ready(type));
  });
}

function openRoom(index: number): Promise<Typist> {
  const socket = connect(index);
  const mine = newArrivals();
  const doc = createTextDoc();
  const unanswered: { readonly no: number; readonly at: number }[] = [];
  let words: Y.Text | null = null;
  let no = 0;
  doc.on("update", (update: Uint8Array, from: unknown) => {
    if (from === "room") return;
    no += 1;
    unanswered.push({ no, at: instant() });
    socket.send(encodeClientFrame([{ type: "edit", no, first: no === 1, update, caret: null }]));
  });
  const type = (): void => words?.insert(words.length, "x", {});
  socket.on("open", () => {
    const stateVector = Y.encodeStateVector(doc);
    socket.send(
      encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: doc.clientID, stateVector }]),
    );
  });
  const take = (seq: number, at: number): void => {
    mine.seqs.push(seq);
    mine.ats.push(at);
  };
  return new Promise((ready) => {
    socket.on("message", (data: Buffer) => {
      const at = instant();
      // Most frames are one `update` (2): its sequence number is read without decoding the rest.
      if (data[0] === 2) return take(readVarUint(data, 1), at);
      for (const part of decodeServerFrame(data)) {
        if (part.type === "update") take(part.seq, at);
        else if (part.type === "refused") refused += 1;
        else if (part.type === "saved") {
          while (unanswered[0] && unanswered[0].no <= part.no) {
            const edit = unanswered.shift();
            if (!edit) break;
            saved.push(at - edit.at);
            edits.push({ seq: part.seq, at: edit.at });
          }
        } else if (part.type === "welcome") {
          if (index < order.writers) {
            Y.applyUpdate(doc, part.update, "room");
            const ids = [...paragraphsOf(doc).keys()];
            const map = paragraphsOf(doc).get(ids[(index * 7) % ids.length] ?? "");
            words = map ? wordsOf(map) : null;
          }
          ready(type);
        }
      }
    });
  });
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

const typists: Typist[] = [];
for (let start = 0; start < order.peers; start += OPEN_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPEN_AT_ONCE, order.peers - start) }, (_, index) =>
    order.kind === "bare" ? openBare(start + index) : openRoom(start + index),
  );
  typists.push(...(await Promise.all(some)));
}
await wait(SETTLE_MS);
const go = takeOrder();
await report({ ready: true });
await go;

const interval = 1_000 / order.editsPerSecond;
const startedAt = performance.now();
const workBefore = process.cpuUsage();
const end = startedAt + order.seconds * 1_000;
await Promise.all(
  typists.slice(0, order.writers).map(async (type, index) => {
    let next = performance.now() + (interval * index) / order.writers;
    while (next < end) {
      await wait(Math.max(0, next - performance.now()));
      sent += 1;
      type();
      next += interval;
    }
  }),
);
const { user, system } = process.cpuUsage(workBefore);
const busy = (user + system) / 1_000 / (performance.now() - startedAt);
await wait(ARRIVE_WITHIN_MS);
isOver = true;

// A room's frame that goes up to a sequence number brings every edit up to it that had not come before.
const delays: number[] = [];
if (order.kind === "bare") {
  const sentAt = new Map(edits.map(({ seq, at }) => [seq, at]));
  for (const { seqs, ats } of arrivals) {
    for (const [index, seq] of seqs.entries()) delays.push((ats[index] ?? 0) - (sentAt.get(seq) ?? 0));
  }
} else {
  edits.sort((a, b) => a.seq - b.seq);
  for (const { seqs, ats } of arrivals) {
    let next = 0;
    for (const [index, seq] of seqs.entries()) {
      for (let edit = edits[next]; edit && edit.seq <= seq; edit = edits[next]) {
        delays.push((ats[index] ?? 0) - edit.at);
        next += 1;
      }
    }
  }
}
const told: TypistsReport = {
  sent,
  edits,
  delivered: delays.length,
  refused,
  median: quantile(delays, 0.5),
  p99: quantile(delays, 0.99),
  savedMedian: quantile(saved, 0.5),
  savedP99: quantile(saved, 0.99),
  busy,
};
await report(told);
process.exit(0);
