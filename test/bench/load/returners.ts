/**
 * Readers and drafters whose pages are open when the server goes away, and who come back all at once when they are told:
 * readers with a new stream and a question for what changed, drafters with what they typed meanwhile.
 */
import { WebSocket } from "ws";
import * as Y from "yjs";
import { decodeServerFrame, encodeClientFrame } from "#collab/frames.ts";
import { SCHEMA_VERSION, createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { openReader, type ReaderPage, textShown } from "./browsing.ts";
import { report, takeOrder } from "./orders.ts";

export type ReturnersOrder = {
  readonly port: number;
  readonly textId: string;
  readonly seq: number;
  readonly readerCookies: readonly string[];
  readonly readers: number;
  /** One drafter each. */
  readonly drafterCookies: readonly string[];
};

export type ReturnersReport = {
  /** From being told to the moment when the last reader has the last edit; ms; infinite when some never had it. */
  readonly readersMs: number;
  /** The same for drafters: own words saved, everybody else's words there, copies equal. */
  readonly draftersMs: number;
  readonly errors: number;
  readonly firstError: string;
};

const GIVE_UP_MS = 30_000;
const OPEN_AT_ONCE = 50;

type Drafter = {
  readonly doc: Y.Doc;
  readonly cookie: string;
  socket: WebSocket | null;
  seq: number;
  /** Edits that the server has not acknowledged. */
  unsaved: number;
};

const order = await takeOrder<ReturnersOrder>();
const { port, textId } = order;
let errors = 0;
let firstError = "";
let isAway = false;
const failed = (why: string): void => {
  if (isAway) return;
  errors += 1;
  firstError ||= why;
};

function comeIn(drafter: Drafter, arrived: () => void): Promise<void> {
  const { doc, cookie } = drafter;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab?text=${textId}`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
    perMessageDeflate: false,
  });
  socket.binaryType = "nodebuffer";
  drafter.socket = socket;
  socket.on("error", (error) => failed(error.message));
  socket.on("close", (code, reason) => failed(`closed with ${code} ${reason.toString()}`));
  socket.on("open", () => {
    const stateVector = Y.encodeStateVector(doc);
    socket.send(
      encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: doc.clientID, stateVector }]),
    );
  });
  return new Promise((ready) => {
    socket.on("message", (data: Buffer) => {
      for (const part of decodeServerFrame(data)) {
        if (part.type === "welcome") {
          Y.applyUpdate(doc, part.update, "room");
          drafter.seq = part.seq;
          if (drafter.unsaved > 0) {
            const update = Y.encodeStateAsUpdate(doc, part.stateVector);
            socket.send(encodeClientFrame([{ type: "edit", no: 1, first: true, update, caret: null }]));
          }
          ready();
        } else if (part.type === "update") {
          Y.applyUpdate(doc, part.update, "room");
          drafter.seq = part.seq;
        } else if (part.type === "saved") drafter.unsaved = 0;
        else if (part.type === "refused") failed(`refused: ${part.code}`);
      }
      arrived();
    });
  });
}

async function inPortions<T>(list: readonly T[], open: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < list.length; at += OPEN_AT_ONCE) {
    await Promise.all(list.slice(at, at + OPEN_AT_ONCE).map(open));
  }
}

const reader = (index: number, seq: number, shows: () => void): Promise<ReaderPage> =>
  openReader({
    port,
    shown: textShown(textId),
    seq,
    cookie: order.readerCookies[index % order.readerCookies.length] ?? "",
    events: { shows, failed },
  });

// Everybody is there.
const drafters = order.drafterCookies.map((cookie): Drafter => {
  return { cookie, doc: createTextDoc(), socket: null, seq: 0, unsaved: 0 };
});
await inPortions(drafters, (drafter) => comeIn(drafter, () => {}));
const numbers = Array.from({ length: order.readers }, (_, index) => index);
const before: ReaderPage[] = [];
await inPortions(numbers, async (index) => before.push(await reader(index, order.seq, () => {})));
const away = takeOrder();
await report({ ready: true });

// The server goes; each drafter types on.
await away;
isAway = true;
for (const [index, drafter] of drafters.entries()) {
  drafter.socket?.terminate();
  const ids = [...paragraphsOf(drafter.doc).keys()];
  const map = paragraphsOf(drafter.doc).get(ids[index % ids.length] ?? "");
  const words = map && wordsOf(map);
  words?.insert(words.length, ` Typed by ${index} without a connection.`, {});
  drafter.unsaved = 1;
}
const seqs = before.map((page) => page.seq());
for (const page of before) page.close();
const back = takeOrder();
await report({ away: true });

// It listens again: everybody at once.
await back;
isAway = false;
const startedAt = performance.now();
const shownAt: { seq: number; at: number }[] = numbers.map((index) => ({ seq: seqs[index] ?? 0, at: 0 }));
let done: () => void = () => {};
const allThere = new Promise<void>((resolve) => {
  done = resolve;
});
let draftersMs = Number.POSITIVE_INFINITY;

/** Every drafter's words are saved, and every copy has every row. */
function lookAtDrafters(): void {
  if (Number.isFinite(draftersMs)) return;
  const last = drafters.reduce((most, { seq }) => Math.max(most, seq), 0);
  if (drafters.some(({ seq, unsaved }) => unsaved > 0 || seq < last)) return;
  draftersMs = performance.now() - startedAt;
  lookAtReaders();
}

function lookAtReaders(): void {
  const last = drafters[0]?.seq ?? 0;
  if (Number.isFinite(draftersMs) && shownAt.every(({ seq }) => seq >= last)) done();
}

const timeout = setTimeout(() => done(), GIVE_UP_MS);
const after: ReaderPage[] = [];
for (const drafter of drafters) void comeIn(drafter, lookAtDrafters);
for (const index of numbers) {
  void reader(index, seqs[index] ?? 0, () => {
    const page = after[index];
    const mine = shownAt[index];
    if (!page || !mine || page.seq() <= mine.seq) return;
    mine.seq = page.seq();
    mine.at = performance.now() - startedAt;
    if (Number.isFinite(draftersMs) && mine.seq >= (drafters[0]?.seq ?? 0)) lookAtReaders();
  }).then((page) => {
    after[index] = page;
    page.refresh();
  });
}
await allThere;
clearTimeout(timeout);
const last = drafters[0]?.seq ?? 0;
const isCurrent = shownAt.every(({ seq }) => seq >= last);
const [first, ...others] = drafters.map(({ doc }) => JSON.stringify(paragraphsOf(doc).toJSON()));
const areEqual = others.every((words) => words === first);
if (!areEqual) failed("copies differ");
for (const { socket } of drafters) socket?.removeAllListeners("close").terminate();
for (const page of after) page?.close();
const told: ReturnersReport = {
  readersMs: isCurrent ? shownAt.reduce((most, { at }) => Math.max(most, at), 0) : Number.POSITIVE_INFINITY,
  draftersMs: areEqual ? draftersMs : Number.POSITIVE_INFINITY,
  errors,
  firstError,
};
await report(told);
process.exit(0);
