/** A meeting is put into the programme. */
import { cleanFields } from "#app/rules/fields.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import { insertMeeting, listMeetings, type MeetingRow } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { refusedHours } from "./meeting-ground.ts";
import { actOnSession } from "./session-act.ts";

/** Refused when it ends before it begins, lasts more than twelve hours (rule AG5), or is not of the session's days (rule AG19). */
export async function scheduleMeeting(
  context: CommandContext,
  input: { readonly sessionId: string } & Pick<MeetingRow, "mode" | "startsAt" | "endsAt" | "room">,
): Promise<Refusal | { readonly meetingId: string }> {
  const { sessionId, mode, startsAt, endsAt, room } = cleanFields("meeting", input);
  return actOnSession(context, {
    sessionId,
    permission: "manageMeetings",
    name: "scheduleMeeting",
    topic: "session",
    work: async (tx, { session }) => {
      const refused = refusedHours(session, { startsAt, endsAt, room });
      if (refused) return refused;
      const meetings = await listMeetings(tx, sessionId);
      const meetingId = context.newId();
      const number = Math.max(0, ...meetings.map((one) => one.number)) + 1;
      await insertMeeting(tx, { id: meetingId, sessionId, number, mode, startsAt, endsAt, room });
      return {
        result: { meetingId },
        thing: "meeting",
        thingId: meetingId,
        detail: { number, mode, startsAt, endsAt },
      };
    },
  });
}
