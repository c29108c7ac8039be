/** The whole check of one database. */
import Sqlite, { type Database } from "better-sqlite3";
import { type Claims, checkAnchors, checkLogPlaces, collectClaims, noClaims } from "./anchors.ts";
import { checkStanding } from "./standing.ts";
import { type Chain, type Tell, checkEvents, checkLogs } from "./chains.ts";
import { checkFiles } from "./files.ts";

export type Found = {
  readonly faults: readonly string[];
  readonly events: Chain;
  readonly texts: ReadonlyMap<string, Chain>;
  readonly counts: Readonly<Record<string, number>>;
};

/**
 * Checks everything; read it inside one transaction, so a server may write meanwhile. `oldHeads` are hashes noted
 * earlier, or their first digits, in lower case. `folder` is the data folder, for the files that people put in. Every
 * fault is one sentence.
 */
export function verifyRecord(db: Database, oldHeads: readonly string[], folder: string): Found {
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
    texts = checkLogs(db, tell, claims.setAside);
  });
  step("The versions, positions, statements and proposals", () => {
    counts = checkAnchors(db, claims, tell);
  });
  step("The standing rows", () => {
    counts.standing = checkStanding(db, claims.standing, tell);
  });
  step("The files", () => {
    counts.files = checkFiles(db, folder, tell);
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
