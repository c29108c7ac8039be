/** Persons: who may sign in, and for whom they act. */
import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";

export type PersonRow = typeof person.$inferSelect;

export async function findPerson(db: Reading, id: string): Promise<PersonRow | null> {
  const [row] = await db.select().from(person).where(eq(person.id, id));
  return row ?? null;
}

export async function findPersonByEmail(db: Reading, email: string): Promise<PersonRow | null> {
  const [row] = await db.select().from(person).where(eq(person.email, email.toLowerCase()));
  return row ?? null;
}

/** Who has one of the addresses, by address; asked in portions, so that no question is too long. */
export async function listPeopleByEmail(
  db: Reading,
  emails: readonly string[],
): Promise<ReadonlyMap<string, PersonRow>> {
  const found = new Map<string, PersonRow>();
  for (let at = 0; at < emails.length; at += EMAILS_AT_ONCE) {
    const some = emails.slice(at, at + EMAILS_AT_ONCE);
    const rows = await db.select().from(person).where(inArray(person.email, some));
    for (const row of rows) if (row.email !== null) found.set(row.email, row);
  }
  return found;
}

const EMAILS_AT_ONCE = 200;

/** The person who signs in with this account. */
export async function findPersonByAccount(db: Reading, accountId: string): Promise<PersonRow | null> {
  const [row] = await db.select().from(person).where(eq(person.accountId, accountId));
  return row ?? null;
}

/** Everybody, by name. */
export async function listPeople(db: Reading): Promise<PersonRow[]> {
  return db.select().from(person).orderBy(asc(person.name));
}

/** Who was invited for an entity, and who is or was in a delegation of it, by name. */
export async function listPeopleOfEntity(db: Reading, entityId: string): Promise<PersonRow[]> {
  const seated = db
    .select({ id: delegate.personId })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(eq(delegation.entityId, entityId));
  return db
    .select()
    .from(person)
    .where(or(eq(person.entityId, entityId), inArray(person.id, seated)))
    .orderBy(asc(person.name));
}

export async function insertPerson(tx: WriteTx, row: typeof person.$inferInsert): Promise<void> {
  await tx.insert(person).values({ ...row, email: row.email?.toLowerCase() ?? null });
}

/** The first of the secretariat says who they are. */
export async function namePerson(
  tx: WriteTx,
  personId: string,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<void> {
  await tx.update(person).set({ name, email: email.toLowerCase() }).where(eq(person.id, personId));
}

/** For which entity the person was invited; null for none. */
export async function namePersonFor(tx: WriteTx, personId: string, entityId: string | null): Promise<void> {
  await tx.update(person).set({ entityId }).where(eq(person.id, personId));
}

export async function linkAccount(tx: WriteTx, personId: string, accountId: string): Promise<void> {
  await tx.update(person).set({ accountId }).where(eq(person.id, personId));
}

export async function suspendPerson(tx: WriteTx, personId: string, at: number | null): Promise<void> {
  await tx.update(person).set({ suspendedAt: at }).where(eq(person.id, personId));
}

/** Everybody of the secretariat, and whoever holds an office in a session. */
export async function listPeopleWithOffice(db: Reading): Promise<Set<string>> {
  const held = db.select({ id: officer.personId }).from(officer).where(isNull(officer.untilAt));
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(or(eq(person.secretariat, true), inArray(person.id, held)));
  return new Set(rows.map(({ id }) => id));
}

export type PersonInSession = {
  readonly personId: string;
  readonly name: string;
  readonly office: typeof officer.$inferSelect.office | null;
  readonly delegationId: string | null;
  readonly code: string | null;
  readonly entityName: string | null;
  readonly role: typeof delegate.$inferSelect.role | null;
};

/** Officers and delegates of a session now: officers first, then by delegation and name. */
export async function listPeopleInSession(
  db: Reading,
  sessionId: string,
  language: Language,
): Promise<PersonInSession[]> {
  const officers = await db
    .select({ personId: person.id, name: person.name, office: officer.office })
    .from(officer)
    .innerJoin(person, eq(person.id, officer.personId))
    .where(and(eq(officer.sessionId, sessionId), isNull(officer.untilAt), isNull(person.suspendedAt)));
  const delegates = await db
    .select({
      personId: person.id,
      name: person.name,
      delegationId: delegation.id,
      code: entity.code,
      names: entity.names,
      role: delegate.role,
    })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegation.sessionId, sessionId),
        isNull(delegate.untilAt),
        isNull(delegation.withdrawnAt),
        isNull(person.suspendedAt),
      ),
    )
    .orderBy(asc(entity.alphabet), asc(person.name));
  return [
    ...officers.map((held) => ({ ...held, delegationId: null, code: null, entityName: null, role: null })),
    ...delegates.map(({ names, ...seat }) => ({
      ...seat,
      office: null,
      entityName: nameIn(names, language),
    })),
  ];
}
