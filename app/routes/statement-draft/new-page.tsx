/** A new statement of one's delegation. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Empty, PageHead } from "#app/components/page.tsx";
import { OursOnly } from "#app/components/record/draft-frame.tsx";
import type { StatementAnswer } from "./form.ts";
import type { Loaded } from "./load.ts";
import { StatementForm } from "./statement-form.tsx";

type NewPageProps = { readonly data: Extract<Loaded, { kind: "new" }>; readonly answer: StatementAnswer };

export function NewPage({ data, answer }: NewPageProps) {
  const { sessionId, seat, seats, items, values, ticked } = data;
  const { t } = useTranslation("record");
  const drafts = `/sessions/${sessionId}/drafts`;
  return (
    <>
      <p className="crumbs">
        <Link to={drafts}>{t("draft.back")}</Link>
      </p>
      <PageHead
        title={t("draft.newStatement")}
        under={<OursOnly delegation={seat.name} code={seat.code} />}
      />
      {seats.length > 1 ? (
        <p className="row wrap">
          {t("draft.chooseDelegation")}{" "}
          {seats.map(({ delegationId, name }) => (
            <Link
              key={delegationId}
              className="btn"
              aria-current={delegationId === seat.delegationId ? "true" : undefined}
              to={`${drafts}/statements/new?delegation=${delegationId}`}
            >
              {name}
            </Link>
          ))}
        </p>
      ) : null}
      {items.length === 0 ? (
        <Empty>{t("session:agenda.none")}</Empty>
      ) : (
        <StatementForm
          key={seat.delegationId}
          choices={data}
          delegationId={seat.delegationId}
          values={values}
          ticked={answer ?? ticked}
          edition={null}
          hasWords
          hasFile={false}
          answer={answer}
        />
      )}
    </>
  );
}
