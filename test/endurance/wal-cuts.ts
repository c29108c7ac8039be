/**
 * What a power cut can leave of the write-ahead log, and worse: cut anywhere, any bit changed. Whatever is left must open
 * as a prefix of what was acknowledged, and go on from there.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import Sqlite from "better-sqlite3";
import { type Database, openDatabase } from "#db/database.ts";
import { findHead } from "#db/stores/chain.ts";
import { appendEvent, listEvents } from "#db/stores/event.ts";
import { appendUpdates, listCheckedUpdates } from "#db/stores/text-log.ts";
import { TEXTS, claimAll, insertRoom, seededRandom, typists } from "#test/support/record.ts";
import { faultsIn } from "#test/support/record-faults.ts";

const FILE = "chapeau.db";
const WAL = `${FILE}-wal`;
/** The whole verifier looks at every so many. */
const VERIFY_EVERY = 20;

type Random = (below: number) => number;
/** One commit that was acknowledged: the hash of its act, and the rows of its text. */
type Acknowledged = { readonly event: string; readonly textId: string; readonly rows: readonly string[] };
type Typing = readonly { readonly textId: string; readonly who: ReturnType<typeof typists> }[];
type LiveFolder = {
  readonly folder: string;
  readonly db: Database;
  readonly acknowledged: readonly Acknowledged[];
  /** Commits that are in the main file. */
  readonly checkpointed: number;
};

export type WalSummary = {
  readonly damaged: number;
  /** Acknowledged commits, and the different numbers of them that were left. */
  readonly commits: number;
  readonly lengths: number;
  /** What went wrong, with the seed first. */
  readonly failures: readonly string[];
};

async function writeSome(
  db: Database,
  typing: Typing,
  { count, random }: { readonly count: number; readonly random: Random },
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  for (let index = 0; index < count; index += 1) {
    const one = typing[random(typing.length)];
    if (one === undefined) throw new Error("nobody types");
    const updates = Array.from({ length: 1 + random(4) }, () => one.who.type(random));
    const head = await db.write(
      async (tx) => {
        await appendUpdates(tx, one.textId, updates);
        const by = { personId: "amara" };
        return appendEvent(tx, { at: index, by, act: "type", thing: "text", thingId: one.textId });
      },
      { log: true },
    );
    const rows = updates.map(({ update }) => Buffer.from(update).toString("hex"));
    acknowledged.push({ event: head.hash, textId: one.textId, rows });
  }
  return acknowledged;
}

/**
 * A folder as a running server has it on disk: some commits in the main file, the newer ones in the write-ahead log
 * alone, and behind them in the same file remains of older ones.
 */
async function liveFolder(within: string, seed: number): Promise<LiveFolder> {
  const folder = path.join(within, "live");
  const db = openDatabase({ folder });
  const random = seededRandom(seed);
  await db.write(insertRoom);
  const typing = TEXTS.map((textId) => ({ textId, who: typists(textId) }));
  for (const { textId, who } of typing) await db.write((tx) => claimAll(tx, textId, who));
  const older = await writeSome(db, typing, { count: 90, random });
  const checkpointing = new Sqlite(path.join(folder, FILE));
  checkpointing.pragma("wal_checkpoint(PASSIVE)");
  checkpointing.close();
  const newer = await writeSome(db, typing, { count: 60, random });
  return { folder, db, acknowledged: [...older, ...newer], checkpointed: older.length };
}

/** Opens what is left and writes on; returns how many commits are there. Throws with what is wrong about them. */
async function openLeft(folder: string, { acknowledged, checkpointed }: LiveFolder): Promise<number> {
  const db = openDatabase({ folder });
  try {
    const typed = (await listEvents(db.read, { limit: 10_000 })).filter((row) => row.act === "type");
    const kept = acknowledged.slice(0, typed.length);
    const isPrefix = isDeepStrictEqual(
      typed.map((row) => row.hash),
      kept.map((commit) => commit.event),
    );
    if (!isPrefix) throw new Error("the acts are no prefix of those acknowledged");
    for (const textId of TEXTS) {
      const log = await listCheckedUpdates(db.read, textId, { limit: 10_000 });
      if (log.damagedAt !== null) throw new Error(`the log of ${textId} is damaged at ${log.damagedAt}`);
      const rows = log.rows.map((row) => row.update.toString("hex"));
      const wanted = kept.filter((commit) => commit.textId === textId).flatMap((commit) => commit.rows);
      if (!isDeepStrictEqual(rows, wanted))
        throw new Error(`the rows of ${textId} are not those of its acts`);
    }
    if (typed.length < checkpointed) {
      throw new Error(`${typed.length} commits are left and ${checkpointed} were in the main file`);
    }
    const before = await findHead(db.read, "event");
    const by = { personId: null };
    const after = await db.write((tx) =>
      appendEvent(tx, { at: 1, by, act: "start", thing: "server", thingId: "1" }),
    );
    if (after.seq !== before.seq + 1) throw new Error("the next act does not follow the last");
    return typed.length;
  } finally {
    db.close();
  }
}

function copyLive(folder: string): string {
  const copy = path.join(path.dirname(folder), "copy");
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const file of [FILE, WAL]) copyFileSync(path.join(folder, file), path.join(copy, file));
  return copy;
}

/** Damages a copy of the write-ahead log `count` times, as `damage` says, and opens each. */
async function damageWal(options: {
  readonly count: number;
  readonly seed: number;
  /** Changes the file; returns what it did. */
  readonly damage: (wal: string, random: Random, number: number) => string;
}): Promise<WalSummary> {
  const { count, seed, damage } = options;
  const within = mkdtempSync(path.join(os.tmpdir(), "chapeau-wal-"));
  try {
    const live = await liveFolder(within, seed);
    const { folder, acknowledged } = live;
    const random = seededRandom(seed + 1);
    const lengths = new Set<number>();
    const failures: string[] = [];
    const whole = await openLeft(copyLive(folder), live);
    if (whole !== acknowledged.length) failures.push(`seed ${seed}, whole: ${whole} commits`);
    for (let number = 0; number < count; number += 1) {
      const copy = copyLive(folder);
      const what = `seed ${seed}, ${number}: ${damage(path.join(copy, WAL), random, number)}`;
      try {
        lengths.add(await openLeft(copy, live));
        if (number % VERIFY_EVERY === 0) failures.push(...faultsIn(copy).map((fault) => `${what}: ${fault}`));
      } catch (error) {
        failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    live.db.close();
    return { damaged: count, commits: acknowledged.length, lengths: lengths.size, failures };
  } finally {
    rmSync(within, { recursive: true, force: true });
  }
}

/** Cuts the write-ahead log at random places; the first cut leaves nothing of it. */
export function runWalCuts({
  cuts,
  seed,
}: {
  readonly cuts: number;
  readonly seed: number;
}): Promise<WalSummary> {
  return damageWal({
    count: cuts,
    seed,
    damage(wal, random, number) {
      const { size } = statSync(wal);
      const at = number === 0 ? 0 : random(size);
      truncateSync(wal, at);
      return `cut at byte ${at} of ${size}`;
    },
  });
}

/** Changes one bit at a time, at random places; the first few in the header. */
export function runWalFlips({
  flips,
  seed,
}: {
  readonly flips: number;
  readonly seed: number;
}): Promise<WalSummary> {
  return damageWal({
    count: flips,
    seed,
    damage(wal, random, number) {
      const bytes = readFileSync(wal);
      const at = number < 8 ? number * 4 : random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      writeFileSync(wal, bytes);
      return `a bit changed in byte ${at} of ${bytes.length}`;
    },
  });
}
