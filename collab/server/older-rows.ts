/**
 * What a checkpoint stands for is looked at after the opening, while people write already: the rows under it are read
 * from the start, and what they make is compared with what was opened.
 */
import * as Y from "yjs";
import { decodeAttribution, sameAttribution } from "#collab/attribution-bytes.ts";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import type { Database } from "#db/database.ts";
import { listCheckedUpdates } from "#db/stores/text-log.ts";
import type { CheckpointRow } from "#db/stores/text-checkpoint.ts";
import { createLiveText } from "./live-text.ts";
import type { LiveText } from "./live-text.ts";
import { stampOf } from "./opening.ts";
import { createSlices, giveWay } from "./slices.ts";

const ROWS_AT_ONCE = 50;
/** Shorter than elsewhere: nobody waits for it, and people are typing in this very text. */
const OLDER_SLICE_MS = 4;

/** `damaged`: the first row that is not whole. `forged`: the checkpoint says something else than the log. */
export type OlderFault = { readonly kind: "damaged"; readonly row: number } | { readonly kind: "forged" };

/** Null when the checkpoint is what its rows make. Works in slices; `mayGoOn` is asked between them. */
export async function findOlderFault(
  db: Database,
  checkpoint: CheckpointRow,
  options: {
    readonly text: Pick<LiveText, "textId" | "kind" | "language">;
    readonly mayGoOn: () => boolean;
  },
): Promise<OlderFault | null> {
  const { mayGoOn } = options;
  const { textId, kind, language } = options.text;
  const start = { textId, kind, language, seq: 0, head: "", state: null, attribution: null };
  const rebuilt = createLiveText(start);
  const slice = createSlices(OLDER_SLICE_MS);
  while (rebuilt.seq() < checkpoint.seq) {
    await giveWay();
    if (!mayGoOn()) return null;
    const page = await listCheckedUpdates(db.read, textId, {
      after: rebuilt.seq(),
      upTo: checkpoint.seq,
      limit: ROWS_AT_ONCE,
      head: rebuilt.head(),
    });
    if (page.damagedAt !== null) return { kind: "damaged", row: page.damagedAt };
    if (page.rows.length === 0) return { kind: "damaged", row: rebuilt.seq() + 1 };
    for (const { seq, hash, update, ...row } of page.rows) {
      rebuilt.apply({ seq, hash, update, stamp: stampOf({ seq, ...row }) });
      await slice();
    }
  }
  await giveWay();
  if (!sameAttribution(rebuilt.attribution, decodeAttribution(checkpoint.attribution))) {
    return { kind: "forged" };
  }
  const states = [rebuilt.state(), checkpoint.state] as const;
  if (areEqual(...states)) return null;
  // The same characters can be kept in other pieces: read anew they are kept alike.
  await giveWay();
  const first = readAnew(states[0]);
  await giveWay();
  return areEqual(first, readAnew(states[1])) ? null : { kind: "forged" };
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function readAnew(state: Uint8Array): Uint8Array {
  const doc = createTextDoc({ gc: false });
  paragraphsOf(doc);
  Y.applyUpdate(doc, state);
  return Y.encodeStateAsUpdate(doc);
}
