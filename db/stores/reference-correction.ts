/** What the secretariat corrected in the reference data, in the order in which it was done. */
import { and, asc, desc, eq, max } from "drizzle-orm";
import { sinceFilesTaken } from "#app/rules/readings.ts";
import { type Changes, type Fields, fieldsAfter } from "#app/rules/reference.ts";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person, referenceCorrection } from "#db/schema/people.ts";

export type CorrectionRow = typeof referenceCorrection.$inferSelect;
export type CorrectedThing = CorrectionRow["thing"];
export type CorrectionInList = CorrectionRow & { readonly byName: string };

/** Oldest first: all of one kind of thing, or of one thing. */
async function listCorrections(
  db: Reading,
  of: { readonly thing: CorrectedThing; readonly thingId?: string },
): Promise<CorrectionRow[]> {
  const { thing, thingId } = of;
  return db
    .select()
    .from(referenceCorrection)
    .where(
      and(
        eq(referenceCorrection.thing, thing),
        thingId === undefined ? undefined : eq(referenceCorrection.thingId, thingId),
      ),
    )
    .orderBy(asc(referenceCorrection.number));
}

/** Where corrections have left each thing of a kind, by its id. */
export async function listCorrectedFields(
  db: Reading,
  thing: CorrectedThing,
): Promise<ReadonlyMap<string, Fields>> {
  const byThing = Map.groupBy(await listCorrections(db, { thing }), ({ thingId }) => thingId);
  return new Map([...byThing].map(([thingId, rows]) => [thingId, fieldsAfter(rows)]));
}

/** The corrections that hold, oldest first, of each editors' reading or of one, by `readingId`. */
export async function listHoldingCorrections(
  db: Reading,
  readingId?: string,
): Promise<ReadonlyMap<string, readonly CorrectionRow[]>> {
  const all = await listCorrections(db, { thing: "reading", thingId: readingId });
  const byReading = Map.groupBy(all, ({ thingId }) => thingId);
  return new Map([...byReading].map(([id, rows]) => [id, sinceFilesTaken(rows)]));
}

/** With who made them, newest first; of one kind of thing, of one thing, or all. */
export async function listCorrectionHistory(
  db: Reading,
  of: { readonly thing?: CorrectedThing; readonly thingId?: string; readonly limit?: number } = {},
): Promise<CorrectionInList[]> {
  const rows = await db
    .select({ row: referenceCorrection, byName: person.name })
    .from(referenceCorrection)
    .innerJoin(person, eq(person.id, referenceCorrection.by))
    .where(
      and(
        of.thing && eq(referenceCorrection.thing, of.thing),
        of.thingId === undefined ? undefined : eq(referenceCorrection.thingId, of.thingId),
      ),
    )
    .orderBy(desc(referenceCorrection.number))
    .limit(of.limit ?? 500);
  return rows.map(({ row, byName }) => ({ ...row, byName }));
}

/** The number of the newest correction of a thing; 0 when there is none. */
export async function findNewestCorrection(
  db: Reading,
  of: { readonly thing: CorrectedThing; readonly thingId: string },
): Promise<number> {
  return (await listCorrections(db, of)).at(-1)?.number ?? 0;
}

/** Writes the next correction; the caller anchors it with the event that made it. */
export async function insertCorrection(
  tx: WriteTx,
  correction: Omit<CorrectionRow, "number" | "value"> & { readonly value: Changes },
): Promise<{ readonly sha256: string }> {
  const [last] = await tx.select({ number: max(referenceCorrection.number) }).from(referenceCorrection);
  const row = { ...correction, number: (last?.number ?? 0) + 1 };
  await tx.insert(referenceCorrection).values(row);
  return { sha256: rowHash("reference_correction", row) };
}
