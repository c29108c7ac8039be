/** The people of delegations: who sits, as what, and since when. */
import { and, asc, eq, isNotNull, isNull, ne, type SQL } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegate, delegation, person } from "#db/schema/people.ts";

export type DelegateRow = typeof delegate.$inferSelect;

export type DelegateInList = {
  readonly id: string;
  readonly delegationId: string;
  readonly personId: string;
  readonly name: string;
  readonly role: DelegateRow["role"];
};

/** Heads first. */
export const RANK = { head: 0, editor: 1, reader: 2 } as const;

/** People of all delegations of a session, heads first. */
export async function listDelegates(db: Reading, sessionId: string): Promise<DelegateInList[]> {
  const rows = await db
    .select({
      id: delegate.id,
      delegationId: delegate.delegationId,
      personId: delegate.personId,
      name: person.name,
      role: delegate.role,
    })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(and(eq(delegation.sessionId, sessionId), isNull(delegate.untilAt), isNull(delegation.withdrawnAt)))
    .orderBy(asc(person.name));
  return rows.toSorted((a, b) => RANK[a.role] - RANK[b.role]);
}

/** Delegations of a session that have a head who is not suspended. */
export async function listDelegationsWithHead(db: Reading, sessionId: string): Promise<Set<string>> {
  const rows = await db
    .select({ id: delegation.id })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegation.sessionId, sessionId),
        eq(delegate.role, "head"),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
        isNull(person.suspendedAt),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** The seats of a delegation that are taken now. */
export async function listSeats(db: Reading, delegationId: string): Promise<DelegateRow[]> {
  return db
    .select()
    .from(delegate)
    .where(and(eq(delegate.delegationId, delegationId), isNull(delegate.untilAt)));
}

/** Seats of a delegation whose people were invited and have not come yet, suspended or not: rule PE19. */
export async function listUnanswered(db: Reading, delegationId: string): Promise<string[]> {
  const rows = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, delegationId),
        isNull(delegate.untilAt),
        isNull(person.accountId),
        isNotNull(person.email),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Whether the delegation would have a head, and one who is not suspended, without this seat. */
export async function hasHeadWithout(
  db: Reading,
  seat: { readonly delegationId: string; readonly delegateId: string },
): Promise<boolean> {
  const [other] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, seat.delegationId),
        ne(delegate.id, seat.delegateId),
        eq(delegate.role, "head"),
        isNull(delegate.untilAt),
        isNull(person.suspendedAt),
      ),
    )
    .limit(1);
  return other !== undefined;
}

/** Whether a delegation has a head who is not suspended. */
export async function hasHead(db: Reading, delegationId: string): Promise<boolean> {
  return hasHeadWithout(db, { delegationId, delegateId: "" });
}

/** Whether a person sits in a delegation of the session. */
export async function isSeated(
  db: Reading,
  { sessionId, personId }: { readonly sessionId: string; readonly personId: string },
): Promise<boolean> {
  return sits(db, personId, eq(delegation.sessionId, sessionId));
}

/** Whether a person sits for another entity, in whatever session. */
export async function sitsForAnother(
  db: Reading,
  { personId, entityId }: { readonly personId: string; readonly entityId: string },
): Promise<boolean> {
  return sits(db, personId, ne(delegation.entityId, entityId));
}

/** Whether a person sits in a delegation of which this is so. */
async function sits(db: Reading, personId: string, ofDelegation: SQL): Promise<boolean> {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(
      and(
        eq(delegate.personId, personId),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
        ofDelegation,
      ),
    )
    .limit(1);
  return row !== undefined;
}

export async function findDelegate(db: Reading, id: string): Promise<DelegateRow | null> {
  const [row] = await db
    .select()
    .from(delegate)
    .where(and(eq(delegate.id, id), isNull(delegate.untilAt)));
  return row ?? null;
}

export async function insertDelegate(tx: WriteTx, row: DelegateRow): Promise<void> {
  await tx.insert(delegate).values(row);
}

export async function endDelegate(tx: WriteTx, id: string, at: number): Promise<void> {
  await tx.update(delegate).set({ untilAt: at }).where(eq(delegate.id, id));
}
