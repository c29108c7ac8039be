/** An officer or drafter records where a delegation or group said that it stands on a square bracket. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findDelegationOf } from "#db/stores/delegation.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { cleanReason, groupParty, refuseSaid, type SaidStance, writeStance } from "./stance-door.ts";

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * Rule BF1. Refused when the bracket is gone, when somebody wrote a newer stance of the same party, and for whoever takes
 * no part.
 */
export async function recordStance(
  context: CommandContext,
  input: SaidStance & {
    readonly textId: string;
    readonly bracketId: string;
    readonly party: { readonly kind: "entity" | "group"; readonly id: string };
    readonly exceptions: readonly string[];
    /** When it was said: in this meeting, or on this day (`YYYY-MM-DD`); the day of recording without either. */
    readonly meetingId: string | null;
    readonly day: string;
  },
): Promise<Refusal | { readonly stanceId: string }> {
  const { textId, bracketId, asks, view, meetingId, day } = input;
  const reason = cleanReason(input.reason);
  if (isRefusal(reason)) return reason;
  const act = "recordStance";
  return writeStance(context, { act, verb: act, textId, bracketId }, async (ground) => {
    const { session, rows, db, today } = ground;
    const named = input.party;
    const behalf =
      named.kind === "group"
        ? await groupParty(ground, { groupId: named.id, exceptions: input.exceptions })
        : null;
    if (isRefusal(behalf)) return behalf;
    if (!behalf) {
      const delegation = await findDelegationOf(db, { sessionId: session.id, entityId: named.id });
      if (!delegation || delegation.withdrawnAt !== null || delegation.capacity !== "participant")
        return refuse("invalid", "stance-party", { fields: { party: "stance-party" } });
    }
    const party = behalf
      ? { entityId: null, groupId: behalf.groupId }
      : { entityId: named.id, groupId: null };
    const refused = refuseSaid(rows, party, input);
    if (refused) return refused;
    if (meetingId !== null && !(await listMeetings(db, session.id)).some(({ id }) => id === meetingId))
      return refuse("invalid", "stance-meeting", { fields: { meeting: "stance-meeting" } });
    if (day !== "" && (!DAY.test(day) || day > today))
      return refuse("invalid", "stance-day", { fields: { day: "stance-day" } });
    const saidOn = meetingId === null ? day || today : null;
    return {
      ...party,
      exceptions: behalf?.exceptions ?? [],
      asks,
      view,
      reason,
      meetingId,
      saidOn,
      kind: "recorded",
    };
  });
}
