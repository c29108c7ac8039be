/**
 * Rounds of kill -9 under load: four pages write into a text whose server is killed at a random moment and started
 * again. What a page has been told is saved must be in the log that the next server opens, whatever the moment.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { plainWords } from "#collab/document.ts";
import { wordsOf, paragraphsOf } from "#collab/model.ts";
import { openText } from "#collab/server/opening.ts";
import type { Peer, Seat } from "#collab/server/room.ts";
import { openDatabase } from "#db/database.ts";
import { listCheckedUpdates } from "#db/stores/text-log.ts";
import { contentOf, Page, TEXT } from "#test/support/page.ts";
import { insertRoom, PEOPLE } from "#test/support/record.ts";
import type { ToPage, ToServer } from "./kills-child.ts";
import { faultsIn } from "#test/support/record-faults.ts";
import { seededRandom } from "./seeded-random.ts";

export type KillSummary = {
  readonly rounds: number;
  /** Edits that a page was told are saved. */
  readonly acknowledged: number;
  /** Of these, the ones whose acknowledgement was on its way when the server was killed. */
  readonly heardAfterKill: number;
  /** Of these, the ones that were not there when the text was opened again. */
  readonly lost: number;
  readonly chainsBroken: number;
  /** Whether at the end every page and the text opened from disk had the same content. */
  readonly copiesEqual: boolean;
  readonly rows: number;
  readonly seed: number;
};

const PARAGRAPHS = ["p0", "p1", "p2", "p3", "p4", "p5"];
const PAGES = 4;
/** Edits on their way per page at most. */
const AHEAD = 6;

type Writer = {
  readonly page: Page;
  /** By number of the edit on this connection. */
  readonly flying: Map<number, { readonly token: string; readonly isDeletion: boolean }>;
  written: number;
};

type Books = { readonly saved: Set<string>; readonly deleted: Set<string>; readonly doomed: Set<string> };

