/** A meeting is taken out of the programme, as when it was entered by mistake. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { deleteMeeting } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { findChangeable } from "./meeting-ground.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused while it is going on, and once something on record is of it. Drafts that named it name none any more. The act
 * keeps what it was.
 */
export async function cancelMeeting(
  context: CommandContext,
  input: { readonly sessionId: string; readonly meetingId: string },
): Promise<Refusal | { readonly meetingId: string }> {
  const { sessionId, meetingId } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageMeetings",
    name: "cancelMeeting",
    topic: "session",
    work: async (tx, { at }) => {
      const meeting = await findChangeable(tx, { sessionId, meetingId, at, free: true });
      if (isRefusal(meeting)) return meeting;
      await deleteMeeting(tx, meetingId);
      const { number, mode, startsAt, endsAt, room } = meeting;
      return {
        result: { meetingId },
        thing: "meeting",
        thingId: meetingId,
        detail: { was: { number, mode, startsAt, endsAt, room } },
      };
    },
  });
}
