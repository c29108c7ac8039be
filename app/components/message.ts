/** Finds the sentence for a refusal, with what fills it in. */
import { useTranslation } from "react-i18next";
import { instantIn } from "#app/i18n/locale.ts";
import type { Refusal } from "#app/rules/refusal.ts";

/** `say(refusal)` for the whole, `sayField(code)` for one field. Codes without a sentence of their own show a general one. */
export function useRefusals() {
  const { i18n, t } = useTranslation("errors");
  return {
    say: (refusal: Refusal): string =>
      t([`refusal.${refusal.code}`, "refusal.check-fields"], withTime(refusal.values, i18n.language)),
    sayField: (code: string, values: Refusal["values"] = {}): string =>
      t([`field.${code}`, `refusal.${code}`, "field.required"], values),
  };
}

const form = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** An instant among the values, `at` in milliseconds with the `zone` of its venue, is written out as `when`. */
function withTime(values: Refusal["values"] = {}, language: string): NonNullable<Refusal["values"]> {
  const { at, zone } = values;
  if (typeof at !== "number" || typeof zone !== "string") return values;
  return { ...values, when: instantIn(language, { ...form, hourCycle: "h23", timeZone: zone }, at) };
}
