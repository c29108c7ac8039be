/** A draft statement that exists: its form, its release, its end. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DraftAsked, DraftSheet } from "#app/components/record/draft-sheet.tsx";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import type { Loaded, StatementAnswer } from "./new-page.tsx";
import { StatementForm } from "./statement-form.tsx";

type Draft = Extract<Loaded, { kind: "draft" }>;

type DraftPageProps = {
  readonly data: Draft;
  readonly asked: DraftAsked & { readonly answer: StatementAnswer };
};

export function DraftPage({ data, asked }: DraftPageProps) {
  const { t } = useTranslation("record");
  const [base] = useState(data);
  const { answer } = asked;
  const hasChanged = answer?.refusal.code === "draft-changed";
  return (
    <DraftSheet
      kind="statements"
      data={data}
      base={base}
      asked={asked}
      title={t("draft.editStatement")}
      releaseTitle={t("draft.releaseStatementTitle")}
      releaseSays={[t("draft.releaseWho", { entity: base.seat.name }), t("draft.releaseForever")]}
      form={
        <StatementForm
          items={base.items}
          meetings={base.meetings}
          groups={base.groups}
          values={base.values}
          exceptions={answer?.exceptions ?? base.exceptions}
          edition={base.draft.edition}
          answer={answer}
          both={hasChanged ? <BothWordings base={base} answer={answer} /> : null}
        />
      }
      previews={{ base: <Preview base={base} />, now: <Preview base={data} /> }}
    />
  );
}

/** The draft as everybody would see it. */
function Preview({ base }: { readonly base: Draft }) {
  const { t } = useTranslation("record");
  const { values, items, meetings, alignment, seat } = base;
  const item = items.find(({ id }) => id === values.item);
  const meeting = meetings.find(({ id }) => id === values.meeting);
  return (
    <div className="sec">
      <h3 className="h" lang={values.language} dir="auto">
        {values.title}
      </h3>
      <p className="cap">
        {seat.name} · {item ? t("statement.under", { number: item.number }) : null}
        {meeting ? t("chrome:comma") + t("statements.meeting", { number: meeting.number }) : null},{" "}
        {t(`language.${values.language}`)}
      </p>
      <StatementPaper language={values.language} body={values.body} alignment={alignment} />
    </div>
  );
}

function BothWordings({ base, answer }: { readonly base: Draft; readonly answer: StatementAnswer }) {
  const { t } = useTranslation("record");
  const named = (groupId: string, ids: readonly string[]) => {
    const others = base.groups.find(({ id }) => id === groupId)?.others ?? [];
    return others
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(", ");
  };
  const inWords = (values: Readonly<Record<string, string | undefined>>, exceptions: readonly string[]) => {
    const item = base.items.find(({ id }) => id === values["item"]);
    const meeting = base.meetings.find(({ id }) => id === values["meeting"]);
    const group = base.groups.find(({ id }) => id === values["group"]);
    return {
      item: item ? `${item.number} ${item.title}` : "",
      meeting: meeting ? t("draft.meetingNumber", { number: meeting.number }) : t("draft.noMeeting"),
      statementTitle: values["title"] ?? "",
      language: t(`language.${values["language"]}`),
      body: values["body"] ?? "",
      group: group ? t("draft.behalf", { group: group.name }) : t("draft.national"),
      not: group ? named(group.id, exceptions) : "",
    };
  };
  const theirs = inWords({ ...base.values }, base.exceptions);
  const group = base.groups.find(({ id }) => id === (answer?.typed["group"] ?? base.values.group));
  return (
    <TwoWordings
      who={base.draft.editedByName}
      theirs={theirs}
      typed={inWords(answer?.typed ?? {}, answer?.exceptions ?? [])}
      fields={Object.keys(theirs).map((name) => ({
        name,
        label: name === "not" ? t("draft.exceptions", { group: group?.name ?? "" }) : t(`draft.${name}`),
      }))}
    />
  );
}
