import { describe, expect, it } from "vitest";
import { chippedHtml } from "#app/components/text/bracket-chips.ts";
import {
  type BracketStance,
  type ChipParty,
  chipOf,
  chipText,
  holdersOf,
  newestStances,
  refuseAnswer,
  refuseOver,
  stanceOf,
  standingStances,
} from "#app/rules/bracket-stances.ts";
import { paperHtml } from "#collab/paper.ts";
import type { Paragraph } from "#collab/document.ts";

const row = (
  id: string,
  more: Partial<BracketStance> = {},
): BracketStance & { readonly alphabet: string } => ({
  alphabet: more.groupId === undefined ? "b" : "a",
  id,
  entityId: "lmr",
  groupId: null,
  asks: true,
  view: "none",
  kind: "own",
  ...more,
});

const party = (code: string, more: Partial<ChipParty> = {}): ChipParty => ({
  code,
  asks: false,
  view: "none",
  kind: "own",
  ...more,
});

function textOf(...parties: readonly ChipParty[]): string | null {
  const chip = chipOf(parties);
  return chip && chipText(chip);
}

describe("stances on a bracket", () => {
  const rows = [
    row("1"),
    row("2", { entityId: null, groupId: "lmr" }),
    row("3", { asks: false, view: "out" }),
    row("4", { entityId: "cvn", asks: true }),
    row("5", { entityId: "cvn", asks: false }),
  ];

  it("[BF2] the newest of each delegation and group holds, and what is taken back stands no more", () => {
    expect(newestStances(rows).map(({ id }) => id)).toEqual(["3", "2", "5"]);
    expect(standingStances(rows).map(({ id }) => id)).toEqual(["2", "3"]);
    expect(stanceOf(rows, { entityId: null, groupId: "lmr" })?.id).toBe("2");
    expect(stanceOf(rows, { entityId: "qln", groupId: null })).toBe(null);
  });

  it("[BF3] is written over what was shown alone", () => {
    expect(refuseOver(null, null)).toBe(null);
    expect(refuseOver(row("1"), "1")).toBe(null);
    expect(refuseOver(row("2"), "1")).toMatchObject({ code: "stance-changed" });
    expect(refuseOver(row("2"), null)).toMatchObject({ code: "stance-changed" });
    expect(refuseOver(null, "1")).toMatchObject({ code: "stance-changed" });
  });

  it("[BF1] [BF3] only the newest that was recorded is confirmed or disputed", () => {
    const recorded = row("6", { kind: "recorded" });
    expect(refuseAnswer([...rows, recorded], "6")).toBe(null);
    expect(refuseAnswer([...rows, recorded, row("7")], "6")).toMatchObject({ code: "stance-changed" });
    expect(refuseAnswer(rows, "3")).toMatchObject({ code: "stance-not-recorded" });
  });
});

describe("a chip", () => {
  it("[BF7] has who asked without a sign, and signs for who keeps, is against, and reserves", () => {
    const all = [
      party("CVN", { asks: true, view: "out" }),
      party("LMR", { view: "keep" }),
      party("QLN", { view: "reserves" }),
    ];
    expect(textOf(...all)).toBe("CVN  +LMR  −CVN  ?QLN");
    expect(textOf(party("LMR"))).toBe(null);
  });

  it("[BF7] has four codes at most, and one of every sign before a second of any", () => {
    const keeps = ["A", "B", "C", "D", "E"].map((code) => party(code, { view: "keep" }));
    expect(textOf(...keeps)).toBe("+A B C D  +1");
    expect(textOf(...keeps, party("X", { view: "out" }), party("Y", { asks: true }))).toBe("Y  +A B  −X  +3");
  });

  it("[BF5] leaves out what is disputed", () => {
    expect(textOf(party("LMR", { asks: true, kind: "disputed" }))).toBe(null);
    expect(textOf(party("LMR", { asks: true, kind: "recorded" }))).toBe("LMR");
  });

  it("[BF7] is an attribute of the closing sign, read aloud with it, and no part of the words", () => {
    const spans: Paragraph["spans"] = [
      { kind: "bracket", bracket: "k", side: "open", ids: [] },
      { kind: "words", text: "shall", ids: [] },
      { kind: "bracket", bracket: "k", side: "close", ids: [] },
    ];
    const paragraph: Paragraph = {
      id: "p",
      role: "op",
      level: 0,
      relation: null,
      dir: "auto",
      order: "a",
      spans,
    };
    const html = paperHtml({ kind: "resolution", paragraphs: [paragraph], hidden: [] });
    const drawn = chippedHtml(html, [
      { id: "k", chip: { text: '"<LMR>', spoken: "asked for by <LMR>", holders: [] } },
    ]);
    expect(drawn).toContain(
      'aria-label="bracket 1 closes, asked for by &lt;LMR&gt;" data-chip="&quot;&lt;LMR&gt;"',
    );
    expect(drawn.replaceAll(/<[^>]*>/g, "")).toBe(html.replaceAll(/<[^>]*>/g, ""));
    expect(chippedHtml(html, [{ id: "k", chip: null }])).toBe(html);
  });
});

describe("who holds a bracket", () => {
  const held = (...rows: readonly BracketStance[]): string[] => holdersOf(rows).map(({ id }) => id);

  it("[LF1] is whoever asked for it itself, or had that recorded, until it says otherwise itself", () => {
    expect(held(row("1"))).toEqual(["1"]);
    expect(held(row("1", { kind: "recorded" }))).toEqual(["1"]);
    expect(held(row("1"), row("2", { asks: false }))).toEqual([]);
    expect(held(row("1", { asks: false, view: "out" }))).toEqual([]);
    expect(held(row("1"), row("2", { entityId: "qln" }), row("3", { asks: false }))).toEqual(["2"]);
    expect(held(row("1", { entityId: null, groupId: "duo" }), row("2", { asks: false }))).toEqual(["1"]);
  });

  it("[LF1] is not who disputed what was recorded; what it said itself before holds on", () => {
    const disputed = [row("2", { kind: "recorded" }), row("3", { kind: "disputed" })];
    expect(held(...disputed)).toEqual([]);
    expect(held(row("0", { kind: "recorded" }), ...disputed)).toEqual([]);
    expect(held(row("1"), ...disputed)).toEqual(["1"]);
    expect(held(...disputed, row("4", { kind: "recorded" }))).toEqual(["4"]);
  });

  it("[LF1] lets go by a recorded lift only when it confirms that", () => {
    const lift = row("2", { kind: "recorded", asks: false });
    for (const kind of ["own", "recorded", "confirmed"] as const) {
      expect(held(row("1", { kind }), lift)).toEqual(["1"]);
      expect(held(row("1", { kind }), lift, row("3", { kind: "disputed", asks: false }))).toEqual(["1"]);
      expect(held(row("1", { kind }), lift, row("3", { kind: "confirmed", asks: false }))).toEqual([]);
    }
  });
});
