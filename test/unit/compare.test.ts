import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareDocuments, countWordChanges, filterComparison, makersIn } from "#collab/compare.ts";
import type { Comparison, Row } from "#collab/compare.ts";
import { plainWords } from "#collab/document.ts";
import type { TextDocument } from "#collab/document.ts";
import { ANA, BEN, CHLOE, Draft } from "#test/support/draft.ts";

const LONG =
  "Decides to consider establishing a register of technical teams able to assist a requesting State";

function compare(draft: Draft, a: TextDocument, seqs?: { a: number; b: number }): Comparison {
  const { carries, attribution } = draft;
  return compareDocuments({ a, b: draft.document(), carries, attribution, ...(seqs ? { seqs } : {}) });
}

/** The words of each paragraph of one side, put together again from the rows. */
function wordsOf(comparison: Comparison, side: "a" | "b"): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const own = side === "a" ? "del" : "ins";
  for (const row of comparison.rows) {
    const here = row[side];
    if (!here) continue;
    const part = row.segments
      .filter((segment) => (segment.kind === "equal" || segment.kind === own) && segment.note === undefined)
      .map((segment) => segment.text)
      .join("");
    words.set(here.id, (words.get(here.id) ?? "") + part);
  }
  return words;
}

function plain(document: TextDocument): ReadonlyMap<string, string> {
  return new Map(document.paragraphs.map((paragraph) => [paragraph.id, plainWords(paragraph)]));
}

function told(row: Row | undefined): string {
  return (row?.segments ?? [])
    .map(({ kind, text }) => (kind === "equal" ? text : kind === "ins" ? `{+${text}+}` : `{-${text}-}`))
    .join("");
}

function kinds(comparison: Comparison): string[] {
  return comparison.changes.map((change) => `${change.kind} ${change.labelA ?? "·"}>${change.labelB ?? "·"}`);
}

describe("words within a paragraph", () => {
  const cases: readonly [string, string, string][] = [
    ["depend on a small number", "rely on a small number", "{-depend-}{+rely+} on a small number"],
    ["Requests the report;", "Requests the annual report;", "Requests the {+annual +}report;"],
    [
      "to report on the exercise and to propose improvements;",
      "to report on the exercise;",
      "to report on the exercise{- and to propose improvements-};",
    ],
    ["within 24 hours", "within [24] hours", "within {+[+}24{+]+} hours"],
    [
      "States shall report the incident without delay",
      "States shall notify the event without delay",
      "States shall {-report the incident-}{+notify the event+} without delay",
    ],
    [
      "a register, maintained by the Secretariat, of teams",
      "a register of teams",
      "a register{-, maintained by the Secretariat,-} of teams",
    ],
    ["well-being of all", "wellbeing of all", "{-well-being-}{+wellbeing+} of all"],
    ["各国应报告事件", "各国应立即报告事件", "各国应{+立即+}报告事件"],
  ];
  it.each(cases)("[CP2] tells %j to %j in whole words", (before, after, expected) => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", before);
    const a = draft.document();
    draft.erase(BEN, id, 0, before.length);
    draft.type(BEN, id, 0, after);
    const comparison = compare(draft, a);
    expect(told(comparison.rows[0])).toBe(expected);
  });

  it("[CP2] tells a paragraph with other words as replaced, not as confetti", () => {
    const draft = new Draft();
    const id = draft.add(
      ANA,
      "op",
      "Invites States in a position to do so to exchange the names of technical teams;",
    );
    const a = draft.document();
    draft.erase(BEN, id, 0, draft.words(id).length);
    draft.type(
      BEN,
      id,
      0,
      "Stresses that a State of limited means shall not bear the cost of any help received;",
    );
    expect(compare(draft, a).rows[0]?.segments.length).toBeLessThanOrEqual(5);
  });

  it("[CP2] tells a footnote reference that was added", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides to establish a register;");
    const note = draft.add(ANA, "footnote", "See A/79/214.");
    const a = draft.document();
    draft.refer(BEN, id, 31, note);
    const comparison = compare(draft, a);
    expect(comparison.changes.map((change) => [change.kind, change.inserted])).toEqual([["words", "¹"]]);
  });
});

