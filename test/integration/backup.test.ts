import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#db/database.ts";
import { findHead } from "#db/stores/chain.ts";
import { appendEvent, listEvents } from "#db/stores/event.ts";
import { appendUpdates, listCheckedUpdates, listUpdates } from "#db/stores/text-log.ts";
import { faultsIn, runVerify, temporaryDatabase, temporaryFolder } from "#test/support/database.ts";
import { TEXTS, buildRecord, claimAll, insertRoom, seededRandom, typists } from "#test/support/record.ts";

type Ended = { readonly code: number | null; readonly said: string };

/** Runs `npm run backup` as a process of its own. */
async function runBackup(data: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [path.resolve("app/server/backup.ts"), ...args], {
    env: { CHAPEAU_DATA: data, NODE_ENV: "test" },
  });
  let said = "";
  child.stdout.on("data", (part) => (said += String(part)));
  child.stderr.on("data", (part) => (said += String(part)));
  const [code] = await once(child, "close");
  return { code: typeof code === "number" ? code : null, said };
}

test("[ST10] a backup made while the server writes is a whole prefix, opens, verifies, and goes on", async () => {
  const db = temporaryDatabase();
  const random = seededRandom(3);
  await db.write(insertRoom);
  const everybody = TEXTS.map((textId) => ({ textId, who: typists(textId) }));
  for (const { textId, who } of everybody) await db.write((tx) => claimAll(tx, textId, who));
  const signIn = new Sqlite(path.join(db.folder, "sign-in.db"));
  signIn.exec("CREATE TABLE account (id TEXT); INSERT INTO account VALUES ('one')");
  signIn.close();

  const writeOnce = async () => {
    for (const { textId, who } of everybody) {
      const updates = [who.type(random), who.type(random)];
      await db.write(
        async (tx) => {
          await appendUpdates(tx, textId, updates);
          await appendEvent(tx, {
            at: 1,
            by: { personId: "amara" },
            act: "type",
            thing: "text",
            thingId: textId,
          });
        },
        { log: true },
      );
    }
  };
  for (let round = 0; round < 50; round += 1) await writeOnce();
  const before = (await findHead(db.read, "event")).seq;

  const target = path.join(temporaryFolder(), "backup");
  const progress = { ended: false };
  const running = runBackup(db.folder, target).finally(() => {
    progress.ended = true;
  });
  while (!progress.ended) {
    await writeOnce();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { code, said } = await running;
  expect([code, said]).toEqual([0, expect.stringContaining("chapeau.db")]);
  expect(said).toContain("sign-in.db");
  expect(readdirSync(target).toSorted()).toEqual(["chapeau.db", "sign-in.db"]);
  expect((statSync(path.join(target, "chapeau.db")).mode & 0o777).toString(8)).toBe("600");

  const verified = runVerify(target, "--head", /acts: ([0-9a-f]{64})/.exec(said)?.[1] ?? "");
  expect(verified).toMatchObject({ code: 0, faults: [] });

  const restored = openDatabase({ folder: target });
  const events = await listEvents(restored.read, { limit: 100_000 });
  expect(events.length).toBeGreaterThanOrEqual(before);
  expect(await listEvents(db.read, { limit: events.length })).toEqual(events);
  expect((await findHead(db.read, "event")).seq).toBeGreaterThan(events.length);
  for (const { textId } of everybody) {
    const copied = await listCheckedUpdates(restored.read, textId, { limit: 100_000 });
    expect(copied.damagedAt).toBeNull();
    expect(copied.rows).toHaveLength(
      2 * events.filter((row) => row.act === "type" && row.thingId === textId).length,
    );
    expect(await listUpdates(db.read, textId, { limit: copied.rows.length })).toEqual(copied.rows);
  }
  const head = await restored.write((tx) =>
    appendEvent(tx, { at: 2, by: { personId: null }, act: "start", thing: "server", thingId: "1" }),
  );
  expect(head.seq).toBe(events.length + 1);
  restored.close();
  expect(faultsIn(target)).toEqual([]);
});

test("[ST10] a backup overwrites nothing, needs a database, and says so", async () => {
  const db = temporaryDatabase();
  await buildRecord(db, { rows: 10 });
  const target = path.join(temporaryFolder(), "target");
  mkdirSync(target);
  expect(await runBackup(db.folder, target)).toMatchObject({
    code: 0,
    said: expect.stringContaining("uploads"),
  });
  const again = await runBackup(db.folder, target);
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining("is not empty") });
  expect(faultsIn(target)).toEqual([]);

  const other = path.join(temporaryFolder(), "file");
  writeFileSync(other, "kept");
  expect(await runBackup(db.folder, other)).toMatchObject({ code: 1 });
  const nothing = await runBackup(temporaryFolder(), path.join(temporaryFolder(), "new"));
  expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining("There is no chapeau.db") });
  expect(await runBackup(db.folder)).toMatchObject({ code: 2, said: expect.stringContaining("Usage") });
});

test("[ST10] [UP5] a backup takes the files along that people put in, and is none without one of them", async () => {
  const db = temporaryDatabase();
  await buildRecord(db, { rows: 10 });
  const files = path.join(db.folder, "uploads");
  writeFileSync(path.join(files, "half.part"), "an act that was cut off");
  const names = readdirSync(files).filter((name) => name !== "half.part");
  const target = path.join(temporaryFolder(), "target");
  expect(await runBackup(db.folder, target)).toMatchObject({ code: 0 });
  expect(readdirSync(path.join(target, "uploads")).toSorted()).toEqual(names.toSorted());
  expect(runVerify(target)).toMatchObject({ code: 0, summary: expect.stringContaining("files 4") });

  const [first = ""] = names;
  writeFileSync(path.join(files, first), "something else");
  const changed = path.join(temporaryFolder(), "changed");
  expect(await runBackup(db.folder, changed)).toMatchObject({
    code: 1,
    said: expect.stringContaining("is not what was put in"),
  });
  expect(readdirSync(changed)).toEqual([]);
  rmSync(path.join(files, first));
  const missing = path.join(temporaryFolder(), "missing");
  expect(await runBackup(db.folder, missing)).toMatchObject({
    code: 1,
    said: expect.stringContaining("is missing"),
  });
});

test("[ST10] a damaged database is not taken for a backup, and nothing is left", async () => {
  const folder = temporaryFolder();
  const db = openDatabase({ folder });
  await buildRecord(db, { rows: 40 });
  db.close();
  const file = new Sqlite(path.join(folder, "chapeau.db"));
  // An index that points at rows of another table: whole pages, wrong content.
  file.unsafeMode();
  file.pragma("writable_schema = ON");
  file.exec(
    "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'event_thing') WHERE name = 'event_session'",
  );
  file.close();
  const target = path.join(temporaryFolder(), "target");
  expect(await runBackup(folder, target)).toMatchObject({
    code: 1,
    said: expect.stringContaining("No backup was made"),
  });
  expect(readdirSync(target)).toEqual([]);
});
