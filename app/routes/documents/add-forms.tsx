/** A document is put under an item: by symbol and link, or as a file. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, FieldScope, FileField, Submit, TextField } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { ReasonField } from "#app/routes/agenda/item-fields.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { MOST_FILE_BYTES } from "#app/rules/files.ts";

type FormProps = {
  /** Of this form's last sending. */
  readonly answer: Answer;
  /** The agenda is adopted. */
  readonly needsReason: boolean;
};

export function AddLink({ answer, needsReason }: FormProps) {
  const { t } = useTranslation("session");
  const { taken, onSubmit } = useOpened(null, { isRefused: answer !== undefined });
  return (
    <Form method="post" className="form sheet" key={taken} onSubmit={onSubmit}>
      <h2 className="h2">{t("documents.addLink")}</h2>
      <FieldScope name="link">
        <Named answer={answer} />
        <TextField
          name="url"
          type="url"
          label={t("documents.url")}
          answer={answer}
          maxLength={FIELDS.document.url.longest}
          required
        />
        {needsReason ? <ReasonField answer={answer} /> : null}
      </FieldScope>
      <p className="row">
        <Submit intent="link">{t("documents.add")}</Submit>
      </p>
    </Form>
  );
}

export function AddFile({ answer, needsReason }: FormProps) {
  const { t } = useTranslation("session");
  const { taken, onSubmit } = useOpened(null, { isRefused: answer !== undefined });
  return (
    <Form method="post" className="form sheet" encType="multipart/form-data" key={taken} onSubmit={onSubmit}>
      <h2 className="h2">{t("documents.addFile")}</h2>
      <FieldScope name="file">
        <Named answer={answer} />
        <FileField
          name="file"
          label={t("documents.file")}
          hint={t("documents.fileHint")}
          answer={answer}
          accept=".pdf,.docx"
          most={{ bytes: MOST_FILE_BYTES, code: "document-too-large" }}
          required
        />
        {needsReason ? <ReasonField answer={answer} /> : null}
      </FieldScope>
      <p className="row">
        <Submit intent="file">{t("documents.add")}</Submit>
      </p>
    </Form>
  );
}

function Named({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("session");
  return (
    <div className="pair">
      <TextField
        name="symbol"
        label={t("documents.symbol")}
        answer={answer}
        maxLength={FIELDS.document.symbol.longest}
      />
      <TextField
        name="title"
        label={t("documents.name")}
        answer={answer}
        maxLength={FIELDS.document.title.longest}
        required
      />
    </div>
  );
}
