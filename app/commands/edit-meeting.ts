/** A meeting gets other hours or another room. */
import { cleanFields } from "#app/rules/fields.ts";
import { type Hours, writeHours } from "#app/rules/meetings.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { changeMeeting } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { findChangeable, refusedHours } from "./meeting-ground.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused while it is going on, once something was delivered in it, and for hours that a new one could not have; as
 * "conflict" where it is not as `seen` says that the form showed it (`writeHours`).
 */
export async function editMeeting(
  context: CommandContext,
  input: Hours & { readonly sessionId: string; readonly meetingId: string; readonly seen?: string },
): Promise<Refusal | { readonly meetingId: string }> {
  const { sessionId, meetingId, startsAt, endsAt, room, seen } = cleanFields("meeting", input);
  return actOnSession(context, {
    sessionId,
    permission: "manageMeetings",
    name: "editMeeting",
    topic: "session",
    work: async (tx, { session, at }) => {
      const meeting = await findChangeable(tx, { sessionId, meetingId, at, free: false });
      if (isRefusal(meeting)) return meeting;
      if (seen !== undefined && seen !== writeHours(meeting))
        return refuse("conflict", "meeting-changed", { values: { number: meeting.number } });
      const refused = refusedHours(session, { startsAt, endsAt, room });
      if (refused) return refused;
      await changeMeeting(tx, meetingId, { startsAt, endsAt, room });
      const was = { startsAt: meeting.startsAt, endsAt: meeting.endsAt, room: meeting.room };
      return {
        result: { meetingId },
        thing: "meeting",
        thingId: meetingId,
        detail: { startsAt, endsAt, room, was },
      };
    },
  });
}
