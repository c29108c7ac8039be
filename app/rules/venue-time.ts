/** Times of the venue. Forms send wall-clock time (`2026-12-07T10:00`); rows keep instants. */

/**
 * The instant at which the clocks of the venue show `local`. `offsetAt` gives the venue's distance from UTC in minutes
 * at an instant. Null for what is no time. In the hour that a change of clocks leaves out, the later reading is taken.
 */
export function instantAtVenue(local: string, offsetAt: (instant: number) => number): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(local);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const first = asUtc - offsetAt(asUtc) * 60_000;
  return asUtc - offsetAt(first) * 60_000;
}
