/** A draft position that exists: its form, its release, its end. */
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { PageHead } from "#app/components/page.tsx";
import { ConfirmDraft, DraftActs, DraftEnded, OursOnly } from "#app/components/record/draft-frame.tsx";
import { PositionSheet, type SheetPosition } from "#app/components/record/position-sheet.tsx";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import { When } from "#app/components/when.tsx";
import { PositionForm } from "./position-form.tsx";
import type { Loaded } from "./new-page.tsx";

type Draft = Extract<Loaded, { kind: "draft" }>;

type DraftPageProps = {
  readonly data: Draft;
  readonly answer: Answer;
  readonly confirm: string | null;
  readonly saved: string | null;
};

export function DraftPage({ data, answer, confirm, saved }: DraftPageProps) {
  const { t } = useTranslation("record");
  // What the form was made from; `data` may have become newer while somebody types.
  const [base] = useState(data);
  const { seat, topic, zone, sessionId } = data;
  const { draft } = base;
  const here = `/sessions/${sessionId}/drafts/positions/${draft.id}`;
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
        title={t("draft.editPosition", { topic: topic.title })}
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
                : `/sessions/${sessionId}/positions/${data.draft.releasedAs}`,
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
        <ConfirmPosition
          base={base}
          answer={answer}
          kind={confirm === "release" ? "release" : "discard"}
          here={here}
        />
      ) : (
        <>
          {hasForm ? (
            <PositionForm
              topic={topic}
              items={base.items}
              values={base.values}
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
                  <PositionSheet position={previewOf(data)} history={[]} zone={zone} base={null} level={2} />
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

function ConfirmPosition({
  base,
  answer,
  kind,
  here,
}: {
  readonly base: Draft;
  readonly answer: Answer;
  readonly kind: "release" | "discard";
  readonly here: string;
}) {
  const { t } = useTranslation("record");
  const entity = base.seat.name;
  const releases = [
    t("draft.releaseWho", { entity }),
    t("draft.releaseForever"),
    ...(base.supersedes ? [t("draft.releaseSupersedes", { entity, topic: base.topic.title })] : []),
  ];
  return (
    <ConfirmDraft
      kind={kind}
      title={kind === "release" ? t("draft.releaseTitle") : t("draft.discardTitle")}
      says={kind === "release" ? releases : [t("draft.discardWhat")]}
      edition={base.draft.edition}
      back={here}
      answer={answer}
    >
      <PositionSheet position={previewOf(base)} history={[]} zone={base.zone} base={null} level={3} />
    </ConfirmDraft>
  );
}

function BothWordings({ base, answer }: { readonly base: Draft; readonly answer: Answer }) {
  const { t } = useTranslation("record");
  const stance = (id: string | undefined) => base.topic.scale.find((one) => one.id === id)?.label ?? id ?? "";
  const item = (id: string | undefined) => {
    const found = base.items.find((one) => one.id === id);
    return found ? `${found.number} ${found.title}` : t("draft.noItem");
  };
  const explicit = (said: string | undefined) => (said === "no" ? t("draft.no") : t("draft.yes"));
  const inWords = (values: Readonly<Record<string, string | undefined>>) => ({
    stance: stance(values["stance"]),
    summary: values["summary"] ?? "",
    excerpt: values["excerpt"] ?? "",
    language: t(`language.${values["language"]}`),
    item: item(values["item"]),
    sourceTitle: values["sourceTitle"] ?? "",
    sourceDate: values["sourceDate"] ?? "",
    sourceSymbol: values["sourceSymbol"] ?? "",
    sourceUrl: values["sourceUrl"] ?? "",
    explicit: explicit(values["explicit"]),
  });
  const theirs = inWords(base.values);
  return (
    <TwoWordings
      who={base.draft.editedByName}
      theirs={theirs}
      typed={inWords(answer?.typed ?? {})}
      fields={Object.keys(theirs).map((name) => ({ name, label: t(`draft.${name}`) }))}
    />
  );
}

/** The draft as everybody would see it. */
function previewOf({ draft, seat, topic, values }: Draft): SheetPosition {
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
    standing: "own",
    confidence: null,
    releasedAt: null,
    contentHash: null,
  };
}
