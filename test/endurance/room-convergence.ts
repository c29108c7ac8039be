/**
 * Many people in one text over the real room: gate, queue, log and reopening on the server, connection, recovery, replica
 * and binding on the pages. Servers are killed, lines break, tabs are killed, paragraphs are locked while others write in
 * them and versions are restored while others type. After healing all copies are equal, the log read from disk says the
 * same, and every character is accounted for.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as Y from "yjs";
import { createTextDoc } from "#collab/model.ts";
import { openText } from "#collab/server/opening.ts";
import { openDatabase } from "#db/database.ts";
import type { Database } from "#db/database.ts";
import { officer, person } from "#db/schema/people.ts";
import { text } from "#db/schema/text.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { HandClock } from "#test/support/hand-clock.ts";
import { insertRoom } from "#test/support/record.ts";
import { checkAuthors } from "./author-checks.ts";
import { Chair } from "./chair.ts";
import { checkCharacters, checkCopies, checkLate, countCharacters } from "./convergence-checks.ts";
import { DrafterPage } from "./drafter-page.ts";
import { firstDraft } from "./first-draft.ts";
import { Letters } from "./letters.ts";
import { KILL_MOMENTS, MortalServer } from "./mortal-server.ts";
import { seededRandom } from "./seeded-random.ts";

export type RoomOptions = {
  readonly runs: number;
  /** Seed of the first run; run i has seed + i. */
  readonly seed: number;
  /** Fewest and most people in a run. */
  readonly clients?: readonly [fewest: number, most: number];
  /** Fewest and most acts in a run. */
  readonly acts?: readonly [fewest: number, most: number];
  /** Tabs are also killed with edits on their way whose next page is refused. */
  readonly handOvers?: boolean;
};

const COUNTS = {
  acts: 0,
  characters: 0,
  rows: 0,
  kills: 0,
  restarts: 0,
  tabsKilled: 0,
  handOvers: 0,
  recoveries: 0,
  offered: 0,
  lateFrames: 0,
  held: 0,
  carets: 0,
  fallbacks: 0,
  versions: 0,
  restored: 0,
  locks: 0,
  late: 0,
};
type Counts = { -readonly [Key in keyof typeof COUNTS]: number };

export type RoomSummary = Counts & {
  readonly runs: number;
  /** What went wrong, with the seed first. */
  readonly failures: readonly string[];
};

