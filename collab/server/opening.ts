/**
 * Opens a text from the database: the newest checkpoint that fits the log, and the rows after it, each checked against
 * the one before. Rows before the checkpoint are looked at later (`older-rows.ts`).
 */
import { decodeAttribution } from "#collab/attribution-bytes.ts";
import type { Attribution, Stamp } from "#collab/attribution.ts";
import type { Database } from "#db/database.ts";
import { listHeldBrackets } from "#db/stores/bracket-stance.ts";
import { listLocks } from "#db/stores/paragraph-lock.ts";
import { findText } from "#db/stores/text.ts";
import { findCheckpoint } from "#db/stores/text-checkpoint.ts";
import type { CheckpointRow } from "#db/stores/text-checkpoint.ts";
import { listClients, listSetAside } from "#db/stores/text-client.ts";
import { listCheckedUpdates } from "#db/stores/text-log.ts";
import type { UpdateRow } from "#db/stores/text-log.ts";
import { createLiveText } from "./live-text.ts";
import type { LiveText } from "./live-text.ts";
import { createSlices } from "./slices.ts";

export type OpenedText = {
  readonly live: LiveText;
  /** Owner of each client number; null for the server. */
  readonly owners: Map<number, string | null>;
  readonly locks: Set<string>;
  /** Brackets that somebody holds. */
  readonly held: Set<string>;
  /** Client numbers of refused copies. */
  readonly setAside: ReadonlySet<number>;
  /** The first row that cannot be read or does not fit the chain; the text is read-only up to it. */
  readonly damagedAt: number | null;
  /** What it was opened from; null for the log alone. */
  readonly checkpoint: CheckpointRow | null;
};

const ROWS_AT_ONCE = 50;

/** Who is noted for what a row did. */
export function stampOf(row: Pick<UpdateRow, "seq" | "personId" | "delegationId" | "at">): Stamp {
  return { seq: row.seq, person: row.personId, delegation: row.delegationId, at: row.at };
}

function readAttribution(bytes: Uint8Array): Attribution | null {
  try {
    return decodeAttribution(bytes);
  } catch {
    return null;
  }
}

export type OpenOptions = {
  readonly upTo?: number;
  readonly fromStart?: boolean;
};

/**
 * Gives way every few milliseconds to those who type in other texts. Null when there is no such text. `upTo` opens it
 * as it was after that row (the current locks and owners are kept); with `fromStart` no checkpoint is used.
 */
export async function openText(
  db: Database,
  textId: string,
  { upTo = Number.MAX_SAFE_INTEGER, fromStart = false }: OpenOptions = {},
): Promise<OpenedText | null> {
  const text = await findText(db.read, textId);
  if (!text) return null;
  const slice = createSlices();
  const found = fromStart ? null : await findCheckpoint(db.read, textId, { upTo });
  const attribution = found && readAttribution(found.attribution);
  const checkpoint = attribution ? found : null;
  const { kind, convention, language } = text;
  const base = { textId, kind, convention, language };
  let live: LiveText | null = null;
  let head = "";
  let after = 0;
  if (checkpoint) {
    after = checkpoint.seq;
    const page = await listCheckedUpdates(db.read, textId, { after, limit: 0 });
    head = page.head;
    live = createLiveText({ ...base, seq: after, head, state: checkpoint.state, attribution });
  }
  live ??= createLiveText({ ...base, seq: 0, head: "", state: null, attribution: null });
  let damagedAt: number | null = null;
  while (after < upTo) {
    const page = await listCheckedUpdates(db.read, textId, { after, upTo, limit: ROWS_AT_ONCE, head });
    for (const row of page.rows)
      live.apply({ seq: row.seq, hash: row.hash, stamp: stampOf(row), update: row.update });
    ({ damagedAt, head } = page);
    after = live.seq();
    if (damagedAt !== null || page.rows.length < ROWS_AT_ONCE) break;
    await slice();
  }
  const owners = new Map<number, string | null>();
  for (const row of await listClients(db.read, textId)) owners.set(row.client, row.personId);
  const locks = new Set((await listLocks(db.read, textId)).map((lock) => lock.paragraphId));
  const held = new Set(await listHeldBrackets(db.read, textId));
  const setAside = await listSetAside(db.read, textId);
  return { live, owners, locks, held, setAside, damagedAt, checkpoint };
}
