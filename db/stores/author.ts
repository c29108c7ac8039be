/** Names for those whom the log and the versions name by id. */
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Reading } from "#db/database.ts";
import { delegation, entity, officer, person } from "#db/schema/people.ts";

/** An office of the session, from when to when; `untilAt` is null while it is held. Milliseconds. */
type HeldOffice = Pick<typeof officer.$inferSelect, "office" | "fromAt" | "untilAt">;

export type AuthorNames = {
  readonly persons: Readonly<
    Record<
      string,
      {
        readonly name: string;
        /** Of the whole installation. */
        readonly secretariat: boolean;
        readonly offices: readonly HeldOffice[];
      }
    >
  >;
  readonly delegations: Readonly<Record<string, Pick<typeof entity.$inferSelect, "code" | "names">>>;
};

/**
 * Names of persons and delegations by id, with the offices that a person holds or held in the session, the newest
 * first. Ids that are not known are left out.
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
          .select({ id: person.id, name: person.name, secretariat: person.secretariat })
          .from(person)
          .where(inArray(person.id, personIds));
  const offices =
    personIds.length === 0
      ? []
      : await db
          .select()
          .from(officer)
          .where(and(eq(officer.sessionId, which.sessionId), inArray(officer.personId, personIds)))
          .orderBy(desc(officer.fromAt));
  const parties =
    delegationIds.length === 0
      ? []
      : await db
          .select({ id: delegation.id, code: entity.code, names: entity.names })
          .from(delegation)
          .innerJoin(entity, eq(entity.id, delegation.entityId))
          .where(inArray(delegation.id, delegationIds));
  return {
    persons: Object.fromEntries(
      people.map(({ id, ...about }) => [
        id,
        { ...about, offices: offices.filter(({ personId }) => personId === id) },
      ]),
    ),
    delegations: Object.fromEntries(parties.map(({ id, code, names }) => [id, { code, names }])),
  };
}
