/** Messages by language. English is complete; other languages fall back to it. */
import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { catalogue } from "./en/catalogue.ts";

const AREAS = Object.keys(catalogue);

/** A translator of its own per request and page: nothing alive belongs to this module. */
export function createTranslator(language: string): i18n {
  const translator = createInstance();
  void translator.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    ns: AREAS,
    defaultNS: "chrome",
    resources: { en: catalogue },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return translator;
}

const outside = createInstance();
void outside.init({
  lng: "en",
  ns: AREAS,
  defaultNS: "chrome",
  resources: { en: catalogue },
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Words for what is no page: a document's title, a file's masthead. `key` is "area:key". */
export function sayOutside(key: string, values: Readonly<Record<string, string>> = {}): string {
  return outside.t(key, values);
}
