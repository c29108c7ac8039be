/** Translators for the server, which speaks every language of the interface; a browser loads its own alone. */
import type { i18n } from "i18next";
import type { Language } from "#app/rules/language.ts";
import { catalogue as ar } from "./ar/catalogue.ts";
import { catalogue as en } from "./en/catalogue.ts";
import { type Catalogue, translatorWith } from "./translator.ts";

const catalogues: Readonly<Record<Language, Catalogue>> = { en, ar };

/** A translator of its own per request: nothing alive belongs to this module. */
export function createTranslator(language: Language): i18n {
  return translatorWith(language, catalogues[language]);
}
