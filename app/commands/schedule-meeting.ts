/** A meeting is put into the programme. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { insertMeeting, listMeetings, type MeetingRow } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

const LONGEST_MS = 12 * 3_600_000;

/** Refused when it ends before it begins, or lasts more than twelve hours (rule AG5). */
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
    work: async (tx) => {
      const fields = faultsOfLength("meeting", { room });
      if (!(endsAt > startsAt && endsAt - startsAt <= LONGEST_MS)) fields["ends"] = "meeting-ends";
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
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
