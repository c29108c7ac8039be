/** One position, with the line of what the same entity said before. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { EntityName, PositionSheet } from "#app/components/record/position-sheet.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { notThere } from "#app/routes/answers.ts";
import { openReleased } from "#app/routes/positions/open-session.ts";
import { findSheet } from "#app/routes/positions/sheet.ts";
import { listAgenda } from "#db/stores/agenda.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const db = context.db.read;
  const sheet = await findSheet(context, session, params["position"] ?? "");
  if (!sheet) throw notThere();
  const sessionId = sheet.sessionId ?? session.id;
  const agenda = sheet.itemId === null ? [] : await listAgenda(db, sessionId);
  const item = agenda.find(({ id }) => id === sheet.itemId) ?? null;
  return {
    ...sheet,
    item: item && { id: item.id, sessionId, number: fullNumber(agenda, item.id), title: item.title },
    here: session.id,
    zone: session.timeZone,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.position", {
        entity: data.position.entityName,
        topic: data.position.topicTitle,
      })
    : titleOf({ matches }, null);

export default function PositionPage() {
  const { position, history, newerId, item, here, zone } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  const base = `/sessions/${here}/positions`;
  return (
    <main className="page narrow" id="content">
      <Live topics={["positions"]} />
      <p className="crumbs">
        <Link to={base}>{t("position.all")}</Link>
      </p>
      <PageHead
        title={t("position.title", { entity: position.entityName, topic: position.topicTitle })}
        under={
          <>
            <EntityName id={position.entityId} name={position.entityName} code={position.entityCode} /> ·{" "}
            <Link to={`/topics/${position.topicId}`}>{position.topicTitle}</Link>
          </>
        }
      />
      {newerId === null ? null : (
        <p className="done">
          <Link to={`${base}/${newerId}`}>{t("position.supersededBy")}</Link>
        </p>
      )}
      <div className="sheet">
        <PositionSheet position={position} history={history} zone={zone} base={base} level={2} />
      </div>
      {item ? (
        <p>
          {t("position.bearsOn")}{" "}
          <Link to={`/sessions/${item.sessionId}/agenda/${item.id}`}>
            {t("source.item", { number: item.number })}
            {t("chrome:comma")}
            <bdi>{item.title}</bdi>
          </Link>
        </p>
      ) : null}
    </main>
  );
}
