/** Many delegations at once: those of a group, or of a table that the secretariat brings. Rules DL1 to DL6. */
import { setImmediate as giveWay } from "node:timers/promises";
import { cleanFields } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { personProblems } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { hasHead } from "#db/stores/delegate.ts";
import { findDelegationOf, insertDelegation } from "#db/stores/delegation.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { type EntityRow, findEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson, findPersonByEmail } from "#db/stores/person.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { writeInvitation } from "./invite-person.ts";
import { takeSeat } from "./seat.ts";
import { type By, byOf } from "./who.ts";

export type DelegationToAdd = {
  readonly entityId: string;
  readonly capacity: "participant" | "observer";
  /** Who is to be its first head; somebody without an account is invited. */
  readonly head: { readonly name: string; readonly email: string } | null;
};

/** Of somebody who was invited: shown once, kept nowhere. */
type HeadLink = {
  readonly code: string;
  readonly name: string;
  readonly email: string;
  readonly address: string;
};

export type Added = {
  readonly added: number;
  /** First heads who have a seat since. */
  readonly seated: number;
  /** Took part already, and nothing was to be done. */
  readonly there: number;
  /** Delegations whose head could not be seated, or that could not be added, by the code of their entity or its id. */
  readonly left: readonly string[];
  readonly links: readonly HeadLink[];
  /** Why the rest was not done: the server could not keep it. */
  readonly stopped: Refusal | null;
};

/** Rows of one transaction: a few milliseconds, after which whoever types goes first. */
const AT_ONCE = 5;

type Slice = {
  readonly session: SessionRow;
  readonly by: By;
  readonly at: number;
  readonly invites: boolean;
};

type Outcome =
  | { readonly what: "there" | "left"; readonly code: string }
  | {
      readonly what: "done";
      readonly code: string;
      readonly isNew: boolean;
      /** The head who has a seat since. */
      readonly seated: string | null;
      readonly isLeft: boolean;
      readonly link: HeadLink | null;
    };

/**
 * Adds what is not there yet, in slices that each stay, so that nobody's words wait; whoever sends the same again adds
 * the rest. Refused to all but those who preside; heads are seated by the secretariat alone (rule PE11), and only the
 * secretariat of the installation invites (rule PE1).
 */
export async function addDelegations(
  context: CommandContext,
  input: { readonly sessionId: string; readonly rows: readonly DelegationToAdd[] },
): Promise<Refusal | Added> {
  const { sessionId, rows } = input;
  const { viewer, notices } = context;
  const allowed = may("manageDelegations", viewer, { kind: "session", sessionId });
  if (allowed !== true) return allowed;
  const session = await findSession(context.db.read, sessionId);
  if (!session) return refuse("not-found", "not-there");
  const by = byOf(viewer, sessionId);
  if (isRefusal(by)) return by;
  if (rows.some(({ head }) => head !== null)) {
    const seats = may("seatFirstHead", viewer, { kind: "delegation", sessionId, delegationId: "" });
    if (seats !== true) return seats;
  }
  const invites = may("managePeople", viewer, { kind: "installation" }) === true;
  const outcomes: Outcome[] = [];
  let stopped: Refusal | null = null;
  for (let from = 0; from < rows.length && stopped === null; from += AT_ONCE) {
    const slice = rows.slice(from, from + AT_ONCE);
    const done = await context.db.write((tx) =>
      addSlice(tx, context, { slice, session, by, at: context.now(), invites }),
    );
    if (isRefusal(done)) stopped = done;
    else outcomes.push(...done);
    await giveWay();
  }
  const told = summary(outcomes, stopped);
  if (told.added > 0) notices.tell({ kind: "session", sessionId }, "delegations");
  else if (told.seated > 0) notices.tell({ kind: "taking-part", sessionId }, "delegations");
  if (told.links.length > 0) notices.tell({ kind: "secretariat" }, "people");
  for (const one of outcomes)
    if (one.what === "done" && one.seated !== null) notices.rightsChanged(one.seated);
  return told;
}

