/**
 * The hashes of the record, written a second time from the description in `db/canonical.ts` and from nothing else:
 * a verifier that shared the server's code would share its mistakes.
 */
import { createHash } from "node:crypto";

/** A row as SQLite gives it, by column name. */
export type Row = Readonly<Record<string, unknown>>;

function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const sha = createHash("sha256");
  for (const part of parts) sha.update(part);
  return sha.digest();
}

/** Throws for a value of a type that the record never holds. */
function valueBytes(value: unknown): Buffer {
  if (typeof value === "number" && Number.isInteger(value)) return Buffer.from(`i${value.toFixed(0)}`);
  if (typeof value === "string") {
    const bytes = Buffer.from(value, "utf8");
    return Buffer.concat([Buffer.from(`s${bytes.length}:`), bytes]);
  }
  if (value instanceof Uint8Array) return Buffer.from(`x${digest(value).toString("hex")}`);
  throw new TypeError("not an integer, text or bytes");
}

/** The bytes that stand for a row; without its NULLs and without the columns named. */
function rowBytes(table: string, row: Row, without: readonly string[]): Buffer {
  const lines: Uint8Array[] = [Buffer.from(`chapeau 1\n${table}\n`)];
  const columns = Object.keys(row).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const column of columns) {
    const value = row[column];
    if (value === null || without.includes(column)) continue;
    lines.push(Buffer.from(`${column}:`), valueBytes(value), Buffer.from("\n"));
  }
  return Buffer.concat(lines);
}

/** The hash of a row in lower-case hex; null when it holds something that the record never holds. */
export function hashOf(table: string, row: Row): string | null {
  try {
    return digest(rowBytes(table, row, ["hash", "content_hash"])).toString("hex");
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The seal at the end of a checkpoint's state, in hex; null unless it fits the rest and the log row it belongs to. */
export function sealIn(checkpoint: Row, logHash: string): string | null {
  const { state } = checkpoint;
  if (!(state instanceof Uint8Array) || state.length < 32) return null;
  const kept = { ...checkpoint, state: state.subarray(0, -32) };
  try {
    const seal = digest(rowBytes("text_checkpoint", kept, ["at"]), logHash);
    return seal.equals(state.subarray(-32)) ? seal.toString("hex") : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
