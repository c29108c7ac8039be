import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONVENTIONS, type TextKind } from "#collab/document.ts";
import { decodePath, encodePath, pathsOf } from "#collab/label-paths.ts";
import { labelsOf, letters, roman } from "#collab/labels.ts";
import type { Labelled, LabelledText } from "#collab/labels.ts";
import { ROLES } from "#collab/model.ts";
import type { Role } from "#collab/model.ts";

/** "op1" is an operative sub-paragraph; "fn" a footnote; "op!p7" refers to the note p7. Ids are p1, p2, … */
function text(line: string): Labelled[] {
  return line.split(" ").map((word, at) => {
    const [, role = "", level = "", note] = /^([a-z]+)(\d?)(?:!(\w+))?$/.exec(word) ?? [];
    const roles: Record<string, Role> = {
      fn: "footnote",
      n: "numbered",
      rec: "recommendation",
      h: "heading",
    };
    const spans = note === undefined ? [] : [{ kind: "note", note }];
    return { id: `p${at + 1}`, role: roles[role] ?? (role as Role), level: Number(level), spans };
  });
}

function shorts(kind: TextKind, line: string): string[] {
  const paragraphs = text(line);
  const labels = labelsOf({ kind, paragraphs });
  return paragraphs.map(({ id }) => labels.get(id)?.short ?? "missing");
}

function numbers(kind: TextKind, line: string): string[] {
  const paragraphs = text(line);
  const labels = labelsOf({ kind, paragraphs });
  return paragraphs.map(({ id }) => labels.get(id)?.number ?? "missing");
}

describe("labels of a resolution", () => {
  it("[LB1] count preambular and operative paragraphs apart", () => {
    expect(shorts("resolution", "plain pp pp op op pp op")).toEqual([
      "",
      "PP1",
      "PP2",
      "OP1",
      "OP2",
      "PP3",
      "OP3",
    ]);
  });

  it("[LB2] name sub-paragraphs (a), (i), a. under their paragraph", () => {
    expect(shorts("resolution", "op op1 op2 op2 op1 op2 op3 op op1")).toEqual([
      "OP1",
      "OP1 (a)",
      "OP1 (a) (i)",
      "OP1 (a) (ii)",
      "OP1 (b)",
      "OP1 (b) (i)",
      "OP1 (b) (i) a",
      "OP2",
      "OP2 (a)",
    ]);
    expect(numbers("resolution", "op op1 op2 op3")).toEqual(["1.", "(a)", "(i)", "a."]);
  });

  it("[LB2] name a paragraph two levels down as the first sub-paragraph all the same", () => {
    expect(shorts("resolution", "op op2 op1 op1")).toEqual(["OP1", "OP1 (a)", "OP1 (b)", "OP1 (c)"]);
    expect(shorts("resolution", "op1 op")).toEqual(["OP1", "OP2"]);
  });

  it("[LB2] go on behind z and behind x", () => {
    expect([1, 26, 27, 52, 53, 702, 703].map(letters)).toEqual(["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    expect([1, 4, 9, 14, 40, 49, 90, 400, 1999].map(roman)).toEqual([
      "i",
      "iv",
      "ix",
      "xiv",
      "xl",
      "xlix",
      "xc",
      "cd",
      "mcmxcix",
    ]);
    expect(shorts("resolution", `op${" op1".repeat(28)}`).at(-1)).toBe("OP1 (ab)");
  });

  it("[LB6] are spoken in words", () => {
    const labels = labelsOf({ kind: "resolution", paragraphs: text("pp op op op1 op2") });
    expect(labels.get("p1")?.spoken).toBe("preambular paragraph 1");
    expect(labels.get("p5")?.spoken).toBe("operative paragraph 2, sub-paragraph a, sub-paragraph i");
  });
});

