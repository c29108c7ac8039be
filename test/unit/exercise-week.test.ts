/** When the exercise sits: whenever it is played, somebody has spoken already. */
import { describe, expect, it } from "vitest";
import { meetingsOf, weekOf } from "#app/server/exercise-week.ts";

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 10, 23);

describe("the week of the exercise", () => {
  it("[SV19] has ten meetings of which the first has begun, at every hour of a week but the first ones", () => {
    for (let hour = 15; hour < 7 * 24; hour += 1) {
      const now = MONDAY + hour * HOUR;
      const { from, to } = weekOf(now);
      expect([from, to]).toEqual(["2026-11-23", "2026-11-27"]);
      const meetings = meetingsOf(from, now);
      expect([hour, meetings.length, (meetings[0]?.startsAt ?? now) <= now]).toEqual([hour, 10, true]);
    }
  });

  it("[SV19] begins with an informal meeting of the Friday before while none of its own has begun", () => {
    for (let hour = 0; hour < 15; hour += 1) {
      const now = MONDAY + hour * HOUR;
      const [first, ...week] = meetingsOf(weekOf(now).from, now);
      // 15:00 in New York.
      expect([first?.mode, first?.startsAt]).toEqual(["informal", Date.UTC(2026, 10, 20, 20)]);
      expect(week).toHaveLength(10);
      expect(week[0]?.startsAt).toBe(MONDAY + 15 * HOUR);
    }
  });
});
