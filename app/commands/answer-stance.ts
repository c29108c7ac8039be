/** A delegation answers what was recorded for it on a square bracket: it confirms that as its own word, or disputes it. */
import { refuseAnswer } from "#app/rules/bracket-stances.ts";
import { headedIn } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { CommandContext } from "./context.ts";
import { cleanReason, speaksFor, writeStance } from "./stance-door.ts";

/**
 * Rules BF1 and BF5. Refused when something newer was written for it meanwhile, which has to be read first, and for
 * whoever does not speak for that delegation or group.
 */
export async function answerStance(
  context: CommandContext,
  input: {
    readonly textId: string;
    readonly bracketId: string;
    readonly stanceId: string;
    readonly answer: "confirmed" | "disputed";
    /** Of a dispute: what the delegation says to it. */
    readonly reason: string;
  },
): Promise<Refusal | { readonly stanceId: string }> {
  const { textId, bracketId, stanceId, answer } = input;
  const reason = cleanReason(input.reason);
  if (isRefusal(reason)) return reason;
  const verb = answer === "confirmed" ? "confirmStance" : "disputeStance";
  return writeStance(context, { act: "setStance", verb, textId, bracketId }, async (ground) => {
    const { viewer, session, rows } = ground;
    const recorded = rows.find(({ id }) => id === stanceId);
    const seat = headedIn(viewer, session.id);
    if (!recorded || !seat) return refuse("not-found", "not-there");
    const { entityId, groupId } = recorded;
    const isOurs =
      groupId === null
        ? entityId === seat.entityId
        : await speaksFor(ground, { entityId: seat.entityId, groupId });
    if (!isOurs) return refuse("not-allowed", "not-allowed");
    const refused = refuseAnswer(rows, stanceId);
    if (refused) return refused;
    const { exceptions, asks, view, meetingId, saidOn } = recorded;
    return {
      entityId,
      groupId,
      exceptions,
      asks,
      view,
      reason: answer === "confirmed" ? recorded.reason : reason,
      meetingId,
      saidOn,
      kind: answer,
    };
  });
}
