/** What a form says of a stance: who asks for the bracket, and what becomes of the words. */
import { useTranslation } from "react-i18next";
import { type Answer, Choices, TextField } from "#app/components/form.tsx";
import { VIEWS } from "#app/rules/bracket-stances.ts";
import { FIELDS } from "#app/rules/fields.ts";
import type { ToldStance } from "./stance-lines.tsx";

type StanceFieldsProps = {
  /** What stands; null for nothing. */
  readonly stance: ToldStance | null;
  readonly answer: Answer;
  /** Without the reason, which has its place on the bracket's page. */
  readonly short?: boolean;
  /** Said of somebody else. */
  readonly isRecorded?: boolean;
};

/** The stance that these fields go over goes with them. */
export function StanceFields({ stance, answer, short = false, isRecorded = false }: StanceFieldsProps) {
  const { t } = useTranslation("text");
  return (
    <>
      <input type="hidden" name="over" value={stance?.id ?? ""} />
      <Choices
        kind="several"
        name="asks"
        label={t("brackets.form.bracket")}
        choices={[{ value: "yes", label: t(isRecorded ? "brackets.record.asks" : "brackets.form.asks") }]}
        chosen={stance?.asks ? ["yes"] : []}
        answer={answer}
      />
      <Choices
        kind="one"
        name="view"
        label={t("brackets.form.words")}
        choices={VIEWS.map((view) => ({
          value: view,
          label: t(isRecorded ? `brackets.record.view.${view}` : `brackets.form.view.${view}`),
        }))}
        chosen={[stance?.view ?? "none"]}
        answer={answer}
      />
      {short ? null : (
        <TextField
          name="reason"
          label={t("brackets.form.reason")}
          value={stance?.reason ?? ""}
          maxLength={FIELDS.bracketStance.reason.longest}
          answer={answer}
        />
      )}
    </>
  );
}
