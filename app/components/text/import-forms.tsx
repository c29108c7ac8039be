/** The two steps of an import: choose a file or paste, then look at it and say where it goes. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, ErrorSummary, Submit, WordsField } from "#app/components/form.tsx";
import { useRefusals } from "#app/components/message.ts";
import type { Imported, ImportedSpan } from "#collab/read-words.ts";

export function ImportChooser({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("text");
  const { sayField } = useRefusals();
  const wrong = answer?.refusal.fields?.["file"];
  return (
    <Form method="post" encType="multipart/form-data" className="form block">
      <ErrorSummary answer={answer} />
      <div className="f">
        <label htmlFor="f-file">{t("import.file")}</label>
        <span className="hint" id="h-file">
          {t("import.fileHint")}
        </span>
        <input
          id="f-file"
          type="file"
          name="file"
          accept=".html,.htm,.xhtml,.txt,.text,text/html,text/plain"
          aria-describedby={wrong ? "h-file w-file" : "h-file"}
          aria-invalid={wrong ? true : undefined}
        />
        {wrong ? (
          <span className="wrong" id="w-file">
            {sayField(wrong)}
          </span>
        ) : null}
      </div>
      <WordsField name="paste" label={t("import.paste")} hint={t("import.pasteHint")} tall answer={answer} />
      <div>
        <Submit intent="preview" primary>
          {t("import.preview")}
        </Submit>
      </div>
    </Form>
  );
}

type ImportPreviewProps = {
  readonly source: string;
  readonly format: "html" | "text";
  readonly imported: Imported;
  readonly places: readonly { readonly id: string; readonly words: string }[];
  readonly lang: string;
  /** Why it was not inserted. */
  readonly answer: Answer;
};

export function ImportPreview({ source, format, imported, places, lang, answer }: ImportPreviewProps) {
  const { t } = useTranslation("text");
  const { paragraphs, notes, warnings } = imported;
  if (paragraphs.length === 0) {
    return (
      <div className="empty">
        <p>{t("import.none")}</p>
        <Link className="btn" to="" reloadDocument>
          {t("import.again")}
        </Link>
      </div>
    );
  }
  return (
    <>
      <section className="block" aria-labelledby="import-found">
        <h2 id="import-found" className="h2">
          {t("import.heading")}: {t("import.count", { count: paragraphs.length })}
        </h2>
        {warnings.length === 0 ? null : (
          <div className="means">
            <p>
              <b>{t("import.warnings")}</b>
            </p>
            <ul>
              {warnings.map((warning) => (
                <li key={`${warning.code}${warning.words}`}>
                  {t(`warning.${warning.code}`, { count: warning.count })}
                  {warning.words === "" ? null : ` “${warning.words}…”`}
                </li>
              ))}
            </ul>
          </div>
        )}
        <ErrorSummary answer={answer} />
        <Form method="post" encType="multipart/form-data" className="form" key={answer ? "again" : "first"}>
          <input type="hidden" name="source" value={source} />
          <input type="hidden" name="format" value={format} />
          <ChoiceField
            name="after"
            label={t("import.where")}
            answer={answer}
            required={false}
            value={places.at(-1)?.id ?? ""}
            none={t("import.atStart")}
            choices={places.map(({ id, words }) => ({ value: id, label: words }))}
          />
          <div className="row">
            <Submit intent="insert" primary>
              {t("import.insert")}
            </Submit>
            <Link className="btn" to="" reloadDocument>
              {t("import.again")}
            </Link>
          </div>
        </Form>
      </section>
      <section className="block import-paper" aria-label={t("import.heading")} lang={lang}>
        {paragraphs.map((paragraph, at) => (
          <div key={at} className="para" data-role={paragraph.role} data-level={paragraph.level}>
            <div className="gut">
              <span className="rel">{t(`role.${paragraph.role}`)}</span>
              {paragraph.level > 0 ? (
                <span className="rel">
                  {t("import.level")} {paragraph.level + 1}
                </span>
              ) : null}
            </div>
            <p className="txt" dir={paragraph.dir}>
              <Spans spans={paragraph.spans} />
            </p>
          </div>
        ))}
        {notes.map((spans, at) => (
          <div key={`n${at}`} className="para" data-role="footnote" data-level={0}>
            <div className="gut">
              <span className="rel">
                {t("role.footnote")} {at + 1}
              </span>
            </div>
            <p className="txt">
              <Spans spans={spans} />
            </p>
          </div>
        ))}
      </section>
    </>
  );
}

function Spans({ spans }: { readonly spans: readonly ImportedSpan[] }) {
  return spans.map((span, at) => {
    if ("note" in span) return <sup key={at}>{span.note + 1}</sup>;
    const words = span.strong ? <strong>{span.text}</strong> : span.text;
    return span.em ? <em key={at}>{words}</em> : <span key={at}>{words}</span>;
  });
}
