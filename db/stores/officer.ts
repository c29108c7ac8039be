/** Officers of a session. */
import { and, eq, isNull } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { officer, person } from "#db/schema/people.ts";

export type OfficerRow = typeof officer.$inferSelect;
export type OfficerInList = Pick<OfficerRow, "id" | "personId" | "office"> & { readonly name: string };

const rank = { chair: 0, "vice-chair": 1, facilitator: 2, secretariat: 3 } as const;

/** Officers now, the chair first. */
export async function listOfficers(db: Reading, sessionId: string): Promise<OfficerInList[]> {
  const rows = await db
    .select({ id: officer.id, personId: officer.personId, office: officer.office, name: person.name })
    .from(officer)
    .innerJoin(person, eq(person.id, officer.personId))
    .where(and(eq(officer.sessionId, sessionId), isNull(officer.untilAt)));
  return rows.toSorted((a, b) => rank[a.office] - rank[b.office] || a.name.localeCompare(b.name));
}

export async function findOfficer(db: Reading, id: string): Promise<OfficerRow | null> {
  const [row] = await db
    .select()
    .from(officer)
    .where(and(eq(officer.id, id), isNull(officer.untilAt)));
  return row ?? null;
}

export async function insertOfficer(tx: WriteTx, row: OfficerRow): Promise<void> {
  await tx.insert(officer).values(row);
}

export async function endOfficer(tx: WriteTx, id: string, at: number): Promise<void> {
  await tx.update(officer).set({ untilAt: at }).where(eq(officer.id, id));
}
