/** For which delegations of a session a viewer reads drafts, and what else the viewer may do with them. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { may } from "#app/rules/permissions.ts";
import { notThere } from "#app/routes/answers.ts";
import { type DelegateInList, listDelegates } from "#db/stores/delegate.ts";
import { findDelegation } from "#db/stores/delegation.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";

export type Seat = {
  readonly delegationId: string;
  readonly entityId: string;
  readonly name: string;
  readonly code: string;
  readonly mayDraft: boolean;
  readonly mayRelease: boolean;
  /** Heads of the delegation, by name: who releases. */
  readonly heads: readonly string[];
};

type Context = Pick<AppLoadContext, "db" | "viewer" | "language">;
type Params = Readonly<Record<string, string | undefined>>;

/** Throws "not there" for everybody who is of no delegation of the session: for them there are no drafts. */
export async function openDrafts(
  context: Context,
  params: Params,
): Promise<{ readonly session: SessionRow; readonly seats: readonly [Seat, ...Seat[]] }> {
  const sessionId = params["session"] ?? "";
  const session = await findSession(context.db.read, sessionId);
  if (!session || context.viewer.kind !== "person") throw notThere();
  const people = await listDelegates(context.db.read, sessionId);
  const held = context.viewer.delegates.filter((seat) => seat.sessionId === sessionId);
  const seats = [];
  for (const { delegationId } of held) {
    const seat = await findSeat(context, { sessionId, delegationId, people });
    if (seat) seats.push(seat);
  }
  const [first, ...others] = seats;
  if (!first) throw notThere();
  return { session, seats: [first, ...others] };
}

async function findSeat(
  { db, viewer, language }: Context,
  which: {
    readonly sessionId: string;
    readonly delegationId: string;
    readonly people: readonly DelegateInList[];
  },
): Promise<Seat | null> {
  const { sessionId, delegationId, people } = which;
  const thing = { kind: "delegation", sessionId, delegationId } as const;
  if (may("readDrafts", viewer, thing) !== true) return null;
  const delegation = await findDelegation(db.read, delegationId, language);
  if (!delegation) return null;
  const heads = people.filter((one) => one.delegationId === delegationId && one.role === "head");
  return {
    delegationId,
    entityId: delegation.entityId,
    name: delegation.name,
    code: delegation.code,
    mayDraft: may("draft", viewer, thing) === true,
    mayRelease: may("release", viewer, thing) === true,
    heads: heads.map(({ name }) => name),
  };
}

/** What may be done with drafts in any of the seats; a reader of the delegation does nothing with them. */
export function rightsOf(seats: readonly Seat[]): [true | Refusal, ...(true | Refusal)[]] {
  const may = seats.some(({ mayDraft, mayRelease }) => mayDraft || mayRelease);
  return [may || refuse("not-allowed", "draft-not-allowed")];
}

/**
 * The seat that a form for a new draft was made for, else `seatFor`: whoever has changed delegation meanwhile does not
 * bring what was written for the former one into the drafts of the new one (rule PE14).
 */
export function seatOfForm(
  seats: readonly [Seat, ...Seat[]],
  { made, asked }: { readonly made: string; readonly asked: string | null },
): Refusal | Seat {
  const isLeft = made !== "" && !seats.some(({ delegationId }) => delegationId === made);
  return isLeft ? refuse("rule", "draft-delegation-left") : seatFor(seats, made || asked);
}

/** The seat that the address names, else the first that may draft, else the first. */
export function seatFor(seats: readonly [Seat, ...Seat[]], delegationId: string | null): Seat {
  return (
    seats.find((seat) => seat.delegationId === delegationId) ??
    seats.find(({ mayDraft }) => mayDraft) ??
    seats[0]
  );
}
