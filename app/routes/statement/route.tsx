/** One statement as it was released: its words, for whom it was made, and who aligned. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { When } from "#app/components/when.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { dayAt } from "#app/rules/positions.ts";
import { notThere } from "#app/routes/answers.ts";
import { openReleased } from "#app/routes/positions/open-session.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findStatement } from "#db/stores/statement.ts";
import { findAlignment } from "./alignment.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const db = context.db.read;
  const found = await findStatement(db, {
    sessionId: session.id,
    id: params["statement"] ?? "",
    language: context.language,
  });
  if (!found) throw notThere();
  const agenda = await listAgenda(db, session.id);
  return {
    sessionId: session.id,
    zone: session.timeZone,
    statement: {
      id: found.id,
      title: found.title,
      language: found.language,
      body: found.body,
      entityId: found.entityId,
      entityName: found.entityName,
      entityCode: found.entityCode,
      meetingNumber: found.meetingNumber,
      releasedAt: found.releasedAt,
      contentHash: found.contentHash,
    },
    item: { id: found.itemId, number: fullNumber(agenda, found.itemId), title: found.itemTitle },
    alignment: await findAlignment(
      { db, language: context.language },
      found,
      dayAt(found.releasedAt, session.timeZone),
    ),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.statement", {
        entity: data.statement.entityName,
        name: data.statement.title,
      })
    : titleOf({ matches }, null);

export default function StatementPage() {
  const { sessionId, zone, statement, item, alignment } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}`;
  return (
    <main className="page narrow" id="content">
      <Live topics={["statements"]} />
      <p className="crumbs">
        <Link to={`${base}/statements`}>{t("statement.all")}</Link> ·{" "}
        <Link to={`${base}/agenda/${item.id}`}>
          {t("statement.under", { number: item.number })}
          {t("chrome:comma")}
          <bdi>{item.title}</bdi>
        </Link>
      </p>
      <PageHead
        title={
          <span lang={statement.language} dir="auto">
            {statement.title}
          </span>
        }
        under={
          <>
            <EntityName id={statement.entityId} name={statement.entityName} code={statement.entityCode} /> ·{" "}
            <When at={statement.releasedAt} zone={zone} />
            {statement.meetingNumber === null ? null : (
              <>, {t("statements.meeting", { number: statement.meetingNumber })}</>
            )}
            {t("chrome:comma")}
            {t("statement.language", { language: t(`language.${statement.language}`) })}
          </>
        }
      />
      <article className="sheet">
        <StatementPaper language={statement.language} body={statement.body} alignment={alignment} />
      </article>
      <p className="cap">
        {t("statement.hash")} <bdi className="hash">{statement.contentHash}</bdi>
      </p>
    </main>
  );
}
