/** Delegations of a session. */
import { and, asc, eq, isNull, notInArray } from "drizzle-orm";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegation, entity } from "#db/schema/people.ts";

export type DelegationRow = typeof delegation.$inferSelect;

export type DelegationInList = {
  readonly id: string;
  readonly sessionId: string;
  readonly entityId: string;
  readonly code: string;
  readonly name: string;
  readonly capacity: DelegationRow["capacity"];
};

/** What `DelegationInList` is made of. */
export const listedFacts = {
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
    .select(listedFacts)
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
    .select(listedFacts)
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

export async function insertDelegation(tx: WriteTx, row: DelegationRow): Promise<void> {
  await tx.insert(delegation).values(row);
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
