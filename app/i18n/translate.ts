/** Translators for the server, which speaks every language of the interface; a browser loads its own alone. */
import type { i18n } from "i18next";
import type { Language } from "#app/rules/language.ts";
import { catalogue as ar } from "./ar/catalogue.ts";
import { catalogue as en } from "./en/catalogue.ts";
import { type Catalogue, translatorWith } from "./translator.ts";

const catalogues: Readonly<Record<Language, Catalogue>> = { en, ar };

const translators: Readonly<Record<Language, i18n>> = {
  en: translatorWith("en", catalogues.en),
  ar: translatorWith("ar", catalogues.ar),
};

/** The one of a language, made once: it holds words, and nothing of whoever asks. */
export function createTranslator(language: Language): i18n {
  return translators[language];
}
