/** Rows outside the chains that a chain vouches for: versions, positions, statements, proposals, owners, audiences, checkpoints. */
import type { Database } from "better-sqlite3";
import type { Tell } from "./chains.ts";
import { type Row, hashOf, sealIn } from "./encoding.ts";
import { type StandingRows, followStanding, noStandingRows } from "./standing.ts";

/** What the record of acts says about other rows, collected while it is read. */
export type Claims = {
  /** Hash of a row → the act that made it. */
  readonly made: Map<string, { readonly seq: number; readonly act: string; readonly thingId: string }>;
  /** Where a text's log stood at an act. */
  readonly stood: {
    readonly seq: number;
    readonly textId: string;
    readonly row: number;
    readonly head: string;
  }[];
  /** Texts that acts were done on. */
  readonly texts: Set<string>;
  /** Seals of the checkpoints that acts made, by text and row. */
  readonly kept: Map<string, Set<unknown>>;
  /** Texts that such acts were done on. */
  readonly keptTexts: Set<unknown>;
  /** Per text, the row of its log behind which a client number brings nothing any more. */
  readonly setAside: Map<string, Map<unknown, number>>;
  readonly standing: StandingRows;
};

export function noClaims(): Claims {
  return {
    made: new Map(),
    stood: [],
    texts: new Set(),
    kept: new Map(),
    keptTexts: new Set(),
    setAside: new Map(),
    standing: noStandingRows(),
  };
}

/** Takes one act in. */
export function collectClaims(claims: Claims, row: Row, seq: number, tell: Tell): void {
  const detail = detailOf(row.detail);
  if (detail === null) return tell(`The record of acts: row ${seq} has a detail that cannot be read.`);
  const thingId = String(row.thing_id);
  if (row.thing === "text") claims.texts.add(thingId);
  const hashes = Array.isArray(detail.sha256) ? detail.sha256 : [detail.sha256];
  for (const hash of hashes) {
    if (typeof hash !== "string") continue;
    if (claims.made.has(hash))
      tell(`The record of acts: rows ${claims.made.get(hash)?.seq} and ${seq} made the same row.`);
    claims.made.set(hash, { seq, act: String(row.act), thingId });
  }
  const tellsHead = row.act === "claimClient" || row.act === "setAsideClients";
  if (tellsHead && typeof detail.seq === "number" && typeof detail.head === "string") {
    claims.stood.push({ seq, textId: thingId, row: detail.seq, head: detail.head });
    if (row.act === "setAsideClients" && Array.isArray(detail.clients)) {
      const last = claims.setAside.get(thingId) ?? new Map<unknown, number>();
      claims.setAside.set(thingId, last);
      for (const client of detail.clients) if (!last.has(client)) last.set(client, detail.seq);
    }
  }
  followStanding(claims.standing, row, detail);
  if (row.act === "keepCheckpoint") {
    claims.keptTexts.add(detail.textId);
    const place = `${String(detail.textId)} ${String(detail.seq)}`;
    claims.kept.set(place, (claims.kept.get(place) ?? new Set()).add(detail.seal));
  }
}

function detailOf(text: unknown): Row | null {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

const anchored = {
  text_version: "version",
  position: "position",
  statement: "statement",
  text_client: "owner of a client number",
  text_audience: "audience",
  statement_delivery: "delivery of statement",
  agenda_change: "change to an adopted agenda",
  topic_change: "change to a topic",
  reference_correction: "correction of reference data",
  upload: "uploaded file",
  bracket_stance: "stance on a bracket",
  proposal: "proposal",
  proposal_sponsor: "sponsorship of proposal",
  proposal_withdrawal: "withdrawal of proposal",
} as const;
type Table = keyof typeof anchored;
const tables = [
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
] as const satisfies readonly Table[];

function nameOf(table: Table, row: Row): string {
  const id =
    table === "text_client"
      ? `${String(row.client)} of text ${String(row.text_id)}`
      : String(row.id ?? row.statement_id ?? row.proposal_id);
  return `The ${anchored[table]} ${id}`;
}

/** Every anchored row has its act, and every act its rows. Returns how many rows there are. */
export function checkAnchors(db: Database, claims: Claims, tell: Tell): Partial<Record<Table, number>> {
  const counts: Partial<Record<Table, number>> = {};
  const missing = new Map(claims.made);
  const there = new Set(
    db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all(),
  );
  for (const table of tables) {
    // Folders of earlier versions lack some. Where one was taken away, its acts have no rows.
    if (!there.has(table)) continue;
    counts[table] = 0;
    for (const row of db.prepare<[], Row>(`SELECT * FROM ${table}`).iterate()) {
      counts[table] = (counts[table] ?? 0) + 1;
      const hash = hashOf(table, row);
      if (hash === null || !claims.made.has(hash)) {
        tell(`${nameOf(table, row)} was changed or put in: no act on record made it as it is.`);
      } else {
        missing.delete(hash);
      }
      if ("content_hash" in row && row.content_hash !== hash) {
        tell(`${nameOf(table, row)} does not fit the hash that it carries.`);
      }
    }
  }
  for (const { seq, act, thingId } of missing.values()) {
    tell(`Act ${seq} on record (${act}, ${thingId}) made a row that is missing or was changed.`);
  }
  return counts;
}

/** Versions, checkpoints and acts that name a row of a text's log name the one that is there. */
export function checkLogPlaces(db: Database, claims: Claims, tell: Tell): number {
  const find = db
    .prepare<[string, number], unknown>("SELECT hash FROM text_update WHERE text_id = ? AND seq = ?")
    .pluck();
  const hashAt = (textId: string, seq: number) => (seq === 0 ? "" : find.get(textId, seq));
  for (const row of db.prepare<[], Row>("SELECT id, text_id, seq, chain_head FROM text_version").all()) {
    if (hashAt(String(row.text_id), Number(row.seq)) !== row.chain_head) {
      tell(
        `The version ${String(row.id)} names row ${String(row.seq)} of its text's log, and that is another row now.`,
      );
    }
  }
  for (const { seq, textId, row, head } of claims.stood) {
    if (hashAt(textId, row) !== head) {
      tell(
        `Act ${seq} on record saw row ${row} of the log of text ${textId}, and that is missing or another row now.`,
      );
    }
  }
  const texts = new Set(db.prepare<[], string>("SELECT id FROM text").pluck().all());
  for (const id of claims.texts) {
    if (!texts.has(id)) tell(`The record of acts speaks of text ${id}, which is missing.`);
  }
  let checkpoints = 0;
  for (const row of db.prepare<[], Row>("SELECT * FROM text_checkpoint").iterate()) {
    checkpoints += 1;
    const name = `The checkpoint at row ${String(row.seq)} of text ${String(row.text_id)}`;
    const logHash = hashAt(String(row.text_id), Number(row.seq));
    const seal = typeof logHash === "string" ? sealIn(row, logHash) : null;
    if (seal === null) {
      tell(`${name} does not fit the log; the server will not use it.`);
    } else if (
      claims.keptTexts.has(row.text_id) &&
      claims.kept.get(`${String(row.text_id)} ${String(row.seq)}`)?.has(seal) !== true
    ) {
      tell(`${name} was changed or put in: no act on record made it as it is; the server will not use it.`);
    }
  }
  return checkpoints;
}