describe("who and when", () => {
  it("[CP3] names who typed the new words and who deleted the old", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", `${LONG};`);
    const a = draft.document();
    draft.replace(BEN, id, "consider establishing", "");
    const erasedAt = draft.now;
    draft.type(CHLOE, id, 11, "establish");
    const [change, ...others] = compare(draft, a).changes;
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kind: "words",
      labelA: "OP1",
      removed: "consider establishing",
      inserted: "establish",
    });
    expect(change?.makers).toEqual([
      { person: "ben", delegation: "CVN", at: erasedAt },
      { person: "chloe", delegation: "HLW", at: draft.now },
    ]);
  });

  it("[CP3] names the same people when the newer wording is put first", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", `${LONG};`);
    const a = { document: draft.document(), seq: draft.seq };
    draft.replace(BEN, id, "technical ", "");
    draft.type(CHLOE, id, 0, "Also ");
    const { carries, attribution } = draft;
    const back = compareDocuments({
      a: draft.document(),
      b: a.document,
      carries,
      attribution,
      seqs: { a: draft.seq, b: a.seq },
    });
    expect(back.changes.map((change) => change.makers.map((maker) => maker.person))).toEqual([
      ["chloe"],
      ["ben"],
    ]);
  });

  it("[CP5] filters by person and by delegation and leaves the comparison as it was", () => {
    const draft = new Draft();
    const first = draft.add(ANA, "op", `${LONG};`);
    const second = draft.add(ANA, "op", "Requests the Secretariat to report;");
    const a = draft.document();
    draft.replace(BEN, first, "technical", "national");
    draft.replace(CHLOE, second, "report", "report annually");
    const comparison = compare(draft, a);
    const before = JSON.stringify(comparison);
    expect(makersIn(comparison).map((maker) => maker.person)).toEqual(["ben", "chloe"]);
    expect(filterComparison(comparison, { person: "chloe" }).changes.map((change) => change.no)).toEqual([2]);
    expect(filterComparison(comparison, { delegation: "CVN" }).rows.map((row) => row.paragraphId)).toEqual([
      first,
    ]);
    expect(filterComparison(comparison, { delegation: "CVN" }).totals).toMatchObject({
      added: 1,
      removed: 1,
    });
    expect(filterComparison(comparison, { person: "nobody" }).changes).toEqual([]);
    expect(JSON.stringify(comparison)).toBe(before);
  });
});

describe("paragraphs", () => {
  it("[CP1] tells added and deleted paragraphs at their places", () => {
    const draft = new Draft();
    const first = draft.add(ANA, "op", "Decides to meet;");
    const second = draft.add(ANA, "op", "Requests a report;");
    const a = draft.document();
    draft.add(BEN, "op", "Invites all States;", { after: first });
    draft.remove(CHLOE, second);
    const comparison = compare(draft, a);
    expect(kinds(comparison)).toEqual(["deleted OP2>·", "added ·>OP2"]);
    expect(comparison.changes.map((change) => change.makers.map((maker) => maker.person))).toEqual([
      ["chloe"],
      ["ben"],
    ]);
    expect(comparison.totals).toMatchObject({ added: 3, removed: 3, changedParagraphs: 2, paragraphs: 3 });
  });

  it("[CP4] tells a moved paragraph as moved, with who moved it, and not as deleted and added", () => {
    const draft = new Draft();
    for (const word of ["one", "two", "three", "four"]) draft.add(ANA, "op", `Decides ${word} things;`);
    const a = draft.document();
    draft.move(BEN, "p4", 1);
    const comparison = compare(draft, a);
    expect(kinds(comparison)).toEqual(["moved OP4>OP2"]);
    expect(comparison.changes[0]?.makers.map((maker) => maker.person)).toEqual(["ben"]);
    expect(comparison.totals).toMatchObject({ added: 0, removed: 0, moved: 3 });
  });

  it("[CP4] tells a split as a split, with the words changed in both parts", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", `${LONG}, and requests the Secretariat to maintain it;`);
    const a = draft.document();
    const part = draft.split(BEN, id, LONG.length + 1);
    draft.replace(CHLOE, part, "maintain", "keep");
    const comparison = compare(draft, a);
    expect(kinds(comparison)).toEqual(["split OP1>OP2", "words OP1>OP2"]);
    expect(comparison.changes[0]?.makers.map((maker) => maker.person)).toEqual(["ben"]);
    expect(wordsOf(comparison, "a")).toEqual(plain(a));
    expect(wordsOf(comparison, "b")).toEqual(plain(draft.document()));
  });

  it("[CP4] tells a merger as a merger", () => {
    const draft = new Draft();
    const first = draft.add(ANA, "op", LONG);
    const second = draft.add(ANA, "op", " and requests the Secretariat to maintain it;");
    const a = draft.document();
    draft.merge(BEN, second, first);
    const comparison = compare(draft, a);
    expect(kinds(comparison)).toEqual(["merged OP2>OP1"]);
    expect(comparison.totals).toMatchObject({ added: 0, removed: 0 });
  });

  it("[CP4] recognises a split by its words where identities say nothing", () => {
    const before = new Draft();
    before.add(ANA, "op", `${LONG}, and requests the Secretariat to maintain it;`, { id: "first" });
    const after = new Draft();
    after.add(BEN, "op", `${LONG},`, { id: "first" });
    after.add(BEN, "op", "and requests the Secretariat to maintain it;", { id: "other" });
    const comparison = compareDocuments({ a: before.document(), b: after.document() });
    expect(kinds(comparison)).toEqual(["split OP1>OP2"]);
  });

  it("[CP4] tells another role or level as such", () => {
    const draft = new Draft();
    draft.add(ANA, "op", "Decides the following:");
    const id = draft.add(ANA, "op", "To meet;");
    const a = draft.document();
    draft.call(CHLOE, id, "op", 1);
    const comparison = compare(draft, a);
    expect(kinds(comparison)).toEqual(["role OP2>OP1 (a)"]);
    expect(comparison.changes[0]?.makers.map((maker) => maker.person)).toEqual(["chloe"]);
  });

  it("[CP1] finds nothing between a text and itself", () => {
    const draft = new Draft();
    draft.add(ANA, "op", LONG);
    expect(compare(draft, draft.document()).changes).toEqual([]);
    expect(countWordChanges(draft.document(), draft.document())).toEqual({ added: 0, removed: 0 });
  });
});

