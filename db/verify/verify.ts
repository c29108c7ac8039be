/**
 * `npm run verify -- FOLDER [--head HASH]…`: is the record in this data folder (or backup) whole and unchanged?
 * Shares no code with the server. Reads only; works beside a running server. `--head` takes a hash noted earlier, from a
 * printed version or a browser, of at least its first 16 digits: only with one can a complete rewrite be found.
 * Ends with 0 when nothing is wrong, 1 with every fault in a sentence, 2 when it was called wrongly.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { type Claims, checkAnchors, checkLogPlaces, collectClaims, noClaims } from "./anchors.ts";
import { type Chain, type Tell, checkEvents, checkLogs } from "./chains.ts";

type Found = {
  readonly faults: readonly string[];
  readonly events: Chain;
  readonly texts: ReadonlyMap<string, Chain>;
  readonly counts: Readonly<Record<string, number>>;
};

const usage = "Usage: npm run verify -- FOLDER [--head HASH]…   (HASH: 16 to 64 hexadecimal digits)";

/** Checks everything in one reading of the database, so a server may write meanwhile. */
function verifyRecord(db: Database, oldHeads: readonly string[]): Found {
  const faults: string[] = [];
  const tell: Tell = (sentence) => faults.push(sentence);
  const claims: Claims = noClaims();
  let events: Chain = { rows: 0, head: "" };
  let texts: ReadonlyMap<string, Chain> = new Map();
  let counts: Record<string, number> = {};

  function step(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Sqlite.SqliteError)) throw error;
      tell(`${name} cannot be read: ${error.message}.`);
    }
  }

  step("The file", () => {
    for (const line of db.prepare<[], string>("PRAGMA integrity_check").pluck().all()) {
      if (line !== "ok") tell(`The file is damaged: ${line}.`);
    }
    const broken = db.prepare("PRAGMA foreign_key_check").all().length;
    if (broken > 0) tell(`${broken} ${broken === 1 ? "row refers" : "rows refer"} to rows that are missing.`);
  });
  step("The record of acts", () => {
    events = checkEvents(db, tell, (row, seq) => collectClaims(claims, row, seq, tell));
  });
  step("The logs of the texts", () => {
    texts = checkLogs(db, tell);
  });
  step("The versions, positions and statements", () => {
    counts = checkAnchors(db, claims, tell);
  });
  step("The places in the logs", () => {
    counts.checkpoints = checkLogPlaces(db, claims, tell);
  });
  step("The old heads", () => {
    for (const head of oldHeads) {
      if (!isInAChain(db, head)) {
        tell(`The head ${head} is in no chain any more: what it stood for was rewritten or cut off.`);
      }
    }
  });
  return { faults, events, texts, counts };
}

function isInAChain(db: Database, head: string): boolean {
  const [low, high] = [head, `${head}g`];
  return (
    db.prepare("SELECT 1 FROM event WHERE hash >= ? AND hash < ?").get(low, high) !== undefined ||
    db.prepare("SELECT 1 FROM text_update WHERE hash >= ? AND hash < ?").get(low, high) !== undefined
  );
}

function say({ faults, events, texts, counts }: Found, oldHeads: number): void {
  const rows = [...texts.values()].reduce((sum, chain) => sum + chain.rows, 0);
  console.log(`Acts on record   ${events.rows}   head ${events.head || "none"}`);
  console.log(`Texts            ${texts.size}   with ${rows} rows of log`);
  for (const [id, chain] of texts) console.log(`  ${id}   ${chain.rows} rows   head ${chain.head || "none"}`);
  console.log(
    `Versions ${counts.text_version ?? 0}, positions ${counts.position ?? 0}, statements ${counts.statement ?? 0}, client numbers ${counts.text_client ?? 0}, checkpoints ${counts.checkpoints ?? 0}, old heads ${oldHeads}`,
  );
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log("No fault found.");
  else console.error(`${faults.length} ${faults.length === 1 ? "fault" : "faults"} found.`);
}

/** Returns the exit code. */
function main(args: readonly string[]): number {
  const heads: string[] = [];
  const folders: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    if (word === "--head") {
      index += 1;
      heads.push((args[index] ?? "").toLowerCase());
    } else folders.push(word);
  }
  const [folder] = folders;
  if (folder === undefined || folders.length > 1 || folder.startsWith("-")) {
    console.error(usage);
    return 2;
  }
  if (!heads.every((head) => /^[0-9a-f]{16,64}$/.test(head))) {
    console.error(usage);
    return 2;
  }
  const file = path.join(folder, "chapeau.db");
  if (!existsSync(file)) {
    console.error(`There is no chapeau.db in ${folder}.`);
    return 2;
  }
  let found: Found;
  try {
    const db = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      db.exec("BEGIN");
      found = verifyRecord(db, heads);
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    console.error(`${file} cannot be read: ${error.message}.`);
    return 1;
  }
  say(found, heads.length);
  return found.faults.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
