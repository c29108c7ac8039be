/** Ways to change the record behind the server's back, with the file alone. */
import path from "node:path";
import Sqlite, { type Database as File } from "better-sqlite3";
import { type Stored, chainedHash, encodeRow, sha256 } from "#db/canonical.ts";

export type Random = (below: number) => number;
type Row = Record<string, Stored>;
/** Changes the file; returns what was done, for the message, or null when this place cannot be changed so. */
export type Tampering = (file: File, random: Random) => string | null;

export function pick<T>(from: readonly T[], random: Random): T {
  const one = from[random(from.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

const chained = ["event", "text_update"] as const;
const anchored = [
  "text_version",
  "position",
  "statement",
  "text_client",
  "text_audience",
  "statement_delivery",
  "agenda_change",
  "topic_change",
  "reference_correction",
  "upload",
  "bracket_stance",
  "proposal",
  "proposal_sponsor",
  "proposal_withdrawal",
] as const;

function randomRow(file: File, table: string, random: Random): { rowid: number; row: Row } {
  const ids = file.prepare<[], number>(`SELECT rowid FROM ${table} ORDER BY rowid`).pluck().all();
  const rowid = pick(ids, random);
  const row = file.prepare<[number], Row>(`SELECT * FROM ${table} WHERE rowid = ?`).get(rowid);
  if (row === undefined) throw new Error("the row has gone");
  return { rowid, row };
}

function write(file: File, table: string, rowid: number, changes: Row): void {
  for (const [column, value] of Object.entries(changes)) {
    file.prepare(`UPDATE ${table} SET "${column}" = ? WHERE rowid = ?`).run(value, rowid);
  }
}

/** The value with one bit, letter or number changed. */
function changed(value: Stored, random: Random): Stored {
  if (value === null || value === undefined) return "put in";
  if (typeof value === "number") return value + 1 + random(1_000);
  if (typeof value === "string") {
    if (value === "") return "x";
    const at = random(value.length);
    return value.slice(0, at) + (value[at] === "e" ? "a" : "e") + value.slice(at + 1);
  }
  const copy = Buffer.from(value);
  const at = random(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  return copy;
}

const changeAnyColumn: Tampering = (file, random) => {
  const table = pick([...chained, ...anchored], random);
  const { rowid, row } = randomRow(file, table, random);
  const column = pick(Object.keys(row), random);
  const value = changed(row[column], random);
  if (row[column] === value || (table === "event" && column === "seq")) return null;
  write(file, table, rowid, { [column]: value });
  return `${table}.${column} of row ${rowid} changed`;
};

const changeUpdate: Tampering = (file, random) => {
  const { rowid, row } = randomRow(file, "text_update", random);
  write(file, "text_update", rowid, { update: changed(row.update, random) });
  return `the update of log row ${rowid} changed`;
};

const changePerson: Tampering = (file, random) => {
  const table = pick([...chained, "text_client"], random);
  const { rowid, row } = randomRow(file, table, random);
  write(file, table, rowid, { person_id: row.person_id === "amara" ? "bilal" : "amara" });
  return `the person of ${table} ${rowid} changed`;
};

const rewriteWithOwnHash: Tampering = (file, random) => {
  const table = pick(chained, random);
  const { rowid, row } = randomRow(file, table, random);
  const altered: Row = { ...row, person_id: row.person_id === "amara" ? "bilal" : "amara" };
  write(file, table, rowid, { person_id: altered.person_id, hash: chainedHash(table, altered) });
  return `${table} ${rowid} rewritten with its own hash recomputed`;
};

const deleteRow: Tampering = (file, random) => {
  const table = pick([...chained, ...anchored, "chain_head"], random);
  const { rowid } = randomRow(file, table, random);
  file.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
  return `${table} ${rowid} deleted`;
};

/** Two neighbours change places, numbers and all other columns. */
const swapRows: Tampering = (file, random) => {
  const table = pick(chained, random);
  const { rowid, row } = randomRow(file, table, random);
  const where = table === "event" ? "seq = ?" : "text_id = ? AND seq = ?";
  const next = Number(row.seq) + 1;
  const other = file
    .prepare<Stored[], Row & { rowid: number }>(`SELECT rowid AS rowid, * FROM ${table} WHERE ${where}`)
    .get(...(table === "event" ? [next] : [row.text_id, next]));
  if (other === undefined) return null;
  const { rowid: otherId, ...otherRow } = other;
  const free = { seq: 0, ...(table === "event" ? {} : { text_id: "nowhere" }) };
  const without = (from: Row): Row =>
    Object.fromEntries(Object.entries(from).filter(([key]) => key !== "seq"));
  if (table === "event") {
    write(file, table, rowid, without(otherRow));
    write(file, table, otherId, without(row));
  } else {
    write(file, table, rowid, free);
    write(file, table, otherId, { seq: row.seq });
    write(file, table, rowid, { seq: otherRow.seq, text_id: row.text_id });
  }
  return `${table} ${rowid} and its neighbour swapped`;
};

/** A row is put in at a random place, with fitting hashes of its own; all later ones move up. */
const insertRow: Tampering = (file, random) => {
  const { row } = randomRow(file, "text_update", random);
  const later = file
    .prepare<Stored[], number>(
      "SELECT rowid FROM text_update WHERE text_id = ? AND seq > ? ORDER BY seq DESC",
    )
    .pluck()
    .all(row.text_id, row.seq);
  for (const rowid of later) file.prepare("UPDATE text_update SET seq = seq + 1 WHERE rowid = ?").run(rowid);
  const added: Row = { ...row, seq: Number(row.seq) + 1, previous_hash: row.hash };
  added.hash = chainedHash("text_update", added);
  const columns = Object.keys(added);
  file
    .prepare(
      `INSERT INTO text_update (${columns.map((name) => `"${name}"`).join()}) VALUES (${columns.map(() => "?").join()})`,
    )
    .run(...Object.values(added));
  return `a row put in after row ${String(row.seq)} of ${String(row.text_id)}`;
};

const truncateTail: Tampering = (file, random) => {
  const table = pick(chained, random);
  const { row } = randomRow(file, table, random);
  if (table === "event") file.prepare("DELETE FROM event WHERE seq >= ?").run(row.seq);
  else file.prepare("DELETE FROM text_update WHERE text_id = ? AND seq >= ?").run(row.text_id, row.seq);
  return `${table} cut off from row ${String(row.seq)}`;
};

const removeText: Tampering = (file, random) => {
  const id = pick(["resolution", "report"], random);
  file.prepare("DELETE FROM text_update WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM text_version WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM text_client WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM text_audience WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM bracket_stance WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM text_checkpoint WHERE text_id = ?").run(id);
  file.prepare("DELETE FROM chain_head WHERE chain = ?").run(`text:${id}`);
  file.prepare("DELETE FROM text WHERE id = ?").run(id);
  return `the whole text ${id} removed`;
};

const forgeVersion: Tampering = (file, random) => {
  const { row } = randomRow(file, "text_version", random);
  const added: Row = { ...row, id: "forged", number: 90, label: "Rev.90" };
  const columns = Object.keys(added);
  file
    .prepare(
      `INSERT INTO text_version (${columns.map((name) => `"${name}"`).join()}) VALUES (${columns.map(() => "?").join()})`,
    )
    .run(...Object.values(added));
  return "a version put in";
};

const changeCheckpoint: Tampering = (file, random) => {
  const { rowid, row } = randomRow(file, "text_checkpoint", random);
  const column = pick(["state", "attribution", "seq"], random);
  const value = changed(row[column], random);
  write(file, "text_checkpoint", rowid, { [column]: value });
  return `${column} of checkpoint ${rowid} changed`;
};

/** Puts other words into a checkpoint of this text, in its state and its attribution, under a fitting seal of its own. */
export function forgeCheckpoint(
  file: File,
  which: { readonly rowid: number; readonly from: string; readonly to: string },
): string {
  const { rowid, from, to } = which;
  const row = file.prepare<[number], Row>("SELECT * FROM text_checkpoint WHERE rowid = ?").get(rowid);
  if (row === undefined || !(row.state instanceof Uint8Array)) throw new Error("the checkpoint has gone");
  const swapped = (bytes: Stored): Buffer => {
    if (!(bytes instanceof Uint8Array)) throw new Error("a checkpoint holds bytes");
    const copy = Buffer.from(bytes);
    for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at);
    return copy;
  };
  const state = swapped(row.state.subarray(0, -32));
  const attribution = swapped(row.attribution);
  const logHash = file
    .prepare<Stored[], string>("SELECT hash FROM text_update WHERE text_id = ? AND seq = ?")
    .pluck()
    .get(row.text_id, row.seq);
  const { text_id, seq } = row;
  const seal = sha256(encodeRow("text_checkpoint", { text_id, seq, state, attribution }) + logHash);
  write(file, "text_checkpoint", rowid, {
    state: Buffer.concat([state, Buffer.from(seal, "hex")]),
    attribution,
  });
  return seal;
}

const resealCheckpoint: Tampering = (file, random) => {
  const { rowid } = randomRow(file, "text_checkpoint", random);
  const letter = pick(["a", "e", "i", "u"], random);
  forgeCheckpoint(file, { rowid, from: "word", to: `w${letter}rd` });
  return `other words in checkpoint ${rowid}, under a fitting seal`;
};

const standing = [
  "person",
  "session",
  "delegation",
  "delegate",
  "officer",
  "agenda_item",
  "agenda_document",
  "meeting",
  "text",
  "drafter",
  "paragraph_lock",
] as const;

const changeStanding: Tampering = (file, random) => {
  const table = pick(standing, random);
  const { rowid, row } = randomRow(file, table, random);
  const column = pick(Object.keys(row), random);
  write(file, table, rowid, { [column]: changed(row[column], random) });
  return `${table}.${column} of row ${rowid} changed`;
};

const deleteStanding: Tampering = (file, random) => {
  const table = pick(standing, random);
  const { rowid } = randomRow(file, table, random);
  file.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
  return `${table} ${rowid} deleted`;
};

/** Somebody gets an office, a seat, a pen; a text, an item, a person appears. */
const putInStanding: Tampering = (file, random) => {
  const table = pick(
    ["person", "agenda_item", "text", "drafter", "delegate", "officer", "paragraph_lock"],
    random,
  );
  const { row } = randomRow(file, table, random);
  const added: Row = { ...row, id: "put-in", ...("person_id" in row ? { person_id: "chiara" } : {}) };
  const columns = Object.keys(added);
  file
    .prepare(
      `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join()}) VALUES (${columns.map(() => "?").join()})`,
    )
    .run(...Object.values(added));
  return `a row of ${table} put in`;
};

/** What opens a locked paragraph, gives an office, or changes who or what is shown, without an act. */
export const quietly = [
  "DELETE FROM paragraph_lock",
  "UPDATE paragraph_lock SET unlocked_at = 1, unlocked_by = 'amara' WHERE unlocked_at IS NULL",
  "UPDATE paragraph_lock SET paragraph_id = 'elsewhere' WHERE unlocked_at IS NULL",
  "UPDATE officer SET office = 'chair' WHERE office = 'facilitator'",
  "UPDATE drafter SET until_at = NULL WHERE until_at IS NOT NULL",
  "UPDATE delegate SET person_id = 'chiara'",
  "UPDATE person SET name = 'Somebody else' WHERE id = 'bilal'",
  "UPDATE person SET secretariat = 1 WHERE id = 'chiara'",
  "UPDATE text SET kind = 'statement' WHERE id = 'report'",
  "UPDATE text SET title = 'Another title' WHERE id = 'resolution'",
  "UPDATE session SET item_under_discussion_id = NULL",
  "UPDATE agenda_item SET status = 'concluded'",
] as const;

const changeQuietly: Tampering = (file, random) => {
  const statement = pick(quietly, random);
  return file.prepare(statement).run().changes === 0 ? null : statement;
};

const moveHead: Tampering = (file, random) => {
  const { rowid, row } = randomRow(file, "chain_head", random);
  const column = pick(["seq", "hash", "chain"], random);
  write(file, "chain_head", rowid, { [column]: changed(row[column], random) });
  return `${column} of head ${String(row.chain)} changed`;
};

/** One of each kind, those of which there are many variants twice. */
export const kinds: readonly Tampering[] = [
  changeAnyColumn,
  changeAnyColumn,
  changeUpdate,
  changePerson,
  rewriteWithOwnHash,
  deleteRow,
  swapRows,
  insertRow,
  truncateTail,
  removeText,
  forgeVersion,
  changeCheckpoint,
  resealCheckpoint,
  changeStanding,
  deleteStanding,
  putInStanding,
  changeQuietly,
  changeQuietly,
  moveHead,
];

/** Opens the folder's file without triggers and changes it. */
export function tamper(folder: string, work: (file: File) => string | null): string | null {
  const file = new Sqlite(path.join(folder, "chapeau.db"));
  try {
    file.pragma("foreign_keys = OFF");
    const triggers = file
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .pluck()
      .all();
    for (const trigger of triggers) file.exec(`DROP TRIGGER "${trigger}"`);
    return file.transaction(work)(file);
  } finally {
    file.close();
  }
}

/**
 * Another person put into one log row, and then everything again with fitting hashes: what somebody can do who has the
 * file, our code and time. Nothing in the file itself shows it.
 */
export function rewriteEverything(file: File): string {
  file.prepare("UPDATE text_update SET person_id = 'bilal' WHERE text_id = 'report' AND kind = 'edit'").run();
  file.prepare("UPDATE text_client SET person_id = 'bilal' WHERE text_id = 'report'").run();
  file.exec("DELETE FROM text_checkpoint");
  for (const textId of ["resolution", "report"]) {
    rechain(file, "text_update", { textId, head: `text:${textId}` });
  }
  const place = file.prepare("UPDATE text_version SET chain_head = ? WHERE id = ?");
  const places = file
    .prepare<[], { id: string; hash: string }>(
      "SELECT v.id, u.hash FROM text_version v JOIN text_update u ON u.text_id = v.text_id AND u.seq = v.seq",
    )
    .all();
  for (const { id, hash } of places) place.run(hash, id);
  const anchor = file.prepare("UPDATE event SET detail = ? WHERE seq = ?");
  for (const { seq, act, thing_id, detail } of file
    .prepare<[], { seq: number; act: string; thing_id: string; detail: string }>("SELECT * FROM event")
    .all()) {
    const told: Record<string, unknown> = JSON.parse(detail);
    const row =
      act === "issueVersion"
        ? file.prepare<[unknown], Row>("SELECT * FROM text_version WHERE id = ?").get(told.version)
        : file
            .prepare<unknown[], Row>("SELECT * FROM text_client WHERE text_id = ? AND client = ?")
            .get(thing_id, told.client ?? null);
    if (row === undefined) continue;
    told.sha256 = sha256(encodeRow(act === "issueVersion" ? "text_version" : "text_client", row));
    anchor.run(JSON.stringify(told), seq);
  }
  rechain(file, "event", { textId: null, head: "event" });
  return "everything rewritten";
}

function rechain(
  file: File,
  table: "event" | "text_update",
  { textId, head }: { readonly textId: string | null; readonly head: string },
): void {
  const rows = file
    .prepare<Stored[], Row>(
      `SELECT * FROM ${table} ${textId === null ? "" : "WHERE text_id = ?"} ORDER BY seq`,
    )
    .all(...(textId === null ? [] : [textId]));
  let previous = "";
  let seq: Stored = 0;
  const where = textId === null ? "seq = ?" : "seq = ? AND text_id = ?";
  const update = file.prepare(`UPDATE ${table} SET previous_hash = ?, hash = ? WHERE ${where}`);
  for (const row of rows) {
    const hash = chainedHash(table, { ...row, previous_hash: previous });
    update.run(previous, hash, ...(textId === null ? [row.seq] : [row.seq, textId]));
    previous = hash;
    ({ seq } = row);
  }
  file.prepare("UPDATE chain_head SET seq = ?, hash = ? WHERE chain = ?").run(seq, previous, head);
}
