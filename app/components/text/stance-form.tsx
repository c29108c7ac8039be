/** What a form says of a stance: who asks for the bracket, and what becomes of the words. */
import { useEffect, useRef, useState } from "react";
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

/**
 * The stance that these fields go over goes with them: as it stands now, and from the first thing that is typed on as it
 * stood then. What others write meanwhile takes nothing away, and is not written over unread (rule BF3).
 */
export function StanceFields(props: StanceFieldsProps) {
  const [begun, setBegun] = useState<ToldStance | null | undefined>(undefined);
  const { stance } = props;
  const over = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = over.current?.form;
    const begin = (): void => setBegun((before) => (before === undefined ? stance : before));
    form?.addEventListener("input", begin);
    return () => form?.removeEventListener("input", begin);
  }, [stance]);
  const shown = begun === undefined ? stance : begun;
  return (
    <>
      <input type="hidden" name="over" value={shown?.id ?? ""} ref={over} />
      <Said key={shown?.id ?? ""} {...props} stance={shown} />
    </>
  );
}

function Said({ stance, answer, short = false, isRecorded = false }: StanceFieldsProps) {
  const { t } = useTranslation("text");
  return (
    <>
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
