/**
 * What is hashed, so that the record can be checked by anybody. The verifier (`verify/`) follows this text with code of
 * its own.
 *
 * The hash of a row is the SHA-256, in lower-case hex, of these bytes:
 *
 *     chapeau 1 LF table-name LF
 *     then, for every column that is not NULL, in ascending order of the column's SQL name:
 *     column-name ":" value LF
 *
 * where a value is, by the type that SQLite stores,
 *
 *     integer   "i" decimal digits, with "-" before a negative number
 *     text      "s" length in UTF-8 bytes ":" the bytes
 *     blob      "x" the SHA-256 of the blob in lower-case hex
 *
 * JSON columns are hashed as the text that is stored. Left out are the columns `hash` and `content_hash`, which hold
 * the result. Lengths and names make the encoding unambiguous; leaving out NULL lets later versions add nullable columns.
 *
 * - `event` and `text_update` are chains: the row includes `previous_hash`, the hash of the row before it in `event`, or
 *   of the row before it of the same text; the first row has an empty one. `seq` counts 1, 2, 3, …
 * - Rows of `text_version`, `position`, `statement`, `text_client`, `text_audience`, `statement_delivery`, `agenda_change`,
 *   `topic_change`, `reference_correction`, `upload`, `bracket_stance`, `proposal`, `proposal_sponsor` and `proposal_withdrawal` are anchored: the event that made them holds their hash in `detail.sha256`, one hash or a list. No event uses `detail.sha256` for anything else.
 * - Standing rows (`standing.ts`) may change. Every event says in `detail.stands` how those that were touched since the
 *   event before it stand after it: by table the `columns` that were hashed and, in `rows`, by id the hash of the row with
 *   those columns alone, or null for one that is gone. The newest event that names a row holds.
 * - The events `claimClient` and `setAsideClients` also hold `seq` and `head`, the newest row of the text's log at that
 *   moment. Behind that row no edit of the text brings characters of the client numbers in `clients` of a
 *   `setAsideClients` (thing `client-numbers`, its id that of the text).
 * - A checkpoint ends with 32 bytes: the SHA-256 of its row's encoding with `state` as it was before they were added
 *   and without `at`, followed by the hash of the log row with its `seq`. So it belongs to one log. The event
 *   `keepCheckpoint` that made it (thing `checkpoint`, id text SPACE seq) holds these bytes in `detail.seal`, in lower-case
 *   hex. Checkpoints are thrown away; one of a text that has no such event was made before there were any, and is not used.
 */
import { hash } from "node:crypto";
import { type Column, getTableColumns } from "drizzle-orm";
import { referenceCorrection } from "./schema/people.ts";
import { proposal, proposalSponsor, proposalWithdrawal } from "./schema/proposal.ts";
import {
  agendaChange,
  position,
  statement,
  statementDelivery,
  topicChange,
  upload,
} from "./schema/session.ts";
import { bracketStance, textAudience, textClient, textVersion } from "./schema/text.ts";

/** A column's value as SQLite stores it. */
export type Stored = string | number | Uint8Array | null | undefined;

const anchored = {
  text_version: textVersion,
  position,
  statement,
  text_client: textClient,
  text_audience: textAudience,
  statement_delivery: statementDelivery,
  agenda_change: agendaChange,
  topic_change: topicChange,
  reference_correction: referenceCorrection,
  upload,
  bracket_stance: bracketStance,
  proposal,
  proposal_sponsor: proposalSponsor,
  proposal_withdrawal: proposalWithdrawal,
};
type Anchored = typeof anchored;

/** What `rowHash` takes: the row as it is inserted; columns with a default may be missing. */
export type AnchoredRow<T extends keyof Anchored> = Omit<Anchored[T]["$inferInsert"], "contentHash">;

const leftOut = new Set(["hash", "content_hash"]);

/** SHA-256 of bytes or of UTF-8 text, in lower-case hex. */
export function sha256(data: Uint8Array | string): string {
  return hash("sha256", data, "hex");
}

/** The bytes that stand for a row, as text. `columns` has SQL names. Throws for a number that is not whole. */
export function encodeRow(table: string, columns: Readonly<Record<string, Stored>>): string {
  let encoded = `chapeau 1\n${table}\n`;
  for (const name of Object.keys(columns).sort()) {
    const value = columns[name];
    if (value === null || value === undefined || leftOut.has(name)) continue;
    encoded += `${name}:${encodeValue(name, value)}\n`;
  }
  return encoded;
}

function encodeValue(name: string, value: string | number | Uint8Array): string {
  if (typeof value === "string") return `s${Buffer.byteLength(value)}:${value}`;
  if (typeof value !== "number") return `x${sha256(value)}`;
  if (!Number.isSafeInteger(value))
    throw new Error(`${name} is ${value}: the record holds whole numbers only.`);
  return `i${value}`;
}

/** The hash of a row of a chain: `event` or `text_update`. */
export function chainedHash(
  table: "event" | "text_update",
  columns: Readonly<Record<string, Stored>>,
): string {
  return sha256(encodeRow(table, columns));
}

/**
 * The hash that the event which makes this row keeps in `detail.sha256`; for positions, statements and proposals also their
 * `contentHash`. Take it from the very object that is inserted.
 */
export function rowHash<T extends keyof Anchored>(table: T, row: AnchoredRow<T>): string {
  const values = new Map<string, unknown>(Object.entries(row));
  const stored: Record<string, Stored> = {};
  for (const [key, column] of Object.entries<Column>(getTableColumns(anchored[table]))) {
    const value = values.get(key) ?? column.default;
    stored[column.name] =
      value === null || value === undefined ? null : (column.mapToDriverValue(value) as Stored);
  }
  return sha256(encodeRow(table, stored));
}
