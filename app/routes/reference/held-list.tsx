/** What the files say and corrections keep from standing: the secretariat compares, and takes it or leaves it. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, FieldScope, Submit } from "#app/components/form.tsx";
import { Empty } from "#app/components/page.tsx";
import { ChangeLine, CorrectionList } from "#app/components/reference/correction-list.tsx";
import { ReasonField, SeenField } from "#app/components/reference/names-list.tsx";
import { useOwnForm } from "#app/components/use-own-form.ts";
import type { HeldLine, Read } from "./held.ts";

export function HeldList({
  lines,
  answer,
}: {
  readonly lines: readonly HeldLine[];
  readonly answer: Answer;
}) {
  const { t } = useTranslation("reference");
  const isOf = ({ entityId, topicId }: HeldLine) =>
    answer?.typed["entity"] === entityId && answer.typed["topic"] === topicId;
  return (
    <section className="part" aria-labelledby="held-back">
      <h2 id="held-back">{t("held.title")}</h2>
      <p className="cap">{t("held.under")}</p>
      {answer && !lines.some(isOf) ? (
        <>
          <ErrorSummary answer={answer} />
          <dl className="facts">
            <div>
              <dt>{t("reason")}</dt>
              <dd>
                <bdi>{answer.typed["reason"]}</bdi>
              </dd>
            </div>
          </dl>
        </>
      ) : null}
      {lines.length === 0 ? <Empty>{t("held.none")}</Empty> : null}
      <ul className="correction-list">
        {lines.map((line) => (
          <HeldEntry
            key={`${line.entityId} ${line.topicId}`}
            line={line}
            answer={isOf(line) ? answer : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

function HeldEntry({ line, ...given }: { readonly line: HeldLine; readonly answer: Answer }) {
  const { t } = useTranslation("reference");
  const { entityId, topicId, entity, topic, what, stands, file, others, correction, page } = line;
  const { answer, seen, sent, key, form: own } = useOwnForm(given.answer, line.seen);
  const about = t("held.about", { entity, topic });
  const which = <span className="vh"> {about}</span>;
  return (
    <li>
      <h3>{about}</h3>
      <p>{t(`held.what.${what}`)}</p>
      <dl className="facts">
        <div>
          <dt>{t("held.stands")}</dt>
          <dd>
            {stands === null ? <span className="cap">{t("held.nothing")}</span> : <InShort read={stands} />}
          </dd>
        </div>
        <div>
          <dt>{t("held.files")}</dt>
          <dd>
            {file === null ? <span className="cap">{t("held.nothing")}</span> : <InShort read={file} />}
          </dd>
        </div>
      </dl>
      {others.map((change) => (
        <p key={change.field}>
          <ChangeLine thing="reading" {...change} />
        </p>
      ))}
      <h4>{t("held.corrected")}</h4>
      <CorrectionList lines={correction === null ? [] : [correction]} />
      {page === null ? null : (
        <p className="row wrap">
          {stands === null ? (
            <Link className="btn quiet" to={`${page}?confirm=put-back`}>
              {t("reading.putBack")}
              {which}
            </Link>
          ) : (
            <>
              <Link className="btn quiet" to={page}>
                {t("reading.correct")}
                {which}
              </Link>
              <Link className="btn quiet" to={`${page}?confirm=take-down`}>
                {t("reading.takeDown")}
                {which}
              </Link>
            </>
          )}
        </p>
      )}
      <details key={sent} open={answer !== undefined}>
        <summary>
          {t("held.take")}
          {which}
        </summary>
        <FieldScope name={`${entityId}-${topicId}`}>
          <Form method="post" className="form" noValidate replace key={key} {...own}>
            <ErrorSummary answer={answer} />
            <p className="hint">{t("held.takeWhat")}</p>
            <input type="hidden" name="entity" value={entityId} />
            <input type="hidden" name="topic" value={topicId} />
            <SeenField seen={seen} />
            <ReasonField answer={answer} />
            <p className="row">
              <Submit intent="take-files" primary>
                {t("held.take")}
              </Submit>
            </p>
          </Form>
        </FieldScope>
      </details>
    </li>
  );
}

function InShort({ read: { stance, summary, source, date } }: { readonly read: Read }) {
  return (
    <>
      <b>
        <bdi>{stance}</bdi>
      </b>{" "}
      <bdi lang="en">{summary}</bdi>{" "}
      <span className="cap">
        <bdi>{source}</bdi> · <bdi>{date}</bdi>
      </span>
    </>
  );
}
