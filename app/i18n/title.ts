/** Titles of documents, from the catalogue: what browsers show in tabs and readers hear first. */
import { createInstance, type i18n } from "i18next";
import type { Language } from "#app/rules/language.ts";
import { chrome as ar } from "./ar/chrome.ts";
import { chrome as en } from "./en/chrome.ts";

function titler(language: Language, chrome: object): i18n {
  const made = createInstance();
  void made.init({
    lng: language,
    fallbackLng: false,
    ns: ["chrome"],
    defaultNS: "chrome",
    resources: { [language]: { chrome } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return made;
}

const titlers: Readonly<Record<Language, i18n>> = { en: titler("en", en), ar: titler("ar", ar) };

type Shown = { readonly matches: readonly { readonly id: string; readonly data: unknown }[] };

/** The language of the page, which the frame of every page knows. */
function languageOf({ matches }: Shown): Language {
  const frame = matches.find(({ id }) => id === "root")?.data;
  return typeof frame === "object" && frame !== null && "language" in frame && frame.language === "ar"
    ? "ar"
    : "en";
}

/**
 * For a route's `meta`, which passes on what it was given. Without a key the product's name alone, for pages that could
 * not be shown.
 */
export function titleOf(
  shown: Shown,
  key: string | null,
  values: Readonly<Record<string, string>> = {},
): { readonly title: string }[] {
  const { t } = titlers[languageOf(shown)];
  if (key === null) return [{ title: t("product") }];
  return [{ title: t("title", { page: t(key, values) }) }];
}

/** The title of a page that the process answers itself. */
export function titleWith(language: Language, page: string): string {
  return titlers[language].t("title", { page });
}
