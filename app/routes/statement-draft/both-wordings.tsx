/** What a colleague saved in the form of a statement and what was typed here, field by field. */
import { useTranslation } from "react-i18next";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import type { StatementAnswer, Ticked } from "./form.ts";
import type { Draft } from "./load.ts";

type Values = Readonly<Record<string, string | undefined>>;

export function BothWordings({ base, answer }: { readonly base: Draft; readonly answer: StatementAnswer }) {
  const { t } = useTranslation("record");
  const comma = t("chrome:comma");
  const named = (groupId: string, ids: readonly string[]) =>
    (base.groups.find(({ id }) => id === groupId)?.others ?? [])
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(comma);
  const paragraphs = base.texts.flatMap((text) => text.paragraphs);
  const inWords = (values: Values, ticked: Ticked) => {
    const item = base.items.find(({ id }) => id === values["item"]);
    const meeting = base.meetings.find(({ id }) => id === values["meeting"]);
    const group = base.groups.find(({ id }) => id === values["group"]);
    return {
      item: item ? `${item.number} ${item.title}` : "",
      meeting: meeting ? t("draft.meetingNumber", { number: meeting.number }) : t("draft.noMeeting"),
      statementTitle: values["title"] ?? "",
      language: t(`language.${values["language"]}`),
      group: group ? t("draft.behalf", { group: group.name }) : t("draft.national"),
      not: group ? named(group.id, ticked.exceptions) : "",
      topics: base.topics
        .filter(({ id }) => ticked.topics.includes(id))
        .map(({ title }) => title)
        .join(comma),
      paragraphs: paragraphs
        .filter(({ name }) => ticked.paragraphs.includes(name))
        .map(({ label, start }) => label || start)
        .join(comma),
      file: values["dropFile"] === "1" || base.file === null ? t("draft.noFile") : base.file.name,
      embargo: t(values["embargo"] === "delivery" ? "draft.embargoDelivery" : "draft.embargoNone"),
    };
  };
  const theirs = inWords({ ...base.values }, base.ticked);
  const typed = inWords(answer?.typed ?? {}, answer ?? base.ticked);
  const group = base.groups.find(({ id }) => id === (answer?.typed["group"] ?? base.values.group));
  return (
    <TwoWordings
      who={base.draft.editedByName}
      theirs={theirs}
      typed={typed}
      fields={Object.keys(theirs).map((name) => ({
        name,
        label: name === "not" ? t("draft.exceptions", { group: group?.name ?? "" }) : t(`draft.${name}`),
      }))}
    />
  );
}
