/** The fields of a draft statement. */
import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  ErrorSummary,
  Submit,
  TextField,
  WordsField,
} from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useRefusals } from "#app/components/message.ts";
import { LANGUAGES } from "#app/rules/positions.ts";
import type { StatementValues } from "./form.ts";

type Named = { readonly id: string; readonly code: string; readonly name: string };
export type Group = Named & { readonly others: readonly Named[] };

type FormProps = {
  readonly items: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  readonly meetings: readonly { readonly id: string; readonly number: number }[];
  readonly groups: readonly Group[];
  readonly values: StatementValues;
  readonly exceptions: readonly string[];
  /** The edition that the fields show; null for a new draft. */
  readonly edition: number | null;
  /** Of a new draft: the delegation that it is written for. */
  readonly delegationId?: string;
  readonly answer: Answer;
  /** Both wordings, when a colleague was faster. */
  readonly both?: ReactNode;
};

export function StatementForm({
  items,
  meetings,
  groups,
  values,
  exceptions,
  edition,
  delegationId,
  answer,
  both,
}: FormProps) {
  const { t } = useTranslation("record");
  const said = (name: keyof StatementValues) => ({ name, answer, value: values[name] });
  const [groupId, setGroupId] = useState(answer?.typed["group"] ?? values.group);
  const group = groups.find(({ id }) => id === groupId);
  return (
    <Form method="post" className="form sheet" noValidate>
      {delegationId ? <input type="hidden" name="delegation" value={delegationId} /> : null}
      <ErrorSummary answer={answer} />
      {both}
      <div className="pair">
        <ChoiceField
          {...said("item")}
          label={t("draft.item")}
          none={t("draft.chooseItem")}
          choices={items.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
          required
        />
        <ChoiceField
          {...said("meeting")}
          label={t("draft.meeting")}
          none={t("draft.noMeeting")}
          choices={meetings.map(({ id, number }) => ({
            value: id,
            label: t("draft.meetingNumber", { number }),
          }))}
        />
      </div>
      <TextField {...said("title")} label={t("draft.statementTitle")} required />
      <ChoiceField
        {...said("language")}
        label={t("draft.language")}
        choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        required
      />
      <WordsField {...said("body")} label={t("draft.body")} hint={t("draft.bodyHint")} tall required />
      {groups.length === 0 ? null : (
        <div
          onChange={(event) => {
            if (event.target instanceof HTMLSelectElement) setGroupId(event.target.value);
          }}
        >
          <ChoiceField
            {...said("group")}
            label={t("draft.group")}
            hint={group ? undefined : t("draft.exceptionsLater")}
            none={t("draft.national")}
            choices={groups.map(({ id, code, name }) => ({
              value: id,
              label: t("draft.behalf", { group: `${name} (${code})` }),
            }))}
            required
          />
        </div>
      )}
      {group ? <Exceptions key={group.id} group={group} chosen={exceptions} answer={answer} /> : null}
      <p className="row wrap">
        <Submit intent="save" primary values={edition === null ? {} : { edition: String(edition) }}>
          {edition === null ? t("draft.save") : t("draft.saveChanges")}
        </Submit>
      </p>
    </Form>
  );
}

function Exceptions({
  group,
  chosen,
  answer,
}: {
  readonly group: Group;
  readonly chosen: readonly string[];
  readonly answer: Answer;
}) {
  const { t } = useTranslation("record");
  const { sayField } = useRefusals();
  const code = answer?.refusal.fields?.["exceptions"];
  return (
    <fieldset className="f" id="f-exceptions" tabIndex={-1}>
      <legend>{t("draft.exceptions", { group: group.name })}</legend>
      <span className="hint">{t("draft.exceptionsHint")}</span>
      <div className="exceptions">
        {group.others.map(({ id, name }) => (
          <label key={id} className="choice">
            <input type="checkbox" name="exceptions" value={id} defaultChecked={chosen.includes(id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {code ? (
        <span className="wrong">
          <Icon name="alert" /> {sayField(code)}
        </span>
      ) : null}
    </fieldset>
  );
}
