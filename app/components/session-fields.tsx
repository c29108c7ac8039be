/** What a session is called, what kind it is, when and where: the fields of both forms that ask for it. */
import { useTranslation } from "react-i18next";
import { FIELDS } from "#app/rules/fields.ts";
import { SESSION_KINDS, type SessionFacts } from "#app/rules/sessions.ts";
import { type Answer, ChoiceField, TextField } from "./form.tsx";

export function SessionFields({
  facts,
  zones,
  answer,
}: {
  /** What stands there before anything is typed. */
  readonly facts: Readonly<Partial<SessionFacts>>;
  readonly zones: readonly string[];
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  return (
    <>
      <TextField
        name="title"
        label={t("create.name")}
        answer={answer}
        value={facts.title}
        maxLength={FIELDS.session.title.longest}
        required
      />
      <TextField
        name="body"
        label={t("create.body")}
        answer={answer}
        value={facts.body}
        maxLength={FIELDS.session.body.longest}
        required
      />
      <div className="pair">
        <ChoiceField
          name="kind"
          label={t("create.kind")}
          answer={answer}
          value={facts.kind}
          choices={SESSION_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          required
        />
        <TextField
          name="symbol"
          label={t("create.symbol")}
          answer={answer}
          value={facts.symbol}
          maxLength={FIELDS.session.symbol.longest}
        />
      </div>
      <div className="pair">
        <TextField
          name="from"
          type="date"
          label={t("create.from")}
          answer={answer}
          value={facts.from}
          required
        />
        <TextField name="to" type="date" label={t("create.to")} answer={answer} value={facts.to} required />
      </div>
      <div className="pair">
        <TextField
          name="venue"
          label={t("create.venue")}
          answer={answer}
          value={facts.venue}
          maxLength={FIELDS.session.venue.longest}
          required
        />
        <TextField
          name="zone"
          label={t("create.zone")}
          hint={t("create.zoneHint")}
          answer={answer}
          value={facts.timeZone}
          list={zones}
          required
        />
      </div>
    </>
  );
}
