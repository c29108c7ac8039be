/** Statements as values: who reads one under embargo, how long it takes to say, what of its words is kept. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVERYBODY, speakingSeconds, statementReader } from "#app/rules/statements.ts";
import type { SignedIn, Viewer } from "#app/rules/viewer.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import {
  frozenDocument,
  importedBlocks,
  plainBlocks,
  plainBody,
  spokenWords,
  statementBlocks,
} from "#collab/statement-words.ts";

const guest: SignedIn = {
  kind: "person",
  personId: "p",
  name: "P",
  loginId: "l",
  secretariat: false,
  offices: [],
  delegates: [],
  drafts: ["t"],
};
const seat = {
  sessionId: "s",
  delegationId: "ours",
  entityId: "e",
  code: "E",
  capacity: "participant",
} as const;

describe("who reads a statement before it is delivered", () => {
  it("[SM14] is its delegation, in every role, and who presides in its session", () => {
    const reader = (more: Partial<SignedIn>): unknown => statementReader({ ...guest, ...more });
    expect(statementReader({ kind: "public" } satisfies Viewer)).toEqual(EVERYBODY);
    expect(reader({})).toEqual(EVERYBODY);
    expect(reader({ secretariat: true })).toMatchObject({ everywhere: true });
    for (const role of ["head", "editor", "reader"] as const) {
      expect(reader({ delegates: [{ ...seat, role }] })).toEqual({ ...EVERYBODY, delegationIds: ["ours"] });
    }
    for (const office of ["chair", "secretariat"] as const) {
      expect(reader({ offices: [{ sessionId: "s", office }] })).toEqual({ ...EVERYBODY, sessionIds: ["s"] });
    }
    for (const office of ["vice-chair", "facilitator"] as const) {
      expect(reader({ offices: [{ sessionId: "s", office }] })).toEqual(EVERYBODY);
    }
  });
});

describe("the time that a statement takes to say", () => {
  const times = (count: number, word: string) => Array.from({ length: count }, () => word).join(" ");

  it("[SM17] is a minute for so many words of each language, or Chinese characters", () => {
    expect(speakingSeconds("", "en")).toBe(0);
    expect(speakingSeconds(" \n… — ", "en")).toBe(0);
    for (const [language, words] of Object.entries({ en: 120, ar: 73, fr: 103, ru: 97, es: 115 })) {
      const word = language === "ar" ? "كلمة" : language === "ru" ? "слово" : "word";
      expect({ language, seconds: speakingSeconds(times(words * 3, word), language) }).toEqual({
        language,
        seconds: 180,
      });
    }
    expect(speakingSeconds("主席".repeat(67 * 2), "zh")).toBe(120);
    expect(speakingSeconds("主席，谢谢。", "zh")).toBe(10);
  });

  it("[SM17] counts a word with its hyphen, apostrophe or figure once, and names of Latin script amid Chinese", () => {
    expect(speakingSeconds(times(60, "twenty-four’s"), "en")).toBe(30);
    expect(speakingSeconds(times(60, "1,000.5"), "en")).toBe(30);
    expect(speakingSeconds(times(60, "GGE"), "zh")).toBe(30);
  });

  it("[SM17] grows with the words, whatever they are", () => {
    const language = fc.constantFrom("ar", "zh", "en", "fr", "ru", "es", "xx");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), language, (words, of) => {
        const seconds = speakingSeconds(words, of);
        expect(Number.isInteger(seconds / 10)).toBe(true);
        expect(speakingSeconds(`${words} and then some`, of)).toBeGreaterThanOrEqual(seconds);
      }),
    );
  });
});

describe("the words that are kept", () => {
  const paragraph = (id: string, more: Partial<Paragraph>): Paragraph => ({
    id,
    role: "plain",
    level: 0,
    relation: null,
    dir: "auto",
    order: id,
    spans: [{ kind: "words", text: id, ids: [[1, 2, id.length]] }],
    ...more,
  });
  const document: TextDocument = {
    kind: "statement",
    paragraphs: [
      paragraph("first", { role: "heading" }),
      paragraph("empty", { spans: [] }),
      paragraph("second", {
        spans: [
          { kind: "words", text: "We ", ids: [[1, 0, 3]] },
          { kind: "words", text: "ask", em: true, ids: [[9, 0, 3]] },
          { kind: "note", note: "foot", ids: [[9, 4, 1]] },
        ],
      }),
      paragraph("foot", { role: "footnote" }),
    ],
    hidden: [paragraph("given up", {})],
  };

  it("[SM13] are the wording alone: no deleted words, and no identity of a character, paragraph or place", () => {
    const kept = frozenDocument(document);
    expect(kept.hidden).toEqual([]);
    expect(kept.paragraphs.map(({ id, order }) => [id, order])).toEqual([
      ["p1", "00001"],
      ["p2", "00002"],
      ["n3", "00003"],
    ]);
    const spans = kept.paragraphs.flatMap((one) => one.spans);
    expect(spans.every(({ ids }) => ids.length === 0)).toBe(true);
    expect(spans.find(({ kind }) => kind === "note")).toMatchObject({ note: "n3" });
    expect(frozenDocument(kept)).toEqual(kept);
  });

  it("[SM13] are shown, read aloud and put into another text as they stand", () => {
    const blocks = statementBlocks(frozenDocument(document));
    expect(plainBody(blocks)).toBe("first\n\nWe ask{1}\n\n{1} foot");
    expect(spokenWords(blocks)).toBe("first\nWe ask");
    expect(importedBlocks(blocks)).toEqual({
      paragraphs: [
        { role: "heading", level: 0, dir: "auto", spans: [{ text: "first" }] },
        {
          role: "plain",
          level: 0,
          dir: "auto",
          spans: [{ text: "We " }, { text: "ask", em: true }, { note: 0 }],
        },
      ],
      notes: [[{ text: "foot" }]],
    });
    expect(importedBlocks(plainBlocks(["one\ntwo", "three"])).paragraphs.map(({ spans }) => spans)).toEqual([
      [{ text: "one two" }],
      [{ text: "three" }],
    ]);
  });
});
