/** The first lines of every act of a head on what is on record already: is it the word of this person's delegation? */
import { type Act, may } from "#app/rules/permissions.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type EntityRow, findEntity } from "#db/stores/entity.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import { findPosition } from "#db/stores/position.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";

type PositionDoor = {
  readonly position: PositionInList;
  readonly entity: EntityRow;
  readonly session: SessionRow;
  readonly by: { readonly personId: string; readonly delegationId: string };
};

/**
 * Whether the viewer may do the act in any of their delegations of the session, or in that of one entity; for whoever
 * sits in none, the answer of the table for somebody who does not.
 */
export function mayForPosition(
  act: Extract<Act, "withdrawPosition" | "confirmReading">,
  { viewer }: Pick<CommandContext, "viewer">,
  { sessionId, entityId }: { readonly sessionId: string; readonly entityId?: string },
): true | Refusal {
  const seats = viewer.kind === "person" ? viewer.delegates : [];
  const seat = seats.find(
    (one) => one.sessionId === sessionId && (entityId === undefined || one.entityId === entityId),
  );
  return may(act, viewer, { kind: "delegation", sessionId, delegationId: seat?.delegationId ?? "" });
}

/** Refused as "not there" when there is no such position, and as the table says when it is not theirs to act on. */
export async function admitToPosition(
  context: Pick<CommandContext, "db" | "viewer">,
  act: "withdrawPosition" | "confirmReading",
  { sessionId, positionId }: { readonly sessionId: string; readonly positionId: string },
): Promise<Refusal | PositionDoor> {
  const { db, viewer } = context;
  const position = await findPosition(db.read, positionId);
  const allowed = mayForPosition(
    act,
    context,
    position ? { sessionId, entityId: position.entityId } : { sessionId },
  );
  if (allowed !== true) return allowed;
  const session = await findSession(db.read, sessionId);
  const entity = position && (await findEntity(db.read, position.entityId));
  if (!session || !position || !entity || viewer.kind !== "person") return refuse("not-found", "not-there");
  if (!belongsTo(entity, session)) return refuse("not-found", "not-there");
  const seat = viewer.delegates.find(
    (one) => one.sessionId === sessionId && one.entityId === position.entityId,
  );
  if (!seat) return refuse("not-found", "not-there");
  return { position, entity, session, by: { personId: viewer.personId, delegationId: seat.delegationId } };
}
