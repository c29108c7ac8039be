/** A name in the six languages of the United Nations; and the fields in which they are corrected. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, TextField } from "#app/components/form.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { NAME_LANGUAGES } from "#app/rules/reference.ts";

export type NamesShown = Readonly<Record<string, string | undefined>>;

export function NamesList({ names }: { readonly names: NamesShown }) {
  const { t } = useTranslation("reference");
  return (
    <dl className="facts">
      {NAME_LANGUAGES.map((language) => (
        <div key={language}>
          <dt>{t(`record:language.${language}`)}</dt>
          <dd>
            {names[language] ? (
              <bdi lang={language}>{names[language]}</bdi>
            ) : (
              <span className="cap">{t("notRecorded")}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function NamesFields({ names, answer }: { readonly names: NamesShown; readonly answer: Answer }) {
  const { t } = useTranslation("reference");
  return (
    <div className="pair">
      {NAME_LANGUAGES.map((language) => (
        <TextField
          key={language}
          name={language}
          label={t("names.in", { language: t(`record:language.${language}`) })}
          value={names[language] ?? ""}
          answer={answer}
          maxLength={FIELDS.entity[language].longest}
          required={language === "en"}
        />
      ))}
    </div>
  );
}

/**
 * What the form was made from: the newest correction, or how the thing stood; it stays so while the page hears of newer
 * ones. A form is made anew (`key`) only when its own person has sent it.
 */
export function SeenField({ seen }: { readonly seen: number | string }) {
  const [kept] = useState(seen);
  return <input type="hidden" name="seen" value={kept} />;
}

export function ReasonField({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("reference");
  return (
    <TextField
      name="reason"
      label={t("reason")}
      hint={t("reasonHint")}
      answer={answer}
      maxLength={FIELDS.correction.reason.longest}
      required
    />
  );
}
