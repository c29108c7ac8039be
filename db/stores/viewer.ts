/** Who is looking: everything that rights depend on, read at once. */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Viewer } from "#app/rules/viewer.ts";
import type { Reading } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { installation } from "#db/schema/session.ts";
import { drafter } from "#db/schema/text.ts";

/** The viewer behind a login; the public when the person is unknown or suspended. */
export async function findViewer(db: Reading, login: Login): Promise<Viewer> {
  return prepareViewers(db)(login);
}

type Login = {
  readonly personId: string;
  readonly loginId: string;
  /** Whether the person has authenticator codes on. */
  readonly hasCodes?: boolean;
};

/** `findViewer` with its queries prepared once, for whoever asks thousands of times a second. */
export function prepareViewers(db: Reading): (login: Login) => Promise<Viewer> {
  const personId = sql.placeholder("personId");
  const persons = db
    .select({ name: person.name, secretariat: person.secretariat })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.suspendedAt)))
    .prepare();
  const offices = db
    .select({ sessionId: officer.sessionId, office: officer.office })
    .from(officer)
    .where(and(eq(officer.personId, personId), isNull(officer.untilAt)))
    .prepare();
  const delegates = db
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
    .where(and(eq(delegate.personId, personId), isNull(delegate.untilAt), isNull(delegation.withdrawnAt)))
    .prepare();
  const drafts = db
    .select({ textId: drafter.textId })
    .from(drafter)
    .where(and(eq(drafter.personId, personId), isNull(drafter.untilAt)))
    .prepare();
  const requirement = db.select({ requiredAt: installation.codesRequiredAt }).from(installation).prepare();
  return async ({ personId, loginId, hasCodes = false }) => {
    const [known] = await persons.execute({ personId });
    if (!known) return { kind: "public" };
    const held = await offices.execute({ personId });
    // Rule SI16: without codes the rights of an office rest. Few hold one, so nobody else waits for this question.
    const isOfficer = known.secretariat || held.length > 0;
    const rests =
      isOfficer && !hasCodes && (await requirement.execute()).some((one) => one.requiredAt !== null);
    return {
      kind: "person",
      personId,
      loginId,
      name: known.name,
      ...(hasCodes && { hasCodes }),
      ...(rests && { officeRests: rests }),
      secretariat: known.secretariat && !rests,
      offices: rests ? [] : held,
      delegates: await delegates.execute({ personId }),
      drafts: (await drafts.execute({ personId })).map(({ textId }) => textId),
    };
  };
}
