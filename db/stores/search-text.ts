/** Wordings of texts in the index of search: which wait, and taking them over in pieces. Dialect-bound. */
import { sha256 } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import type { SearchKind } from "#db/search/entry.ts";
import { createPutter } from "#db/search/search-index.ts";

/** A wording that was written and cannot be found yet: the live one of a text, or that of a version. */
export type WaitingWording = {
  readonly textId: string;
  /** Null: the live one. */
  readonly version: { readonly id: string; readonly number: number } | null;
};

export type IndexedText = {
  readonly id: string;
  readonly sessionId: string;
  readonly delegationId: string | null;
};

type Passage = { readonly paragraphId: string; readonly label: string; readonly words: string };

/** Stands for the live wording beside the ids of versions. */
const LIVE = "live";
/** Newer than every version. */
const LIVE_NUMBER = 2 ** 40;

/** The wordings that wait, in the order in which they were written; automatic versions of drafts are nobody's to find. */
export async function listWaitingWordings(db: Reading): Promise<WaitingWording[]> {
  const rows = db.$client
    .prepare<[], { thing_id: string; text_id: string | null; number: number | null }>(
      `SELECT todo.thing_id, version.text_id, version.number FROM search_todo todo
       LEFT JOIN text_version version ON todo.kind = 'version' AND version.id = todo.thing_id
       WHERE todo.kind IN ('version', 'live') ORDER BY todo.kind = 'live', todo.place`,
    )
    .all();
  return Promise.resolve(
    rows.map(({ thing_id: id, text_id: textId, number }) =>
      textId === null || number === null
        ? { textId: id, version: null }
        : { textId, version: { id, number } },
    ),
  );
}

/** What has to change so that the index holds exactly these passages of a wording. */
export type WordingDifference = {
  readonly set: readonly (Passage & { readonly thingId: string })[];
  readonly gone: readonly number[];
};

export async function findWordingDifference(
  db: Reading,
  which: {
    readonly textId: string;
    readonly versionId: string | null;
    readonly passages: readonly Passage[];
  },
): Promise<WordingDifference> {
  const { textId, versionId, passages } = which;
  const known = new Map(
    db.$client
      .prepare<[string, string], { id: number; thing_id: string; label: string }>(
        `SELECT entry.id, entry.thing_id, wording.label FROM search_entry entry
         JOIN search_wording wording ON wording.entry_id = entry.id
         WHERE entry.text_id = ? AND wording.wording = ?`,
      )
      .all(textId, versionId ?? LIVE)
      .map(({ thing_id: thingId, ...row }) => [thingId, row]),
  );
  const named = passages.map((passage) => ({
    ...passage,
    thingId: `${textId} ${passage.paragraphId} ${sha256(passage.words)}`,
  }));
  const kept = new Set(named.map(({ thingId }) => thingId));
  return Promise.resolve({
    set: named.filter(({ thingId, label }) => known.get(thingId)?.label !== label),
    gone: [...known].filter(([thingId]) => !kept.has(thingId)).map(([, { id }]) => id),
  });
}

/** Passages that do not stand in the live wording any more; they stay where a version has them. */
export async function forgetPassages(tx: WriteTx, ids: readonly number[]): Promise<void> {
  const putter = createPutter(tx.$client);
  const unlink = tx.$client.prepare<[number]>(
    `DELETE FROM search_wording WHERE entry_id = ? AND wording = '${LIVE}'`,
  );
  const isElsewhere = tx.$client.prepare<[number]>("SELECT 1 FROM search_wording WHERE entry_id = ?").pluck();
  const find = tx.$client.prepare<[number], { kind: SearchKind; thing_id: string }>(
    "SELECT kind, thing_id FROM search_entry WHERE id = ?",
  );
  for (const id of ids) {
    unlink.run(id);
    const entry = isElsewhere.get(id) === undefined ? find.get(id) : undefined;
    if (entry) putter.put({ kind: entry.kind, thingId: entry.thing_id }, null);
  }
  return Promise.resolve();
}

/** Passages that stand in the wording, each under its label there. */
export async function putPassages(
  tx: WriteTx,
  text: IndexedText,
  wording: Pick<WaitingWording, "version"> & { readonly set: WordingDifference["set"] },
): Promise<void> {
  const { version, set } = wording;
  const putter = createPutter(tx.$client);
  const find = tx.$client
    .prepare<[string, string], number>("SELECT id FROM search_entry WHERE kind = ? AND thing_id = ?")
    .pluck();
  const link = tx.$client.prepare<[number, string, number, string]>(
    "INSERT OR REPLACE INTO search_wording (entry_id, wording, number, label) VALUES (?, ?, ?, ?)",
  );
  const kind = text.delegationId === null ? "passage" : "draft-passage";
  const { sessionId, delegationId } = text;
  const scope = { sessionId, delegationId, embargo: null, exercise: null };
  for (const { thingId, paragraphId, label, words } of set) {
    const id =
      find.get(kind, thingId) ??
      putter.put(
        { kind, thingId },
        { ...scope, head: "", body: words, about: "" },
        { textId: text.id, paragraphId, words },
      );
    if (id !== null) link.run(id, version?.id ?? LIVE, version?.number ?? LIVE_NUMBER, label);
  }
  return Promise.resolve();
}

/** The whole wording is in the index. A live one that was written in meanwhile waits again. */
export async function markTakenOver(
  tx: WriteTx,
  { textId, version }: WaitingWording,
  seq: number,
): Promise<void> {
  const { $client } = tx;
  if (version !== null) {
    $client.prepare("DELETE FROM search_todo WHERE kind = 'version' AND thing_id = ?").run(version.id);
    return Promise.resolve();
  }
  $client.prepare("INSERT OR REPLACE INTO search_text (text_id, seq) VALUES (?, ?)").run(textId, seq);
  $client
    .prepare(
      `DELETE FROM search_todo WHERE kind = 'live' AND thing_id = ?
       AND NOT EXISTS (SELECT 1 FROM text_update WHERE text_id = ? AND seq > ?)`,
    )
    .run(textId, textId, seq);
  return Promise.resolve();
}

/** What can never be taken over, such as the wording of a text that is not there, waits no longer. */
export async function passOver(tx: WriteTx, { textId, version }: WaitingWording): Promise<void> {
  tx.$client
    .prepare("DELETE FROM search_todo WHERE kind = ? AND thing_id = ?")
    .run(version === null ? "live" : "version", version?.id ?? textId);
  return Promise.resolve();
}
