/** Two hundred ways to change the record behind the server's back, each on a copy of its own. */
import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "#db/database.ts";
import { listHeads } from "#db/stores/chain.ts";
import { faultsIn, runVerify, temporaryFolder } from "#test/support/database.ts";
import { buildRecord, seededRandom } from "#test/support/record.ts";
import { type Tampering, kinds, pick, rewriteEverything, tamper } from "#test/support/tampering.ts";

const SEED = 20_261_123;
const TAMPERINGS = 200;

/** A record of some 400 log rows, with the heads of its three chains by name. */
async function buildOriginal(): Promise<{ folder: string; heads: ReadonlyMap<string, string> }> {
  const folder = path.join(temporaryFolder(), "original");
  const db = openDatabase({ folder });
  await buildRecord(db, { rows: 200 });
  const heads = new Map((await listHeads(db.read)).map((head) => [head.chain, head.hash]));
  db.close();
  return { folder, heads };
}

test("[RC5] the verifier finds two hundred random tamperings, and nothing in the untouched record", async () => {
  const { folder, heads } = await buildOriginal();
  expect(faultsIn(folder, ...heads.values())).toEqual([]);

  const random = seededRandom(SEED);
  const seen = new Set<Tampering>();
  const missed: string[] = [];
  const copy = path.join(path.dirname(folder), "copy");
  for (let done = 0; done < TAMPERINGS;) {
    const kind = pick(kinds, random);
    rmSync(copy, { recursive: true, force: true });
    cpSync(folder, copy, { recursive: true });
    const what = tamper(copy, (file) => kind(file, random));
    if (what === null) continue;
    const faults = faultsIn(copy);
    if (faults.length === 0 || !faults.every((fault) => /^[A-Z0-9].*\.$/s.test(fault))) {
      missed.push(`seed ${SEED}, number ${done}: ${what} → ${faults.join(" ")}`);
    }
    seen.add(kind);
    done += 1;
  }
  expect(missed).toEqual([]);
  expect(seen.size).toBe(new Set(kinds).size);
});

test("[RC6] a complete rewrite shows against an old head, and against nothing else", async () => {
  const { folder, heads } = await buildOriginal();
  const oldEvents = heads.get("event") ?? "";
  const oldReport = heads.get("text:report") ?? "";
  tamper(folder, rewriteEverything);
  expect(faultsIn(folder)).toEqual([]);
  expect(faultsIn(folder, heads.get("text:resolution") ?? "")).toEqual([]);
  expect(faultsIn(folder, oldEvents)).toEqual([expect.stringContaining(oldEvents)]);
  expect(faultsIn(folder, oldReport)).toEqual([expect.stringContaining(oldReport)]);
});

test("[RC6] a tail cut off together with its head shows against an old head", async () => {
  const { folder, heads } = await buildOriginal();
  tamper(folder, (file) => {
    file.exec("DELETE FROM text_checkpoint");
    file.exec("DELETE FROM text_update WHERE text_id = 'report' AND seq > 195");
    file.exec(
      "UPDATE chain_head SET (seq, hash) = (SELECT seq, hash FROM text_update WHERE text_id = 'report' AND seq = 195) WHERE chain = 'text:report'",
    );
    return "cut";
  });
  expect(faultsIn(folder)).toEqual([]);
  expect(faultsIn(folder, heads.get("text:report") ?? "")).toHaveLength(1);
});

test("[RC7] the verifier says by its exit code and in sentences what it found, and what was asked wrongly", async () => {
  const { folder, heads } = await buildOriginal();
  const whole = runVerify(folder, ...[...heads.values()].flatMap((head) => ["--head", head.slice(0, 16)]));
  expect(whole).toMatchObject({ code: 0, faults: [] });
  expect(whole.summary).toContain(heads.get("event"));
  expect(whole.summary).toContain("200 rows");
  expect(whole.summary).toContain("No fault found.");

  tamper(folder, (file) => {
    file.exec("UPDATE text_update SET person_id = 'dora' WHERE text_id = 'report' AND seq = 7");
    return "changed";
  });
  const changedRow = runVerify(folder);
  expect(changedRow.code).toBe(1);
  expect(changedRow.faults[0]).toBe("The log of text report: row 7 was changed after it was written.");
  expect(changedRow.faults.at(-1)).toMatch(/faults? found\.$/);

  expect(runVerify().code).toBe(2);
  expect(runVerify(folder, "--head", "not a hash").code).toBe(2);
  expect(runVerify(path.join(folder, "nowhere")).code).toBe(2);
});
