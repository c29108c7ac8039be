/** The venue's clocks: what is typed there, and the instant that it means. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { instantAtVenue } from "#app/rules/venue-time.ts";

const at = (local: string, zone: string): string | null => {
  const instant = instantAtVenue(local, offsetOf(zone));
  return instant === null ? null : new Date(instant).toISOString().slice(0, 16);
};

describe("a time typed at the venue", () => {
  it.each([
    ["New York in winter", "2026-12-07T10:00", "America/New_York", "2026-12-07T15:00"],
    ["New York in summer", "2026-07-13T10:00", "America/New_York", "2026-07-13T14:00"],
    ["Geneva", "2026-12-07T10:00", "Europe/Zurich", "2026-12-07T09:00"],
    ["Nairobi", "2026-12-07T00:30", "Africa/Nairobi", "2026-12-06T21:30"],
    ["Kathmandu, at a quarter to", "2026-12-07T10:00", "Asia/Kathmandu", "2026-12-07T04:15"],
    ["Auckland, a day ahead", "2026-12-07T01:00", "Pacific/Auckland", "2026-12-06T12:00"],
    ["UTC, with seconds", "2026-12-07T10:00:30", "UTC", "2026-12-07T10:00"],
    ["New York, before its clocks go back", "2026-11-01T00:59", "America/New_York", "2026-11-01T04:59"],
    ["New York, after its clocks went back", "2026-11-01T02:00", "America/New_York", "2026-11-01T07:00"],
    ["New York, in the hour that is left out", "2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"],
  ])("[AG8] means an instant: %s", (_, local, zone, instant) => {
    expect(at(local, zone)).toBe(instant);
  });

  it.each([
    "",
    "10:00",
    "2026-12-07",
    "2026-12-07 10:00",
    "2026-13-07T10:00",
    "2026-12-32T10:00",
    "2026-02-30T10:00",
    "2026-12-07T24:00",
    "2026-12-07T10:60",
    "tomorrow",
  ])("[AG8] is none: %s", (local) => {
    expect(at(local, "America/New_York")).toBeNull();
  });

  it("[AG8] is what the clocks of the venue show at that instant, in any zone", () => {
    const zones = ["America/New_York", "Europe/Zurich", "Asia/Kathmandu", "Pacific/Chatham", "UTC"];
    const first = Date.UTC(2024, 0, 1);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.nat(4 * 365 * 24 * 60), (zone, minutes) => {
        const instant = first + minutes * 60_000;
        const local = new Date(instant + offsetOf(zone)(instant) * 60_000).toISOString().slice(0, 16);
        const read = instantAtVenue(local, offsetOf(zone)) ?? Number.NaN;
        // An hour that comes twice has two instants; both show this time.
        expect(new Date(read + offsetOf(zone)(read) * 60_000).toISOString().slice(0, 16)).toBe(local);
      }),
    );
  });
});
