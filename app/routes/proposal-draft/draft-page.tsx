/** A draft proposal that exists: its form, its review, its release, its end. */
import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, Submit } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { ProposalSheet, useSays } from "#app/components/proposal/proposal-sheet.tsx";
import { type DraftAsked, DraftSheet } from "#app/components/record/draft-sheet.tsx";
import { TwoWordings } from "#app/components/record/two-wordings.tsx";
import type { Draft } from "./load.ts";
import { ProposalForm } from "./proposal-form.tsx";

type DraftPageProps = { readonly data: Draft; readonly asked: DraftAsked };

export function DraftPage({ data, asked }: DraftPageProps) {
  const { t } = useTranslation("proposals");
  const [base] = useState(data);
  const { answer } = asked;
  const says = useSays();
  const { ground, seat } = base;
  const typed = answer?.typed["intent"] === "save" ? answer : undefined;
  const hasChanged = typed?.refusal.code === "draft-changed";
  const isOpen = data.draft.state === "open";
  const group = base.sheet.alignment?.group.name;
  const entity = group === undefined ? seat.name : t("draft.releaseForGroup", { entity: seat.name, group });
  const preview = (of: Draft, level: 2 | 3) => (
    <>
      <p className="h2">{says(seat.name, of.sheet)}</p>
      <ProposalSheet proposal={of.sheet} level={level} />
    </>
  );
  return (
    <DraftSheet
      kind="proposals"
      data={data}
      base={base}
      asked={asked}
      releasedTo={`/sessions/${data.sessionId}/texts/${data.textId}/proposals`}
      title={t("draft.edit", { text: ground?.text.title ?? "" })}
      releaseTitle={t("draft.releaseTitle")}
      releaseSays={[
        t("draft.releaseWho", { entity }),
        t("record:draft.releaseForever"),
        ...(base.supersedes === null ? [] : [t("draft.supersedes")]),
      ]}
      release={{ values: { members: base.members }, isBarred: data.reviewedBy === null || ground === null }}
      words={
        <>
          {typed ? null : <ErrorSummary answer={answer} />}
          {ground === null ? (
            <p className="done" role="status">
              <Icon name="alert" /> {t("draft.gone")}
            </p>
          ) : null}
          {isOpen ? <div className="sheet">{preview(data, 2)}</div> : null}
          {isOpen && ground !== null ? <Review data={data} base={base} /> : null}
        </>
      }
      acts={<Acts data={data} />}
      form={
        ground === null ? null : (
          <ProposalForm
            ground={ground}
            values={base.values}
            edition={base.draft.edition}
            hidden={{}}
            answer={typed}
            both={hasChanged ? <BothWordings base={base} answer={typed} /> : null}
          />
        )
      }
      previews={{ base: preview(base, 3), now: preview(data, 2) }}
    />
  );
}

/** Whether it is reviewed as it stands, and the act that says so. */
function Review({ data, base }: { readonly data: Draft; readonly base: Draft }) {
  const { t } = useTranslation("proposals");
  if (data.reviewedBy !== null) {
    return (
      <p className="done">
        <Icon name="check" /> {t("draft.reviewed", { name: data.reviewedBy })}
      </p>
    );
  }
  return (
    <section className="block" aria-labelledby="review">
      <h2 id="review" className="h2">
        {t("draft.notReviewed")}
      </h2>
      <p className="cap">{t(data.mayReview ? "draft.reviewHint" : "draft.reviewOwn")}</p>
      {data.mayReview ? (
        <Form method="post" className="form">
          <div>
            <Submit intent="review" values={{ edition: String(base.draft.edition) }}>
              {t("draft.review")}
            </Submit>
          </div>
        </Form>
      ) : null}
    </section>
  );
}

function Acts({ data }: { readonly data: Draft }) {
  const { t } = useTranslation("proposals");
  const { seat, draft, reviewedBy, ground } = data;
  const here = `/sessions/${data.sessionId}/drafts/proposals/${draft.id}`;
  return (
    <p className="row wrap">
      {seat.mayRelease && reviewedBy !== null && ground !== null ? (
        <Link className="btn primary" to={`${here}?confirm=release`}>
          {t("draft.release")}
        </Link>
      ) : null}
      {seat.mayRelease ? null : (
        <span className="cap">
          {seat.heads.length === 0
            ? t("record:drafts.noHead")
            : t("record:drafts.headReleases", { head: seat.heads.join(t("chrome:comma")) })}
        </span>
      )}
      <Link className="btn quiet" to={`${here}?confirm=discard`}>
        {t("draft.discard")}
      </Link>
    </p>
  );
}

function BothWordings({ base, answer }: { readonly base: Draft; readonly answer: Answer }) {
  const { t } = useTranslation("proposals");
  const { values, ground } = base;
  const labelOf = (id: string | undefined) => ground?.paragraphs.find((one) => one.id === id)?.label ?? "";
  const inWords = (said: Readonly<Record<string, string | undefined>>) => ({
    kind: t(`kind.${said["kind"] ?? "modify"}`),
    paragraph: labelOf(said["paragraph"]),
    wording: said["wording"] ?? "",
    reason: said["reason"] ?? "",
  });
  const theirs = inWords({ ...values, exceptions: "", sponsors: "", bridges: "" });
  return (
    <TwoWordings
      who={base.draft.editedByName}
      theirs={theirs}
      typed={inWords(answer?.typed ?? {})}
      fields={Object.keys(theirs).map((name) => ({ name, label: t(`draft.${name}`) }))}
    />
  );
}
