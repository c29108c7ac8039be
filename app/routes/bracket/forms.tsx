/** The forms on the page of a bracket. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  type Choice,
  ChoiceField,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { Ticks } from "#app/components/record/ticks.tsx";
import { StanceFields } from "#app/components/text/stance-form.tsx";
import { useOwnForm } from "#app/components/use-own-form.ts";
import type { ToldStance } from "#app/components/text/stance-lines.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import type { FormParty } from "./load.ts";

type Given = { readonly answer: Answer };

/** The answer, where it is that of this form. */
function own(answer: Answer, intents: readonly string[], [name, value]: readonly [string, string]): Answer {
  const typed = answer?.typed;
  return typed && intents.includes(typed["intent"] ?? "") && typed[name] === value ? answer : undefined;
}

/** What was recorded for the viewer's delegation, to be confirmed or disputed. */
export function AnswerForms({ stances, answer }: Given & { readonly stances: readonly ToldStance[] }) {
  const { t } = useTranslation("text");
  return stances.map((stance) => {
    const { id, name, asks, view, reason } = stance;
    const mine = own(answer, ["confirm", "dispute"], ["stance", id]);
    const said = [
      ...(asks ? [t("brackets.said.asks")] : []),
      ...(view === "none" ? [] : [t(`brackets.said.${view}`)]),
    ];
    return (
      <section key={id} className="block" aria-labelledby={`answer-${id}`}>
        <h2 id={`answer-${id}`} className="h2">
          {t("brackets.answer.title", { name })}
        </h2>
        <p>
          {said.length === 0 ? t("brackets.said.nothing") : said.join(t("chrome:comma"))}
          {reason === "" ? null : (
            <>
              {" "}
              <q dir="auto">{reason}</q>
            </>
          )}
        </p>
        <FieldScope name={`answer-${id}-`}>
          <Form method="post" className="form">
            <ErrorSummary answer={mine} />
            <input type="hidden" name="stance" value={id} />
            <TextField
              name="reason"
              label={t("brackets.answer.reason")}
              hint={t("brackets.answer.reasonHint")}
              maxLength={FIELDS.bracketStance.reason.longest}
              answer={mine}
            />
            <div className="row wrap">
              <Submit intent="confirm">{t("brackets.answer.confirm")}</Submit>
              <Submit intent="dispute">{t("brackets.answer.dispute")}</Submit>
            </div>
          </Form>
        </FieldScope>
      </section>
    );
  });
}

/** Where the viewer's delegation stands, and the groups that it speaks for. */
export function OwnForms({ forms, answer }: Given & { readonly forms: readonly FormParty[] }) {
  return forms.map((party, at) => (
    <OwnForm
      key={party.value}
      party={party}
      at={at}
      answer={own(answer, ["set-stance"], ["party", party.value])}
    />
  ));
}

function OwnForm({ party, at, ...given }: Given & { readonly party: FormParty; readonly at: number }) {
  const { t } = useTranslation("text");
  const { answer: mine, key, form: typing } = useOwnForm(given.answer, null);
  const { value, name, stance, members } = party;
  const form = (
    <FieldScope name={`own-${at}-`}>
      <Form method="post" className="form" key={key} {...typing}>
        <ErrorSummary answer={mine} />
        <input type="hidden" name="party" value={value} />
        <StanceFields stance={stance} answer={mine} />
        <Excepted name={name} members={members} stance={stance} answer={mine} />
        <div>
          <Submit intent="set-stance" primary={at === 0}>
            {t("brackets.form.save", { name })}
          </Submit>
        </div>
      </Form>
    </FieldScope>
  );
  if (at > 0)
    return (
      <details className="block" open={mine !== undefined}>
        <summary>{t("brackets.form.behalf", { name })}</summary>
        {form}
      </details>
    );
  return (
    <section className="block" aria-labelledby={`own-${at}`}>
      <h2 id={`own-${at}`} className="h2">
        {t("brackets.form.own", { name })}
      </h2>
      {form}
    </section>
  );
}

