/** The first lines of every act on a delegation's drafts: is it this person's delegation, and may the person do it? */
import { may } from "#app/rules/permissions.ts";
import { type DraftState, belongsTo, draftState } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type DelegationInList, findDelegation } from "#db/stores/delegation.ts";
import { type EntityRow, findEntity } from "#db/stores/entity.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";

export type DraftDoor = {
  readonly delegation: DelegationInList;
  readonly entity: EntityRow;
  readonly session: SessionRow;
  readonly by: { readonly personId: string; readonly delegationId: string };
};

type Context = Pick<CommandContext, "db" | "viewer">;

/**
 * Whoever is not of the delegation is answered as if there were none, officers and secretariat included; a colleague
 * who may only read, or who is not its head, is told so. Refused also where invented and real entities would mix.
 */
export async function admitToDelegation(
  context: Context,
  act: "draft" | "release",
  delegationId: string,
): Promise<Refusal | DraftDoor> {
  const { db, viewer } = context;
  const delegation = await findDelegation(db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId, entityId } = delegation;
  const allowed = may(act, viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true) {
    return allowed.kind === "not-allowed" ? refuse("not-allowed", `${act}-not-allowed`) : allowed;
  }
  const session = await findSession(db.read, sessionId);
  const entity = await findEntity(db.read, entityId);
  if (!session || !entity || viewer.kind !== "person") return refuse("not-found", "not-there");
  if (!belongsTo(entity, session)) return refuse("rule", "exercise-mixed");
  return { delegation, entity, session, by: { personId: viewer.personId, delegationId } };
}

export type AnyDraft = {
  readonly delegationId: string;
  readonly edition: number;
  readonly releasedAs: string | null;
};

/** Delegations whose drafts this person may know of. */
export function ownDelegations(context: Pick<CommandContext, "viewer">): readonly string[] {
  return context.viewer.kind === "person"
    ? context.viewer.delegates.map(({ delegationId }) => delegationId)
    : [];
}

const ended: Record<Exclude<DraftState, "open">, string> = {
  released: "draft-released",
  discarded: "draft-discarded",
};

/**
 * Refused when the draft is released or discarded already, or when a colleague has changed it since the form was made:
 * `edition` is the one that the form showed, and the refusal carries the newest.
 */
export function faultOfEdition(draft: AnyDraft, edition: number): Refusal | null {
  const state = draftState(draft);
  if (state !== "open") return refuse("conflict", ended[state]);
  if (draft.edition === edition) return null;
  return refuse("conflict", "draft-changed", { values: { edition: draft.edition } });
}
