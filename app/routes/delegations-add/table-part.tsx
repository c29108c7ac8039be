/** A table of delegations: a file or a paste, then every line with what becomes of it, then the act. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ErrorSummary,
  FieldScope,
  FileField,
  Submit,
  WordsField,
} from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";

export type Preview = {
  /** The words of the table again, for the act. */
  readonly source: string;
  readonly encoding: "utf-8" | "utf-16" | "windows-1252" | null;
  readonly counts: Readonly<Record<"add" | "head" | "there" | "wrong", number>>;
  /** Numbers of the first lines that are wrong. */
  readonly wrong: readonly number[];
  /** The rows of the table, as `previewHtml` writes them. */
  readonly rows: string;
};

export function TablePart({
  template,
  most,
  preview,
  answer,
}: {
  readonly template: string;
  readonly most: number;
  readonly preview: Preview | null;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("delegations");
  return (
    <section className="sheet" aria-labelledby="by-table">
      <h2 className="h2" id="by-table">
        {t("table.title")}
      </h2>
      {preview ? (
        <TablePreview preview={preview} />
      ) : (
        <FieldScope name="table">
          <p className="hint">{t("table.hint", { most })}</p>
          <p>
            <a className="link" href={template} download>
              {t("table.template")}
            </a>
          </p>
          <Form method="post" encType="multipart/form-data" className="form acts">
            <ErrorSummary answer={answer} note={answer ? t("table.chooseAgain") : undefined} />
            <FileField
              name="file"
              label={t("table.file")}
              hint={t("table.fileHint")}
              answer={answer}
              accept=".csv,.tsv,.txt,text/csv,text/plain"
            />
            <WordsField
              name="paste"
              label={t("table.paste")}
              hint={t("table.pasteHint")}
              tall
              answer={answer}
            />
            <p className="row">
              <Submit intent="preview" primary>
                {t("table.look")}
              </Submit>
            </p>
          </Form>
        </FieldScope>
      )}
    </section>
  );
}

function TablePreview({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation("delegations");
  const { counts, wrong, rows, source, encoding } = preview;
  const toDo = counts.add + counts.head;
  return (
    <div role="region" aria-labelledby="table-found">
      <h3 className="label" id="table-found">
        {t("table.found")}
      </h3>
      <ul className="counts">
        <li>{t("table.toAdd", { count: counts.add })}</li>
        {counts.head === 0 ? null : <li>{t("table.toSeat", { count: counts.head })}</li>}
        <li>{t("table.there", { count: counts.there })}</li>
        <li>{t("table.wrong", { count: counts.wrong })}</li>
      </ul>
      {encoding === "windows-1252" ? (
        <p className="means">
          <Icon name="alert" /> {t("table.westernEuropean")}
        </p>
      ) : null}
      {wrong.length === 0 ? null : (
        <p className="cap wrong-lines">
          {t("table.wrongLines")}
          {wrong.map((number) => (
            <a key={number} className="num" href={`#line-${number}`}>
              {number}
            </a>
          ))}
          {counts.wrong > wrong.length ? "…" : null}
        </p>
      )}
      <Form method="post" encType="multipart/form-data" className="row wrap acts">
        <input type="hidden" name="source" value={source} />
        {toDo === 0 ? (
          <p>{t("table.nothingToDo")}</p>
        ) : (
          <Submit intent="import" primary>
            {t("table.act", { count: toDo })}
          </Submit>
        )}
        <Link className="btn" to="" reloadDocument>
          {t("table.again")}
        </Link>
      </Form>
      <div className="scrolled">
        <table className="tbl lines">
          <thead>
            <tr>
              <th scope="col">{t("table.line")}</th>
              <th scope="col">{t("table.who")}</th>
              <th scope="col">{t("table.head")}</th>
              <th scope="col">{t("table.what")}</th>
            </tr>
          </thead>
          <tbody dangerouslySetInnerHTML={{ __html: rows }} />
        </table>
      </div>
    </div>
  );
}
