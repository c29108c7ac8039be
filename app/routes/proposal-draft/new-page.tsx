/** A new proposal of one's delegation. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { OursOnly } from "#app/components/record/draft-frame.tsx";
import type { Loaded } from "./load.ts";
import { ProposalForm } from "./proposal-form.tsx";

type NewPageProps = { readonly data: Extract<Loaded, { kind: "new" }>; readonly answer: Answer };

export function NewPage({ data, answer }: NewPageProps) {
  const { sessionId, seat, seats, ground, values, supersedes } = data;
  const { t } = useTranslation("proposals");
  const base = `/sessions/${sessionId}`;
  const hidden = { delegation: seat.delegationId, ...(supersedes === null ? {} : { supersedes }) };
  return (
    <>
      <p className="crumbs">
        <Link to={`${base}/texts/${ground.text.id}/proposals`}>{t("all")}</Link>
      </p>
      <PageHead
        title={t("draft.title", { text: ground.text.title })}
        under={<OursOnly delegation={seat.name} code={seat.code} />}
      />
      {supersedes === null ? null : <p className="cap">{t("draft.supersedes")}</p>}
      {seats.length > 1 ? (
        <p className="row wrap">
          {t("record:draft.chooseDelegation")}{" "}
          {seats.map(({ delegationId, name }) => (
            <Link
              key={delegationId}
              className="btn"
              aria-current={delegationId === seat.delegationId ? "true" : undefined}
              to={`${base}/drafts/proposals/new?text=${ground.text.id}&delegation=${delegationId}`}
            >
              {name}
            </Link>
          ))}
        </p>
      ) : null}
      <ProposalForm
        key={`${seat.delegationId} ${values.kind} ${values.paragraph}`}
        ground={ground}
        values={values}
        edition={null}
        hidden={hidden}
        answer={answer}
      />
    </>
  );
}
