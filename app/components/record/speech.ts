/** In which language words are said and which way they run, for the element that holds them. */
import { languageOfSummary } from "#app/rules/positions.ts";
import { directionOf } from "#app/rules/statements.ts";

type Speech = { readonly lang: string; readonly dir: "ltr" | "rtl" };

/** `language`: a tag, or "" when it is not known. */
export function speechOf(language: string): Speech {
  return { lang: language, dir: directionOf(language) };
}

/** Of a position's summary, which may be in another language than its excerpt (rule PS21). */
export function summarySpeech(position: Parameters<typeof languageOfSummary>[0]): Speech {
  return speechOf(languageOfSummary(position));
}
