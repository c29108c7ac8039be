/** Asks once more before a paragraph says again what it said: which words come and go, and who sees it. */
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import type { Answer } from "#app/components/form.tsx";

export type AskedWording = {
  /** Of the wording, as `originOf` names it. */
  readonly origin: string;
  readonly added: number;
  readonly removed: number;
};

export function ConfirmWording({
  asks,
  label,
  values,
  back,
  answer,
}: {
  readonly asks: AskedWording;
  readonly label: string;
  readonly values: Readonly<Record<string, string>>;
  readonly back: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("text");
  const { origin, added, removed } = asks;
  const words = added + removed === 0 ? "versions.restoreNoWords" : "versions.restoreWords";
  return (
    <Confirm
      title={t("paragraph.restoreAsk", { label })}
      says={[t("paragraph.restoreWhat"), t(words, { added, removed }), t("versions.restoreKept")]}
      intent="restore"
      values={values}
      yes={t("paragraph.restoreNow")}
      no={t("versions.restoreNot")}
      back={back}
      asked={`restore-${origin}`}
      answer={answer}
    />
  );
}
