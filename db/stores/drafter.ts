/** Who is appointed to write in a text. A row is closed, never removed. */
import { and, asc, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { drafter, text } from "#db/schema/text.ts";

export type DrafterRow = typeof drafter.$inferSelect;
export type AppointedDrafter = {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly fromAt: number;
};

/** Drafters appointed now, by name. */
export async function listDrafters(db: Reading, textId: string): Promise<AppointedDrafter[]> {
  return db
    .select({ id: drafter.id, personId: drafter.personId, name: person.name, fromAt: drafter.fromAt })
    .from(drafter)
    .innerJoin(person, eq(person.id, drafter.personId))
    .where(and(eq(drafter.textId, textId), isNull(drafter.untilAt)))
    .orderBy(asc(person.name));
}

/** The appointment that a person holds in a text now. */
export async function findDrafter(
  db: Reading,
  which: { readonly textId: string; readonly personId: string },
): Promise<DrafterRow | null> {
  const rows = await db
    .select()
    .from(drafter)
    .where(
      and(eq(drafter.textId, which.textId), eq(drafter.personId, which.personId), isNull(drafter.untilAt)),
    )
    .limit(1);
  return rows[0] ?? null;
}

export async function insertDrafter(tx: WriteTx, row: Omit<DrafterRow, "untilAt">): Promise<void> {
  await tx.insert(drafter).values({ ...row, untilAt: null });
}

export async function endDrafter(tx: WriteTx, drafterId: string, at: number): Promise<void> {
  await tx.update(drafter).set({ untilAt: at }).where(eq(drafter.id, drafterId));
}

export type Pen = { readonly drafterId: string; readonly textId: string; readonly personId: string };

/** What people take part in a session through: their seats in a delegation, or an office. */
type Through = { readonly delegationId: string } | { readonly officerId: string };

/**
 * The pens that people hold in texts of the session and could not be given without that through which they take part;
 * the same before it ends and after.
 */
export async function listPensThrough(
  db: Reading,
  which: {
    readonly sessionId: string;
    readonly through: Through;
    readonly personIds: readonly string[];
  },
): Promise<Pen[]> {
  const { sessionId, through, personIds } = which;
  const pens = await db
    .select({ drafterId: drafter.id, textId: drafter.textId, personId: drafter.personId })
    .from(drafter)
    .innerJoin(text, eq(text.id, drafter.textId))
    .where(
      and(eq(text.sessionId, sessionId), inArray(drafter.personId, [...personIds]), isNull(drafter.untilAt)),
    )
    .orderBy(asc(drafter.fromAt), asc(drafter.id));
  if (pens.length === 0) return [];
  const others = await listEligibleDrafters(db, sessionId, { without: through });
  const eligible = new Set(others.map(({ personId }) => personId));
  return pens.filter(({ personId }) => !eligible.has(personId));
}

/**
 * Who may be appointed: officers and delegates of the session now, and the secretariat, by name; as if a delegation
 * took no part, or an office was not held, where one is named.
 */
export async function listEligibleDrafters(
  db: Reading,
  sessionId: string,
  {
    without = {},
  }: { readonly without?: { readonly delegationId?: string; readonly officerId?: string } } = {},
): Promise<{ personId: string; name: string; code: string | null; office: string | null }[]> {
  const { delegationId = "", officerId = "" } = without;
  const officers = await db
    .select({ personId: person.id, name: person.name, office: officer.office })
    .from(officer)
    .innerJoin(person, eq(person.id, officer.personId))
    .where(
      and(
        eq(officer.sessionId, sessionId),
        ne(officer.id, officerId),
        isNull(officer.untilAt),
        isNull(person.suspendedAt),
      ),
    );
  const delegates = await db
    .select({ personId: person.id, name: person.name, code: entity.code })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(
      and(
        eq(delegation.sessionId, sessionId),
        ne(delegation.id, delegationId),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
        isNull(person.suspendedAt),
      ),
    );
  const secretariat = await db
    .select({ personId: person.id, name: person.name })
    .from(person)
    .where(and(eq(person.secretariat, true), isNull(person.suspendedAt)));
  const people = new Map<
    string,
    { personId: string; name: string; code: string | null; office: string | null }
  >();
  for (const row of officers) people.set(row.personId, { ...row, code: null });
  for (const row of delegates) {
    if (!people.has(row.personId)) people.set(row.personId, { ...row, office: null });
  }
  for (const row of secretariat) {
    if (!people.has(row.personId)) people.set(row.personId, { ...row, code: null, office: "secretariat" });
  }
  return [...people.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
