/** The fields of a draft position. */
import { FIELDS } from "#app/rules/fields.ts";
import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  Choices,
  ErrorSummary,
  Submit,
  TextField,
  WordsField,
} from "#app/components/form.tsx";
import { Exceptions, type SpokenForGroup } from "#app/components/record/exceptions.tsx";
import { useKeepTyped } from "#app/components/typed-words.tsx";
import type { Scale } from "#app/components/record/stance.tsx";
import { LANGUAGES } from "#app/rules/positions.ts";
import { type PositionValues } from "./form.ts";

type FormProps = {
  readonly topic: {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly scale: Scale;
  };
  readonly items: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  readonly meetings: readonly { readonly id: string; readonly number: number }[];
  readonly groups: readonly SpokenForGroup[];
  readonly values: PositionValues;
  readonly exceptions: readonly string[];
  /** The edition that the fields show; null for a new draft. */
  readonly edition: number | null;
  /** Of a new draft: the delegation that it is written for. */
  readonly delegationId?: string;
  readonly answer: Answer;
  /** Both wordings, when a colleague was faster. */
  readonly both?: ReactNode;
};

export function PositionForm(props: FormProps) {
  const { topic, items, meetings, groups, values, exceptions, edition, delegationId, answer, both } = props;
  const { t } = useTranslation("record");
  const keepTyped = useKeepTyped(answer !== undefined);
  const [groupId, setGroupId] = useState(answer?.typed["group"] ?? values.group);
  const group = groups.find(({ id }) => id === groupId);
  const said = (name: keyof PositionValues) => ({ name, answer, value: values[name] });
  const hidden = { topic: topic.id, ...(edition === null ? {} : { edition: String(edition) }) };
  return (
    <Form method="post" className="form sheet" noValidate onInput={keepTyped}>
      {delegationId ? <input type="hidden" name="delegation" value={delegationId} /> : null}
      <ErrorSummary answer={answer} />
      {both}
      <div>
        <p className="label">{t("draft.topic")}</p>
        <p className="h2">{topic.title}</p>
        <p className="question">{topic.question}</p>
      </div>
      <Choices
        {...said("stance")}
        kind="one"
        label={t("draft.stance")}
        hint={t("draft.stanceHint")}
        choices={topic.scale.map(({ id, label }) => ({ value: id, label }))}
        chosen={[values.stance]}
        required
      />
      <WordsField
        {...said("summary")}
        label={t("draft.summary")}
        hint={t("draft.summaryHint", { max: FIELDS.position.summary.longest })}
        required
      />
      <WordsField {...said("excerpt")} label={t("draft.excerpt")} hint={t("draft.excerptHint")} />
      <div className="pair">
        <ChoiceField
          {...said("language")}
          label={t("draft.language")}
          hint={t("draft.languageHint")}
          choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          required
        />
        <ChoiceField
          {...said("item")}
          label={t("draft.item")}
          none={t("draft.noItem")}
          choices={items.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
        />
      </div>
      {groups.length === 0 ? null : (
        <div
          onChange={(event) => {
            if (event.target instanceof HTMLSelectElement) setGroupId(event.target.value);
          }}
        >
          <ChoiceField
            {...said("group")}
            label={t("draft.positionGroup")}
            hint={group ? undefined : t("draft.exceptionsLater")}
            none={t("draft.positionOwn")}
            choices={groups.map(({ id, code, name }) => ({
              value: id,
              label: t("draft.behalf", { group: `${name} (${code})` }),
            }))}
            required
          />
        </div>
      )}
      {group ? <Exceptions key={group.id} group={group} chosen={exceptions} answer={answer} /> : null}
      <TextField
        {...said("sourceTitle")}
        label={t("draft.sourceTitle")}
        hint={t("draft.sourceTitleHint")}
        required
      />
      <div className="pair">
        <TextField {...said("sourceDate")} type="date" label={t("draft.sourceDate")} required />
        <TextField {...said("sourceSymbol")} label={t("draft.sourceSymbol")} />
      </div>
      <div className="pair">
        <TextField
          {...said("sourceForum")}
          label={t("draft.sourceForum")}
          hint={t("draft.sourceForumHint")}
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
      <TextField
        {...said("sourceUrl")}
        type="url"
        label={t("draft.sourceUrl")}
        hint={t("draft.sourceUrlHint")}
      />
      <Choices
        {...said("explicit")}
        kind="one"
        label={t("draft.explicit")}
        choices={[
          { value: "yes", label: t("draft.yes") },
          { value: "no", label: t("draft.no") },
        ]}
        chosen={[values.explicit]}
        required
      />
      <p className="row wrap">
        <Submit intent="save" primary values={hidden}>
          {edition === null ? t("draft.save") : t("draft.saveChanges")}
        </Submit>
      </p>
    </Form>
  );
}
