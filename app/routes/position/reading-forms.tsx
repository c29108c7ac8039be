/** With which the secretariat corrects an editors' reading, takes it down, or puts it back on record. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  Choices,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
  WordsField,
} from "#app/components/form.tsx";
import type { Scale } from "#app/components/record/stance.tsx";
import { CorrectionList } from "#app/components/reference/correction-list.tsx";
import { ReasonField } from "#app/components/reference/names-list.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { CONFIDENCES } from "#app/rules/readings.ts";
import type { ReadingActs } from "./reading-acts.ts";

type PartProps = {
  readonly here: string;
  readonly scale: Scale;
  readonly acts: ReadingActs;
  /** What the address asks for: "take-down" or "put-back". */
  readonly asked: string | null;
  readonly answer: Answer;
};

/** Links to what the secretariat may do, what was not taken of it, and the history of corrections for everybody. */
export function ReadingPart({ here, scale, acts, asked, answer }: PartProps) {
  const { t } = useTranslation("reference");
  const answerTo = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const isAsked = (intent: string) => asked === intent || answerTo(intent) !== undefined;
  const mayCorrect = acts.may === "correct";
  const mayPutBack = acts.may === "put-back";
  const correcting = answerTo("correct-reading");
  return (
    <>
      {acts.isKeeper && isAsked("take-down") && (mayCorrect || answer) ? (
        <AskReason kind="take-down" here={here} answer={answerTo("take-down")} />
      ) : null}
      {acts.isKeeper && isAsked("put-back") && (mayPutBack || answer) ? (
        <AskReason kind="put-back" here={here} answer={answerTo("put-back")} />
      ) : null}
      {acts.isKeeper && (acts.may !== null || correcting) ? (
        <section className="part no-print" aria-labelledby="of-the-secretariat">
          <h2 id="of-the-secretariat">{t("reading.title")}</h2>
          <p className="cap">{t(mayPutBack ? "reading.hintDown" : "reading.hint")}</p>
          {mayCorrect || correcting ? <CorrectReading scale={scale} acts={acts} answer={correcting} /> : null}
          {mayCorrect && !isAsked("take-down") ? (
            <p>
              <Link className="btn quiet" to={`${here}?confirm=take-down`} preventScrollReset>
                {t("reading.takeDown")}
              </Link>
            </p>
          ) : null}
          {mayPutBack && !isAsked("put-back") ? (
            <p>
              <Link className="btn quiet" to={`${here}?confirm=put-back`} preventScrollReset>
                {t("reading.putBack")}
              </Link>
            </p>
          ) : null}
        </section>
      ) : null}
      {acts.corrections.length === 0 ? null : (
        <section className="part" aria-labelledby="corrections">
          <h2 id="corrections">{t("history.title")}</h2>
          <CorrectionList lines={acts.corrections} />
        </section>
      )}
    </>
  );
}

/** Asks once more, and why. */
function AskReason({
  kind,
  here,
  answer,
}: {
  readonly kind: "take-down" | "put-back";
  readonly here: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("reference");
  const isDown = kind === "take-down";
  return (
    <section className="confirm" aria-labelledby="reading-title">
      <FieldScope name={kind}>
        <ErrorSummary answer={answer} />
        <h2 className="h2" id="reading-title">
          {t(isDown ? "reading.takeDownTitle" : "reading.putBackTitle")}
        </h2>
        <p>{t(isDown ? "reading.takeDownWhat" : "reading.putBackWhat")}</p>
        <Form method="post" className="form" noValidate replace>
          <ReasonField answer={answer} />
          <p className="row wrap">
            {isDown ? (
              <Submit intent="take-down" primary>
                {t("reading.takeDownNow")}
              </Submit>
            ) : (
              <Submit intent="put-back" primary>
                {t("reading.putBackNow")}
              </Submit>
            )}
            <Link className="btn" to={here} preventScrollReset>
              {t("record:draft.notYet")}
            </Link>
          </p>
        </Form>
      </FieldScope>
    </section>
  );
}

function CorrectReading({
  scale,
  acts: { facts, publications },
  answer,
}: {
  readonly scale: Scale;
  readonly acts: ReadingActs;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("record");
  const longest = FIELDS.reading;
  return (
    <details open={answer !== undefined}>
      <summary>{t("reference:reading.correct")}</summary>
      <FieldScope name="correct">
        <Form method="post" className="form" noValidate replace>
          <ErrorSummary answer={answer} />
          <Choices
            name="stance"
            kind="one"
            label={t("csv.stance")}
            hint={t("draft.stanceHint")}
            choices={scale.map(({ id, label }) => ({ value: id, label }))}
            chosen={[facts.stance]}
            answer={answer}
            required
          />
          <WordsField
            name="summary"
            label={t("reference:reading.summary")}
            hint={t("draft.summaryHint", { max: longest.summary.longest })}
            value={facts.summary}
            lang="en"
            answer={answer}
            required
          />
          <TextField
            name="sourceTitle"
            label={t("draft.sourceTitle")}
            value={facts.sourceTitle}
            maxLength={longest.sourceTitle.longest}
            answer={answer}
            required
          />
          <div className="pair">
            <TextField
              name="sourceDate"
              label={t("reference:reading.date")}
              hint={t("reference:reading.dateHint")}
              value={facts.sourceDate}
              maxLength={10}
              answer={answer}
              required
            />
            <TextField
              name="sourceSymbol"
              label={t("draft.sourceSymbol")}
              value={facts.sourceSymbol}
              maxLength={longest.sourceSymbol.longest}
              answer={answer}
            />
          </div>
          <TextField
            name="sourceForum"
            label={t("draft.sourceForum")}
            value={facts.sourceForum ?? ""}
            maxLength={longest.sourceForum.longest}
            answer={answer}
          />
          <TextField
            name="sourceUrl"
            type="url"
            label={t("draft.sourceUrl")}
            hint={t("draft.sourceUrlHint")}
            value={facts.sourceUrl}
            maxLength={longest.sourceUrl.longest}
            answer={answer}
          />
          <Choices
            name="explicit"
            kind="one"
            label={t("draft.explicit")}
            choices={[
              { value: "yes", label: t("draft.yes") },
              { value: "no", label: t("draft.no") },
            ]}
            chosen={[facts.explicit ? "yes" : "no"]}
            answer={answer}
            required
          />
          <Choices
            name="confidence"
            kind="one"
            label={t("reference:reading.confidence")}
            choices={CONFIDENCES.map((value) => ({ value, label: t(`reference:reading.${value}`) }))}
            chosen={[facts.confidence ?? ""]}
            answer={answer}
            required
          />
          <ChoiceField
            name="via"
            label={t("reference:reading.via")}
            none={t("reference:reading.itself")}
            value={facts.via ?? ""}
            choices={publications}
            answer={answer}
            required
          />
          <ReasonField answer={answer} />
          <p className="row">
            <Submit intent="correct-reading" primary>
              {t("reference:correct")}
            </Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}
