/** Delegations of a session and their people. */
import {
  and,
  asc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  ne,
  notInArray,
  or,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { position, statement, statementDelivery } from "#db/schema/session.ts";

export type DelegationRow = typeof delegation.$inferSelect;
export type DelegateRow = typeof delegate.$inferSelect;

/** Heads first. */
const RANK = { head: 0, editor: 1, reader: 2 } as const;

export type DelegationInList = {
  readonly id: string;
  readonly sessionId: string;
  readonly entityId: string;
  readonly code: string;
  readonly name: string;
  readonly capacity: DelegationRow["capacity"];
};

const listed = {
  id: delegation.id,
  sessionId: delegation.sessionId,
  entityId: delegation.entityId,
  code: entity.code,
  names: entity.names,
  capacity: delegation.capacity,
};

/** Delegations taking part, in English alphabetical order. */
export async function listDelegations(
  db: Reading,
  sessionId: string,
  language: Language = "en",
): Promise<DelegationInList[]> {
  const rows = await db
    .select(listed)
    .from(delegation)
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(and(eq(delegation.sessionId, sessionId), isNull(delegation.withdrawnAt)))
    .orderBy(asc(entity.alphabet));
  return rows.map(({ names, ...row }) => ({ ...row, name: nameIn(names, language) }));
}

export async function findDelegation(
  db: Reading,
  id: string,
  language: Language = "en",
): Promise<DelegationInList | null> {
  const [row] = await db
    .select(listed)
    .from(delegation)
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(and(eq(delegation.id, id), isNull(delegation.withdrawnAt)));
  if (!row) return null;
  const { names, ...rest } = row;
  return { ...rest, name: nameIn(names, language) };
}

/** A delegation, whether or not it has been withdrawn. */
export async function findAnyDelegation(db: Reading, id: string): Promise<DelegationRow | null> {
  const [row] = await db.select().from(delegation).where(eq(delegation.id, id));
  return row ?? null;
}

/** The delegation of an entity, whether or not it has been withdrawn: an entity has one at most in a session. */
export async function findDelegationOf(
  db: Reading,
  { sessionId, entityId }: { readonly sessionId: string; readonly entityId: string },
): Promise<DelegationRow | null> {
  const [row] = await db
    .select()
    .from(delegation)
    .where(and(eq(delegation.sessionId, sessionId), eq(delegation.entityId, entityId)));
  return row ?? null;
}

/** Every entity that has or had a delegation in the session, with the delegation. */
export async function listDelegationsByEntity(
  db: Reading,
  sessionId: string,
): Promise<ReadonlyMap<string, { readonly id: string; readonly withdrawn: boolean }>> {
  const rows = await db
    .select({ id: delegation.id, entityId: delegation.entityId, withdrawnAt: delegation.withdrawnAt })
    .from(delegation)
    .where(eq(delegation.sessionId, sessionId));
  return new Map(
    rows.map(({ id, entityId, withdrawnAt }) => [entityId, { id, withdrawn: withdrawnAt !== null }]),
  );
}

type WithdrawnDelegation = {
  readonly id: string;
  readonly entityId: string;
  readonly code: string;
  readonly name: string;
  readonly withdrawnAt: number;
  /** As it was given when it was withdrawn. */
  readonly reason: string;
};

/** Delegations that were withdrawn from the session, in English alphabetical order. */
export async function listWithdrawnDelegations(
  db: Reading,
  sessionId: string,
  language: Language = "en",
): Promise<WithdrawnDelegation[]> {
  const rows = await db
    .select({ ...listed, withdrawnAt: delegation.withdrawnAt })
    .from(delegation)
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(and(eq(delegation.sessionId, sessionId), isNotNull(delegation.withdrawnAt)))
    .orderBy(asc(entity.alphabet));
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const acts = await listWithdrawals(db, ids);
  return rows.map(({ id, entityId, code, names, withdrawnAt }) => {
    // Of several the last.
    const reason = acts.findLast((act) => act.delegationId === id)?.detail["reason"];
    const name = nameIn(names, language);
    return {
      id,
      entityId,
      code,
      name,
      withdrawnAt: withdrawnAt ?? 0,
      reason: typeof reason === "string" ? reason : "",
    };
  });
}

/** Acts by which delegations were withdrawn, in order. */
async function listWithdrawals(db: Reading, ids: readonly string[]) {
  return db
    .select({ delegationId: event.thingId, detail: event.detail })
    .from(event)
    .where(
      and(
        eq(event.thing, "delegation"),
        inArray(event.thingId, [...ids]),
        eq(event.act, "withdrawDelegation"),
      ),
    )
    .orderBy(asc(event.seq));
}

/**
 * The seats that ended when a delegation was last withdrawn, heads first, of people who are still of its entity: neither
 * named for another or for none since, nor seated for another in any session, even for a while.
 */
export async function listSeatsToBringBack(
  db: Reading,
  { id, entityId, withdrawnAt }: DelegationRow,
): Promise<DelegateRow[]> {
  const seats = (await listWithdrawals(db, [id])).at(-1)?.detail["seats"];
  const ids = Array.isArray(seats) ? seats.map(String) : [];
  const since = withdrawnAt ?? 0;
  const seatedElsewhere = db
    .select({ personId: delegate.personId })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(and(ne(delegation.entityId, entityId), gte(delegate.fromAt, since)));
  const namedSince = db
    .select({ personId: event.thingId })
    .from(event)
    .where(and(eq(event.thing, "person"), eq(event.act, "nameForDelegation"), gte(event.at, since)));
  const rows = await db
    .select(getTableColumns(delegate))
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, id),
        inArray(delegate.id, ids),
        // Of many nobody said for whom they were invited.
        or(eq(person.entityId, entityId), and(isNull(person.entityId), notInArray(person.id, namedSince))),
        notInArray(person.id, seatedElsewhere),
      ),
    )
    .orderBy(asc(delegate.fromAt));
  return rows.toSorted((a, b) => RANK[a.role] - RANK[b.role]);
}

