import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { builtOnce } from "#db/built-once.ts";
import { assertSettings, openConnection } from "#db/connection.ts";
import { type WriteTx, isStorageFull, openDatabase } from "#db/database.ts";
import { chainHead } from "#db/schema/record.ts";
import { textClient } from "#db/schema/text.ts";
import { askingFor } from "#db/search/asking.ts";
import { findHead, moveHead } from "#db/stores/chain.ts";
import { temporaryDatabase, temporaryFolder } from "#test/support/database.ts";

/** Opens the folder in a process of its own, which then waits to be killed. */
async function openElsewhere(folder: string): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const script = `
    const { openDatabase } = await import("#db/database.ts");
    globalThis.db = openDatabase({ folder: ${JSON.stringify(folder)} });
    process.stdout.write("open");
    setInterval(() => {}, 1_000_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  await once(child.stdout, "data");
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const mark = (name: string) => (tx: WriteTx) => moveHead(tx, name, { seq: 1, hash: name });

test("[ST1] another process is refused with folder and process named, and let in after a kill -9", async () => {
  const folder = temporaryFolder();
  const other = await openElsewhere(folder);
  const opening = () => openDatabase({ folder });
  expect(opening).toThrow(folder);
  expect(opening).toThrow(`process ${other.pid}`);
  await other.kill();
  const db = opening();
  await db.write(mark("after the kill"));
  db.close();
});

test("[ST1] the same process cannot open a folder twice, nor lose it by trying", async () => {
  const db = temporaryDatabase();
  expect(() => openDatabase({ folder: db.folder })).toThrow("is in use by process");
  const script = `
    const { openDatabase } = await import("#db/database.ts");
    try { openDatabase({ folder: ${JSON.stringify(db.folder)} }); process.stdout.write("opened"); }
    catch (error) { process.stdout.write(error.message); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const [said] = await once(child.stdout, "data");
  expect(String(said)).toContain(`process ${process.pid}`);
});

test("[ST2] every connection has the settings that durability rests on, and the reader cannot write", async () => {
  const db = temporaryDatabase();
  const settings = (connection: Sqlite.Database) =>
    ["journal_mode", "synchronous", "foreign_keys", "recursive_triggers"].map((name) =>
      connection.pragma(name, { simple: true }),
    );
  expect(settings(db.read.$client)).toEqual(["wal", 2, 1, 1]);
  expect(await db.write(async (tx) => settings(tx.$client))).toEqual(["wal", 2, 1, 1]);
  expect(() => db.read.$client.exec("INSERT INTO chain_head VALUES ('x', 1, 'x')")).toThrow("readonly");
});

test("[ST2] a connection on which a setting did not take is refused with its name", () => {
  const file = path.join(temporaryFolder(), "plain.db");
  openConnection(file).close();
  const plain = new Sqlite(file, { timeout: 5_000 });
  plain.pragma("foreign_keys = ON");
  plain.pragma("recursive_triggers = ON");
  plain.pragma("synchronous = NORMAL");
  const wanted = { queryOnly: false, busyTimeoutMs: 5_000 };
  expect(() => assertSettings(plain, wanted)).toThrow("synchronous of plain.db is 1 and must be 2");
  plain.pragma("synchronous = FULL");
  expect(() => assertSettings(plain, wanted)).not.toThrow();
  plain.close();
});

