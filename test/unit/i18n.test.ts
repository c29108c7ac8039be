/** The interface says the same in every language that it speaks: the same messages, with the same gaps to fill. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { catalogue as arabic } from "#app/i18n/ar/catalogue.ts";
import { catalogue as english } from "#app/i18n/en/catalogue.ts";
import { formatFor, instantIn, localeFor } from "#app/i18n/locale.ts";
import { startWords } from "#app/i18n/start-words.ts";
import { titleOf } from "#app/i18n/title.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { languageFor, nameIn } from "#app/rules/language.ts";

const FORM = /_(zero|one|two|few|many|other)$/;

type Messages = ReadonlyMap<string, string>;

function messagesIn(words: object, path = ""): Messages {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
      if (typeof value === "string") return [[path + key, value] as const];
      return typeof value === "object" && value !== null ? [...messagesIn(value, `${path}${key}.`)] : [];
    }),
  );
}

const en = messagesIn({ ...english, start: startWords.en });
const ar = messagesIn({ ...arabic, start: startWords.ar });

const countedIn = (messages: Messages): ReadonlySet<string> =>
  new Set([...messages.keys()].filter((key) => FORM.test(key)).map((key) => key.replace(FORM, "")));

/** What is filled in, and which other messages are called in. */
const gapsOf = (words: string): string[] =>
  [...words.matchAll(/\{\{[^}]*\}\}|\$t\([\w:.-]*/g)].map(([gap]) => gap).toSorted();

const formsOf = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

describe("the catalogues", () => {
  it("[LA1] hold the same messages in English and Arabic", () => {
    const named = (messages: Messages) =>
      [...messages.keys()].map((key) => key.replace(FORM, "_")).toSorted();
    expect([...new Set(named(ar))]).toEqual([...new Set(named(en))]);
    expect(en.size).toBeGreaterThan(900);
  });

  it("[LA1] have every form of a count that the language has", () => {
    expect(formsOf("ar")).toHaveLength(6);
    for (const [language, messages] of Object.entries({ en, ar })) {
      const lacking = [...countedIn(messages)].flatMap((key) =>
        formsOf(language).flatMap((form) => (messages.has(`${key}_${form}`) ? [] : [`${key}_${form}`])),
      );
      expect(lacking, language).toEqual([]);
    }
    expect(countedIn(ar)).toEqual(countedIn(en));
  });

  it("[LA1] leave the same gaps; words for none, one and two may say the number themselves", () => {
    const different = [...ar].filter(([key, words]) => {
      const source = en.get(key) ?? en.get(key.replace(FORM, "_other")) ?? "";
      const [asked, given] = [gapsOf(en.get(key.replace(FORM, "_other")) ?? source), gapsOf(words)];
      const spoken = /_(zero|one|two)$/.test(key) && !given.includes("{{count}}");
      const wanted = spoken ? asked.filter((gap) => gap !== "{{count}}") : asked;
      return JSON.stringify(given) !== JSON.stringify(wanted);
    });
    expect(different).toEqual([]);
  });

  it("[LA1] are written out: an Arabic message has Arabic letters wherever the English one has words", () => {
    const names = new Set(["chrome.product", "text.versions.downloadHtml"]);
    const bare = (words: string) => words.replaceAll(/\{\{[^}]*\}\}|Chapeau|\$t\([^)]*\)/g, "");
    const foreign = [...ar].filter(
      ([key, words]) =>
        !names.has(key) && /[a-z]/i.test(bare(en.get(key) ?? "")) && !/\p{sc=Arabic}/u.test(words),
    );
    expect(foreign).toEqual([]);
  });
});

describe("a translator in Arabic", () => {
  const { t } = createTranslator("ar");

  it("[LA2] counts as Arabic does", () => {
    const said = [0, 1, 2, 3, 11, 100].map((count) => t("text:room.paragraphs", { count }));
    expect(said).toEqual(["لا فقرات", "فقرة واحدة", "فقرتان", "3 فقرات", "11 فقرة", "100 فقرة"]);
  });

  it("[LA3] keeps symbols and names in their own order, and numbers bare", () => {
    expect(t("text:versions.openNamed", { label: "Rev.1" })).toBe("فتح \u2068Rev.1\u2069");
    expect(t("session:home.meeting", { number: 3 })).toBe("الجلسة 3");
  });

  it("[LA1] calls in the sentence of another refusal", () => {
    const values = { came: 3, total: 9, why: "storage-full" };
    expect(t("errors:refusal.import-partly", values)).toContain(arabic.errors.refusal["storage-full"]);
  });
});

