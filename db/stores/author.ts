/** Names for those whom the log and the versions name by id. */
import { and, eq, inArray } from "drizzle-orm";
import type { Reading } from "#db/database.ts";
import { delegation, entity, officer, person } from "#db/schema/people.ts";

export type AuthorNames = {
  readonly persons: Readonly<
    Record<string, { readonly name: string; readonly office: typeof officer.$inferSelect.office | null }>
  >;
  readonly delegations: Readonly<Record<string, { readonly code: string; readonly name: string }>>;
};

/**
 * Names of persons and delegations by id, with the office that a person holds or held in the session. Ids that are not
 * known are left out.
 */
export async function listAuthorNames(
  db: Reading,
  which: {
    readonly sessionId: string;
    readonly personIds: Iterable<string>;
    readonly delegationIds: Iterable<string>;
  },
): Promise<AuthorNames> {
  const personIds = [...new Set(which.personIds)];
  const delegationIds = [...new Set(which.delegationIds)];
  const people =
    personIds.length === 0
      ? []
      : await db
          .select({ id: person.id, name: person.name, office: officer.office })
          .from(person)
          .leftJoin(officer, and(eq(officer.personId, person.id), eq(officer.sessionId, which.sessionId)))
          .where(inArray(person.id, personIds));
  const parties =
    delegationIds.length === 0
      ? []
      : await db
          .select({ id: delegation.id, code: entity.code, names: entity.names })
          .from(delegation)
          .innerJoin(entity, eq(entity.id, delegation.entityId))
          .where(inArray(delegation.id, delegationIds));
  return {
    persons: Object.fromEntries(people.map(({ id, name, office }) => [id, { name, office }])),
    delegations: Object.fromEntries(parties.map(({ id, code, names }) => [id, { code, name: names.en }])),
  };
}
