/** What a power cut can leave of the write-ahead log, and worse: cut anywhere, any byte changed. */
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "#db/database.ts";
import { findHead } from "#db/stores/chain.ts";
import { appendEvent, listEvents } from "#db/stores/event.ts";
import { appendUpdates, listCheckedUpdates } from "#db/stores/text-log.ts";
import { faultsIn, temporaryFolder } from "#test/support/database.ts";
import { TEXTS, claimAll, insertRoom, seededRandom, typists } from "#test/support/record.ts";

const SEED = 41;
const CUTS = 200;
const FLIPS = 60;
const FILE = "chapeau.db";

type Random = (below: number) => number;
/** One commit that was acknowledged: the hash of its act, and the rows of its text. */
type Acknowledged = { readonly event: string; readonly textId: string; readonly rows: readonly string[] };
type Typing = readonly { readonly textId: string; readonly who: ReturnType<typeof typists> }[];

async function writeSome(
  db: Database,
  typing: Typing,
  count: number,
  random: Random,
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
async function liveFolder(): Promise<{
  readonly folder: string;
  readonly acknowledged: readonly Acknowledged[];
  readonly checkpointed: number;
}> {
  const folder = path.join(temporaryFolder(), "live");
  const db = openDatabase({ folder });
  onTestFinished(() => db.close());
  const random = seededRandom(SEED);
  await db.write(insertRoom);
  const typing = TEXTS.map((textId) => ({ textId, who: typists(textId) }));
  for (const { textId, who } of typing) await db.write((tx) => claimAll(tx, textId, who));
  const older = await writeSome(db, typing, 90, random);
  const checkpointing = new Sqlite(path.join(folder, FILE));
  checkpointing.pragma("wal_checkpoint(PASSIVE)");
  checkpointing.close();
  const newer = await writeSome(db, typing, 60, random);
  return { folder, acknowledged: [...older, ...newer], checkpointed: older.length };
}

/** Opens what is left; returns how many commits are there. Everything wrong about them is a failed expectation. */
async function openLeft(
  folder: string,
  acknowledged: readonly Acknowledged[],
  what: string,
): Promise<number> {
  const db = openDatabase({ folder });
  try {
    const typed = (await listEvents(db.read, { limit: 10_000 })).filter((row) => row.act === "type");
    const kept = acknowledged.slice(0, typed.length);
    expect(
      typed.map((row) => row.hash),
      what,
    ).toEqual(kept.map((commit) => commit.event));
    for (const textId of TEXTS) {
      const log = await listCheckedUpdates(db.read, textId, { limit: 10_000 });
      expect(log.damagedAt, what).toBeNull();
      expect(
        log.rows.map((row) => row.update.toString("hex")),
        what,
      ).toEqual(kept.filter((commit) => commit.textId === textId).flatMap((commit) => commit.rows));
    }
    const before = await findHead(db.read, "event");
    const by = { personId: null };
    const after = await db.write((tx) =>
      appendEvent(tx, { at: 1, by, act: "start", thing: "server", thingId: "1" }),
    );
    expect(after.seq, what).toBe(before.seq + 1);
    return typed.length;
  } finally {
    db.close();
  }
}

function copyLive(folder: string): string {
  const copy = path.join(path.dirname(folder), "copy");
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const file of [FILE, `${FILE}-wal`]) copyFileSync(path.join(folder, file), path.join(copy, file));
  return copy;
}

test("[ST11] cut anywhere, the write-ahead log leaves a prefix of what was acknowledged", async () => {
  const { folder, acknowledged, checkpointed } = await liveFolder();
  expect(await openLeft(copyLive(folder), acknowledged, "whole")).toBe(acknowledged.length);
  const size = statSync(path.join(folder, `${FILE}-wal`)).size;
  const random = seededRandom(SEED);
  const lengths = new Set<number>();
  for (let cut = 0; cut < CUTS; cut += 1) {
    const at = cut === 0 ? 0 : random(size);
    const copy = copyLive(folder);
    truncateSync(path.join(copy, `${FILE}-wal`), at);
    const what = `seed ${SEED}, cut ${cut} at byte ${at} of ${size}`;
    const kept = await openLeft(copy, acknowledged, what);
    expect(kept, what).toBeGreaterThanOrEqual(checkpointed);
    if (cut % 20 === 0) expect(faultsIn(copy), what).toEqual([]);
    lengths.add(kept);
  }
  expect(lengths.size).toBeGreaterThan(20);
});

test("[ST11] with any of its bits changed, the write-ahead log leaves a prefix of what was acknowledged", async () => {
  const { folder, acknowledged, checkpointed } = await liveFolder();
  const random = seededRandom(SEED + 1);
  const lengths = new Set<number>();
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const copy = copyLive(folder);
    const wal = path.join(copy, `${FILE}-wal`);
    const bytes = readFileSync(wal);
    const at = flip < 8 ? flip * 4 : random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    writeFileSync(wal, bytes);
    const what = `seed ${SEED + 1}, flip ${flip} at byte ${at} of ${bytes.length}`;
    const kept = await openLeft(copy, acknowledged, what);
    expect(kept, what).toBeGreaterThanOrEqual(checkpointed);
    lengths.add(kept);
  }
  expect(lengths.size).toBeGreaterThan(15);
});
