/** What the page of delegations shows: who takes part, and whom this viewer may appoint or seat. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { isDouble } from "#app/rules/people.ts";
import { may } from "#app/rules/permissions.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import {
  type DelegateInList,
  listDelegates,
  listDelegationsWithHead,
  listUnanswered,
} from "#db/stores/delegate.ts";
import {
  findEmbargoedCount,
  findReleasedCount,
  listWithdrawnDelegations,
} from "#db/stores/delegation-withdrawal.ts";
import { listDelegations, listEntitiesOutside } from "#db/stores/delegation.ts";
import { listPensThrough } from "#db/stores/drafter.ts";
import { type OfficerInList, listOfficers } from "#db/stores/officer.ts";
import { type PersonRow, listPeople, listPeopleOfEntity } from "#db/stores/person.ts";
import { findSession } from "#db/stores/session.ts";

export type Loaded = Awaited<ReturnType<typeof loadDelegations>>;

/** `search` may ask for what stands before somebody is removed or a delegation withdrawn. Throws "not there" for a session that is none. */
export async function loadDelegations(
  { viewer, db, language }: AppLoadContext,
  sessionId: string,
  search: URLSearchParams,
) {
  const allowed = may("readSession", viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(db.read, sessionId);
  if (!session) throw notThere();
  const manages = may("manageDelegations", viewer, { kind: "session", sessionId }) === true;
  const appoints = may("appointOfficer", viewer, { kind: "session", sessionId }) === true;
  const withdraws = may("withdrawDelegation", viewer, { kind: "session", sessionId }) === true;
  const takesPart = may("readDelegates", viewer, { kind: "session", sessionId }) === true;
  const led = takesPart ? await listDelegationsWithHead(db.read, sessionId) : null;
  const delegations = (await listDelegations(db.read, sessionId, language)).map((one) => {
    const thing = { kind: "delegation", sessionId, delegationId: one.id } as const;
    const hasHead = led?.has(one.id) ?? true;
    return {
      ...one,
      mine: may("manageDelegates", viewer, thing) === true,
      hasHead,
      /** Rule PE11: whether this viewer names its first head. */
      namesHead: !hasHead && may("seatFirstHead", viewer, thing) === true,
    };
  });
  const officers = await Promise.all(
    (await listOfficers(db.read, sessionId)).map(async (held) => {
      const which = { sessionId, through: { officerId: held.id }, personIds: [held.personId] };
      /** Rule PE17: in how many texts they stop drafting when the office ends; said to who may end it. */
      const drafted = appoints ? (await listPensThrough(db.read, which)).length : 0;
      return { ...held, drafted };
    }),
  );
  const delegates = takesPart ? await listDelegates(db.read, sessionId) : [];
  const people = appoints ? (await listPeople(db.read)).filter((person) => !isDouble(person)) : [];
  const own = delegations.find(({ mine }) => mine);
  // Rule PE10: a head chooses from the people of the own delegation and learns no other name.
  const ours = own ? await listPeopleOfEntity(db.read, own.entityId) : [];
  const leaving = delegates.find(({ id }) => id === search.get("remove"));
  const from = delegations.find(({ id, mine }) => mine && id === leaving?.delegationId);
  const withdrawing = delegations.find(({ id }) => withdraws && id === search.get("withdraw"));
  const leavers = delegates.filter(({ delegationId }) => delegationId === withdrawing?.id);
  const pens = withdrawing
    ? await listPensThrough(db.read, {
        sessionId,
        through: { delegationId: withdrawing.id },
        personIds: leavers.map(({ personId }) => personId),
      })
    : [];
  const me = viewer.kind === "person" ? viewer.personId : null;
  return {
    delegations,
    delegates,
    withdrawn: await listWithdrawnDelegations(db.read, sessionId, language),
    withdraws,
    /** Rule PE16: seats of the own delegation whose people have not come yet. */
    unanswered: own ? await listUnanswered(db.read, own.id) : [],
    /** Who is to be removed, before it is done. */
    removal:
      leaving && from
        ? {
            delegateId: leaving.id,
            name: leaving.name,
            isMe: leaving.personId === me,
            delegation: from.name,
          }
        : null,
    /** Which delegation is to be withdrawn, before it is done. */
    withdrawal: withdrawing
      ? {
          delegationId: withdrawing.id,
          name: withdrawing.name,
          people: leavers.length,
          /** Rule PE17: who stops drafting, and in how many texts. */
          drafters: new Set(pens.map(({ personId }) => personId)).size,
          drafted: new Set(pens.map(({ textId }) => textId)).size,
          released: await findReleasedCount(db.read, withdrawing.id),
          /** Of these, statements that wait to be delivered. */
          embargoed: await findEmbargoedCount(db.read, withdrawing.id),
        }
      : null,
    zone: session.timeZone,
    officers,
    outside: manages
      ? await listEntitiesOutside(db.read, { sessionId, exercise: session.exercise, language })
      : [],
    /** Who can be appointed, named first head, and put into one's own delegation: rules PE3, PE4 and PE11. */
    forOffice: withoutOffice({ people, officers, delegates }),
    forHead: delegations.some(({ namesHead }) => namesHead)
      ? withoutSeat({ people, officers, delegates })
      : [],
    forSeat: withoutSeat({ people: ours, officers, delegates }),
    /** Whose own seat it is. */
    me,
    manages,
    appoints,
  };
}

type Choices = {
  readonly people: readonly PersonRow[];
  readonly officers: readonly OfficerInList[];
  readonly delegates: readonly DelegateInList[];
};

function withoutOffice({ people, officers }: Choices) {
  const held = new Set(officers.map(({ personId }) => personId));
  return named(people.filter(({ id }) => !held.has(id)));
}

function withoutSeat({ people, officers, delegates }: Choices) {
  const serving = officers.filter(({ office }) => office === "chair" || office === "secretariat");
  const taken = new Set([...serving, ...delegates].map(({ personId }) => personId));
  return named(people.filter(({ id, secretariat }) => !secretariat && !taken.has(id)));
}

function named(people: readonly PersonRow[]) {
  return people.filter(({ suspendedAt }) => suspendedAt === null).map(({ id, name }) => ({ id, name }));
}
