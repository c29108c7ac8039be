/** What the hours of a meeting are checked against, and whether it may still be changed. */
import { faultsOfLength } from "#app/rules/fields.ts";
import { dayAt } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { countInMeeting, listMeetings, type MeetingRow } from "#db/stores/meeting.ts";
import type { SessionRow } from "#db/stores/session.ts";

const LONGEST_MS = 12 * 3_600_000;

/** Rules AG5 and AG19. Null where nothing is wrong. A meeting that goes on past midnight is of the day on which it begins. */
export function refusedHours(
  session: Pick<SessionRow, "from" | "to" | "timeZone">,
  { startsAt, endsAt, room }: Pick<MeetingRow, "startsAt" | "endsAt" | "room">,
): Refusal | null {
  const { from, to, timeZone } = session;
  const fields = faultsOfLength("meeting", { room });
  if (!(endsAt > startsAt && endsAt - startsAt <= LONGEST_MS)) fields["ends"] = "meeting-ends";
  const day = dayAt(startsAt, timeZone);
  if (day < from || day > to) fields["starts"] = "meeting-outside";
  return Object.keys(fields).length === 0
    ? null
    : refuse("invalid", "check-fields", { fields, values: { from, to } });
}

/**
 * Rule AG20. The meeting, while it is not going on and nothing was delivered in it. `free`: also not named by any
 * statement or position on record, which cannot be changed any more.
 */
export async function findChangeable(
  db: Reading,
  which: {
    readonly sessionId: string;
    readonly meetingId: string;
    readonly at: number;
    readonly free: boolean;
  },
): Promise<Refusal | MeetingRow> {
  const { sessionId, meetingId, at, free } = which;
  const meeting = (await listMeetings(db, sessionId)).find(({ id }) => id === meetingId);
  if (!meeting) return refuse("not-found", "not-there");
  const values = { number: meeting.number };
  if (meeting.startsAt <= at && at < meeting.endsAt)
    return refuse("conflict", "meeting-going-on", { values });
  const { delivered, named } = await countInMeeting(db, meetingId);
  if (delivered > 0) return refuse("conflict", "meeting-delivered", { values });
  if (free && named > 0) return refuse("conflict", "meeting-named", { values });
  return meeting;
}