test("[ST3] a write that returns is kept and seen by the reader; one that throws leaves nothing", async () => {
  const db = temporaryDatabase();
  const returned = await db.write(async (tx) => {
    await mark("kept")(tx);
    expect(await findHead(db.read, "kept")).toEqual({ seq: 0, hash: "" });
    return "value";
  });
  expect(returned).toBe("value");
  expect(await findHead(db.read, "kept")).toEqual({ seq: 1, hash: "kept" });
  const failing = db.write(async (tx) => {
    await mark("lost")(tx);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await db.read.select().from(chainHead)).toHaveLength(1);
  await db.write(mark("next"));
  expect(await db.read.select().from(chainHead)).toHaveLength(2);
});

test("[ST3] foreign keys hold in a write", async () => {
  const db = temporaryDatabase();
  const orphan = db.write(async (tx) =>
    tx.$client.exec("INSERT INTO drafter VALUES ('d','no','no','no',1,NULL)"),
  );
  await expect(orphan).rejects.toThrow("FOREIGN KEY");
});

test("[ST4] writes wait for each other, and an append to a log goes before other waiting writes", async () => {
  const db = temporaryDatabase();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const step = (name: string) => async () => {
    order.push(`${name} begins`);
    await Promise.resolve();
    order.push(`${name} ends`);
  };
  const all = [
    db.write(async () => {
      await gate.promise;
      order.push("first");
    }),
    db.write(step("second")),
    db.write(step("third")),
    db.write(step("log"), { log: true }),
  ];
  gate.resolve();
  await Promise.all(all);
  expect(order).toEqual([
    "first",
    "log begins",
    "log ends",
    "second begins",
    "second ends",
    "third begins",
    "third ends",
  ]);
});

test("[ST5] a write inside a write is an error, and the outer one can still end well", async () => {
  const db = temporaryDatabase();
  await db.write(async (tx) => {
    await expect(db.write(mark("inner"))).rejects.toThrow("inside db.write");
    await mark("outer")(tx);
  });
  expect((await db.read.select().from(chainHead)).map((head) => head.chain)).toEqual(["outer"]);
});

test("[ST5] a transaction kept beyond its write cannot be used; work begun in it may write later", async () => {
  const db = temporaryDatabase();
  const kept: WriteTx[] = [];
  const later = Promise.withResolvers<void>();
  let follow: Promise<void> = Promise.resolve();
  await db.write(async (tx) => {
    kept.push(tx);
    follow = later.promise.then(() => db.write(mark("later")));
  });
  expect(() => kept[0]?.select()).toThrow("after its db.write had ended");
  later.resolve();
  await follow;
  expect(await findHead(db.read, "later")).toEqual({ seq: 1, hash: "later" });
});

test("[ST5] a statement first built inside a transaction cannot be used beyond it, and serves the next one", async () => {
  const db = temporaryDatabase();
  const heads = builtOnce((from) => from.select().from(chainHead).prepare());
  const several = builtOnce((from) => ({
    built: from.select().from(chainHead).prepare(),
    asked: askingFor(from, sql`SELECT * FROM ${chainHead}`),
  }));
  const late: (() => unknown)[] = [];
  const work = async (tx: WriteTx) => {
    const [one, { built, asked }] = [heads(tx), several(tx)];
    expect([one.all(), built.all(), asked({})]).toEqual([[], [], []]);
    late.push(
      () => one.all(),
      () => built.all(),
      () => asked({}),
    );
  };
  await db.write(work);
  await db.write(work);
  expect(late).toHaveLength(6);
  for (const use of late) expect(use).toThrow("after its db.write had ended");
  expect(heads(db.read).all()).toEqual([]);
});

test("[ST6] a write of more than 20 ms is reported with its length, a short one is not", async () => {
  const slow: number[] = [];
  const db = temporaryDatabase({ onSlowWrite: (ms) => slow.push(ms) });
  const from = performance.now();
  await db.write(async () => {
    while (performance.now() - from < 25);
  });
  expect(slow).toHaveLength(1);
  expect(slow[0]).toBeGreaterThan(20);
});

test("[ST7] a full disk is recognisable, keeps what was there, and writing goes on with room again", async () => {
  const db = temporaryDatabase();
  await db.write(mark("before"));
  const pages = (change: string) => db.write(async (tx) => tx.$client.pragma(change, { simple: true }));
  const used = Number(await pages("page_count"));
  await pages(`max_page_count = ${used + 2}`);
  const tooMuch = db.write(async (tx) => {
    for (let client = 0; client < 2_000; client += 1) {
      await tx.insert(textClient).values({ textId: "x".repeat(200), client, at: 1 });
    }
  });
  const error: unknown = await tooMuch.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isStorageFull(error)).toBe(true);
  expect(isStorageFull(new Error("wrapped", { cause: error }))).toBe(true);
  expect(isStorageFull(new Error("something else"))).toBe(false);
  expect(await db.read.$count(textClient)).toBe(0);
  expect(await findHead(db.read, "before")).toEqual({ seq: 1, hash: "before" });
  await pages("max_page_count = 1000000");
  await db.write(mark("after"));
  expect(await findHead(db.read, "after")).toEqual({ seq: 1, hash: "after" });
});

