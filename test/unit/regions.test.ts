/** Regional groups by day, languages of summaries, and how many are on a list: rules over values. */
import { describe, expect, it } from "vitest";
import { languageOfSummary } from "#app/rules/positions.ts";
import { memberCounts } from "#app/rules/reference.ts";
import { regionsOn } from "#app/rules/regions.ts";

describe("the regional group of an entity", () => {
  const one = (
    groupId: string,
    entityId: string,
    role: string | null,
    from = "",
    to: string | null = null,
  ) => ({
    groupId,
    entityId,
    role,
    from,
    to,
  });
  const memberships = [
    one("asia", "tur", "participant"),
    one("weog", "tur", null),
    one("weog", "usa", "observer"),
    one("asia", "pse", "member"),
    one("weog", "isr", null, "2000-05-30"),
    one("east", "gdr", null, "1973-09-18", "1990-10-03"),
    one("g77", "mex", null),
  ];
  const on = (day: string) => regionsOn(memberships, { regionalIds: ["asia", "east", "weog"], day });

  it("[PS22] is that of which it is a member on the day, before any in which it takes part otherwise", () => {
    expect(Object.fromEntries(on("2026-11-23"))).toEqual({
      tur: { groupId: "weog", role: null },
      usa: { groupId: "weog", role: "observer" },
      pse: { groupId: "asia", role: null },
      isr: { groupId: "weog", role: null },
    });
  });

  it("[PS22] begins with the first day inside and ends with the first day outside", () => {
    expect(on("2000-05-29").get("isr")).toBeUndefined();
    expect(on("2000-05-30").get("isr")).toBeDefined();
    expect(on("1990-10-02").get("gdr")).toEqual({ groupId: "east", role: null });
    expect(on("1990-10-03").get("gdr")).toBeUndefined();
  });
});

describe("the language of a summary", () => {
  const said = (language: string, summary: string, standing: "own" | "editors" = "own") =>
    languageOfSummary({ language, summary, standing });

  it("[PS21] is English in an editors' reading, whatever the document is written in", () => {
    expect(said("ar", "Sees a duty.", "editors")).toBe("en");
  });

  it("[PS21] is that of the excerpt unless its letters say otherwise", () => {
    expect(said("fr", "Un devoir d’agir.")).toBe("fr");
    expect(said("ar", "واجب التصرف (ICT).")).toBe("ar");
    expect(said("en", "واجب التصرف.")).toBe("ar");
    expect(said("en", "国家有义务采取行动")).toBe("zh");
    expect(said("fr", "Обязанность действовать.")).toBe("ru");
    expect(said("en", "1 + 1")).toBe("en");
  });

  it("[PS21] is not guessed where three languages share their letters", () => {
    expect(said("ar", "A duty to act.")).toBe("");
    expect(said("zh", "Un deber de actuar.")).toBe("");
  });
});

it("[RF10] a list counts members, those in other roles and members that are no entities here apart", () => {
  const held = [
    { role: null, count: 130 },
    { role: "member", count: 1 },
    { role: "associated", count: 1 },
    { role: "observer", count: 2 },
  ];
  expect(memberCounts(held, 3)).toEqual({
    members: 131,
    inRoles: [
      { role: "observer", count: 2 },
      { role: "associated", count: 1 },
    ],
    elsewhere: 3,
  });
});
