/** What corrections of editors' readings keep from standing of what the files say (rule RF17). */
import { createHash } from "node:crypto";
import { type ReadingFacts, factsOfReading, heldBack, heldBy, ofThisDocument, readingId } from "#app/rules/readings.ts";
import type { Reading as Read } from "#db/database.ts";
import { type CorrectionRow, listHoldingCorrections } from "#db/stores/reference-correction.ts";
import { type Reading, linesOf, listReadings } from "./reading-lines.ts";

/** What the files say of an entity on a topic, by `readingId`. */
export type ReadingsInFiles = ReadonlyMap<string, ReadingFacts>;

export type HeldBack = {
  /** As `readingId` says it. */
  readonly id: string;
  readonly what: NonNullable<ReturnType<typeof heldBack>>;
  /** A reading, or that it was taken down. */
  readonly newest: Reading;
  /** What was read last. */
  readonly last: Reading;
  /** What the files say; null: they do not have it any more. */
  readonly file: ReadingFacts | null;
  readonly correction: CorrectionRow;
  /** What stands and what the files say, in a few letters: a form that was made before either changed has others. */
  readonly seen: string;
};

/** Those that were corrected last first; what a State has answered is its own affair, and not among them. `of`: one of them. */
export async function listHeldBack(
  db: Read,
  inFiles: ReadingsInFiles,
  of?: { readonly entityId: string; readonly topicId: string },
): Promise<HeldBack[]> {
  const corrections = await listHoldingCorrections(db, of && readingId(of));
  const all: HeldBack[] = [];
  for (const [id, { newest, last, rows }] of linesOf(await listReadings(db, of))) {
    const holding = ofThisDocument(corrections.get(id) ?? [], rows);
    const correction = holding.at(-1);
    if (correction === undefined || newest.isAnswered) continue;
    const file = inFiles.get(id) ?? null;
    const what = heldBack(file, { last: factsOfReading(last), stands: newest === last }, heldBy(holding));
    if (what === null) continue;
    all.push({ id, what, newest, last, file, correction, seen: seenOf(newest, file) });
  }
  return all.toSorted((a, b) => b.correction.number - a.correction.number);
}

function seenOf({ id }: Reading, file: ReadingFacts | null): string {
  return createHash("sha256")
    .update(JSON.stringify([id, file && factsOfReading(file)]))
    .digest("base64url")
    .slice(0, 16);
}
