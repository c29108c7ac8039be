/** The fields of an agenda item, new or to be edited. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Answer, ChoiceField, Choices, TextField } from "#app/components/form.tsx";
import { fullNumber } from "#app/rules/agenda.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { topicsToOffer } from "#app/rules/topics.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";

/** Those of the session, for items to be linked with. */
export type Topics = readonly {
  readonly id: string;
  readonly title: string;
  readonly closedAt: number | null;
}[];

export function ItemFields({
  items,
  topics,
  answer,
  item,
  number,
  needsReason,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly answer: Answer;
  readonly item?: AgendaItemInList;
  /** Suggested for a new one. */
  readonly number?: string;
  /** The agenda is adopted. */
  readonly needsReason: boolean;
}) {
  const { t } = useTranslation("session");
  const offered = topicsToOffer(topics, answer?.typed["topics"]?.split("\n") ?? item?.topicIds ?? []);
  const others = items.filter(({ id }) => id !== item?.id);
  return (
    <>
      <div className="pair">
        <TextField
          name="number"
          label={t("agenda.number")}
          answer={answer}
          value={item?.number ?? number}
          maxLength={FIELDS.item.number.longest}
          required
        />
        <ChoiceField
          name="parent"
          label={t("agenda.parent")}
          answer={answer}
          value={item?.parentId ?? ""}
          none={t("agenda.top")}
          choices={others.map(({ id, title }) => ({ value: id, label: `${fullNumber(items, id)} ${title}` }))}
        />
      </div>
      <TextField
        name="title"
        label={t("agenda.itemTitle")}
        answer={answer}
        value={item?.title}
        maxLength={FIELDS.item.title.longest}
        required
      />
      <TextField
        name="note"
        label={t("agenda.note")}
        answer={answer}
        value={item?.note}
        maxLength={FIELDS.item.note.longest}
      />
      {offered.length > 0 ? (
        <details open={answer?.refusal.fields?.["topics"] ? true : undefined}>
          <summary>{t("agenda.topics")}</summary>
          <Choices
            name="topics"
            label={t("agenda.topics")}
            kind="several"
            answer={answer}
            chosen={item?.topicIds ?? []}
            choices={offered.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </details>
      ) : null}
      {needsReason ? <ReasonField answer={answer} /> : null}
    </>
  );
}

/** Why an adopted agenda is changed. */
export function ReasonField({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("session");
  return (
    <TextField
      name="reason"
      label={t("agenda.reason")}
      hint={t("agenda.reasonHint")}
      answer={answer}
      maxLength={FIELDS.agendaChange.reason.longest}
      required
    />
  );
}
