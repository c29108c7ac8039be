/** Versions of a text. Rows never change; the long columns are read only where they are asked for. */
import { and, asc, desc, eq } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { textVersion } from "#db/schema/text.ts";

export type TextVersionRow = typeof textVersion.$inferSelect;

/** A version without its long columns, with the name of who issued it (null: kept by the server). */
export type VersionInList = Omit<TextVersionRow, "state" | "document"> & {
  readonly issuedByName: string | null;
};

const listed = {
  id: textVersion.id,
  textId: textVersion.textId,
  number: textVersion.number,
  kind: textVersion.kind,
  reason: textVersion.reason,
  label: textVersion.label,
  symbol: textVersion.symbol,
  note: textVersion.note,
  seq: textVersion.seq,
  wordsHash: textVersion.wordsHash,
  chainHead: textVersion.chainHead,
  wordsAdded: textVersion.wordsAdded,
  wordsRemoved: textVersion.wordsRemoved,
  wordCount: textVersion.wordCount,
  issuedBy: textVersion.issuedBy,
  issuedAt: textVersion.issuedAt,
  issuedByName: person.name,
};

/** All versions of a text, oldest first: the caller leaves out what its viewer may not see. */
export async function listVersions(db: Reading, textId: string): Promise<VersionInList[]> {
  return db
    .select(listed)
    .from(textVersion)
    .leftJoin(person, eq(person.id, textVersion.issuedBy))
    .where(eq(textVersion.textId, textId))
    .orderBy(asc(textVersion.number));
}

/** One version of a text with `TextDocument` as JSON bytes; null when the text has no such version. */
export async function findVersionDocument(
  db: Reading,
  which: { readonly textId: string; readonly versionId: string },
): Promise<(VersionInList & { readonly document: Buffer }) | null> {
  const [row] = await db
    .select({ ...listed, document: textVersion.document })
    .from(textVersion)
    .leftJoin(person, eq(person.id, textVersion.issuedBy))
    .where(and(eq(textVersion.textId, which.textId), eq(textVersion.id, which.versionId)))
    .limit(1);
  return row ?? null;
}

/** The newest version of a text, of either kind or of one, with its document; null before the first. */
export async function findNewestVersion(
  db: Reading,
  textId: string,
  { kind }: { readonly kind?: TextVersionRow["kind"] } = {},
): Promise<(VersionInList & { readonly document: Buffer }) | null> {
  const [row] = await db
    .select({ ...listed, document: textVersion.document })
    .from(textVersion)
    .leftJoin(person, eq(person.id, textVersion.issuedBy))
    .where(and(eq(textVersion.textId, textId), kind === undefined ? undefined : eq(textVersion.kind, kind)))
    .orderBy(desc(textVersion.number))
    .limit(1);
  return row ?? null;
}

/** Up to which row of the log the newest version of a text goes; 0 before the first. */
export async function findNewestVersionSeq(db: Reading, textId: string): Promise<number> {
  const [row] = await db
    .select({ seq: textVersion.seq })
    .from(textVersion)
    .where(eq(textVersion.textId, textId))
    .orderBy(desc(textVersion.number))
    .limit(1);
  return row?.seq ?? 0;
}

export async function insertVersion(tx: WriteTx, row: TextVersionRow): Promise<void> {
  await tx.insert(textVersion).values(row);
}