describe("labels of a report", () => {
  it("[LB3] count numbered paragraphs and recommendations 1 to n across sections", () => {
    expect(shorts("report", "h n n h1 rec n1 h n")).toEqual(["I", "1", "2", "I.A", "3", "3 (a)", "II", "4"]);
    expect(numbers("report", "h n h1 h2 h1 h rec")).toEqual(["I.", "1.", "A.", "1.", "B.", "II.", "2."]);
  });

  it("[LB3] give a sub-paragraph under a new heading a number of its own", () => {
    expect(shorts("report", "n h n1")).toEqual(["1", "I", "2"]);
  });

  it("[LB4] begin again in each annex", () => {
    expect(shorts("report", "n n annex n n1 annex h n")).toEqual([
      "1",
      "2",
      "Annex I",
      "Annex I, 1",
      "Annex I, 1 (a)",
      "Annex II",
      "Annex II, I",
      "Annex II, 1",
    ]);
    expect(labelsOf({ kind: "report", paragraphs: text("annex n") }).get("p2")).toMatchObject({
      within: "1",
      place: "Annex I",
      number: "1.",
    });
  });
});

describe("labels of footnotes", () => {
  it("[LB5] follow the first reference in the body, and notes nobody refers to have a dash", () => {
    expect(numbers("resolution", "pp!p5 op!p4 op!p5 fn fn fn!p4")).toEqual(["", "1.", "2.", "2", "1", "–"]);
  });
});

describe("labels of any text", () => {
  const paragraph = fc.record({
    role: fc.constantFrom(...ROLES),
    level: fc.nat(5),
    note: fc.option(fc.nat(30), { nil: undefined }),
    relation: fc.option(
      fc.record({ kind: fc.constantFrom("after" as const, "alternative" as const), to: fc.nat(80) }),
      { nil: null },
    ),
    frozen: fc.option(
      fc.stringMatching(/^(1\/)?(pp|op|numbered|heading|annex):[1-9](\+1)?(\.[1-3](~1)?){0,2}$/),
      { nil: undefined },
    ),
  });
  const taken = fc.array(fc.stringMatching(/^(pp|op|numbered):[1-9](\+[1-3])?$/), { maxLength: 10 });

  it("[LB7] occur once each, whatever is related to what and frozen how, and every paragraph has one entry", () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { maxLength: 80 }),
        fc.constantFrom<TextKind>("resolution", "report", "statement"),
        fc.constantFrom(...CONVENTIONS),
        taken,
        (shapes, kind, convention, gone) => {
          const paragraphs = shapes.map(({ role, level, note, relation, frozen }, at): Labelled => {
            const spans = note === undefined ? [] : [{ kind: "note", note: `p${note}` }];
            const related = relation && { kind: relation.kind, to: `p${relation.to}` };
            return { id: `p${at}`, role, level, spans, relation: related, frozen };
          });
          const labels = labelsOf({ kind, paragraphs, convention, taken: gone });
          expect([...labels.keys()]).toEqual(paragraphs.map(({ id }) => id));
          const named = [...labels.values()]
            .map((label) => label.short)
            .filter((short) => short !== "" && short !== "–");
          expect(new Set(named).size).toBe(named.length);
          const paths = [...pathsOf(kind, paragraphs, gone)];
          const numbers = paths.map(([, path]) => encodePath(path));
          // Nobody is given the number of one that is gone; whoever has it on paper keeps it.
          const onPaper = new Map(paragraphs.map(({ id, frozen }) => [id, frozen]));
          const given = paths.filter(([id, path]) => onPaper.get(id) !== encodePath(path));
          expect(given.filter(([, path]) => gone.includes(encodePath(path)))).toEqual([]);
          for (const number of numbers) expect(encodePath(decodePath(number) ?? fail(number))).toBe(number);
        },
      ),
    );
  });
});

function fail(what: string): never {
  throw new Error(`${what} cannot be read again`);
}

