/** A draft statement that exists: its form, its release, its end. */
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorSummary } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { PageHead } from "#app/components/page.tsx";
import { ConfirmDraft, DraftActs, DraftEnded, OursOnly } from "#app/components/record/draft-frame.tsx";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import { When } from "#app/components/when.tsx";
import type { Loaded, StatementAnswer } from "./new-page.tsx";
import { StatementForm } from "./statement-form.tsx";

type Draft = Extract<Loaded, { kind: "draft" }>;

type DraftPageProps = {
  readonly data: Draft;
  readonly answer: StatementAnswer;
  readonly confirm: string | null;
  readonly saved: string | null;
};

export function DraftPage({ data, answer, confirm, saved }: DraftPageProps) {
  const { t } = useTranslation("record");
  // What the form was made from; `data` may have become newer while somebody types.
  const [base] = useState(data);
  const { seat, zone, sessionId } = data;
  const { draft } = base;
  const here = `/sessions/${sessionId}/drafts/statements/${draft.id}`;
  const isOpen = data.draft.state === "open";
  const hasForm = seat.mayDraft && (draft.state === "open" || answer !== undefined);
  const isStale = isOpen && data.draft.edition !== draft.edition;
  const asks = isOpen && (confirm === "release" ? seat.mayRelease : confirm === "discard" && seat.mayDraft);
  return (
    <>
      <p className="crumbs">
        <Link to={`/sessions/${sessionId}/drafts`}>{t("draft.back")}</Link>
      </p>
      <PageHead
        title={t("draft.editStatement")}
        under={
          <>
            {t("draft.editedBy", { name: data.draft.editedByName })}
            {t("chrome:comma")}
            <When at={data.draft.editedAt} zone={zone} /> ·{" "}
            {t("drafts.edition", { edition: data.draft.edition })}
          </>
        }
      >
        <OursOnly delegation={seat.name} code={seat.code} />
      </PageHead>
      {saved !== null && isOpen && answer === undefined && confirm === null ? (
        <p className="done" role="status">
          <Icon name="check" /> {t("draft.saved", { edition: draft.edition })}
        </p>
      ) : null}
      {data.draft.state === "open" ? null : (
        <DraftEnded
          end={{
            state: data.draft.state,
            releasedTo:
              data.draft.releasedAs === null
                ? null
                : `/sessions/${sessionId}/statements/${data.draft.releasedAs}`,
            by: data.draft.editedByName,
            at: data.draft.editedAt,
          }}
          zone={zone}
          hasTyped={hasForm}
        />
      )}
      {isStale ? (
        <p className="done" role="status">
          <Icon name="alert" /> {t("draft.newer", { name: data.draft.editedByName })}
        </p>
      ) : null}
      {asks ? (
        <ConfirmDraft
          kind={confirm === "release" ? "release" : "discard"}
          title={confirm === "release" ? t("draft.releaseStatementTitle") : t("draft.discardTitle")}
          says={
            confirm === "release"
              ? [t("draft.releaseWho", { entity: seat.name }), t("draft.releaseForever")]
              : [t("draft.discardWhat")]
          }
          edition={draft.edition}
          back={here}
          answer={answer}
        >
          <Preview base={base} />
        </ConfirmDraft>
      ) : (
        <>
          {hasForm ? (
            <StatementForm
              items={base.items}
              meetings={base.meetings}
              groups={base.groups}
              values={base.values}
              exceptions={answer?.exceptions ?? base.exceptions}
              edition={draft.edition}
              answer={answer}
              both={
                answer?.refusal.code === "draft-changed" ? <BothWordings base={base} answer={answer} /> : null
              }
            />
          ) : (
            <>
              <ErrorSummary answer={answer} />
              {isOpen ? (
                <div className="sheet">
                  <Preview base={data} />
                </div>
              ) : null}
            </>
          )}
          {isOpen && seat.mayDraft ? (
            <DraftActs here={here} mayRelease={seat.mayRelease} heads={seat.heads} />
          ) : null}
        </>
      )}
    </>
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
        {meeting ? <>, {t("statements.meeting", { number: meeting.number })}</> : null},{" "}
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
