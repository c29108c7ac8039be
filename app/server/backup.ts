/**
 * `npm run backup -- TARGET_FOLDER`: a copy of the data folder's databases by SQLite's own online backup, which is whole
 * even while the server writes (copying the live files loses what is still in the write-ahead log), and of the files
 * that people put in. The copy is a data folder: start Chapeau with CHAPEAU_DATA set to it, or check it with
 * `npm run verify`.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { makeFolder, makePrivateFile } from "#db/connection.ts";
import { readDataFolder } from "./env.ts";

type Copied = { readonly file: string; readonly bytes: number };

/** A backup that cannot be made; `message` says why and what to do. */
class BackupError extends Error {}

/** In this order: every account that the domain names is then in the copy of the sign-in file. */
const files = ["chapeau.db", "sign-in.db"];
const UPLOADS = "uploads";
/** All pages in one step: steps that another process writes between begin again, perhaps for ever. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies the databases of the data folder `from` into the folder `to`, which must be new or empty, and checks the
 * copies. Returns what was written and the newest head of the record of acts, to be noted for `npm run verify`.
 * Throws with a sentence; then nothing is left in `to`.
 */
export async function backUp(folders: {
  readonly from: string;
  readonly to: string;
}): Promise<{ readonly copied: readonly Copied[]; readonly head: string }> {
  const { from, to } = folders;
  if (!existsSync(path.join(from, "chapeau.db"))) {
    throw new BackupError(`There is no chapeau.db in ${from}. CHAPEAU_DATA names the data folder.`);
  }
  if (existsSync(to) && (!statSync(to).isDirectory() || readdirSync(to).length > 0)) {
    throw new BackupError(`${to} is not empty, and a backup overwrites nothing. Name a new folder.`);
  }
  makeFolder(to);
  const copied: Copied[] = [];
  try {
    for (const file of files) {
      if (!existsSync(path.join(from, file))) continue;
      const target = path.join(to, file);
      await copyDatabase(path.join(from, file), target);
      copied.push({ file: target, bytes: statSync(target).size });
    }
    const uploads = await copyUploads(folders);
    if (uploads !== null) copied.push(uploads);
    syncToDisk(to);
    return { copied, head: headOf(path.join(to, "chapeau.db")) };
  } catch (error) {
    for (const file of files) rmSync(path.join(to, file), { force: true });
    rmSync(path.join(to, UPLOADS), { recursive: true, force: true });
    throw error;
  }
}

/**
 * The files that the copied database names: their bytes are there before their rows are, and never change. Null when it
 * names none.
 */
async function copyUploads({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): Promise<Copied | null> {
  const copy = new Sqlite(path.join(to, "chapeau.db"), { readonly: true });
  let hashes: readonly string[];
  try {
    const isThere = copy.prepare("SELECT 1 FROM sqlite_master WHERE name = 'upload'").get() !== undefined;
    hashes = isThere ? copy.prepare<[], string>("SELECT DISTINCT sha256 FROM upload").pluck().all() : [];
  } finally {
    copy.close();
  }
  if (hashes.length === 0) return null;
  const folder = path.join(to, UPLOADS);
  makeFolder(folder);
  let bytes = 0;
  for (const hash of hashes) {
    const [source, target] = [path.join(from, UPLOADS, hash), path.join(folder, hash)];
    if (!existsSync(source)) throw new BackupError(`The file ${source} is missing. Keep older backups.`);
    makePrivateFile(target);
    copyFileSync(source, target);
    if ((await hashOf(target)) !== hash) {
      throw new BackupError(`The file ${source} is not what was put in. Keep older backups.`);
    }
    syncToDisk(target);
    bytes += statSync(target).size;
  }
  syncToDisk(folder);
  return { file: folder, bytes };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

async function copyDatabase(source: string, target: string): Promise<void> {
  makePrivateFile(target);
  const reader = new Sqlite(source, { readonly: true });
  try {
    await reader.backup(target, { progress: () => ALL_PAGES });
  } finally {
    reader.close();
  }
  const copy = new Sqlite(target);
  try {
    // One file, without a write-ahead log beside it that could be forgotten when it is moved.
    copy.pragma("journal_mode = DELETE");
    const faults = copy.prepare<[], string>("PRAGMA integrity_check").pluck().all();
    if (faults.join() !== "ok") {
      throw new BackupError(`The copy of ${source} is damaged (${faults.join("; ")}). Keep older backups.`);
    }
  } finally {
    copy.close();
  }
  syncToDisk(target);
}

function headOf(file: string): string {
  const copy = new Sqlite(file, { readonly: true });
  try {
    const head = copy.prepare<[], string>("SELECT hash FROM chain_head WHERE chain = 'event'").pluck().get();
    return head ?? "";
  } finally {
    copy.close();
  }
}

function syncToDisk(fileOrFolder: string): void {
  const handle = openSync(fileOrFolder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const [to, ...rest] = args;
  if (to === undefined || rest.length > 0 || to.startsWith("-")) {
    process.stderr.write("Usage: npm run backup -- TARGET_FOLDER   (a new or empty folder)\n");
    return 2;
  }
  try {
    const { copied, head } = await backUp({ from: readDataFolder(), to: path.resolve(to) });
    for (const { file, bytes } of copied) {
      process.stdout.write(`${file}   ${(bytes / 1_000_000).toFixed(1)} MB, checked\n`);
    }
    process.stdout.write(`Head of the record of acts: ${head || "none yet"}. Note it, for npm run verify.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof BackupError || error instanceof Sqlite.SqliteError)) throw error;
    process.stderr.write(`No backup was made. ${error.message}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
