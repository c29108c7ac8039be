import { describe, expect, it } from "vitest";
import { fromSeqOf, standingOf, type TextAudience, type TextDoor } from "#app/rules/audience.ts";
import { isLabelTaken, suggestedLabel, suggestedSymbol, visibleVersions } from "#app/rules/versions.ts";
import type { SignedIn } from "#app/rules/viewer.ts";

const person: SignedIn = {
  kind: "person",
  personId: "p",
  name: "P",
  loginId: "l",
  secretariat: false,
  offices: [],
  delegates: [],
  drafts: [],
};
const seat = (delegationId: string, capacity: "participant" | "observer", sessionId = "s"): SignedIn => ({
  ...person,
  delegates: [{ sessionId, delegationId, entityId: "e", code: "E", capacity, role: "reader" }],
});
const audience = (more: Partial<TextAudience>): TextAudience => ({
  audience: "bureau",
  delegationIds: [],
  shows: "live",
  fromSeq: 0,
  ...more,
});
const door = (more: Partial<TextAudience>): TextDoor => ({
  textId: "t",
  sessionId: "s",
  delegationId: null,
  audience: audience(more),
});

describe("standing", () => {
  const viewers = {
    chair: { ...person, offices: [{ sessionId: "s", office: "chair" as const }] },
    "chair of another session": { ...person, offices: [{ sessionId: "x", office: "chair" as const }] },
    secretariat: { ...person, secretariat: true },
    drafter: { ...person, drafts: ["t"] },
    "drafter of another text": { ...person, drafts: ["x"] },
    "delegate named": seat("a", "participant"),
    "delegate not named": seat("b", "participant"),
    "observer not named": seat("o", "observer"),
    "delegate at another session": seat("a", "participant", "x"),
    "signed in": person,
    public: { kind: "public" as const },
  };
  const sees: Record<string, readonly (keyof typeof viewers)[]> = {
    bureau: [],
    named: ["delegate named"],
    all: ["delegate named", "delegate not named"],
    observers: ["delegate named", "delegate not named", "observer not named"],
    public: Object.keys(viewers) as (keyof typeof viewers)[],
  };
  for (const [name, readers] of Object.entries(sees)) {
    it(`[AD1] ${name}: the bureau sees all, its audience reads, for others it does not exist`, () => {
      for (const [who, viewer] of Object.entries(viewers)) {
        const standing = standingOf(
          viewer,
          door({ audience: name as TextAudience["audience"], delegationIds: ["a"] }),
        );
        const isBureau = ["chair", "secretariat", "drafter"].includes(who);
        const isReader = readers.includes(who as keyof typeof viewers);
        expect([who, standing.kind]).toEqual([who, isBureau ? "bureau" : isReader ? "reader" : "none"]);
      }
    });
  }
});

describe("a delegation's own text", () => {
  it("[AD10] is seen by its people alone, whatever audience stands in its row, and its readers do not write", () => {
    const own: TextDoor = { ...door({ audience: "public" }), delegationId: "a" };
    const inDelegation = (role: "head" | "editor" | "reader"): SignedIn => ({
      ...person,
      delegates: [
        { sessionId: "s", delegationId: "a", entityId: "e", code: "E", capacity: "participant", role },
      ],
    });
    expect(standingOf(inDelegation("head"), own)).toEqual({ kind: "bureau", mayWrite: true });
    expect(standingOf(inDelegation("editor"), own)).toEqual({ kind: "bureau", mayWrite: true });
    expect(standingOf(inDelegation("reader"), own)).toEqual({ kind: "bureau", mayWrite: false });
    const others = [
      { ...person, offices: [{ sessionId: "s", office: "chair" as const }] },
      { ...person, secretariat: true },
      { ...person, drafts: ["t"] },
      seat("b", "participant"),
      seat("b", "participant", "x"),
      person,
      { kind: "public" as const },
    ];
    expect(others.map((viewer) => standingOf(viewer, own).kind)).toEqual(others.map(() => "none"));
  });
});