const MOST_PEOPLE = 8;
/** One database for so many runs. */
const RUNS_OF_A_DATABASE = 25;
/** Times that everything is let through until all is saved. */
const MOST_HEALING = 200;

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export async function runRoomConvergence(options: RoomOptions): Promise<RoomSummary> {
  const { runs, seed } = options;
  const total: Counts = { ...COUNTS };
  const failures: string[] = [];
  for (let first = 0; first < runs && failures.length < 10; first += RUNS_OF_A_DATABASE) {
    // What a server loses at kill -9 is tried elsewhere, on a real disk: here the file may as well be in memory.
    const base = existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();
    const folder = mkdtempSync(path.join(base, "chapeau-convergence-"));
    const db = openDatabase({ folder });
    try {
      await db.write(async (tx) => {
        await insertRoom(tx);
        const people = Array.from({ length: MOST_PEOPLE }, (_, i) => `p${i}`);
        await tx.insert(person).values([...people, "chair"].map((id) => ({ id, name: id, createdAt: 1 })));
        const chair = {
          id: "office",
          sessionId: "s",
          personId: "chair",
          office: "chair",
          fromAt: 1,
        } as const;
        await tx.insert(officer).values(chair);
      });
      for (let i = first; i < Math.min(runs, first + RUNS_OF_A_DATABASE); i += 1) {
        try {
          const counts = await runOnce(db, seed + i, options);
          for (const key of Object.keys(COUNTS) as (keyof Counts)[]) total[key] += counts[key];
        } catch (error) {
          const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
          failures.push(`seed ${seed + i}: ${sentence}`);
        }
      }
    } finally {
      await db.settled();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { runs, ...total, failures };
}

async function runOnce(db: Database, seed: number, options: RoomOptions): Promise<Counts> {
  const [fewest, most] = options.clients ?? [2, 6];
  const [fewestActs, mostActs] = options.acts ?? [20, 60];
  const random = seededRandom(seed * 7919);
  const below = (limit: number): number => Math.floor(random() * limit);
  const textId = `t${seed}`;
  const clock = new HandClock();
  const letters = new Letters(random);
  const counts: Counts = { ...COUNTS };
  await insertText(db, textId);
  const server = new MortalServer({ db, timers: clock, random });
  await server.rooms.hold(textId, async (turn) => {
    const first = firstDraft(letters);
    const by = { personId: "chair", delegationId: null, loginId: "chair-login" };
    await turn.change({ act: "import", by, change: (doc) => Y.applyUpdate(doc, first) });
  });
  const viewer = await findViewer(db.read, { personId: "chair", loginId: "chair-login" });
  const chair = new Chair({ server, viewer, textId, random, now: () => clock.now(), letters });
  const people = fewest + below(most - fewest + 1);
  const pages = Array.from(
    { length: people },
    (_, number) => new DrafterPage({ number, rooms: () => server.rooms, textId, clock, random, letters }),
  );

  const check = (): void => {
    for (const page of pages) page.check();
    if (chair.fault) throw chair.fault;
    if (server.faults.length > 0) throw new Error(server.faults.join("\n"));
  };
  const passAll = async (): Promise<void> => {
    for (const { wire } of pages) wire.takeUp(Number.POSITIVE_INFINITY);
    await nextTurn();
    for (const { wire } of pages) wire.takeDown(Number.POSITIVE_INFINITY);
    await nextTurn();
    check();
  };
  for (const page of pages) await page.open();
  for (let turn = 0; turn < 4; turn += 1) await passAll();

  const kill = async (): Promise<void> => {
    counts.kills += 1;
    await server.kill(KILL_MOMENTS[below(KILL_MOMENTS.length)] ?? "before anything");
    for (const { wire } of pages) wire.lose(below(4));
    await chair.lookAfterKill();
    const state = await server.rooms.hold(textId, (turn) => Promise.resolve(turn.state()));
    checkSaved(state, pages, letters);
  };
  /**
   * A tab is killed with several edits on their way, and a paragraph of one is locked: the next tab takes its words over,
   * is refused and does them again, and the edits may still arrive.
   */
  const handOver = async (page: DrafterPage): Promise<void> => {
    for (let act = 0; act < 3; act += 1) {
      page.act();
      await Promise.resolve();
      clock.advance(40);
    }
    const pending = page.pending();
    const locked = pending[below(pending.length)];
    if (locked === undefined || page.wire.isCut) return;
    counts.handOvers += 1;
    chair.begin(locked);
    page.kill();
    await page.open();
  };
  const trouble = async (): Promise<void> => {
    const page = pages[below(people)];
    if (options.handOvers && page && random() < 0.03) return handOver(page);
    const roll = random();
    if (roll < 0.03) await kill();
    else if (roll < 0.04) {
      counts.restarts += 1;
      await server.restart();
    } else if (roll < 0.055 && page) {
      counts.tabsKilled += 1;
      page.kill();
      await page.open();
    } else if (roll < 0.13 && page) {
      const { wire } = page;
      if (wire.isSilent) wire.isSilent = false;
      else if (wire.isCut) wire.isCut = false;
      else if (random() < 0.5) wire.isSilent = true;
      else wire.cut();
    } else if (roll < 0.3) chair.begin();
  };

  const rounds = fewestActs + below(mostActs - fewestActs + 1);
  for (let round = 0; round < rounds; round += 1) {
    await trouble();
    pages[below(people)]?.act();
    clock.advance(random() < 0.5 ? 1 : random() < 0.9 ? 40 : random() < 0.8 ? 800 : 11_000);
    for (const { wire } of pages) {
      if (random() < 0.5) wire.takeUp(below(4));
      if (random() < 0.1) wire.takeLate(random() < 0.7);
    }
    if (random() < 0.8) await nextTurn();
    for (const { wire } of pages) if (random() < 0.5) wire.takeDown(below(4));
    await Promise.resolve();
    check();
  }

  for (const page of pages) {
    page.endComposition();
    page.wire.isCut = false;
    page.wire.isSilent = false;
    page.wire.takeLate(random() < 0.5);
  }
  let healing = 0;
  const isHealed = (): boolean => !chair.isBusy() && pages.every((page) => page.isSaved());
  while (!isHealed()) {
    healing += 1;
    if (healing > MOST_HEALING) throw new Error("not everything was saved in the end");
    for (const page of pages) page.tryNow();
    await passAll();
    clock.advance(600);
  }
  for (let turn = 0; turn < 3; turn += 1) await passAll();

  const { rows, late } = await checkEnd({ db, server, textId, pages, letters });
  counts.rows += rows;
  counts.late += late;
  for (const page of pages) page.kill();
  await server.rooms.close();
  const add = (key: keyof Counts, value: number): void => {
    counts[key] += value;
  };
  for (const page of pages) {
    for (const key of ["acts", "carets", "held", "fallbacks", "recoveries"] as const) add(key, page[key]);
    add("lateFrames", page.wire.late);
  }
  for (const [act, count] of chair.done) {
    if (act === "version") add("versions", count);
    else if (act === "lock") add("locks", count);
    else if (act !== "unlock") add("restored", count);
  }
  add("characters", letters.typed.size);
  add("offered", letters.offered.size);
  return counts;
}

async function insertText(db: Database, id: string): Promise<void> {
  await db.write(async (tx) => {
    await tx.insert(text).values({
      id,
      sessionId: "s",
      itemId: "i",
      kind: "resolution",
      title: "A text",
      symbol: "A/1",
      createdBy: "chair",
      createdAt: 1,
    });
  });
}

/** Throws when a letter that its page was told is saved is not in the text that the log gives back. */
function checkSaved(state: Uint8Array, pages: readonly DrafterPage[], letters: Letters): void {
  const doc = createTextDoc();
  Y.applyUpdate(doc, state);
  const counts = countCharacters(doc);
  for (const { number, saved } of pages)
    for (const letter of saved)
      if (!counts.has(letter) && !letters.deleted.has(letter))
        throw new Error(
          `client ${number} was told that ${letter} is saved, and the killed server has lost it`,
        );
}

/** Throws when numbers stand in the log without the version that they were given for. */
function checkNumbers(db: Database, textId: string): void {
  const lone = db.read.$client
    .prepare(
      "SELECT seq FROM text_update u WHERE text_id = ? AND act IN ('number', 'renumber') AND NOT EXISTS (SELECT 1 FROM text_version v WHERE v.text_id = u.text_id AND v.seq = u.seq)",
    )
    .pluck()
    .all(textId);
  if (lone.length > 0) throw new Error(`numbers without a version in row ${lone.join()}`);
}

/** Returns the rows of the log, and how many letters of hidden paragraphs nobody had decided to hide. */
async function checkEnd({
  db,
  server,
  textId,
  pages,
  letters,
}: {
  readonly db: Database;
  readonly server: MortalServer;
  readonly textId: string;
  readonly pages: readonly DrafterPage[];
  readonly letters: Letters;
}): Promise<{ readonly rows: number; readonly late: number }> {
  const [state, document] = await server.rooms.hold(textId, (turn) =>
    Promise.resolve([turn.state(), turn.document()] as const),
  );
  const doc = createTextDoc({ gc: false });
  Y.applyUpdate(doc, state);
  letters.forgetHomeless();
  checkCopies(
    doc,
    pages.flatMap(({ writer }) => writer ?? []),
  );
  checkSaved(state, pages, letters);
  checkNumbers(db, textId);
  const twice = checkCharacters(doc, letters).filter(
    (letter) => !letters.copied.has(letter) && !letters.locked.has(letter),
  );
  if (twice.length > 0) throw new Error(`${twice.join("")} is visible twice after repair`);
  const { lateWords, document: now, ...room } = await server.rooms.inside(textId);
  const late = new Map(
    now.hidden.map((each) => [
      each.id,
      lateWords(each)
        .map(({ words }) => words)
        .join(""),
    ]),
  );
  const unseen = checkLate(doc, letters, (id) => late.get(id) ?? "");
  const read = await openText(db, textId, { fromStart: true });
  if (!read || read.damagedAt !== null) throw new Error("the log is damaged");
  if (JSON.stringify(read.live.document()) !== JSON.stringify(document))
    throw new Error("the log read from disk gives another text");
  checkAuthors(now, { room, log: read.live }, letters);
  for (const each of read.live.document().hidden)
    if (JSON.stringify(read.live.lateWords(each)) !== JSON.stringify(lateWords(each)))
      throw new Error(`the log read from disk gives other late words of ${each.id}`);
  return { rows: read.live.seq(), late: unseen };
}
