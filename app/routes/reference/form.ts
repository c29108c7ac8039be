/** Names as forms of reference data send them. */
import { NAME_LANGUAGES, type NamesTyped } from "#app/rules/reference.ts";
import { field } from "#app/routes/answers.ts";

/** The newest correction that the form knew of: see `recordCorrection`. */
export function seenIn(form: FormData): number {
  return Number(field(form, "seen"));
}

/** One field for each language; "" where nothing was typed. */
export function namesIn(form: FormData): NamesTyped {
  const [en, fr, es, ru, zh, ar] = NAME_LANGUAGES.map((language) => field(form, language));
  return { en: en ?? "", fr: fr ?? "", es: es ?? "", ru: ru ?? "", zh: zh ?? "", ar: ar ?? "" };
}