/** What a delegation has released, which is on record. */
export async function findReleasedCount(db: Reading, delegationId: string): Promise<number> {
  const positions = await db.$count(position, eq(position.delegationId, delegationId));
  return positions + (await db.$count(statement, eq(statement.delegationId, delegationId)));
}

/** Statements of a delegation that are under embargo and can still be delivered: those that no newer one corrects. */
export async function findEmbargoedCount(db: Reading, delegationId: string): Promise<number> {
  const newer = alias(statement, "newer");
  const superseded = db.select({ id: newer.supersedes }).from(newer).where(isNotNull(newer.supersedes));
  const delivered = db.select({ id: statementDelivery.statementId }).from(statementDelivery);
  return db.$count(
    statement,
    and(
      eq(statement.delegationId, delegationId),
      eq(statement.embargo, "delivery"),
      notInArray(statement.id, superseded),
      notInArray(statement.id, delivered),
    ),
  );
}

/** `at` null: it takes part again. */
export async function setWithdrawn(tx: WriteTx, id: string, at: number | null): Promise<void> {
  await tx.update(delegation).set({ withdrawnAt: at }).where(eq(delegation.id, id));
}

export async function insertDelegation(tx: WriteTx, row: DelegationRow): Promise<void> {
  await tx.insert(delegation).values(row);
}

export type DelegateInList = {
  readonly id: string;
  readonly delegationId: string;
  readonly personId: string;
  readonly name: string;
  readonly role: DelegateRow["role"];
};

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

/** Seats of a delegation whose people were invited and have not come yet. */
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
        isNull(person.suspendedAt),
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
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(
      and(
        eq(delegate.personId, personId),
        eq(delegation.sessionId, sessionId),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Whether a person sits for another entity, in whatever session. */
export async function sitsForAnother(
  db: Reading,
  { personId, entityId }: { readonly personId: string; readonly entityId: string },
): Promise<boolean> {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(
      and(
        eq(delegate.personId, personId),
        ne(delegation.entityId, entityId),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
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

/** Entities that could still take part: of the exercise in an exercise, real ones otherwise. */
export async function listEntitiesOutside(
  db: Reading,
  which: { readonly sessionId: string; readonly exercise: boolean; readonly language?: Language },
): Promise<
  {
    readonly id: string;
    readonly name: string;
    readonly code: string;
    readonly kind: typeof entity.$inferSelect.kind;
  }[]
> {
  const { sessionId, exercise, language = "en" } = which;
  const inside = db
    .select({ id: delegation.entityId })
    .from(delegation)
    .where(eq(delegation.sessionId, sessionId));
  const rows = await db
    .select({ id: entity.id, names: entity.names, code: entity.code, kind: entity.kind })
    .from(entity)
    .where(notInArray(entity.id, inside))
    .orderBy(asc(entity.alphabet));
  return rows
    .filter(({ kind }) => kind.startsWith("exercise") === exercise)
    .map(({ id, names, code, kind }) => ({ id, name: nameIn(names, language), code, kind }));
}
