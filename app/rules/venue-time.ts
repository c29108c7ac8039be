/** Times of the venue. Forms send wall-clock time (`2026-12-07T10:00`); rows keep instants. */
import { isDay } from "./sessions.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What the clocks of the venue show at an instant, as a form takes it. */
export function localAtVenue(instant: number, offsetAt: (instant: number) => number): string {
  return new Date(instant + offsetAt(instant) * MINUTE_MS).toISOString().slice(0, "2026-12-07T10:00".length);
}

/**
 * The instant at which the clocks of the venue show `local`. `offsetAt` gives the venue's distance from UTC in minutes
 * at an instant. Null for what is no time. Of an hour that comes twice the first is meant; in the hour that a change of
 * clocks leaves out, the later reading is taken (rule AG8).
 */
export function instantAtVenue(local: string, offsetAt: (instant: number) => number): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(local);
  const [, day = "", hour = "", minute = ""] = parts ?? [];
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59) return null;
  const asUtc = Date.parse(`${day}T${hour}:${minute}:00Z`);
  const readings = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => asUtc - offsetAt(near) * MINUTE_MS);
  const shown = readings.filter((instant) => instant + offsetAt(instant) * MINUTE_MS === asUtc);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...readings);
}
