import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openingLength } from "#collab/openings.ts";

const pp: readonly string[] = [
  "Recalling| its decision",
  "Recalling also| the outcome",
  "Further recalling| that",
  "Noting with concern| the growing use",
  "Noting with deep concern and regret| that",
  "Welcoming| the report",
  "Reaffirming| that",
  "Taking note| of the report",
  "Taking note with appreciation| of the report",
  "Bearing in mind| that",
  "Guided by| the purposes",
  "Convinced| that",
  "Deeply concerned| at the",
  "Expressing its appreciation| to the Chair",
  "Expressing concern| that",
  "[Having considered| the report]",
  "Rappelant également| sa résolution",
  "Notant avec une vive préoccupation| que",
  "Profondément préoccupée| par",
  "Gardant à l’esprit| que",
  "Recordando también| su resolución",
  "Observando con preocupación| que",
  "|The General Assembly,",
  "|Requests the Secretariat",
];
const op: readonly string[] = [
  "Decides| to establish",
  "Also decides| that",
  "Decides also| that",
  "Decides| to remain seized of the matter",
  "Requests| the Secretariat",
  "Urges| all States",
  "Calls upon| States",
  "Strongly condemns| all acts",
  "Strongly condemns and deplores| all acts",
  "Takes note with satisfaction| of the report",
  "Expresses its deep appreciation| to the Chair",
  "Expresses| the hope",
  "Invites| States and| others",
  "Décide également| de créer",
  "Se félicite| de la création",
  "Prie instamment| les États",
  "Decide también| que",
  "Toma nota con reconocimiento| del informe",
  "|Requested by States",
  "|Establishment of a register",
  "|يقرر أن ينشئ",
];

describe("opening words", () => {
  it.each(pp)("[LB8] of a preambular paragraph: %s", (marked) => {
    const words = marked.replace("|", "");
    expect(words.slice(0, openingLength("pp", words))).toBe(marked.slice(0, marked.indexOf("|")));
  });

  it.each(op)("[LB8] of an operative paragraph: %s", (marked) => {
    const words = marked.replaceAll("|", "");
    expect(words.slice(0, openingLength("op", words))).toBe(marked.slice(0, marked.indexOf("|")));
  });

  it("[LB8] are found in preambular and operative paragraphs alone", () => {
    for (const role of ["numbered", "recommendation", "heading", "annex", "plain", "footnote"] as const) {
      expect(openingLength(role, "Decides to meet")).toBe(0);
    }
  });

  it("[LB8] never reach beyond the words, nor into a word", () => {
    const word = fc.constantFrom(
      "decides",
      "noting",
      "with",
      "and",
      "its",
      "deep",
      "concern",
      "[",
      "to",
      "x",
      "’",
      "\uD83D",
    );
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom<"pp" | "op">("pp", "op"), (parts, role) => {
        const words = parts.join(" ");
        const length = openingLength(role, words);
        expect(length).toBeLessThanOrEqual(words.length);
        if (length > 0) expect(words.slice(length)).toMatch(/^(?:$|[\s’])/);
      }),
    );
  });
});
