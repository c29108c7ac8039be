/** What a delegation may do with what is on record in its name: go on from it, withdraw it, confirm what editors read. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ChoiceField, ErrorSummary, Submit, WordsField } from "#app/components/form.tsx";
import { plainDay } from "#app/components/record/plain-day.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { LANGUAGES } from "#app/rules/positions.ts";

type ActsProps = {
  readonly here: string;
  /** Where a draft begins that goes on from this position. */
  readonly draftTo: string | null;
  readonly isReading: boolean;
  readonly mayWithdraw: boolean;
  readonly mayConfirm: boolean;
};

/** Links to the second steps. */
export function PositionActs({ here, draftTo, isReading, mayWithdraw, mayConfirm }: ActsProps) {
  const { t } = useTranslation("record");
  if (draftTo === null && !mayWithdraw && !mayConfirm) return null;
  return (
    <section className="part no-print" aria-labelledby="position-acts">
      <h2 id="position-acts">{t("position.yours")}</h2>
      <p className="cap">{isReading ? t("position.yoursReading") : t("position.yoursOwn")}</p>
      <p className="row wrap">
        {mayConfirm ? (
          <Link className="btn primary" to={`${here}?confirm=confirm`} preventScrollReset>
            {t("position.confirm")}
          </Link>
        ) : null}
        {draftTo === null ? null : (
          <Link className="btn" to={draftTo}>
            {isReading ? t("position.correct") : t("position.supersede")}
          </Link>
        )}
        {mayWithdraw ? (
          <Link className="btn quiet" to={`${here}?confirm=withdraw`} preventScrollReset>
            {t("position.withdraw")}
          </Link>
        ) : null}
      </p>
    </section>
  );
}

/** Asks the head once more before an editors' reading becomes the State's own word. */
export function ConfirmReading({
  here,
  entity,
  over,
  behind,
  answer,
}: {
  readonly here: string;
  readonly entity: string;
  /** The entity's own position that it would take the place of. */
  readonly over: string | null;
  /** The day of its source, when that is later and the position goes on standing. */
  readonly behind: string | null;
  readonly answer: Answer;
}) {
  const { i18n, t } = useTranslation("record");
  return (
    <Confirm
      title={t("position.confirmTitle", { entity })}
      says={[
        t("position.confirmWhat", { entity }),
        t("draft.releaseForever"),
        ...(over === null
          ? []
          : behind === null
            ? [t("position.confirmOver", { entity })]
            : [t("position.confirmBehind", { entity, date: plainDay(i18n.language, behind) })]),
      ]}
      intent="confirm"
      values={{ over: over ?? "" }}
      yes={t("position.confirmNow")}
      no={t("draft.notYet")}
      back={here}
      answer={answer}
    />
  );
}

/** Asks why, and withdraws. */
export function WithdrawPosition({
  here,
  who,
  language,
  answer,
}: {
  readonly here: string;
  readonly who: string;
  /** In which the position was taken. */
  readonly language: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("record");
  return (
    <section className="confirm" aria-labelledby="withdraw-title">
      <ErrorSummary answer={answer} />
      <h2 className="h2" id="withdraw-title">
        {t("position.withdrawTitle")}
      </h2>
      <p>{t("position.withdrawWhat", { entity: who })}</p>
      <Form method="post" className="form" noValidate replace>
        <WordsField
          name="reason"
          label={t("position.withdrawReason")}
          hint={t("draft.summaryHint", { max: FIELDS.withdrawal.reason.longest })}
          answer={answer}
          required
        />
        <ChoiceField
          name="language"
          label={t("draft.language")}
          value={language}
          answer={answer}
          choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          required
        />
        <p className="row wrap">
          <Submit intent="withdraw" primary>
            {t("position.withdrawNow")}
          </Submit>
          <Link className="btn" to={here} preventScrollReset>
            {t("draft.notYet")}
          </Link>
        </p>
      </Form>
    </section>
  );
}