/** The server in a process of its own, as pages see it. */
class Server {
  readonly #process: ChildProcess;
  readonly #peers = new Map<number, Peer>();
  readonly #joining = new Map<number, () => void>();
  #pages = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on("message", (message: ToPage) => {
      if (message.type === "ready") return;
      if (message.type === "joined") this.#joining.get(message.page)?.();
      else if (message.type === "frame") this.#peers.get(message.page)?.send(message.frame);
      else this.#peers.get(message.page)?.close(message.code, "");
    });
  }

  static async start(folder: string): Promise<Server> {
    const child = fork(new URL("./kills-child.ts", import.meta.url), [folder, TEXT], {
      serialization: "advanced",
    });
    const server = new Server(child);
    const [message]: ToPage[] = await once(child, "message");
    if (message?.type !== "ready") throw new Error("the server did not start");
    return server;
  }

  async join(_textId: string, peer: Peer): Promise<Seat> {
    const page = (this.#pages += 1);
    this.#peers.set(page, peer);
    const joined = new Promise<void>((resolve) => this.#joining.set(page, resolve));
    this.#send({ type: "join", page, personId: peer.author.personId });
    await joined;
    return { receive: (frame) => this.#send({ type: "frame", page, frame }), leave: () => undefined };
  }

  #send(message: ToServer): void {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  /**
   * What had left the server before it died still arrives: acknowledgements that were on their way at that moment are
   * the ones most worth checking. The channel says that it is over when the last of them has been read.
   */
  async kill(): Promise<void> {
    const gone = Promise.all([once(this.#process, "exit"), once(this.#process, "disconnect")]);
    this.#process.kill("SIGKILL");
    await gone;
    this.#peers.clear();
  }
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function writeOne(writer: Writer, books: Books, random: () => number): void {
  const { page } = writer;
  const id = PARAGRAPHS[Math.floor(random() * PARAGRAPHS.length)] ?? "p0";
  const map = paragraphsOf(page.doc).get(id);
  const text = map && wordsOf(map);
  if (!text) return;
  const words = text.toString();
  const mine = [...books.saved].filter(
    (token) => token.startsWith(`<${page.personId}`) && !books.doomed.has(token),
  );
  const token = random() < 0.15 ? mine.find((one) => words.includes(one)) : undefined;
  if (token !== undefined) {
    books.doomed.add(token);
    text.delete(words.indexOf(token), token.length);
    writer.flying.set(page.sent, { token, isDeletion: true });
    return;
  }
  writer.written += 1;
  const fresh = `<${page.personId}.${page.doc.clientID}.${writer.written}>`;
  // Between two tokens, so that every token stays in one piece.
  const places = [0, ...[...words.matchAll(/>/g)].map(({ index }) => index + 1)];
  text.insert(places[Math.floor(random() * places.length)] ?? 0, fresh, {});
  writer.flying.set(page.sent, { token: fresh, isDeletion: false });
}

/** Everybody writes, until the first is answered: what else has been answered is on its way then. */
async function writeAtOnce(writers: readonly Writer[], books: Books, random: () => number): Promise<void> {
  for (const writer of writers) while (writer.flying.size < AHEAD) writeOne(writer, books, random);
  const saved = (): number => writers.reduce((sum, { page }) => sum + page.saved, 0);
  const before = saved();
  while (saved() === before) await breath();
}

/** What has been acknowledged since it was last asked. */
function noteSaved({ page, flying }: Writer, books: Books): number {
  let count = 0;
  for (const [no, { token, isDeletion }] of flying) {
    if (no > page.saved) break;
    flying.delete(no);
    count += 1;
    if (isDeletion) books.deleted.add(token);
    else books.saved.add(token);
  }
  return count;
}

/** Reads the text from disk as the next server will. */
async function readBack(
  folder: string,
): Promise<{ words: string; isWhole: boolean; content: string; rows: number }> {
  const db = openDatabase({ folder });
  try {
    const opened = await openText(db, TEXT);
    if (!opened) throw new Error("the text is gone");
    const { damagedAt, rows } = await listCheckedUpdates(db.read, TEXT, { limit: 1_000_000 });
    const { paragraphs, hidden } = opened.live.document();
    return {
      words: [...paragraphs, ...hidden].map(plainWords).join("\n"),
      isWhole: damagedAt === null && opened.damagedAt === null && rows.length === opened.live.seq(),
      content: contentOf(opened.live.doc),
      rows: rows.length,
    };
  } finally {
    db.close();
  }
}

async function prepare(folder: string): Promise<void> {
  const db = openDatabase({ folder });
  await db.write(insertRoom);
  db.close();
}

/** Kills the server `rounds` times; the same seed makes the same writers and the same counts until each kill. */
export async function runKillRounds({
  rounds,
  seed,
  folder = mkdtempSync(path.join(os.tmpdir(), "chapeau-kills-")),
}: {
  readonly rounds: number;
  readonly seed: number;
  /** An empty one, removed at the end. */
  readonly folder?: string;
}): Promise<KillSummary> {
  const random = seededRandom(seed);
  const books: Books = { saved: new Set(), deleted: new Set(), doomed: new Set() };
  const total = { acknowledged: 0, heardAfterKill: 0, lost: 0, chainsBroken: 0 };
  try {
    await prepare(folder);
    // The room is put there without the acts that make one.
    const before = new Set(faultsIn(folder));
    const writers: Writer[] = Array.from({ length: PAGES }, (_, index) => ({
      page: new Page(PEOPLE[index % PEOPLE.length] ?? "amara"),
      flying: new Map(),
      written: 0,
    }));
    for (let round = 0; round <= rounds; round += 1) {
      const server = await Server.start(folder);
      for (const { page, flying } of writers) {
        // What was on its way comes back as part of the first exchange and is not counted again.
        flying.clear();
        page.number = 0;
        await page.join(server, TEXT);
        while (page.number === 0) await breath();
      }
      if (round === 0) {
        for (const [index, id] of PARAGRAPHS.entries())
          writers[0]?.page.write(id, "", { order: `B${index}x` });
      }
      const isLast = round === rounds;
      const until = isLast ? 0 : 4 + Math.floor(random() * 120);
      let heard = 0;
      while (heard < until) {
        for (const writer of writers) {
          heard += noteSaved(writer, books);
          if (writer.page.refused.length > 0)
            throw new Error(`refused: ${JSON.stringify(writer.page.refused)}`);
          if (writer.flying.size < AHEAD && random() < 0.7) writeOne(writer, books, random);
        }
        await breath();
      }
      if (isLast) {
        // Everybody hears everybody before the end.
        while (!isInStep(writers)) {
          for (const writer of writers) heard += noteSaved(writer, books);
          await breath();
        }
      }
      if (!isLast) await writeAtOnce(writers, books, random);
      for (const writer of writers) heard += noteSaved(writer, books);
      await server.kill();
      for (const writer of writers) {
        const late = noteSaved(writer, books);
        heard += late;
        total.heardAfterKill += late;
        writer.page.seat = null;
      }
      total.acknowledged += heard;
      const { words, isWhole } = await readBack(folder);
      if (!isWhole || faultsIn(folder).some((fault) => !before.has(fault))) total.chainsBroken += 1;
      for (const token of books.saved)
        if (!books.doomed.has(token) && !words.includes(token)) total.lost += 1;
      for (const token of books.deleted) if (words.includes(token)) total.lost += 1;
    }
    const { content, rows } = await readBack(folder);
    const copiesEqual = writers.every(({ page }) => contentOf(page.doc) === content);
    return { rounds, ...total, copiesEqual, rows, seed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isInStep(writers: readonly Writer[]): boolean {
  const newest = Math.max(...writers.map(({ page }) => page.seq));
  return writers.every(({ page }) => page.saved === page.sent && page.seq === newest);
}
