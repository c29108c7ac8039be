/** What corrections do to a row, and what the files may still change in a topic. */
import { describe, expect, it } from "vitest";
import { fieldOf, outlineLines, outlineTree, parseOutline } from "#app/rules/outline.ts";
import {
  type Fields,
  changesBetween,
  correctedMemberships,
  fieldsAfter,
  membershipProblems,
  overlap,
  withFields,
} from "#app/rules/reference.ts";
import { scaleProblems, stanceProblems, topicAsLoaded } from "#app/rules/topics.ts";

const always = { from: "", to: null };

describe("corrections", () => {
  it("[RF1] of a name in one language leave the other languages to the files", () => {
    const row = { id: "x", code: "X", names: { en: "Old", fr: "Vieux" } };
    const first = changesBetween({ "names.en": "Old", code: "X" }, { "names.en": "New", code: "X" });
    expect(first).toEqual({ "names.en": { before: "Old", after: "New" } });
    const then = { code: { before: "X", after: "Y" } };
    const fields = fieldsAfter([{ value: first }, { value: then }]);
    expect(withFields({ ...row, names: { en: "Old", fr: "Ancien" } }, fields)).toEqual({
      id: "x",
      code: "Y",
      names: { en: "New", fr: "Ancien" },
    });
    expect(withFields(row, { "names.fr": "" }).names).toEqual({ en: "Old" });
  });

  it("[RF1] of a membership hold over the file, and one of the same days in the file gives way", () => {
    const member = (entityId: string, from = "", to: string | null = null) => ({
      groupId: "g",
      entityId,
      from,
      to,
      role: null,
    });
    const file = [
      member("a"),
      member("b"),
      member("c", "2026-11-30"),
      member("c", "1990-01-01", "2000-01-01"),
    ];
    const corrected = new Map<string, Fields>([
      ["g b ", { to: "2026-12-01", recorded: true }],
      ["g c 2026-12-01", { recorded: true, role: "observer", to: null }],
      ["g a ", { recorded: false }],
      ["other a ", { recorded: true }],
    ]);
    expect(correctedMemberships("g", file, corrected)).toEqual([
      member("c", "1990-01-01", "2000-01-01"),
      member("b", "", "2026-12-01"),
      { ...member("c", "2026-12-01"), role: "observer" },
    ]);
  });

  it("[RF3] know which days two memberships share", () => {
    expect(overlap(always, always)).toBe(true);
    expect(overlap({ from: "2000-01-01", to: "2001-01-01" }, { from: "2001-01-01", to: null })).toBe(false);
    expect(overlap({ from: "", to: "2001-01-02" }, { from: "2001-01-01", to: null })).toBe(true);
    const facts = { ...always, role: null, reason: "A letter" };
    expect(membershipProblems(facts, [])).toEqual({});
    expect(membershipProblems(facts, [{ from: "", to: "1999-01-01" }])).toEqual({
      from: "membership-overlaps",
    });
    expect(membershipProblems({ ...facts, from: "2026-02-30", role: "friend", reason: "" }, [])).toEqual({
      from: "day",
      role: "role-unknown",
      reason: "reason-missing",
    });
    expect(membershipProblems({ ...facts, from: "2026-02-01", to: "2026-02-01" }, [])).toEqual({
      to: "membership-ends",
    });
  });
});