/** "op>p2": inserted after p2; "op~p2": an alternative to p2; "op=7": frozen as OP7. */
function related(line: string): Labelled[] {
  return line.split(" ").map((word, at) => {
    const [, role = "", level = "", sign, rest = ""] =
      /^([a-z]+)(\d?)(?:([>~=])(.+))?$/.exec(word) ?? fail(word);
    const [base] = text(`${role}${level}`);
    if (!base) fail(word);
    const family = base.role === "recommendation" ? "numbered" : base.role;
    return {
      ...base,
      id: `p${at + 1}`,
      relation:
        sign === ">" || sign === "~" ? { kind: sign === ">" ? "after" : "alternative", to: rest } : null,
      frozen: sign === "=" ? `${family}:${rest}` : undefined,
    };
  });
}

function relatedLabels(
  line: string,
  how: Partial<LabelledText> = {},
  of: "short" | "told" | "number" | "spoken" = "short",
): string[] {
  const paragraphs = related(line);
  const labels = labelsOf({ kind: "resolution", ...how, paragraphs });
  return paragraphs.map(({ id }) => labels.get(id)?.[of] ?? "missing");
}

describe("labels of what was inserted, and of alternatives", () => {
  it("[LB12] are bis, ter and so on behind what they were inserted after, and alt for what they would replace", () => {
    expect(relatedLabels("pp pp pp>p2 pp>p2 pp~p2 pp~p2 pp>p5 pp~p3 pp")).toEqual([
      "PP1",
      "PP2",
      "PP2 bis",
      "PP2 ter",
      "PP2 alt",
      "PP2 alt 2",
      "PP2 alt bis",
      "PP2 bis alt",
      "PP3",
    ]);
    const ten = relatedLabels(`pp${" pp>p1".repeat(20)}`);
    expect(ten.slice(1, 11).map((label) => label.slice(4))).toEqual([
      "bis",
      "ter",
      "quater",
      "quinquies",
      "sexies",
      "septies",
      "octies",
      "novies",
      "decies",
      "undecies",
    ]);
    expect(ten.at(-1)).toBe("PP1 bis 21");
  });

  it("[LB12] nest under chapeaux, and have sub-paragraphs of their own", () => {
    expect(relatedLabels("op op1 op1>p2 op2 op1 op~p1 op1 op")).toEqual([
      "OP1",
      "OP1 (a)",
      "OP1 (a) bis",
      "OP1 (a) bis (i)",
      "OP1 (b)",
      "OP1 alt",
      "OP1 alt (a)",
      "OP2",
    ]);
    expect(relatedLabels("n n>p1 n~p1 annex n n>p5 annex>p4 n", { kind: "report" })).toEqual([
      "1",
      "1 bis",
      "1 alt",
      "Annex I",
      "Annex I, 1",
      "Annex I, 1 bis",
      "Annex I bis",
      "Annex I bis, 1",
    ]);
    expect(relatedLabels("n n>p1 h h>p3", { kind: "report" }, "number")).toEqual([
      "1.",
      "1 bis.",
      "I.",
      "I bis.",
    ]);
  });

  it("[LB13] say in words what they are", () => {
    expect(relatedLabels("pp pp~p1 pp>p2 pp>p2 pp~p1", {}, "told")).toEqual([
      "",
      "alternative to PP1",
      "alternative to PP1; inserted after PP1 alt",
      "alternative to PP1; second inserted after PP1 alt",
      "second alternative to PP1",
    ]);
    expect(relatedLabels("op op1 op1>p2", {}, "spoken").at(-1)).toBe(
      "operative paragraph 1, sub-paragraph a bis",
    );
  });

  it("[LB14] follow the convention of the text: where bis is an alternative, what is inserted has a capital", () => {
    expect(relatedLabels("op op>p1 op>p1 op~p1 op~p1", { convention: "alternative" })).toEqual([
      "OP1",
      "OP1 A",
      "OP1 B",
      "OP1 bis",
      "OP1 ter",
    ]);
  });

  it("[LB12] are ordinary where a relation leads to nothing, to another kind of paragraph, or in a circle", () => {
    expect(relatedLabels("op op>p9 op>p1 pp>p1 op1>p1")).toEqual([
      "OP1",
      "OP2",
      "OP1 bis",
      "PP1",
      "OP1 bis (a)",
    ]);
    expect(relatedLabels("op>p2 op>p3 op>p1")).toEqual(["OP1", "OP2", "OP3"]);
    expect(relatedLabels("op~p2 op op")).toEqual(["OP1 alt", "OP1", "OP2"]);
  });
});

