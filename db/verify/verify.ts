/**
 * `npm run verify -- FOLDER [--head HASH]…`: is the record in this data folder (or backup) whole and unchanged?
 * Shares no code with the server. Reads only; works beside a running server. `--head` takes a hash noted earlier, from a
 * printed version or a browser, of at least its first 16 digits: only with one can a complete rewrite be found.
 * Ends with 0 when nothing is wrong, 1 with every fault in a sentence, 2 when it was called wrongly.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { type Found, verifyRecord } from "./record.ts";

const usage = "Usage: npm run verify -- FOLDER [--head HASH]…   (HASH: 16 to 64 hexadecimal digits)";

function say({ faults, events, texts, counts }: Found, oldHeads: number): void {
  const rows = [...texts.values()].reduce((sum, chain) => sum + chain.rows, 0);
  console.log(`Acts on record   ${events.rows}   head ${events.head || "none"}`);
  console.log(`Texts            ${texts.size}   with ${rows} rows of log`);
  for (const [id, chain] of texts) console.log(`  ${id}   ${chain.rows} rows   head ${chain.head || "none"}`);
  console.log(
    `Versions ${counts.text_version ?? 0}, positions ${counts.position ?? 0}, statements ${counts.statement ?? 0}, client numbers ${counts.text_client ?? 0}, audiences ${counts.text_audience ?? 0}, checkpoints ${counts.checkpoints ?? 0}, standing rows ${counts.standing ?? 0}, files ${counts.files ?? 0}, old heads ${oldHeads}`,
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
      found = verifyRecord(db, heads, folder);
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