describe("a topic", () => {
  const scale = [
    { id: "yes", label: "Yes" },
    { id: "no", label: "No" },
  ];
  const file = { title: "Care", question: "Must it?", scale };

  it("[RF9] follows the files where the secretariat changed nothing, and keeps the old name of a stance", () => {
    expect(topicAsLoaded(file, null, [])).toEqual(file);
    const newer = { title: "Due care", question: "Must it act?", scale: [{ id: "yes", label: "Always" }] };
    expect(topicAsLoaded(newer, file, [])).toEqual({
      ...newer,
      scale: [
        { id: "yes", label: "Always", formerly: ["Yes"] },
        { id: "no", label: "No" },
      ],
    });
  });

  it("[RF9] keeps what the secretariat named, asked and added", () => {
    const standing = {
      title: "Diligence",
      question: "Must it?",
      scale: [
        { id: "yes", label: "Always", formerly: ["Yes"] },
        { id: "no", label: "No" },
        { id: "own", label: "Sometimes" },
      ],
    };
    const changed = [
      { what: "renamed", after: "Diligence" },
      { what: "stance-renamed", after: "Always" },
      { what: "stance-added", after: "Sometimes" },
    ];
    const newer = {
      title: "Care",
      question: "Must it act?",
      scale: [
        { id: "yes", label: "In each case" },
        { id: "no", label: "Never" },
        { id: "new", label: "Open" },
      ],
    };
    expect(topicAsLoaded(newer, standing, changed)).toEqual({
      title: "Diligence",
      question: "Must it act?",
      scale: [
        { id: "yes", label: "Always", formerly: ["Yes"] },
        { id: "no", label: "Never", formerly: ["No"] },
        { id: "own", label: "Sometimes" },
        { id: "new", label: "Open" },
      ],
    });
  });

  it("[RF7] gives no stance a name that another of its scale has or had", () => {
    const others = [{ id: "yes", label: "Always", formerly: ["Yes"] }];
    expect(stanceProblems("yes", others)).toEqual({ label: "stance-taken" });
    expect(stanceProblems("always", others)).toEqual({ label: "stance-taken" });
    expect(stanceProblems("", others)).toEqual({ label: "required" });
    expect(stanceProblems("No", others)).toEqual({});
    const many = Array.from({ length: 12 }, (_, at) => ({ id: `${at}`, label: `${at}` }));
    expect(stanceProblems("12", many)).toEqual({ label: "scale-full" });
    expect(scaleProblems(["Yes", "yes"])).toEqual({ scale: "stance-taken" });
    expect(scaleProblems(["Yes"])).toEqual({ scale: "scale-short" });
    expect(scaleProblems([...many, { label: "x" }].map(({ label }) => label))).toEqual({
      scale: "scale-full",
    });
    expect(scaleProblems(["Yes", "x".repeat(201)])).toEqual({ scale: "too-long" });
    expect(scaleProblems(["Yes", "No"])).toEqual({});
  });
});

describe("the agenda by subject", () => {
  it("[RF6] is typed in lines and read as a tree", () => {
    const typed =
      "1 Opening\n\n10 Other matters\n2 Substance\n2 (b) Norms\n2 (a) Law | sovereignty, due care";
    const parsed = parseOutline(typed);
    if ("wrong" in parsed) throw new Error(parsed.wrong);
    const tree = outlineTree(parsed.fields);
    expect(tree.map(({ number, items }) => [number, items.map(({ shortNumber }) => shortNumber)])).toEqual([
      ["1", []],
      ["2", ["(a)", "(b)"]],
      ["10", []],
    ]);
    expect(tree[1]?.items[0]).toMatchObject({ title: "Law", topics: ["sovereignty", "due care"] });
    expect(outlineLines(parsed.fields).join("\n")).toBe(
      "1 Opening\n2 Substance\n2 (a) Law | sovereignty, due care\n2 (b) Norms\n10 Other matters",
    );
    expect(outlineLines({ "1": "Opening", "2": null })).toEqual(["1 Opening"]);
    expect(fieldOf({ number: "1", title: "Opening", topics: [] })).toBe("Opening");
  });

  it("[RF6] is refused with what is wrong with a line", () => {
    expect(parseOutline("Opening")).toEqual({ wrong: "outline-line" });
    expect(parseOutline("1 | sovereignty")).toEqual({ wrong: "outline-line" });
    expect(parseOutline("1 Opening\n1 Closing")).toEqual({ wrong: "outline-twice" });
    expect(parseOutline("5 (a) Threats")).toEqual({ wrong: "outline-parent" });
  });
});