function Excepted({ name, members, stance, answer }: Given & Pick<FormParty, "name" | "members" | "stance">) {
  const { t } = useTranslation("text");
  if (members.length === 0) return null;
  return (
    <Ticks
      name="exceptions"
      legend={t("brackets.form.exceptions", { name })}
      hint={t("brackets.form.exceptionsHint")}
      choices={members.map((member) => ({ value: member.id, label: `${member.name} (${member.code})` }))}
      chosen={answer ? (answer.typed["exceptions"] ?? "").split("\n") : (stance?.exceptions ?? [])}
      answer={answer}
    />
  );
}

/** For those who write: to take the bracket away, or why that cannot be done yet. */
export function LiftForm({ holders, answer }: Given & { readonly holders: readonly string[] }) {
  const { t } = useTranslation("text");
  const mine = answer?.typed["intent"] === "lift" ? answer : undefined;
  return (
    <section className="block" aria-labelledby="lift">
      <h2 id="lift" className="h2">
        {t("brackets.lift.title")}
      </h2>
      <ErrorSummary answer={mine} />
      {holders.length > 0 ? (
        <p>{t("brackets.lift.held", { holders: holders.join(t("chrome:comma")) })}</p>
      ) : (
        <Form method="post" className="form">
          <p className="cap">{t("brackets.lift.lead")}</p>
          <div>
            <Submit intent="lift">{t("brackets.lift.act")}</Submit>
          </div>
        </Form>
      )}
    </section>
  );
}

type RecordFormProps = Given & {
  /** Everybody for whom the viewer may record; none for whoever may not. */
  readonly parties: readonly Choice[];
  /** The one that was chosen. */
  readonly record:
    | (FormParty & {
        readonly meetings: readonly { readonly id: string; readonly number: number }[];
        readonly today: string;
      })
    | null;
};

/** For officers and drafters: first for whom, then what. */
export function RecordForm({ parties, record, answer }: RecordFormProps) {
  const { t } = useTranslation("text");
  if (parties.length === 0) return null;
  return (
    <section className="block" aria-labelledby="record">
      <h2 id="record" className="h2">
        {t("brackets.record.title")}
      </h2>
      <p className="cap">{t("brackets.record.lead")}</p>
      <FieldScope name="for-">
        <Form method="get" action="#record" className="form">
          <ChoiceField
            key={record?.value ?? ""}
            name="for"
            label={t("brackets.record.for")}
            choices={parties}
            value={record?.value ?? ""}
            required
          />
          <div>
            <Submit>{t("brackets.record.choose")}</Submit>
          </div>
        </Form>
      </FieldScope>
      {record ? (
        <RecordFields
          key={record.value}
          record={record}
          answer={own(answer, ["record-stance"], ["party", record.value])}
        />
      ) : null}
    </section>
  );
}

function RecordFields({
  record,
  ...given
}: Given & { readonly record: NonNullable<RecordFormProps["record"]> }) {
  const { t } = useTranslation("text");
  const { answer: mine, key, form: typing } = useOwnForm(given.answer, null);
  return (
    <FieldScope name="record-">
      <Form method="post" className="form" key={key} {...typing}>
        <h3>{t("brackets.record.forWhom", { name: record.name })}</h3>
        <ErrorSummary answer={mine} />
        <input type="hidden" name="party" value={record.value} />
        <StanceFields isRecorded stance={record.stance} answer={mine} />
        <Excepted {...record} answer={mine} />
        <ChoiceField
          name="meeting"
          label={t("brackets.record.meeting")}
          none={t("brackets.record.noMeeting")}
          choices={record.meetings.map(({ id, number }) => ({
            value: id,
            label: t("brackets.inMeeting", { number }),
          }))}
          answer={mine}
        />
        <TextField
          name="day"
          type="date"
          label={t("brackets.record.day")}
          value={record.today}
          answer={mine}
        />
        <div>
          <Submit intent="record-stance">{t("brackets.record.save", { name: record.name })}</Submit>
        </div>
      </Form>
    </FieldScope>
  );
}
