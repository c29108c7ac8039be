/** The form by which an officer issues the next version. */
import { Form } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, Choices, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { RenamedList, type RenamedSome } from "./renamed-list.tsx";
import { FIELDS } from "#app/rules/fields.ts";

type IssueFormProps = {
  readonly suggested: {
    readonly label: string;
    readonly symbol: string;
    /** The newest version that is issued; null before the first. */
    readonly after: string | null;
    /** What would be called otherwise if paragraphs were numbered anew; null when nothing would. */
    readonly renamed: RenamedSome | null;
  };
  readonly answer: Answer;
};

export function IssueForm({ suggested, answer }: IssueFormProps) {
  const { t } = useTranslation("text");
  // The page learns of others' versions by itself. Who is filling the form in may not look: they are told by a refusal.
  const [begun, setBegun] = useState<string | null>();
  const begin = () => setBegun((before) => (before === undefined ? suggested.after : before));
  const shown = begun === undefined ? suggested.after : begun;
  const told = answer?.refusal.values?.["after"] ?? answer?.typed["after"];
  return (
    <section className="block" aria-labelledby="issue">
      <h2 id="issue" className="h2">
        {t("versions.issueHeading")}
      </h2>
      <p className="cap">{t("versions.issueLead")}</p>
      <Form method="post" className="form" onInput={begin}>
        <ErrorSummary answer={answer} />
        <input type="hidden" name="after" value={told ?? shown ?? ""} />
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
        {suggested.renamed ? (
          <>
            <Choices
              name="renumber"
              kind="several"
              label={t("versions.numbers")}
              hint={t("versions.numbersHint")}
              choices={[{ value: "1", label: t("versions.renumber") }]}
              answer={answer}
            />
            <RenamedList renamed={suggested.renamed} />
          </>
        ) : null}
        <div>
          <Submit intent="issue" primary>
            {t("versions.issueSubmit")}
          </Submit>
        </div>
      </Form>
    </section>
  );
}
