/** The fields of a draft statement. Its words have a field before they have a text. */
import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  ChoiceField,
  ErrorSummary,
  FileField,
  Submit,
  TextField,
  WordsField,
} from "#app/components/form.tsx";
import { Exceptions, type SpokenForGroup } from "#app/components/record/exceptions.tsx";
import { useKeepTyped } from "#app/components/typed-words.tsx";
import { Ticks } from "#app/components/record/ticks.tsx";
import { MOST_FILE_BYTES } from "#app/rules/files.ts";
import { LANGUAGES } from "#app/rules/positions.ts";
import type { StatementAnswer, StatementValues, Ticked } from "./form.ts";
import { type TextChoices, ParagraphTicks } from "./paragraph-ticks.tsx";

export type StatementChoices = {
  readonly items: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  readonly meetings: readonly { readonly id: string; readonly number: number }[];
  readonly groups: readonly SpokenForGroup[];
  readonly topics: readonly { readonly id: string; readonly title: string }[];
  readonly texts: readonly TextChoices[];
};

type FormProps = {
  readonly choices: StatementChoices;
  readonly values: StatementValues;
  readonly ticked: Ticked;
  /** The edition that the fields show; null for a new draft. */
  readonly edition: number | null;
  /** Whether the words are written here: they have no text yet. */
  readonly hasWords: boolean;
  /** Whether it has a file already. */
  readonly hasFile: boolean;
  /** Of a new draft: the delegation that it is written for. */
  readonly delegationId?: string;
  readonly answer: StatementAnswer;
  /** Both wordings, when a colleague was faster. */
  readonly both?: ReactNode;
};

export function StatementForm(props: FormProps) {
  const { choices, values, ticked, edition, delegationId, hasWords, hasFile, answer, both } = props;
  const { t } = useTranslation("record");
  const { items, meetings, groups, topics, texts } = choices;
  const said = (name: keyof StatementValues) => ({ name, answer, value: values[name] });
  const keepTyped = useKeepTyped(answer !== undefined);
  const [groupId, setGroupId] = useState(answer?.typed["group"] ?? values.group);
  const group = groups.find(({ id }) => id === groupId);
  return (
    <Form method="post" className="form sheet" encType="multipart/form-data" noValidate onInput={keepTyped}>
      {delegationId ? <input type="hidden" name="delegation" value={delegationId} /> : null}
      <ErrorSummary answer={answer} note={answer?.hadFile ? t("draft.fileAgain") : undefined} />
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
      {hasWords ? (
        <WordsField {...said("body")} label={t("draft.body")} hint={t("draft.firstWordsHint")} tall />
      ) : null}
      <FileField
        name="file"
        label={t(hasFile ? "draft.otherFile" : "draft.file")}
        hint={`${t("draft.fileInstead")} ${t("session:documents.fileHint")}`}
        answer={answer}
        accept=".pdf,.docx"
        most={{ bytes: MOST_FILE_BYTES, code: "file-too-large" }}
      />
      {hasFile ? (
        <div className="f">
          <label className="choice">
            <input
              type="checkbox"
              name="dropFile"
              value="1"
              defaultChecked={answer?.typed["dropFile"] === "1"}
            />
            <span>{t("draft.dropFile")}</span>
          </label>
        </div>
      ) : null}
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
      {group ? <Exceptions key={group.id} group={group} chosen={ticked.exceptions} answer={answer} /> : null}
      {topics.length === 0 ? null : (
        <Ticks
          name="topics"
          legend={t("draft.topics")}
          hint={t("draft.topicsHint")}
          choices={topics.map(({ id, title }) => ({ value: id, label: title }))}
          chosen={ticked.topics}
          answer={answer}
        />
      )}
      <ParagraphTicks texts={texts} chosen={ticked.paragraphs} answer={answer} isNew={edition === null} />
      <ChoiceField
        {...said("embargo")}
        label={t("draft.embargo")}
        hint={t("draft.embargoHint")}
        choices={[
          { value: "none", label: t("draft.embargoNone") },
          { value: "delivery", label: t("draft.embargoDelivery") },
        ]}
        required
      />
      <p className="row wrap">
        <Submit intent="save" primary values={edition === null ? {} : { edition: String(edition) }}>
          {edition === null ? t("draft.save") : t("draft.saveChanges")}
        </Submit>
      </p>
    </Form>
  );
}
