/** Makes what says the messages of one language. */
import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "#app/rules/language.ts";
import type { catalogue as english } from "./en/catalogue.ts";

/** Areas of messages; that no language lacks one of them is checked where it is written. */
export type Catalogue = { readonly [Area in keyof typeof english]: object };

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** Symbols, labels and names keep their own order amid words that run the other way; bare numbers need nothing. */
function isolate(value: string): string {
  return /^[\d.,:]*$/.test(value) ? value : `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`;
}

/** React escapes what is drawn, so messages are not. */
export function translatorWith(language: Language, catalogue: Catalogue): i18n {
  const translator = createInstance();
  void translator.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: Object.keys(catalogue),
    defaultNS: "chrome",
    resources: { [language]: { ...catalogue } },
    interpolation: language === "ar" ? { escapeValue: true, escape: isolate } : { escapeValue: false },
    initAsync: false,
  });
  return translator;
}