async function addSlice(
  tx: WriteTx,
  context: CommandContext,
  { slice, ...about }: Slice & { readonly slice: readonly DelegationToAdd[] },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of slice) outcomes.push(await addOne(tx, context, { row, ...about }));
  return outcomes;
}

async function addOne(
  tx: WriteTx,
  context: CommandContext,
  about: Slice & { readonly row: DelegationToAdd },
): Promise<Outcome> {
  const { row, session, by, at } = about;
  const entity = await findEntity(tx, row.entityId);
  if (!entity || !belongsTo(entity, session)) return { what: "left", code: entity?.code ?? row.entityId };
  const { id: entityId, code } = entity;
  const { id: sessionId } = session;
  const existing = await findDelegationOf(tx, { sessionId, entityId });
  // Rule PE15: it is brought back, not added.
  if (existing !== null && existing.withdrawnAt !== null) return { what: "left", code };
  if (existing !== null && row.head === null) return { what: "there", code };
  const delegationId = existing?.id ?? context.newId();
  if (existing === null) {
    const { capacity } = row;
    await insertDelegation(tx, {
      id: delegationId,
      sessionId,
      entityId,
      capacity,
      createdAt: at,
      withdrawnAt: null,
    });
    const what = { act: "addDelegation", thing: "delegation", thingId: delegationId, sessionId };
    await appendEvent(tx, { at, by, ...what, detail: { entityId, capacity } });
  } else if (await hasHead(tx, delegationId)) return { what: "there", code };
  const isNew = existing === null;
  const none = { what: "done", code, isNew, seated: null, isLeft: false, link: null } as const;
  if (row.head === null) return none;
  const capacity = existing?.capacity ?? row.capacity;
  const head = await seatHead(tx, context, { ...about, entity, delegationId, capacity, head: row.head });
  return head === null ? { ...none, isLeft: true } : { ...none, ...head };
}

/** Null when nobody can be seated: the delegation is there all the same, and its head is named by hand. */
async function seatHead(
  tx: WriteTx,
  context: CommandContext,
  about: Slice & {
    readonly entity: EntityRow;
    readonly delegationId: string;
    readonly capacity: "participant" | "observer";
    readonly head: NonNullable<DelegationToAdd["head"]>;
  },
): Promise<{ readonly seated: string; readonly link: HeadLink | null } | null> {
  const { session, by, at, invites, entity, delegationId, capacity } = about;
  const { name, email } = cleanFields("person", about.head);
  const known = await findPersonByEmail(tx, email);
  if (known === null && (!invites || Object.keys(personProblems({ name, email })).length > 0)) return null;
  const personId = known?.id ?? context.newId();
  const { id: entityId, code } = entity;
  const link =
    known === null
      ? await writeInvitation(tx, context, { personId, name, email, secretariat: false, entityId, by })
      : null;
  const delegation = {
    id: delegationId,
    sessionId: session.id,
    entityId,
    code,
    name: entity.names.en,
    capacity,
  };
  const person = await findPerson(tx, personId);
  const seat = { delegateId: context.newId(), delegation, person, role: "head", by, at } as const;
  if ((await takeSeat(tx, seat)) !== null) return null;
  return { seated: personId, link: link && { code, name, email, address: link.address } };
}

function summary(outcomes: readonly Outcome[], stopped: Refusal | null): Added {
  const done = outcomes.flatMap((one) => (one.what === "done" ? [one] : []));
  return {
    added: done.filter(({ isNew }) => isNew).length,
    seated: done.filter(({ seated }) => seated !== null).length,
    there: outcomes.filter(({ what }) => what === "there").length,
    left: outcomes.flatMap((one) =>
      one.what === "left" || (one.what === "done" && one.isLeft) ? [one.code] : [],
    ),
    links: done.flatMap(({ link }) => link ?? []),
    stopped,
  };
}
