/** The languages of the interface, and which of them a browser gets. */

export const LANGUAGES_OF_INTERFACE = ["en", "ar"] as const;
export type Language = (typeof LANGUAGES_OF_INTERFACE)[number];

/** What each calls itself, and in short. */
export const ENDONYMS: Readonly<Record<Language, { readonly name: string; readonly short: string }>> = {
  en: { name: "English", short: "EN" },
  ar: { name: "العربية", short: "عربي" },
};

export function isLanguage(word: string): word is Language {
  return LANGUAGES_OF_INTERFACE.some((language) => language === word);
}

/** `chosen` is what the browser was told to remember; `accepted` is its Accept-Language. */
export function languageFor(asked: { readonly chosen: string | null; readonly accepted: string }): Language {
  if (asked.chosen !== null && isLanguage(asked.chosen)) return asked.chosen;
  const wishes = asked.accepted
    .split(",")
    .map((wish) => {
      const [tag = "", ...parameters] = wish.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((one) => one.startsWith("q="))?.slice(2);
      return { language: tag.split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0);
  const [best] = wishes
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ language }) => (isLanguage(language) ? [language] : []));
  return best ?? "en";
}

/** A name in the language of the interface where there is one, else in English. */
export function nameIn(
  names: { readonly en: string; readonly [language: string]: string | undefined },
  language: Language,
): string {
  return names[language] ?? names.en;
}