describe("what a page says", () => {
  it("[LA1] [LA2] is what the translator says, the first time and again, in each language by itself", () => {
    const said: string[] = [];
    const Page = () => {
      for (const { t } of [useTranslation("text"), useTranslation("text")]) {
        said.push(...[2, 3, 2].map((count) => t("room.paragraphs", { count })));
        said.push(t("versions.openNamed", { label: "Rev.1" }), t("versions.openNamed", { label: "Rev.2" }));
        said.push(t("chrome:comma"), t("version.item", { number: 3 }), t(["no.such.key", "chrome:product"]));
      }
      return null;
    };
    for (const language of ["ar", "en", "ar"] as const) {
      said.length = 0;
      const i18n = createTranslator(language);
      renderToStaticMarkup(createElement(I18nextProvider, { i18n }, createElement(Page)));
      const { t } = i18n;
      const paragraphs = [2, 3, 2].map((count) => t("text:room.paragraphs", { count }));
      const named = ["Rev.1", "Rev.2"].map((label) => t("text:versions.openNamed", { label }));
      const bare = [t("chrome:comma"), t("text:version.item", { number: 3 }), t("chrome:product")];
      const once = [...paragraphs, ...named, ...bare];
      expect(said).toEqual([...once, ...once]);
      expect(new Set(named).size).toBe(2);
    }
  });
});

describe("a page's language", () => {
  it("[LA4] is the one chosen, else the one that the browser likes best of ours, else English", () => {
    const cases = [
      ["ar", "en", "ar"],
      ["xx", "ar", "ar"],
      [null, "ar-EG,ar;q=0.9,en;q=0.8", "ar"],
      [null, "fr-FR, en;q=0.4, ar;q=0.8", "ar"],
      [null, "en-GB,ar;q=0.9", "en"],
      [null, "ar;q=0, fr", "en"],
      [null, "zh-Hans;q=x,*;q=0.1,;;;,", "en"],
      [null, "", "en"],
    ] as const;
    for (const [chosen, accepted, language] of cases) {
      expect(languageFor({ chosen, accepted }), accepted).toBe(language);
    }
  });

  it("[LA4] is that of its title", () => {
    const shown = { matches: [{ id: "root", data: { language: "ar" } }] };
    expect(titleOf(shown, "chrome:titles.agenda")).toEqual([{ title: "جدول الأعمال · Chapeau" }]);
    expect(titleOf({ matches: [{ id: "root", data: undefined }] }, "chrome:titles.agenda")).toEqual([
      { title: "Agenda · Chapeau" },
    ]);
  });

  it("[LA5] decides how a State is called, where that is known", () => {
    expect(nameIn({ en: "Egypt", ar: "مصر" }, "ar")).toBe("مصر");
    expect(nameIn({ en: "Egypt", ar: "مصر" }, "en")).toBe("Egypt");
    expect(nameIn({ en: "Lantern" }, "ar")).toBe("Lantern");
  });
});

describe("days and times", () => {
  const at = Date.UTC(2026, 6, 3, 14, 5, 9);
  const day = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

  it("[LA6] have Latin digits in Arabic, and months in both usages where they are written out", () => {
    expect(instantIn("ar", day, at)).toBe("3 تموز/يوليه 2026");
    expect(instantIn("ar", { ...day, month: "short" }, at)).toBe("3 يوليه 2026");
    expect(formatFor("ar", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(at)).toMatch(
      /02:05/,
    );
    expect(new Intl.NumberFormat(localeFor("ar")).format(12.5)).toMatch(/^12[.,٫]5$/);
  });

  it("[LA6] are written in English as the United Nations does", () => {
    expect(instantIn("en", day, at)).toBe("3 July 2026");
    const time = {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZone: "UTC",
    } as const;
    expect(instantIn("en", { ...time, day: "numeric", month: "short" }, at)).toBe("3 Jul 14:05:09");
  });
});
