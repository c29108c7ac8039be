import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextKind } from "#collab/document.ts";
import { labelsOf, letters, roman } from "#collab/labels.ts";
import type { Labelled } from "#collab/labels.ts";
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
  const labels = labelsOf(kind, paragraphs);
  return paragraphs.map(({ id }) => labels.get(id)?.short ?? "missing");
}

function numbers(kind: TextKind, line: string): string[] {
  const paragraphs = text(line);
  const labels = labelsOf(kind, paragraphs);
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
    const labels = labelsOf("resolution", text("pp op op op1 op2"));
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
    expect(labelsOf("report", text("annex n")).get("p2")).toMatchObject({
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
  });

  it("[LB7] occur once each, and every paragraph has one entry", () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { maxLength: 80 }),
        fc.constantFrom<TextKind>("resolution", "report", "statement"),
        (shapes, kind) => {
          const paragraphs = shapes.map(({ role, level, note }, at): Labelled => {
            const spans = note === undefined ? [] : [{ kind: "note", note: `p${note}` }];
            return { id: `p${at}`, role, level, spans };
          });
          const labels = labelsOf(kind, paragraphs);
          expect([...labels.keys()]).toEqual(paragraphs.map(({ id }) => id));
          const named = [...labels.values()]
            .map((label) => label.short)
            .filter((short) => short !== "" && short !== "–");
          expect(new Set(named).size).toBe(named.length);
        },
      ),
    );
  });
});
