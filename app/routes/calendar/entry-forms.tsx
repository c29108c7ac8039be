/** With which the secretariat keeps the calendar. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
  WordsField,
} from "#app/components/form.tsx";
import { ReasonField, SeenField } from "#app/components/reference/names-list.tsx";
import { GoneNotice } from "#app/components/reference/gone-notice.tsx";
import { useOwnForm } from "#app/components/use-own-form.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { SESSION_KINDS } from "#app/rules/sessions.ts";
import type { EntryShown } from "./load.ts";

type Zones = readonly string[];

function EntryFields(props: {
  readonly entry: EntryShown | null;
  readonly zones: Zones;
  readonly answer: Answer;
}) {
  const { entry, zones, answer } = props;
  const { t } = useTranslation("session");
  return (
    <>
      <TextField
        name="title"
        label={t("create.name")}
        value={entry?.title ?? ""}
        answer={answer}
        maxLength={FIELDS.calendar.title.longest}
        required
      />
      <ChoiceField
        name="kind"
        label={t("create.kind")}
        value={entry?.kind ?? "plenary"}
        answer={answer}
        choices={SESSION_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        required
      />
      <div className="pair">
        <TextField
          name="from"
          type="date"
          label={t("create.from")}
          value={entry?.from ?? ""}
          answer={answer}
          required
        />
        <TextField
          name="to"
          type="date"
          label={t("create.to")}
          value={entry?.to ?? ""}
          answer={answer}
          required
        />
      </div>
      <div className="pair">
        <TextField
          name="venue"
          label={t("create.venue")}
          value={entry?.venue ?? ""}
          answer={answer}
          maxLength={FIELDS.calendar.venue.longest}
          required
        />
        <TextField
          name="zone"
          label={t("create.zone")}
          hint={t("create.zoneHint")}
          value={entry?.timeZone ?? ""}
          answer={answer}
          list={zones}
          required
        />
      </div>
      <TextField
        name="note"
        label={t("reference:calendar.note")}
        value={entry?.note ?? ""}
        answer={answer}
        maxLength={FIELDS.calendar.note.longest}
      />
      <ReasonField answer={answer} />
    </>
  );
}

export function AddEntry({ zones, ...given }: { readonly zones: Zones; readonly answer: Answer }) {
  const { answer, sent, key, form: own } = useOwnForm(given.answer, null);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("calendar.add")}</summary>
      <FieldScope name="add">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          <EntryFields entry={null} zones={zones} answer={answer} />
          <p className="row">
            <Submit intent="add">{t("calendar.add")}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}

type CorrectEntryProps = {
  readonly entry: EntryShown;
  /** Somebody has taken it off since. */
  readonly isGone: boolean;
  readonly zones: Zones;
  readonly answer: Answer;
  readonly answerOff: Answer;
};

export function CorrectEntry({ entry, isGone, zones, ...given }: CorrectEntryProps) {
  const { answer, seen, key, form: own } = useOwnForm(given.answer, entry.seen);
  const off = useOwnForm(given.answerOff, null);
  const { t } = useTranslation("reference");
  const values = { entry: entry.id };
  return (
    <section className="part" id="correct-entry" aria-labelledby="correct-entry-title">
      <h2 id="correct-entry-title">{t("calendar.correct", { entry: entry.title })}</h2>
      <FieldScope name="correct">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          {isGone && answer === undefined ? <GoneNotice>{t("calendar.gone")}</GoneNotice> : null}
          <SeenField seen={seen} />
          <EntryFields entry={entry} zones={zones} answer={answer} />
          <p className="row">
            <Submit intent="correct" primary values={values}>
              {t("correct")}
            </Submit>
            <Link className="btn" to="/calendar">
              {t("group.close")}
            </Link>
          </p>
        </Form>
      </FieldScope>
      <details key={off.sent} open={off.answer !== undefined}>
        <summary>{t("calendar.takeOff")}</summary>
        <FieldScope name="off">
          <Form method="post" className="form" key={off.key} {...off.form}>
            <ErrorSummary answer={off.answer} />
            <p className="hint">{t("calendar.takeOffHint")}</p>
            <ReasonField answer={off.answer} />
            <p className="row">
              <Submit intent="take-off" values={values}>
                {t("calendar.takeOff")}
              </Submit>
            </p>
          </Form>
        </FieldScope>
      </details>
    </section>
  );
}

export function CorrectOutline(props: {
  readonly lines: string;
  readonly seen: number;
  readonly answer: Answer;
}) {
  const { lines } = props;
  const { answer, seen, sent, key, form: own } = useOwnForm(props.answer, props.seen);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("calendar.correctOutline")}</summary>
      <FieldScope name="outline">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          <SeenField seen={seen} />
          <WordsField
            name="outline"
            label={t("calendar.outlineLines")}
            hint={t("calendar.outlineHint")}
            value={lines}
            answer={answer}
            maxLength={FIELDS.outline.outline.longest}
            lang="en"
            tall
            required
          />
          <ReasonField answer={answer} />
          <p className="row">
            <Submit intent="outline">{t("correct")}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}
