import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTextWords, countWords, hashInput, tokensOf } from "#collab/words.ts";
import { ANA, BEN, Draft } from "#test/support/draft.ts";

describe("words", () => {
  it("[CP6] are cut at spaces and signs; apostrophes, hyphens and figures stay whole", () => {
    expect(tokensOf("States’ well-being, 1,000 of 2.5.")).toEqual([
      "States",
      "’",
      " ",
      "well-being",
      ",",
      " ",
      "1,000",
      " ",
      "of",
      " ",
      "2.5",
      ".",
    ]);
    expect(tokensOf("各国应")).toEqual(["各", "国", "应"]);
    expect(countWords("Decides [to] meet; 24 hours")).toBe(5);
    expect(countWords("يقرر أن ينشئ")).toBe(3);
  });

  it("[CP6] joined again they are the string", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff), { maxLength: 120 }).map((codes) => String.fromCharCode(...codes)),
        (text) => {
          expect(tokensOf(text).join("")).toBe(text);
        },
      ),
    );
  });
});

describe("the canonical form of a text", () => {
  it("[CP7] is the same for the same words, whoever typed them and in however many pieces", () => {
    const one = new Draft();
    one.add(ANA, "op", "Decides to meet;", { id: "a" });
    const other = new Draft();
    const id = other.add(BEN, "op", "Decides;", { id: "b" });
    other.type(ANA, id, 7, " to meet");
    expect(hashInput(one.document())).toBe(hashInput(other.document()));
    expect(countTextWords(one.document())).toBe(3);
  });

  it("[CP7] differs with words, order, role, level and the note referred to", () => {
    const base = (change: (draft: Draft) => void): string => {
      const draft = new Draft();
      draft.add(ANA, "op", "Decides to meet;");
      draft.add(ANA, "op", "Requests help;");
      draft.add(ANA, "footnote", "See A.");
      draft.add(ANA, "footnote", "See B.");
      change(draft);
      return hashInput(draft.document());
    };
    const forms = [
      base(() => undefined),
      base((draft) => draft.type(ANA, "p1", 0, "Also ")),
      base((draft) => draft.move(ANA, "p2", 0)),
      base((draft) => draft.call(ANA, "p2", "pp")),
      base((draft) => draft.call(ANA, "p2", "op", 1)),
      base((draft) => draft.refer(ANA, "p1", 3, "p3")),
      base((draft) => draft.refer(ANA, "p1", 3, "p4")),
    ];
    expect(new Set(forms).size).toBe(forms.length);
  });
});
