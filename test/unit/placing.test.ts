/** Where entities stand on a topic: by own words, through groups, by editors' readings; on a day, with dated membership. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Membership,
  type Said,
  membersOf,
  placesOn,
  positionsOfGroups,
  placeInLine,
  spokeFor,
  standingOn,
} from "#app/rules/placing.ts";
import { isSameSource } from "#app/rules/positions.ts";

let count = 0;
const said = (change: Partial<Said> = {}): Said => ({
  id: `p${(count += 1)}`,
  entityId: "lem",
  groupId: null,
  exceptions: [],
  stance: "duty",
  standing: "own",
  sourceDate: "2026-05-11",
  supersedes: null,
  answers: null,
  withdraws: false,
  releasedAt: Date.UTC(2026, 4, 12) + count,
  ...change,
});

const joined = (change: Partial<Membership>): Membership => ({
  groupId: "lant",
  entityId: "lem",
  role: null,
  from: "",
  to: null,
  ...change,
});

const TODAY = "2026-11-23";

describe("what stands", () => {
  it("[PS10] on a day is what was said by then, and not what came later", () => {
    const old = said({ sourceDate: "2025-03-01" });
    const newer = said({ sourceDate: "2026-05-11", supersedes: old.id });
    const on = (day: string) => standingOn([newer, old], day).map(({ id }) => id);
    expect(on("2025-02-28")).toEqual([]);
    expect(on("2025-03-01")).toEqual([old.id]);
    expect(on("2026-05-10")).toEqual([old.id]);
    expect(on("2026-05-11")).toEqual([newer.id]);
  });

  it("[PS20] is the latest source by then, whatever was released last, and of one day the later release", () => {
    const newer = said({ sourceDate: "2026-05-11" });
    const older = said({ sourceDate: "2025-03-01" });
    const on = (day: string) => standingOn([older, newer], day).map(({ id }) => id);
    expect(on("2026-05-10")).toEqual([older.id]);
    expect(on("2026-05-11")).toEqual([newer.id]);
    const again = said({ sourceDate: "2026-05-11" });
    expect(standingOn([newer, again], TODAY)).toEqual([again]);
    expect(standingOn([newer, said({ ...older, groupId: "lant" })], TODAY)).toHaveLength(2);
    expect(standingOn([newer, said({ ...older, entityId: "nor" })], TODAY)).toHaveLength(2);
    expect(placeInLine("2025-03-01", newer)).toEqual({ supersedes: null, behind: newer.id });
    expect(placeInLine("2026-05-11", newer)).toEqual({ supersedes: newer.id, behind: null });
  });

  it("[PS16] [PS20] does not bring back what entered the history behind something that is withdrawn", () => {
    const newer = said({ sourceDate: "2026-05-11" });
    const older = said({ sourceDate: "2025-03-01" });
    const gone = said({ sourceDate: "2026-06-01", supersedes: newer.id, withdraws: true });
    expect(standingOn([gone, older, newer], TODAY)).toEqual([]);
    expect(standingOn([gone, older, newer], "2026-05-31")).toEqual([newer]);
    const afterwards = said({ sourceDate: "2026-05-20" });
    expect(standingOn([afterwards, gone, older, newer], TODAY)).toEqual([afterwards]);
  });

  it("[PS10] is nothing after a withdrawal, and before it what was withdrawn", () => {
    const old = said({ sourceDate: "2025-03-01" });
    const gone = said({ sourceDate: "2026-05-11", supersedes: old.id, withdraws: true });
    expect(standingOn([gone, old], "2026-05-10")).toEqual([old]);
    expect(standingOn([gone, old], TODAY)).toEqual([]);
  });

  it("[PS10] does not let an editors' reading come back after the entity answered it, or withdrew what it said later", () => {
    const reading = said({ standing: "editors", sourceDate: "2021" });
    const answer = said({ answers: reading.id, sourceDate: "2021-07-13" });
    expect(standingOn([answer, reading], TODAY)).toEqual([answer]);
    const gone = said({ supersedes: answer.id, withdraws: true, sourceDate: "2026-01-05" });
    expect(standingOn([gone, answer, reading], TODAY)).toEqual([]);

    const own = said({ sourceDate: "2024-01-01" });
    const withdrawn = said({ supersedes: own.id, withdraws: true, sourceDate: "2026-01-05" });
    const later = said({ standing: "editors", sourceDate: "2026-02" });
    expect(standingOn([withdrawn, own, reading], TODAY)).toEqual([]);
    expect(standingOn([withdrawn, own, reading, later], TODAY)).toEqual([later]);
    expect(standingOn([withdrawn, own, reading], "2025-01-01")).toEqual([own, reading]);
  });

  it("[PS10] counts a month or a year from its first day", () => {
    const year = said({ sourceDate: "2021" });
    const month = said({ sourceDate: "2021-07", entityId: "nor" });
    expect(standingOn([year, month], "2020-12-31")).toEqual([]);
    expect(standingOn([year, month], "2021-01-01")).toEqual([year]);
    expect(standingOn([year, month], "2021-07-01")).toEqual([year, month]);
  });
});

describe("a group's position", () => {
  const spoken = said({ entityId: "nor", groupId: "lant", exceptions: ["qui"], sourceDate: "2026-05-11" });
  const counts = (memberships: readonly Membership[], entityId = "lem", day = TODAY) =>
    spokeFor(spoken, entityId, { members: membersOf(memberships), day });

  it("[PS13] counts for members of its day that still are members, its first day inside and its last", () => {
    expect(counts([joined({})])).toBe(true);
    expect(counts([joined({ from: "2026-05-11" })])).toBe(true);
    expect(counts([joined({ from: "2026-05-12" })])).toBe(false);
    expect(counts([joined({ to: "2026-05-11" })])).toBe(false);
    expect(counts([])).toBe(false);
  });

  it("[PS13] does not count any more for an entity that left the group later, and did until then", () => {
    const left = [joined({ to: "2026-09-01" })];
    expect(counts(left)).toBe(false);
    expect(counts(left, "lem", "2026-08-31")).toBe(true);
    expect(counts(left, "lem", "2026-09-01")).toBe(false);
    // Back again: it was one then, and is one now.
    expect(counts([...left, joined({ from: "2026-11-01" })])).toBe(true);
  });

  it("[PS13] never counts for exceptions, observers, guests and suspended members", () => {
    expect(counts([joined({ entityId: "qui" })], "qui")).toBe(false);
    for (const role of ["observer", "invited", "suspended"]) expect(counts([joined({ role })])).toBe(false);
    for (const role of ["participant", "associated", "member"]) expect(counts([joined({ role })])).toBe(true);
  });

  it("[PS7] [PS14] is one for each group, the newest, whoever of its members spoke", () => {
    const other = said({ entityId: "lem", groupId: "lant" });
    const meri = said({ groupId: "meri" });
    expect(positionsOfGroups([other, spoken, meri, said()])).toEqual([other, meri]);
  });
});

describe("a place", () => {
  const members = membersOf(["lem", "nor", "qui", "ost"].map((entityId) => joined({ entityId })));
  const on = { members, day: TODAY, entityIds: ["lem", "nor", "qui", "ost", "eu"] };
  const group = said({ entityId: "nor", groupId: "lant", exceptions: ["qui"] });
  const manner = (positions: readonly Said[], entityId: string) =>
    placesOn(positions, on).get(entityId)?.manner ?? null;

  it("[PS14] tells own words, a group's, both, and both but different apart", () => {
    expect(manner([said()], "lem")).toBe("own");
    expect(manner([group], "lem")).toBe("via");
    expect(manner([group], "nor")).toBe("via");
    expect(manner([said(), group], "lem")).toBe("same");
    expect(manner([said({ stance: "voluntary" }), group], "lem")).toBe("differs");
  });

  it("[PS14] places nobody through an exception, and shows that its own words differ", () => {
    expect(manner([group], "qui")).toBeNull();
    expect(manner([said({ entityId: "qui" }), group], "qui")).toBe("own");
    const other = said({ entityId: "qui", stance: "voluntary" });
    const place = placesOn([other, group], on).get("qui");
    expect(place).toMatchObject({ manner: "differs", against: [group], with: [] });
  });

  it("[PS8] [PS14] never shows an editors' reading as own words, whatever the group says", () => {
    const reading = said({ standing: "editors" });
    expect(manner([reading], "lem")).toBe("reading");
    expect(manner([reading, group], "lem")).toBe("reading");
    expect(manner([said({ standing: "editors", stance: "voluntary" }), group], "lem")).toBe("reading");
    expect(manner([reading, said({ stance: "voluntary" })], "lem")).toBe("own");
  });

  it("[PS14] shows two groups that say different things side by side", () => {
    const meri = said({ entityId: "ost", groupId: "meri", stance: "voluntary" });
    const both = membersOf([joined({}), joined({ groupId: "meri" })]);
    const place = placesOn([group, meri], { ...on, members: both }).get("lem");
    expect(place).toMatchObject({ manner: "via", own: null, with: [group, meri] });
  });

  it("[PS14] counts what is said for a union's members as the union's, and copies nothing from the union to them", () => {
    const union = said({ entityId: "eu", groupId: "europe" });
    const unions = new Map([["europe", "eu"]]);
    const places = placesOn([union], { ...on, unions });
    expect(places.get("eu")).toMatchObject({ manner: "via" });
    expect(places.get("lem")).toBeUndefined();
    expect(placesOn([said({ entityId: "eu" })], on).get("lem")).toBeUndefined();
  });

  it("[PS14] depends on nothing but what was said by the entity and by its groups", () => {
    const entity = fc.constantFrom("lem", "nor", "qui", "ost");
    const one = fc.record({
      entityId: entity,
      groupId: fc.constantFrom(null, "lant", "meri"),
      stance: fc.constantFrom("duty", "voluntary"),
      standing: fc.constantFrom("own" as const, "editors" as const),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), entity, (changes, who) => {
        const positions = changes.map((change) => said(change));
        const place = placesOn(positions, on).get(who);
        const concerns = positions.filter(({ entityId, groupId }) =>
          groupId === null ? entityId === who : groupId === "lant",
        );
        expect(placesOn(concerns, on).get(who)).toEqual(place);
        expect(place === undefined).toBe(concerns.length === 0);
      }),
    );
  });
});

describe("the source of a reading", () => {
  const reading = { sourceTitle: "National paper", sourceSymbol: "A/76/136", sourceDate: "2021-07" };
  it("[PS12] is the same by title and symbol, and by its day as far as that is known", () => {
    expect(isSameSource({ ...reading, sourceDate: "2021-07-13" }, reading)).toBe(true);
    expect(isSameSource({ ...reading, sourceDate: "2021-08-13" }, reading)).toBe(false);
    expect(isSameSource({ ...reading, sourceTitle: "Another", sourceDate: "2021-07-13" }, reading)).toBe(
      false,
    );
    expect(isSameSource({ ...reading, sourceSymbol: "", sourceDate: "2021-07-13" }, reading)).toBe(false);
    const spaced = { ...reading, sourceTitle: "National  paper " };
    expect(isSameSource({ ...reading, sourceDate: "2021-07-13" }, spaced)).toBe(true);
  });
});
