/** The form by which an officer issues the next version. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { FIELDS } from "#app/rules/fields.ts";

type IssueFormProps = {
  readonly suggested: { readonly label: string; readonly symbol: string };
  readonly answer: Answer;
};

export function IssueForm({ suggested, answer }: IssueFormProps) {
  const { t } = useTranslation("text");
  return (
    <section className="block" aria-labelledby="issue">
      <h2 id="issue" className="h2">
        {t("versions.issueHeading")}
      </h2>
      <p className="cap">{t("versions.issueLead")}</p>
      <Form method="post" className="form">
        <ErrorSummary answer={answer} />
        <TextField
          name="label"
          label={t("versions.issueLabel")}
          hint={t("versions.issueLabelHint")}
          required
          value={suggested.label}
          answer={answer}
          maxLength={FIELDS.version.label.longest}
          list={[suggested.label]}
        />
        <TextField
          name="symbol"
          label={t("versions.issueSymbol")}
          value={suggested.symbol}
          answer={answer}
          maxLength={FIELDS.version.symbol.longest}
        />
        <TextField
          name="note"
          label={t("versions.issueNote")}
          answer={answer}
          maxLength={FIELDS.version.note.longest}
        />
        <div>
          <Submit intent="issue" primary>
            {t("versions.issueSubmit")}
          </Submit>
        </div>
      </Form>
    </section>
  );
}
