/** A draft position that exists: its form, its release, its end. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { type DraftAsked, DraftSheet } from "#app/components/record/draft-sheet.tsx";
import { plainDay } from "#app/components/record/plain-day.tsx";
import { PositionSheet, type SheetPosition } from "#app/components/record/position-sheet.tsx";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import type { Loaded } from "./new-page.tsx";
import { PositionForm } from "./position-form.tsx";

type Draft = Extract<Loaded, { kind: "draft" }>;

type DraftPageProps = { readonly data: Draft; readonly asked: DraftAsked };

export function DraftPage({ data, asked }: DraftPageProps) {
  const { i18n, t } = useTranslation("record");
  const [base] = useState(data);
  const { answer } = asked;
  const { topic, seat } = base;
  const group = base.alignment?.group.name ?? null;
  const entity = group === null ? seat.name : t("draft.forGroup", { entity: seat.name, group });
  const line = { entity: group ?? seat.name, topic: topic.title };
  const overWords =
    data.behind === null
      ? t("draft.releaseSupersedes", line)
      : t("draft.releaseBehind", { ...line, date: plainDay(i18n.language, data.behind) });
  const hasChanged = answer?.refusal.code === "draft-changed";
  return (
    <DraftSheet
      kind="positions"
      data={data}
      base={base}
      asked={asked}
      title={t("draft.editPosition", { topic: topic.title })}
      releaseTitle={t("draft.releaseTitle")}
      releaseSays={[
        t("draft.releaseWho", { entity }),
        t("draft.releaseForever"),
        ...(data.over === null ? [] : [overWords]),
        ...(base.answers === null ? [] : [t(`draft.${base.answers}`)]),
      ]}
      release={{ values: { over: data.over ?? "" } }}
      form={
        <PositionForm
          topic={topic}
          items={base.items}
          meetings={base.meetings}
          groups={base.groups}
          values={base.values}
          exceptions={base.exceptions}
          edition={base.draft.edition}
          answer={answer}
          both={hasChanged ? <BothWordings base={base} answer={answer} /> : null}
        />
      }
      previews={{ base: <Preview of={base} level={3} />, now: <Preview of={data} level={2} /> }}
    />
  );
}

/** The draft as everybody would see it. */
function Preview({ of, level }: { readonly of: Draft; readonly level: 2 | 3 }) {
  return <PositionSheet position={previewOf(of)} history={[]} zone={of.zone} base={null} level={level} />;
}

function BothWordings({ base, answer }: { readonly base: Draft; readonly answer: Answer }) {
  const { t } = useTranslation("record");
  const stance = (id: string | undefined) => base.topic.scale.find((one) => one.id === id)?.label ?? id ?? "";
  const item = (id: string | undefined) => {
    const found = base.items.find((one) => one.id === id);
    return found ? `${found.number} ${found.title}` : t("draft.noItem");
  };
  const explicit = (said: string | undefined) => (said === "no" ? t("draft.no") : t("draft.yes"));
  const group = (id: string | undefined) =>
    base.groups.find((one) => one.id === id)?.name ?? t("draft.positionOwn");
  const meeting = (id: string | undefined) => {
    const found = base.meetings.find((one) => one.id === id);
    return found ? t("draft.meetingNumber", { number: found.number }) : t("draft.noMeeting");
  };
  const excepted = (ids: readonly string[]) =>
    base.groups
      .flatMap(({ others }) => others)
      .filter(({ id }, at, all) => ids.includes(id) && all.findIndex((one) => one.id === id) === at)
      .map(({ name }) => name)
      .join(t("chrome:comma"));
  const inWords = (values: Readonly<Record<string, string | undefined>>) => ({
    stance: stance(values["stance"]),
    summary: values["summary"] ?? "",
    excerpt: values["excerpt"] ?? "",
    language: t(`language.${values["language"]}`),
    item: item(values["item"]),
    positionGroup: group(values["group"]),
    excepted: excepted((values["exceptions"] ?? "").split("\n")),
    sourceTitle: values["sourceTitle"] ?? "",
    sourceDate: values["sourceDate"] ?? "",
    sourceSymbol: values["sourceSymbol"] ?? "",
    sourceUrl: values["sourceUrl"] ?? "",
    sourceForum: values["sourceForum"] ?? "",
    meeting: meeting(values["meeting"]),
    explicit: explicit(values["explicit"]),
  });
  const theirs = inWords({ ...base.values, exceptions: base.exceptions.join("\n") });
  return (
    <TwoWordings
      who={base.draft.editedByName}
      theirs={theirs}
      typed={inWords(answer?.typed ?? {})}
      fields={Object.keys(theirs).map((name) => ({ name, label: t(`draft.${name}`) }))}
    />
  );
}

function previewOf({ draft, seat, topic, values, alignment, answers, meetings }: Draft): SheetPosition {
  return {
    ...values,
    id: draft.id,
    entityId: seat.entityId,
    entityName: seat.name,
    entityCode: seat.code,
    topicId: topic.id,
    topicTitle: topic.title,
    question: topic.question,
    scale: topic.scale,
    explicit: values.explicit === "yes",
    meetingNumber: meetings.find(({ id }) => id === values.meeting)?.number ?? null,
    standing: "own",
    confidence: null,
    via: null,
    alignment,
    withdraws: false,
    takenDownBy: null,
    answers,
    releasedAt: null,
    contentHash: null,
  };
}
