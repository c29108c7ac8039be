/** The text as it was, from the log. Work is cut in slices: nobody's keystroke waits for somebody who reads history. */
import type { Attribution } from "#collab/attribution.ts";
import type { CarryRecord } from "#collab/carry.ts";
import type { TextDocument } from "#collab/document.ts";
import type { Database } from "#db/database.ts";
import { openText } from "./opening.ts";

export type PastWording = {
  readonly seq: number;
  readonly head: string;
  readonly document: TextDocument;
  readonly carries: readonly CarryRecord[];
  readonly attribution: Attribution;
};

/**
 * The text after row `seq` of its log, with authorship as it was then. Null when there is no such text, no such row, or
 * the log is damaged before it. `fromStart` uses the log alone, and no checkpoint.
 */
export async function wordingAt(
  db: Database,
  textId: string,
  { seq, fromStart = false }: { readonly seq: number; readonly fromStart?: boolean },
): Promise<PastWording | null> {
  const opened = await openText(db, textId, { upTo: seq, fromStart });
  if (!opened || opened.live.seq() !== seq) return null;
  const { live } = opened;
  return {
    seq,
    head: live.head(),
    document: live.document(),
    carries: live.carries,
    attribution: live.attribution,
  };
}
