/** What a session's own facts must be. */
import { describe, expect, it } from "vitest";
import { personProblems } from "#app/rules/people.ts";
import { isDay, sessionProblems } from "#app/rules/sessions.ts";

const facts = {
  title: "Substantive plenary",
  kind: "plenary",
  body: "Global Mechanism",
  symbol: "",
  from: "2026-12-07",
  to: "2026-12-11",
  venue: "New York",
  timeZone: "America/New_York",
};
const isZone = (name: string) => name === "America/New_York";

describe("a session", () => {
  it("[AG6] needs no more than title, body, venue, zone and days", () => {
    expect(sessionProblems(facts, isZone)).toEqual({});
    expect(sessionProblems({ ...facts, to: facts.from }, isZone)).toEqual({});
  });

  it.each([
    ["no title", { title: "" }, { title: "required" }],
    ["a kind that is none", { kind: "banquet" }, { kind: "required" }],
    ["no body", { body: "" }, { body: "required" }],
    ["no venue", { venue: "" }, { venue: "required" }],
    ["a title without end", { title: "T".repeat(301) }, { title: "too-long" }],
    ["a symbol without end", { symbol: "A/".repeat(61) }, { symbol: "too-long" }],
    ["a zone that is none", { timeZone: "Atlantis" }, { zone: "zone" }],
    ["a day that is none", { from: "2026-02-30" }, { from: "day" }],
    ["no days", { from: "", to: "" }, { from: "day", to: "day" }],
    ["its days the wrong way round", { to: "2026-12-06" }, { to: "day-before" }],
    ["several faults", { title: "", timeZone: "" }, { title: "required", zone: "zone" }],
  ])("[AG6] with %s is sent back with the reason at the field", (_, change, problems) => {
    expect(sessionProblems({ ...facts, ...change }, isZone)).toEqual(problems);
  });

  it("[AG6] has days of the calendar", () => {
    const there = ["2024-02-29", "2000-02-29", "2026-12-31", "1945-10-24"];
    const none = [
      "2026-02-29",
      "1900-02-29",
      "2026-04-31",
      "2026-00-10",
      "2026-13-01",
      "2026-1-1",
      "1899-12-31",
      "",
    ];
    expect(there.filter(isDay)).toEqual(there);
    expect(none.filter(isDay)).toEqual([]);
  });
});

describe("a person", () => {
  it.each([
    ["nothing", { name: "", email: "" }, { name: "required", email: "email" }],
    ["an address without a place", { name: "Noor", email: "noor@un" }, { email: "email" }],
    [
      "an address too long to send to",
      { name: "Noor", email: `${"n".repeat(250)}@un.org` },
      { email: "email" },
    ],
    ["a name without end", { name: "N".repeat(121), email: "n@un.org" }, { name: "too-long" }],
    ["what it takes", { name: "Noor Vance", email: "noor.vance@un.org" }, {}],
  ])("[PE1] is invited with a name and an address: %s", (_, who, problems) => {
    expect(personProblems(who)).toEqual(problems);
  });
});
