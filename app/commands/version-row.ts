/** What a version keeps: made from the turn that holds the text's queue, so no edit falls between its parts. */
import { countWordChanges } from "#collab/compare.ts";
import type { TextDocument } from "#collab/document.ts";
import type { Turn } from "#collab/server/room.ts";
import { countTextWords, hashInput } from "#collab/words.ts";
import { rowHash, sha256 } from "#db/canonical.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertVersion, type TextVersionRow } from "#db/stores/text-version.ts";

/** Stands for "exactly these words": SHA-256 in hex. */
export function wordsHashOf(document: TextDocument): string {
  return sha256(hashInput(document));
}

/** The document of a version as it was kept. */
export function documentOf(version: { readonly document: Buffer }): TextDocument {
  return JSON.parse(version.document.toString("utf8"));
}

type Previous = { readonly number: number; readonly document: Buffer } | null;

type Given = Pick<
  TextVersionRow,
  "id" | "textId" | "kind" | "reason" | "label" | "symbol" | "note" | "issuedBy" | "issuedAt"
>;

/** Of which row of the log a version is. */
type Place = Pick<TextVersionRow, "seq" | "chainHead">;

/**
 * What is kept of a version, but for its place in the log. Gives way between its parts: of a long text each takes some
 * milliseconds.
 * @param text the wording: of the turn that holds it, or of a change that is to be committed with it
 * @param previous the newest version of either kind, whose number is one less
 * @param countedFrom against which words are counted: of an issued version the one issued before it, for its readers
 *   know no other; of an automatic one the newest of either kind
 */
export async function versionOf(
  text: Pick<Turn, "document" | "state" | "giveWay">,
  previous: Previous,
  given: Given,
  countedFrom: Pick<TextVersionRow, "document"> | null = previous,
): Promise<Omit<TextVersionRow, keyof Place>> {
  await text.giveWay();
  const document = text.document();
  const before = countedFrom ? documentOf(countedFrom) : { kind: document.kind, paragraphs: [], hidden: [] };
  const { added, removed } = countWordChanges(before, document);
  await text.giveWay();
  const state = Buffer.from(text.state());
  await text.giveWay();
  const version = {
    ...given,
    number: (previous?.number ?? 0) + 1,
    state,
    document: Buffer.from(JSON.stringify(document)),
    wordsHash: wordsHashOf(document),
    wordsAdded: added,
    wordsRemoved: removed,
    wordCount: countTextWords(document),
  };
  await text.giveWay();
  return version;
}

/** Writes the row and the event that stands for it in the chain: `sha256` is the hash of the row as it was written. */
export async function insertVersionOnRecord(
  tx: WriteTx,
  row: TextVersionRow,
  act: {
    readonly act: "issueVersion" | "keepVersion";
    readonly by: { readonly personId: string; readonly delegationId: string | null } | null;
    readonly sessionId: string;
  },
): Promise<void> {
  await insertVersion(tx, row);
  await appendEvent(tx, {
    at: row.issuedAt,
    by: act.by ?? { personId: null, delegationId: null },
    act: act.act,
    thing: "text_version",
    thingId: row.id,
    sessionId: act.sessionId,
    detail: {
      textId: row.textId,
      label: row.label,
      number: row.number,
      seq: row.seq,
      chainHead: row.chainHead,
      sha256: rowHash("text_version", row),
    },
  });
}