describe("labels that are frozen", () => {
  it("[LB15] stay when paragraphs are moved, and what is new takes a mark from the one before it", () => {
    expect(relatedLabels("op=2 op op op=1 op op=3+1 op op")).toEqual([
      "OP2",
      "OP2 bis",
      "OP2 ter",
      "OP1",
      "OP1 bis",
      "OP3 bis",
      "OP3 bis bis",
      "OP3 bis ter",
    ]);
    expect(relatedLabels("op op op=1 op1=1.1 op1 op2")).toEqual([
      "OP0",
      "OP0 bis",
      "OP1",
      "OP1 (a)",
      "OP1 (a) bis",
      "OP1 (a) bis (i)",
    ]);
    expect(relatedLabels("op=1 op op>p1 op", {})).toEqual(["OP1", "OP1 bis", "OP1 ter", "OP1 quater"]);
  });

  it("[LB15] are given to nothing else while a deleted paragraph has them on paper", () => {
    expect(relatedLabels("op=1 op", { taken: ["op:1+1"] })).toEqual(["OP1", "OP1 ter"]);
    expect(relatedLabels("op op", { taken: ["op:1"] })).toEqual(["OP2", "OP3"]);
  });

  it("[LB15] of a part hold only below the paragraph that they name, and are kept for it meanwhile", () => {
    expect(relatedLabels("op=1 op1=1.2 op=2 op1=1.1 op1=2.1 op1")).toEqual([
      "OP1",
      "OP1 (b)",
      "OP2",
      "OP2 (0)",
      "OP2 (a)",
      "OP2 (a) bis",
    ]);
    expect(relatedLabels("op=1 op op1=1.1 op1")).toEqual(["OP1", "OP1 bis", "OP1 bis (a)", "OP1 bis (b)"]);
    expect(relatedLabels("op=1 op1 op op1=1.1", {})).toEqual(["OP1", "OP1 (b)", "OP1 bis", "OP1 bis (a)"]);
  });

  it("[LB12] have four marks at most, however long the row of what was inserted after what", () => {
    const long = Array.from({ length: 3_000 }, (_, at) => (at === 0 ? "op" : `op>p${at}`)).join(" ");
    const labels = relatedLabels(long);
    expect(labels.slice(0, 7)).toEqual([
      "OP1",
      "OP1 bis",
      "OP1 bis bis",
      "OP1 bis bis bis",
      "OP1 bis bis bis bis",
      "OP1 bis bis bis ter",
      "OP1 bis bis bis quater",
    ]);
    expect(Math.max(...labels.map(({ length }) => length))).toBeLessThan(30);
    const back = Array.from({ length: 3_000 }, (_, at) => (at === 2_999 ? "op" : `op>p${at + 2}`)).join(" ");
    expect(new Set(relatedLabels(back)).size).toBe(3_000);
  });

  it("[LB15] do not hold for what became another kind of paragraph or lies at another depth", () => {
    const paragraphs = related("op=1 pp op1");
    const [first, second, third] = paragraphs;
    const changed = [first, { ...second, frozen: "op:2" }, { ...third, frozen: "op:3" }] as Labelled[];
    const labels = labelsOf({ kind: "resolution", paragraphs: changed });
    expect([...labels.values()].map(({ short }) => short)).toEqual(["OP1", "PP1", "OP1 (a)"]);
  });
});
