/** A draft statement that exists: its words, its form, its release, its end. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, WordsField } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useRefusals } from "#app/components/message.ts";
import { type DraftAsked, DraftSheet } from "#app/components/record/draft-sheet.tsx";
import { SpokenTime } from "#app/components/record/spoken-time.tsx";
import { StatementFile } from "#app/components/record/statement-file.tsx";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { BothWordings } from "./both-wordings.tsx";
import { DraftWords } from "./draft-words.tsx";
import type { StatementAnswer } from "./form.ts";
import type { Draft } from "./load.ts";
import { StatementForm } from "./statement-form.tsx";

type DraftPageProps = {
  readonly data: Draft;
  readonly asked: DraftAsked & { readonly answer: StatementAnswer };
  /** Tells one form from the next. The editor of the words stays, whatever becomes of the form. */
  readonly formKey: string;
};

export function DraftPage({ data, asked, formKey }: DraftPageProps) {
  const { t } = useTranslation("record");
  const base = useBase(data, formKey);
  const { answer } = asked;
  const isBarred = data.barred > 0 && data.seat.mayDraft && data.draft.state === "open";
  // What a release was answered with is not the form's: nothing was typed there.
  const typed = answer?.typed["intent"] === "save" ? answer : undefined;
  const hasChanged = typed?.refusal.code === "draft-changed";
  const { writing, embargoed } = { writing: data.writing, embargoed: base.values.embargo === "delivery" };
  return (
    <DraftSheet
      kind="statements"
      data={data}
      base={base}
      asked={asked}
      title={t(base.corrects === null ? "draft.editStatement" : "draft.editCorrection")}
      releaseTitle={t("draft.releaseStatementTitle")}
      releaseSays={[
        t(embargoed ? "draft.releaseEmbargoed" : "draft.releaseWho", { entity: base.seat.name }),
        t("draft.releaseForever"),
      ]}
      release={{
        isBarred,
        values: { words: base.read.words ?? "", members: base.read.members ?? "" },
        fields: base.corrects === null ? null : <CorrectionField answer={answer} />,
      }}
      discardSays={data.writing === null ? undefined : t("draft.discardStatementWhat")}
      words={
        <>
          {isBarred ? <Barred count={data.barred} /> : <ErrorSummary answer={typed ? undefined : answer} />}
          <GroupNews data={data} />
          <NotOpened data={data} />
          {writing !== null && data.draft.state === "open" ? (
            <DraftWords
              key={writing.id}
              writing={writing}
              seconds={data.seconds}
              fileSeconds={data.file?.seconds ?? 0}
              zone={data.zone}
            />
          ) : null}
          <DraftFile data={data} />
        </>
      }
      form={
        <StatementForm
          key={formKey}
          choices={base}
          values={base.values}
          ticked={typed ?? base.ticked}
          edition={base.draft.edition}
          hasWords={false}
          hasFile={base.file !== null}
          answer={typed}
          both={hasChanged ? <BothWordings base={base} answer={typed} /> : null}
        />
      }
      previews={{ base: <Preview base={base} />, now: <Preview base={data} /> }}
    />
  );
}

/** What the form was made from, until it is another form. */
function useBase(data: Draft, key: string): Draft {
  const [kept, setKept] = useState({ key, data });
  if (kept.key === key) return kept.data;
  setKept({ key, data });
  return data;
}

function CorrectionField({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("record");
  return (
    <WordsField
      name="correction"
      label={t("draft.correction")}
      hint={t("draft.correctionHint")}
      answer={answer}
      required
    />
  );
}

/** It speaks to what whoever looks at it does not read: how much stands in the way, and what to do. */
function Barred({ count }: { readonly count: number }) {
  const { t } = useTranslation("record");
  return (
    <div className="summary" role="alert">
      <h2>
        <Icon name="alert" /> {t("draft.barred", { count })}
      </h2>
      <p>
        {t("draft.barredDo")} <a href="#f-paragraphs">{t("draft.barredTicks")}</a>
      </p>
    </div>
  );
}

/** The group is not what it was when the draft was saved. */
function GroupNews({ data }: { readonly data: Draft }) {
  const { t } = useTranslation("record");
  const { left, draft } = data;
  if (draft.state !== "open" || (left.speaks && left.names.length === 0)) return null;
  return (
    <p className="done" role="status">
      <Icon name="alert" />{" "}
      {left.speaks
        ? t("draft.groupLeft", { names: left.names.join(t("chrome:comma")) })
        : t("draft.groupGone")}
    </p>
  );
}

/** The words could not be opened for writing: they are still what they were. */
function NotOpened({ data }: { readonly data: Draft }) {
  const { t } = useTranslation("record");
  const { say } = useRefusals();
  if (data.notOpened === null) return null;
  return (
    <div className="summary" role="alert">
      <p>
        <Icon name="alert" /> {t("draft.notOpened")} {say(data.notOpened)}
      </p>
      <StatementPaper language={data.values.language} blocks={data.blocks} alignment={null} />
    </div>
  );
}

/** The file in which it is handed in, for the people of the delegation. */
function DraftFile({ data }: { readonly data: Draft }) {
  const { sessionId, draft, file } = data;
  if (file === null) return null;
  return <StatementFile file={file} to={`/sessions/${sessionId}/drafts/statements/${draft.id}/file`} />;
}

/** The draft as everybody would see it. */
function Preview({ base }: { readonly base: Draft }) {
  const { t } = useTranslation("record");
  const { values, items, meetings, alignment, seat, blocks, seconds } = base;
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
        {t(`language.${values.language}`)} · <SpokenTime seconds={seconds} />
      </p>
      <StatementPaper language={values.language} blocks={blocks} alignment={alignment} />
      <DraftFile data={base} />
    </div>
  );
}
