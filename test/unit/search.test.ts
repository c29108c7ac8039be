/** What somebody asks of search, and what counts as the same word. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markedHtml } from "#app/components/text/marked-html.ts";
import { bestParagraph, marked, type Piece, rangesIn, snippetOf } from "#app/rules/search-marks.ts";
import {
  LONGEST_QUERY,
  MOST_BEGINNINGS,
  MOST_WORDS,
  parseQuery,
  type SearchQuery,
} from "#app/rules/search-query.ts";
import { folded, indexedWords, tokensOf } from "#app/rules/search-words.ts";

function asked(typed: string): SearchQuery {
  const query = parseQuery(typed);
  if (typeof query === "string") throw new Error(`${typed}: ${query}`);
  return query;
}

/** "word", "two words", "begin*", "-without". */
function told(typed: string): string[] {
  const { wanted, unwanted } = asked(typed);
  const say = ({ words, isBeginning }: SearchQuery["wanted"][number]) =>
    words.join(" ") + (isBeginning ? "*" : "");
  return [...wanted.map(say), ...unwanted.map((term) => `-${say(term)}`)];
}

const shown = (pieces: readonly Piece[]): string =>
  pieces.map(({ words, isFound }) => (isFound ? `[${words}]` : words)).join("");

describe("a query", () => {
  it("[SE4] is words, phrases, beginnings and what is not to be there; the last word is a beginning", () => {
    expect(told("due diligence")).toEqual(["due", "diligence*"]);
    expect(told("due diligence ")).toEqual(["due", "diligence"]);
    expect(told('"due diligence"')).toEqual(["due diligence"]);
    expect(told("“due diligence” harm ")).toEqual(["due diligence", "harm"]);
    expect(told('infra* critical "due dil"* ')).toEqual(["infra*", "critical", "due dil*"]);
    expect(told("attribution -evidence")).toEqual(["attribution", "-evidence"]);
    expect(told('attribution -"technical evidence" -infra*')).toEqual([
      "attribution",
      "-technical evidence",
      "-infra*",
    ]);
    expect(told("A/AC.300/CRP.2 cyber-attack ")).toEqual(["a ac 300 crp 2", "cyber attack"]);
    expect(told('half "open phrase')).toEqual(["half", "open phrase"]);
    expect(told('on"the spot"now ')).toEqual(["on", "the spot", "now"]);
  });

  it("[SE4] knows no other signs: what other searches command with is literal", () => {
    expect(told("head:x OR NOT y ")).toEqual(["head x", "or", "not", "y"]);
    expect(told("NEAR(a b, 5) ^c {d e}: ")).toEqual(["near a", "b", "5", "c", "d", "e"]);
    expect(told("well-known ")).toEqual(["well known"]);
    expect(told("a- -- b ")).toEqual(["a", "b"]);
    expect(told("'; DROP TABLE search_entry; -- ")).toEqual(["drop", "table", "search entry"]);
  });

  it("[SE4] takes a single letter or character for itself, and not for a beginning", () => {
    expect(told("a")).toEqual(["a"]);
    expect(told("b*")).toEqual(["b"]);
    expect(told("网络")).toEqual(["网 络"]);
  });

  it("[SE8] is refused by name when it asks for nothing, for too much, or only for what is not to be there", () => {
    expect(parseQuery("")).toBe("search-empty");
    expect(parseQuery(" \n ")).toBe("search-empty");
    expect(parseQuery('"!!" - * ()')).toBe("search-wordless");
    expect(parseQuery("-evidence")).toBe("search-only-without");
    expect(parseQuery("x".repeat(LONGEST_QUERY))).toMatchObject({ wanted: [{}] });
    expect(parseQuery("x".repeat(LONGEST_QUERY + 1))).toBe("search-long");
    const words = (count: number, sign: string) =>
      Array.from({ length: count }, (_, at) => `${at}${sign}`).join(" ");
    expect(parseQuery(`${words(MOST_WORDS, "")} `)).toMatchObject({ unwanted: [] });
    expect(parseQuery(`${words(MOST_WORDS + 1, "")} `)).toBe("search-many");
    expect(parseQuery("网".repeat(MOST_WORDS + 1))).toBe("search-many");
    expect(parseQuery(`${words(MOST_BEGINNINGS, "a*")} `)).toMatchObject({ unwanted: [] });
    expect(parseQuery(`${words(MOST_BEGINNINGS + 1, "a*")} `)).toBe("search-stars");
    expect(told("the ".repeat(50))).toEqual(["the"]);
  });

  it("[SE8] never throws, and asks for plain words alone, whatever is typed", () => {
    const quotes = fc.constantFrom('"', "*", "-", "^", ":", "(", ")", "{", "AND");
    const others = fc.constantFrom("\0", "\ud800", "\udc00", "\u202e", "\u2066", "لا", "网", " ", "a");
    const signs = fc.oneof(quotes, others);
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(signs).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(anything, (typed) => {
        const query = parseQuery(typed);
        if (typeof query === "string") return;
        const words = [...query.wanted, ...query.unwanted].flatMap((term) => term.words);
        expect(words.filter((word) => !word.isWellFormed() || /["\s\0*]/.test(word))).toEqual([]);
        marked(typed, query);
        snippetOf(typed, query);
      }),
    );
  });
});

describe("the same word", () => {
  it("[SE5] is it with any case and any accents", () => {
    for (const [one, other] of [
      ["Diligence", "DILIGENCE"],
      ["État", "etat"],
      ["e\u0301tat", "état"],
      ["coöperatie", "cooperatie"],
      ["Ørsted", "orsted"],
      ["Straße", "STRASSE"],
      ["ещё", "еще"],
      ["ΣΊΣΥΦΟΣ", "σίσυφος"],
      ["ｃｙｂｅｒ", "cyber"],
      ["cyber\u00adsecurity", "cybersecurity"],
    ] as const) {
      expect(folded(one), one).toBe(folded(other));
    }
  });

  it("[SE5] is told from the next in plain letters as in all others", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "Z", "9", " ", "-", "/", "_", ".", "\n")), (letters) => {
        const written = letters.join("");
        const among = tokensOf(`${written} é`);
        expect([...tokensOf(written), among.at(-1)]).toEqual(among);
      }),
    );
    const long = "x".repeat(100);
    expect([...tokensOf(long), tokensOf(`${long} é`)[1]]).toEqual(tokensOf(`${long} é`));
  });

  it("[SE6] is it in every way of writing Arabic, and with the article or without", () => {
    for (const [one, other] of [
      ["الأمن", "الامن"],
      ["الأَمْنُ", "الأمن"],
      ["الأمـــن", "الأمن"],
      ["مسؤولية", "مسووليه"],
      ["إلى", "الي"],
      ["الأمن", "أمن"],
      ["والأمن", "أمن"],
      ["للأمن", "أمن"],
      ["٢٠٢٧", "2027"],
      ["ﻻ", "لا"],
    ] as const) {
      expect(folded(one), one).toBe(folded(other));
    }
    expect(folded("ال")).toBe("ال");
    expect(folded("إلى")).not.toBe("");
  });

  it("[SE7] is found by its characters where a script puts no space between words", () => {
    expect(indexedWords("网络安全, сеть")).toBe("网 络 安 全 сеть");
    expect(rangesIn("关于网络安全的问题", asked("安全"))).toEqual([{ from: 4, to: 6 }]);
    expect(rangesIn("关于网络安全的问题", asked("全"))).toHaveLength(1);
    expect(rangesIn("关于网络安全的问题", asked("络网"))).toEqual([]);
    expect(tokensOf("ความมั่นคง").length).toBeGreaterThan(3);
  });

  it("[SE5] is no word when nothing of it is a letter or a digit", () => {
    expect(tokensOf("\u0301 … \u202e\u2066 — ½").map(({ word }) => word)).toEqual(["12"]);
  });
});