test("[ST7] a work that swallows the error of a full disk is not taken for kept", async () => {
  const db = temporaryDatabase();
  const swallowing = db.write(async (tx) => {
    await mark("half")(tx);
    // SQLite ends a transaction by itself after some errors; ROLLBACK here stands for that.
    tx.$client.exec("ROLLBACK");
    return "fine";
  });
  await expect(swallowing).rejects.toThrow("ended before its work did");
  expect(await findHead(db.read, "half")).toEqual({ seq: 0, hash: "" });
});

test("[ST8] folder and files are readable by their owner alone", async () => {
  const folder = path.join(temporaryFolder(), "new", "data");
  const db = openDatabase({ folder });
  await db.write(mark("something"));
  expect((statSync(folder).mode & 0o777).toString(8)).toBe("700");
  const files = readdirSync(folder);
  expect(files).toEqual(expect.arrayContaining(["chapeau.db", "chapeau.db-wal", "chapeau.db-shm", "lock"]));
  for (const file of files) {
    expect([file, (statSync(path.join(folder, file)).mode & 0o777).toString(8)]).toEqual([file, "600"]);
  }
  db.close();
});

test("[ST9] a database of a newer version is refused and left as it is", () => {
  const folder = temporaryFolder();
  openDatabase({ folder }).close();
  const file = path.join(folder, "chapeau.db");
  const newer = new Sqlite(file);
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
  newer.close();
  const before = path.join(temporaryFolder(), "before.db");
  cpSync(file, before);
  expect(() => openDatabase({ folder })).toThrow("written by a newer version of Chapeau");
  expect(() => openDatabase({ folder })).toThrow("written by a newer version of Chapeau");
  const tables = (name: string) => {
    const db = new Sqlite(name, { readonly: true });
    const found = db.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").all();
    db.close();
    return found;
  };
  expect(tables(file)).toEqual(tables(before));
});

test("[ST3] closing rolls back what runs and refuses what waits, in a sentence", async () => {
  const folder = temporaryFolder();
  const db = openDatabase({ folder });
  const gate = Promise.withResolvers<void>();
  const running = db.write(async (tx) => {
    await mark("running")(tx);
    await gate.promise;
  });
  const all = Promise.allSettled([running, db.write(mark("waiting"))]);
  db.close();
  gate.resolve();
  const outcomes = [...(await all), ...(await Promise.allSettled([db.write(mark("late"))]))];
  expect(outcomes.map((one) => (one.status === "rejected" ? String(one.reason) : "kept"))).toEqual(
    Array.from({ length: 3 }, () => "Error: The database is closed: nothing more can be written."),
  );
  await db.settled();
  const again = openDatabase({ folder });
  expect(await again.read.select().from(chainHead)).toEqual([]);
  again.close();
});

test("[ST3] settled waits until everything asked for is written", async () => {
  const db = temporaryDatabase();
  const all = ["a", "b", "c"].map((name) => db.write(mark(name)));
  await db.settled();
  expect(await db.read.select().from(chainHead).where(eq(chainHead.chain, "c"))).toHaveLength(1);
  await Promise.all(all);
});

test("a question that was asked before is prepared no more, and answered as it stands now", async () => {
  const db = temporaryDatabase();
  const asked = () => db.read.select().from(chainHead).where(eq(chainHead.chain, "one"));
  expect(await asked()).toEqual([]);
  await db.write(mark("one"));
  expect(await asked()).toEqual([{ chain: "one", seq: 1, hash: "one" }]);
  const { sql } = asked().toSQL();
  expect(db.read.$client.prepare(sql)).toBe(db.read.$client.prepare(sql));
  // With names for whoever asks by hand, whatever the builder asked in between.
  expect(db.read.$client.prepare<[string]>(sql).get("one")).toEqual({ chain: "one", seq: 1, hash: "one" });
  expect(await asked()).toHaveLength(1);
});

test("of questions in very many forms the newest are kept", async () => {
  const db = temporaryDatabase();
  const { prepare } = db.read.$client;
  const [first = "", ...others] = Array.from({ length: 400 }, (_, at) => `select ${at} as "it"`);
  const before = prepare(first);
  expect(prepare(first)).toBe(before);
  for (const sql of others) prepare(sql);
  expect(prepare(first)).not.toBe(before);
  expect(prepare(first).get()).toEqual({ it: 0 });
});
