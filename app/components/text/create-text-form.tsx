/** The form by which chair and secretariat create a text. */
import { FIELDS } from "#app/rules/fields.ts";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CONVENTIONS } from "#collab/document.ts";
import { type Answer, ChoiceField, Choices, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";

const LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"] as const;

type CreateTextFormProps = {
  readonly items: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  readonly answer: Answer;
};

export function CreateTextForm({ items, answer }: CreateTextFormProps) {
  const { t } = useTranslation("text");
  return (
    <section className="block" aria-labelledby="create-text">
      <h2 id="create-text" className="h2">
        {t("create.heading")}
      </h2>
      <p className="cap">{t("create.after")}</p>
      <Form method="post" className="form">
        <ErrorSummary answer={answer} />
        <Choices
          name="kind"
          kind="one"
          label={t("create.kind")}
          required
          answer={answer}
          chosen={["resolution"]}
          choices={[
            { value: "resolution", label: t("create.kindResolution") },
            { value: "report", label: t("create.kindReport") },
          ]}
        />
        <ChoiceField
          name="item"
          label={t("create.item")}
          required
          answer={answer}
          choices={items.map((item) => ({ value: item.id, label: `${item.number} ${item.title}` }))}
        />
        <TextField
          name="title"
          label={t("create.title")}
          required
          answer={answer}
          maxLength={FIELDS.text.title.longest}
        />
        <TextField
          name="symbol"
          label={t("create.symbol")}
          hint={t("create.symbolHint")}
          answer={answer}
          maxLength={FIELDS.text.symbol.longest}
        />
        <TextField
          name="organ"
          label={t("create.organ")}
          hint={t("create.organHint")}
          answer={answer}
          maxLength={FIELDS.text.organ.longest}
        />
        <TextField
          name="note"
          label={t("create.note")}
          hint={t("create.noteHint")}
          answer={answer}
          maxLength={FIELDS.text.note.longest}
        />
        <Choices
          name="convention"
          kind="one"
          label={t("create.convention")}
          hint={t("create.conventionHint")}
          required
          answer={answer}
          chosen={["inserted"]}
          choices={CONVENTIONS.map((value) => ({ value, label: t(`create.conventions.${value}`) }))}
        />
        <ChoiceField
          name="language"
          label={t("create.language")}
          required
          answer={answer}
          value="en"
          choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
        <div>
          <Submit intent="create" primary>
            {t("create.submit")}
          </Submit>
        </div>
      </Form>
    </section>
  );
}
