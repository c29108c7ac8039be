/** The second steps of the head: a position is withdrawn, or what editors read confirmed. */
import { Form, Link } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ChoiceField, ErrorSummary, Submit, WordsField } from "#app/components/form.tsx";
import { useRefusals } from "#app/components/message.ts";
import { NewerLink } from "#app/components/record/newer-link.tsx";
import { plainDay } from "#app/components/record/plain-day.tsx";
import type { SheetPosition } from "#app/components/record/position-sheet.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { LANGUAGES } from "#app/rules/positions.ts";
import { refuse } from "#app/rules/refusal.ts";
import type { OwnActs } from "./own-acts.ts";

type AskedProps = {
  readonly position: SheetPosition;
  /** Addresses of positions begin with it. */
  readonly base: string;
  readonly own: OwnActs;
  /** What the address asks for: "withdraw" or "confirm". */
  readonly asked: string | null;
  readonly answer: Answer;
};

/**
 * The step that is asked for, while it can be taken, and from then on: when somebody else was sooner, what was typed stays
 * beside what stands in place of the position.
 */
export function AskedPart({ position, base, own, asked, answer }: AskedProps) {
  const intent = [answer?.typed["intent"], asked].find((one) => one === "withdraw" || one === "confirm");
  const answerToIt = answer?.typed["intent"] === intent ? answer : undefined;
  const may = intent === "withdraw" ? own.mayWithdraw : intent === "confirm" && own.mayConfirm;
  const place = `${intent} ${position.id}`;
  const [begun, begin] = useState("");
  if (may && begun !== place) begin(place);
  if (!may && begun !== place && !answerToIt) return null;
  const step = { position, here: `${base}/${position.id}`, own, answer: answerToIt };
  const gone = may ? null : <Gone base={base} own={own} answer={answerToIt} />;
  return intent === "withdraw" ? (
    <WithdrawPosition {...step} gone={gone} />
  ) : (
    <ConfirmReading {...step} gone={gone} />
  );
}

type StepProps = Pick<AskedProps, "position" | "own" | "answer"> & {
  readonly here: string;
  /** Why it cannot be done any more; null while it can. */
  readonly gone: ReactNode;
};

/** Why it cannot be done any more, unless the answer says so already, and the way to what stands. */
function Gone({ base, own: { gone, instead }, answer }: Pick<AskedProps, "base" | "own" | "answer">) {
  const { say } = useRefusals();
  return (
    <div role="status">
      {gone === null || answer?.refusal.code === gone ? null : <p>{say(refuse("conflict", gone))}</p>}
      {instead === null ? null : (
        <p>
          <NewerLink newer={instead} base={base} />
        </p>
      )}
    </div>
  );
}

/** Asks the head once more before an editors' reading becomes the State's own word. */
function ConfirmReading({ position, here, own: { over, behind }, answer, gone }: StepProps) {
  const { i18n, t } = useTranslation("record");
  const entity = position.entityName;
  if (gone) {
    return (
      <section className="confirm" aria-labelledby="confirm-title">
        <ErrorSummary answer={answer} note={null} />
        <h2 className="h2" id="confirm-title">
          {t("position.confirmTitle", { entity })}
        </h2>
        {gone}
        <p>
          <Link className="btn" to={here} preventScrollReset>
            {t("positions.close")}
          </Link>
        </p>
      </section>
    );
  }
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
function WithdrawPosition({ position, here, answer, gone }: StepProps) {
  const { t } = useTranslation("record");
  const who = position.alignment?.group.name ?? position.entityName;
  return (
    <section className="confirm" aria-labelledby="withdraw-title">
      <ErrorSummary answer={answer} />
      <h2 className="h2" id="withdraw-title">
        {t("position.withdrawTitle")}
      </h2>
      {gone ?? <p>{t("position.withdrawWhat", { entity: who })}</p>}
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
          value={position.language}
          answer={answer}
          choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          required
        />
        <p className="row wrap">
          {gone ? null : (
            <Submit intent="withdraw" primary>
              {t("position.withdrawNow")}
            </Submit>
          )}
          <Link className="btn" to={here} preventScrollReset>
            {t(gone ? "positions.close" : "draft.notYet")}
          </Link>
        </p>
      </Form>
    </section>
  );
}
