/** Finds the sentence for a refusal, with what fills it in. */
import { useTranslation } from "react-i18next";
import type { Refusal } from "#app/rules/refusal.ts";

/** `say(refusal)` for the whole, `sayField(code)` for one field. Codes without a sentence of their own show a general one. */
export function useRefusals() {
  const { t } = useTranslation("errors");
  return {
    say: (refusal: Refusal): string =>
      t([`refusal.${refusal.code}`, "refusal.check-fields"], refusal.values ?? {}),
    sayField: (code: string, values: Refusal["values"] = {}): string =>
      t([`field.${code}`, `refusal.${code}`, "field.required"], values),
  };
}
