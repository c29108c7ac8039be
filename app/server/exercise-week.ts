/** When the exercise sits: the days of its session and its meetings, around the moment at which it is played. */
import { offsetOf } from "#app/rules/venue-offset.ts";
import { instantAtVenue } from "#app/rules/venue-time.ts";
import { exerciseSession } from "#db/exercise/room.ts";
import type { MeetingRow } from "#db/stores/meeting.ts";

const DAY_MS = 86_400_000;

/** Monday to Friday of the week in which the exercise begins, as `YYYY-MM-DD`. */
export function weekOf(now: number): { readonly from: string; readonly to: string } {
  const weekday = (new Date(now).getUTCDay() + 6) % 7;
  const day = (offset: number) => new Date(now + (offset - weekday) * DAY_MS).toISOString().slice(0, 10);
  return { from: day(0), to: day(4) };
}

type Sitting = Pick<MeetingRow, "mode" | "startsAt" | "endsAt">;

/**
 * Two meetings on each of five days, in their order. Somebody has spoken already, so the first has begun: on a Monday
 * before the session opens, an informal one of the Friday before comes first.
 */
export function meetingsOf(from: string, now: number): readonly Sitting[] {
  const offset = offsetOf(exerciseSession.timeZone);
  const sitting = (day: number, mode: Sitting["mode"], hours: readonly [string, string]): Sitting => {
    const date = new Date(Date.parse(`${from}T00:00:00Z`) + day * DAY_MS).toISOString().slice(0, 10);
    const [startsAt, endsAt] = hours.map((time) => instantAtVenue(`${date}T${time}`, offset) ?? 0);
    return { mode, startsAt: startsAt ?? 0, endsAt: endsAt ?? 0 };
  };
  const week = [0, 1, 2, 3, 4].flatMap((day) => [
    sitting(day, "formal", ["10:00", "13:00"]),
    sitting(day, day === 0 ? "formal" : "informal", ["15:00", "18:00"]),
  ]);
  const hasBegun = week.some(({ startsAt }) => startsAt <= now);
  return hasBegun ? week : [sitting(-3, "informal", ["15:00", "18:00"]), ...week];
}