describe("beginning of an audience", () => {
  const cases: readonly (readonly [string, Partial<TextAudience>, Partial<TextAudience>, "kept" | "now"])[] =
    [
      ["opened from the bureau", {}, { audience: "all" }, "now"],
      ["widened", { audience: "all" }, { audience: "observers" }, "now"],
      ["narrowed", { audience: "public" }, { audience: "observers" }, "kept"],
      ["taken back to the bureau", { audience: "all" }, { audience: "bureau" }, "now"],
      ["said again", { audience: "all" }, { audience: "all" }, "kept"],
      ["live instead of versions", { audience: "all", shows: "versions" }, { audience: "all" }, "now"],
      ["versions instead of live", { audience: "all" }, { audience: "all", shows: "versions" }, "now"],
      [
        "one more delegation named",
        { audience: "named", delegationIds: ["a"] },
        { audience: "named", delegationIds: ["a", "b"] },
        "now",
      ],
      [
        "one delegation fewer",
        { audience: "named", delegationIds: ["a", "b"] },
        { audience: "named", delegationIds: ["b"] },
        "kept",
      ],
      [
        "named after all, who may name an observer",
        { audience: "all" },
        { audience: "named", delegationIds: ["o"] },
        "now",
      ],
      [
        "named after observers",
        { audience: "observers" },
        { audience: "named", delegationIds: ["o"] },
        "kept",
      ],
    ];
  for (const [name, previous, next, which] of cases) {
    it(`[AD2] ${name}: from ${which === "kept" ? "before" : "now"}`, () => {
      expect(fromSeqOf(audience({ fromSeq: 7, ...previous }), audience(next), 90)).toBe(
        which === "kept" ? 7 : 90,
      );
    });
  }
});

describe("versions seen", () => {
  const versions = [
    { id: "zero", number: 1, kind: "issued", seq: 10 },
    { id: "kept", number: 2, kind: "automatic", seq: 20 },
    { id: "rev1", number: 3, kind: "issued", seq: 30 },
    { id: "later", number: 4, kind: "automatic", seq: 60 },
    { id: "rev2", number: 5, kind: "issued", seq: 70 },
  ] as const;
  const seen = (shows: "live" | "versions", fromSeq: number): string[] =>
    visibleVersions({ kind: "reader", shows, fromSeq }, versions).map(({ id }) => id);

  it("[AD3] the bureau sees all of them, readers never one that the server kept", () => {
    expect(visibleVersions({ kind: "bureau", mayWrite: true }, versions)).toHaveLength(5);
    expect(seen("live", 0)).toEqual(["zero", "rev1", "rev2"]);
    expect(visibleVersions({ kind: "none" }, versions)).toEqual([]);
  });
  it("[AD4] what was issued before the opening stays with the bureau", () => {
    expect(seen("live", 40)).toEqual(["rev2"]);
    expect(seen("live", 30)).toEqual(["rev1", "rev2"]);
  });
  it("[AD5] who sees versions only also sees the newest at the opening, and no older one", () => {
    expect(seen("versions", 40)).toEqual(["rev1", "rev2"]);
    expect(seen("versions", 30)).toEqual(["rev1", "rev2"]);
    expect(seen("versions", 5)).toEqual(["zero", "rev1", "rev2"]);
    expect(seen("versions", 99)).toEqual(["rev2"]);
  });
});

describe("labels of versions", () => {
  it("[VR1] suggests Zero draft, then the revision after the highest", () => {
    expect(suggestedLabel([])).toBe("Zero draft");
    expect(suggestedLabel(["Zero draft"])).toBe("Rev.1");
    expect(suggestedLabel(["Zero draft", "Rev.1", "rev. 7", "Clean text"])).toBe("Rev.8");
  });
  it("[VR2] puts the revision behind the text's symbol", () => {
    expect(suggestedSymbol("SIM/ICT/2027/CRP.2", "Rev.3")).toBe("SIM/ICT/2027/CRP.2/Rev.3");
    expect(suggestedSymbol("SIM/ICT/2027/CRP.2", "Zero draft")).toBe("SIM/ICT/2027/CRP.2");
    expect(suggestedSymbol("", "Rev.3")).toBe("");
  });
  it("[VR3] takes labels for the same whatever their case and spaces", () => {
    expect(isLabelTaken(["Rev.1"], "REV. 1")).toBe(true);
    expect(isLabelTaken(["Rev.1"], "Rev.11")).toBe(false);
  });
});
