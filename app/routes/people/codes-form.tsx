/** Whether the secretariat and officers need authenticator codes. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, Submit } from "#app/components/form.tsx";

type CodesProps = {
  readonly required: boolean;
  /** How many of those whom it concerns have none. */
  readonly missing: number;
  readonly answer: Answer;
};

export function CodesForm({ required, missing, answer }: CodesProps) {
  const { t } = useTranslation("people");
  return (
    <Form method="post" className="form sheet">
      <h2 className="h2">{t("codes.title")}</h2>
      <ErrorSummary answer={answer} note={null} />
      <p>{required ? t("codes.areRequired") : t("codes.notRequired")}</p>
      <p className="cap">{t("codes.missing", { count: missing })}</p>
      <p className="row">
        <Submit intent="codes-required" values={{ required: required ? "0" : "1" }}>
          {required ? t("codes.requireNot") : t("codes.require")}
        </Submit>
      </p>
    </Form>
  );
}
