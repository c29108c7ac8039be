/** A delegation says itself where it stands on a square bracket, or where the group stands that it speaks for. */
import { headedIn } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findCurrentMeeting } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import {
  cleanReason,
  groupParty,
  refuseSaid,
  type SaidStance,
  speaksFor,
  writeStance,
} from "./stance-door.ts";

/**
 * Rule BF1. By the head of a delegation that takes part. Refused when the bracket is gone, when somebody wrote a newer
 * stance of the same party, and for a group that the delegation does not speak for.
 */
export async function setStance(
  context: CommandContext,
  input: SaidStance & {
    readonly textId: string;
    readonly bracketId: string;
    /** Null: for the delegation itself. */
    readonly groupId: string | null;
    readonly exceptions: readonly string[];
  },
): Promise<Refusal | { readonly stanceId: string }> {
  const { textId, bracketId, groupId, asks, view } = input;
  const reason = cleanReason(input.reason);
  if (isRefusal(reason)) return reason;
  const act = "setStance";
  return writeStance(context, { act, verb: act, textId, bracketId }, async (ground) => {
    const { viewer, session, rows, db, today } = ground;
    const seat = headedIn(viewer, session.id);
    if (!seat) return refuse("not-allowed", "not-allowed");
    const { entityId } = seat;
    const behalf =
      groupId === null ? null : await groupParty(ground, { groupId, exceptions: input.exceptions });
    if (isRefusal(behalf)) return behalf;
    if (behalf && !(await speaksFor(ground, { entityId, groupId: behalf.groupId })))
      return refuse("not-allowed", "stance-not-for-group");
    const party = behalf ? { entityId: null, groupId: behalf.groupId } : { entityId, groupId: null };
    const refused = refuseSaid(rows, party, input);
    if (refused) return refused;
    const meeting = await findCurrentMeeting(db, { sessionId: session.id, now: context.now() });
    return {
      ...party,
      exceptions: behalf?.exceptions.filter((id) => id !== entityId) ?? [],
      asks,
      view,
      reason,
      meetingId: meeting?.id ?? null,
      saidOn: meeting ? null : today,
      kind: "own",
    };
  });
}
