/** Finds the sentence for a refusal, with what fills it in. */
import { useTranslation } from "react-i18next";
import { DAY_AND_TIME, instantIn } from "#app/i18n/locale.ts";
import type { Refusal } from "#app/rules/refusal.ts";

/** `say(refusal)` for the whole, `sayField(code)` for one field. Codes without a sentence of their own show a general one. */
export function useRefusals() {
  const { t, i18n } = useTranslation("errors");
  const filling = (values: Refusal["values"] = {}) => ({ ...values, ...whenOf(i18n.language, values) });
  return {
    say: (refusal: Refusal): string =>
      t([`refusal.${refusal.code}`, "refusal.check-fields"], filling(refusal.values)),
    sayField: (code: string, values: Refusal["values"] = {}): string =>
      t([`field.${code}`, `refusal.${code}`, "field.required"], filling(values)),
  };
}

/** `when`: the instant `at` of a refusal, in its time zone `zone`. */
function whenOf(language: string, { at, zone }: NonNullable<Refusal["values"]>): { readonly when?: string } {
  if (typeof at !== "number" || typeof zone !== "string") return {};
  return { when: instantIn(language, { ...DAY_AND_TIME, timeZone: zone }, at) };
}
