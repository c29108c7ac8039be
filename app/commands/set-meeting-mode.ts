/** A meeting becomes formal, informal, suspended or closed. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { listMeetings, type MeetingRow, setMeetingMode as writeMode } from "#db/stores/meeting.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

export async function setMeetingMode(
  context: CommandContext,
  input: { readonly sessionId: string; readonly meetingId: string; readonly mode: MeetingRow["mode"] },
): Promise<Refusal | { readonly meetingId: string }> {
  const { sessionId, meetingId, mode } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageMeetings",
    name: "setMeetingMode",
    topic: "session",
    work: async (tx) => {
      const meeting = (await listMeetings(tx, sessionId)).find(({ id }) => id === meetingId);
      if (!meeting) return refuse("not-found", "not-there");
      await writeMode(tx, meetingId, mode);
      return {
        result: { meetingId },
        thing: "meeting",
        thingId: meetingId,
        detail: { mode, was: meeting.mode },
      };
    },
  });
}