describe("what is shown of a hit", () => {
  it("[SE12] has the words marked as they were written", () => {
    expect(shown(marked("L’État doit agir; les États agissent", asked("etat ")))).toBe(
      "L’[État] doit agir; les États agissent",
    );
    expect(shown(marked("Critical infrastructure, infrastructures", asked("infrastr*")))).toBe(
      "Critical [infrastructure], [infrastructures]",
    );
    expect(shown(marked("The due diligence, diligence due", asked('"due diligence"')))).toBe(
      "The [due diligence], diligence due",
    );
    expect(shown(marked("يجب حماية الأمن السيبراني", asked("امن ")))).toBe("يجب حماية [الأمن] السيبراني");
    expect(shown(marked("no harm", asked("harm -no")))).toBe("no [harm]");
  });

  it("[SE12] is the piece with most of what was asked for, cut between words and never inside a character", () => {
    const filler = "wording that says nothing of it ".repeat(30);
    const { pieces, isCutBefore, isCutAfter } = snippetOf(
      `${filler}harm ${filler}due diligence prevents harm ${filler}`,
      asked("harm diligence "),
    );
    expect(shown(pieces)).toContain("due [diligence] prevents [harm]");
    expect([isCutBefore, isCutAfter]).toEqual([true, true]);
    expect(shown(pieces).length).toBeLessThan(320);
    expect(shown(pieces)).toMatch(/^\w+ /);
    const faces = snippetOf("😀".repeat(500), asked("x"));
    expect(faces.pieces.every(({ words }) => words.isWellFormed())).toBe(true);
  });

  it("[SE12] is of the paragraph that says most of it", () => {
    const paragraphs = [
      "Nothing of it.",
      "Harm alone.",
      "Due diligence against harm.",
      "Harm and diligence.",
    ];
    expect(bestParagraph(paragraphs, asked("due diligence harm "))).toBe(2);
    expect(bestParagraph(paragraphs, asked("absent "))).toBe(0);
    expect(bestParagraph([], asked("absent "))).toBe(0);
  });
});

describe("the marks on a paper", () => {
  const paper = (inner: string) =>
    `<section class="para" id="p-a"><div class="gut"><bdi>harm 1</bdi></div><p class="txt" dir="auto" lang="en">${inner}</p></section>`;

  it("[SE13] stand around the words and change nothing else, across italics, brackets and footnotes", () => {
    expect(markedHtml(paper("No <em>grave</em> harm."), "harm ")).toBe(
      paper("No <em>grave</em> <mark>harm</mark>."),
    );
    expect(markedHtml(paper("No <em>grave</em> harm."), '"grave harm"')).toBe(
      paper("No <em><mark>grave</mark></em><mark> harm</mark>."),
    );
    const noted = 'harm<sup class="fn"><a href="#p-n" role="doc-noteref">1</a></sup>, later';
    expect(markedHtml(paper(noted), "harm ")).toBe(paper(noted.replace("harm", "<mark>harm</mark>")));
    expect(markedHtml(paper("R&amp;D of harm &lt;b&gt;"), "amp b d ")).toBe(
      paper("R&amp;<mark>D</mark> of harm &lt;<mark>b</mark>&gt;"),
    );
  });

  it("[SE13] are none where nothing is asked, or nothing that can be looked for", () => {
    for (const mark of [null, "", '"', "x".repeat(LONGEST_QUERY + 1), "<script>", "p class txt section"]) {
      expect(markedHtml(paper("No harm."), mark)).toBe(paper("No harm."));
    }
  });
});