type Act = {
  kind: "type" | "erase" | "split" | "merge" | "move" | "remove" | "add" | "call";
  who: number;
  n: number;
  m: number;
};

const WORDS = [
  "the",
  "States",
  "shall",
  "report",
  "all",
  "incidents",
  "of",
  "a",
  "[",
  "]",
  ",",
  "within",
  "24",
  "hours",
  ";",
];
const PEOPLE = [ANA, BEN, CHLOE];

function play(draft: Draft, { kind, who, n, m }: Act): void {
  const by = PEOPLE[who % 3] ?? ANA;
  const live = draft.live();
  const id = live[n % Math.max(1, live.length)];
  if (id === undefined || kind === "add") {
    draft.add(
      by,
      "op",
      `${WORDS[n % WORDS.length]} ${WORDS[m % WORDS.length]} report`,
      id === undefined ? {} : { after: id },
    );
    return;
  }
  const length = draft.words(id).length;
  if (kind === "type") draft.type(by, id, m % (length + 1), ` ${WORDS[m % WORDS.length]} `);
  else if (kind === "erase" && length > 0)
    draft.erase(by, id, m % length, Math.min(length, (m % length) + 1 + (n % 9)));
  else if (kind === "split") draft.split(by, id, m % (length + 1));
  else if (kind === "move") draft.move(by, id, m % live.length);
  else if (kind === "remove") draft.remove(by, id);
  else if (kind === "call") draft.call(by, id, m % 2 === 0 ? "pp" : "op", m % 3);
  else if (kind === "merge") {
    const into = live[(n + 1) % live.length];
    if (into !== undefined && into !== id) draft.merge(by, id, into);
  }
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom<Act["kind"]>(
    "type",
    "type",
    "type",
    "erase",
    "erase",
    "split",
    "merge",
    "move",
    "remove",
    "add",
    "call",
  ),
  who: fc.nat(2),
  n: fc.nat(50),
  m: fc.nat(500),
});

describe("any two wordings", () => {
  it("[CP1] the rows give back every paragraph of both, and every change is numbered once, in order", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.array(act, { maxLength: 25 }), (before, after) => {
        const draft = new Draft();
        for (const text of [
          LONG,
          "Requests the Secretariat to report annually;",
          "Invites all States to take part;",
        ]) {
          draft.add(ANA, "op", text);
        }
        for (const one of before) play(draft, one);
        const a = draft.document();
        for (const one of after) play(draft, one);
        const b = draft.document();
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          const comparison = compareDocuments({
            a: from,
            b: to,
            carries: draft.carries,
            attribution: draft.attribution,
          });
          expect(Object.fromEntries(wordsOf(comparison, "a"))).toEqual(Object.fromEntries(plain(from)));
          expect(Object.fromEntries(wordsOf(comparison, "b"))).toEqual(Object.fromEntries(plain(to)));
          expect(comparison.changes.map((change) => change.no)).toEqual(
            comparison.changes.map((_change, at) => at + 1),
          );
          expect([...new Set(comparison.rows.flatMap((row) => row.changes))].sort((x, y) => x - y)).toEqual(
            comparison.changes.map((change) => change.no),
          );
          for (const row of comparison.rows) {
            for (const { kind, no } of row.segments)
              expect(kind === "equal" ? no === null : no !== null).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
