/** Delegations that are withdrawn from a session: what they leave behind, and what comes back with them. */
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
import { type DelegateRow, RANK } from "./delegate.ts";
import { type DelegationRow, listedFacts } from "./delegation.ts";

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
    .select({ ...listedFacts, withdrawnAt: delegation.withdrawnAt })
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
