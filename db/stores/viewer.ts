/** Who is looking: everything that rights depend on, read at once. */
import { and, eq, isNull } from "drizzle-orm";
import type { Viewer } from "#app/rules/viewer.ts";
import type { Reading } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { drafter } from "#db/schema/text.ts";

/** The viewer behind a login; the public when the person is unknown or suspended. */
export async function findViewer(
  db: Reading,
  login: { readonly personId: string; readonly loginId: string },
): Promise<Viewer> {
  const { personId, loginId } = login;
  const found = await db
    .select({ name: person.name, secretariat: person.secretariat })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.suspendedAt)));
  const known = found[0];
  if (!known) return { kind: "public" };
  const offices = await db
    .select({ sessionId: officer.sessionId, office: officer.office })
    .from(officer)
    .where(and(eq(officer.personId, personId), isNull(officer.untilAt)));
  const delegates = await db
    .select({
      sessionId: delegation.sessionId,
      delegationId: delegation.id,
      entityId: delegation.entityId,
      code: entity.code,
      capacity: delegation.capacity,
      role: delegate.role,
    })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(and(eq(delegate.personId, personId), isNull(delegate.untilAt), isNull(delegation.withdrawnAt)));
  const drafts = await db
    .select({ textId: drafter.textId })
    .from(drafter)
    .where(and(eq(drafter.personId, personId), isNull(drafter.untilAt)));
  return {
    kind: "person",
    personId,
    loginId,
    name: known.name,
    secretariat: known.secretariat,
    offices,
    delegates,
    drafts: drafts.map(({ textId }) => textId),
  };
}
