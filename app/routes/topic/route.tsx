/** A topic: its question, its scale, and who stands where, own words told apart from groups and editors' readings. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Live } from "#app/components/live.tsx";
import { OwnBar } from "#app/components/own-bar.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { NotePart } from "#app/components/record/note-part.tsx";
import { plainDay } from "#app/components/record/plain-day.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { Undated } from "#app/components/record/undated.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { loadTopic } from "./load.ts";
import { PlacesOfScale } from "./places.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadTopic(context, params, new URL(request.url).searchParams);
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.topic.title }) : titleOf({ matches }, null);

export default function TopicPage() {
  const data = useLoaderData<typeof loader>();
  const { topic, positions, spoken, notRecorded, newestSessionId, statements, zone } = data;
  const { t, i18n } = useTranslation("record");
  return (
    <>
      <OwnBar />
      <main className="page" id="content">
        <Live topics={["positions", "statements", "topics", "reference"]} />
        <PageHead title={topic.title} under={topic.exercise ? t("topic.exercise") : t("topic.title")}>
          <Link className="btn" to={`/topics/${topic.id}/history`}>
            {t("reference:topics.history")}
          </Link>
        </PageHead>
        {topic.closedAt === null ? null : <p className="done">{t("topic.closed")}</p>}
        <p className="say-it" dir="auto">
          {topic.question}
        </p>
        <NotePart own={data.ownNote} zone={zone} />
        <p className="cap">{t("topic.scaleNote")}</p>
        <TopicFilter {...data} />
        <Undated of={data.undated} />
        <PlacesOfScale
          topic={topic}
          positions={positions}
          spoken={spoken}
          addressOf={({ id, sessionId }) => {
            const session = data.hereId ?? sessionId ?? newestSessionId;
            return session === null ? null : `/sessions/${session}/positions/${id}`;
          }}
        />
        {data.nothing === null ? null : (
          <Empty>
            {t(`topic.nothing.${data.nothing}`, { day: plainDay(i18n.language, data.filters.day) })}
          </Empty>
        )}
        {statements.length === 0 ? null : (
          <section className="part" aria-labelledby="statements">
            <h2 id="statements">{t("topic.statements")}</h2>
            <StatementList statements={statements} zone={zone} />
          </section>
        )}
        {notRecorded.length === 0 ? null : (
          <details className="part">
            <summary>{t("topic.notRecorded", { count: notRecorded.length })}</summary>
            <p className="entity-cloud">
              {notRecorded.map(({ id, name, code }) => (
                <EntityName key={id} id={id} name={name} code={code} />
              ))}
            </p>
          </details>
        )}
      </main>
    </>
  );
}

/** Members of one group, the order, and the day. Works without script. */
function TopicFilter({
  filters,
  groups,
  today,
}: Pick<ReturnType<typeof useLoaderData<typeof loader>>, "filters" | "groups" | "today">) {
  const { t } = useTranslation("record");
  return (
    <Form method="get" className="filters no-print" key={JSON.stringify(filters)} preventScrollReset>
      {groups.length === 0 ? null : (
        <select
          aria-label={t("positions.group")}
          name="group"
          className="field"
          defaultValue={filters.groupId ?? ""}
        >
          <option value="">{t("positions.allGroups")}</option>
          {groups.map(({ id, name, code }) => (
            <option key={id} value={id}>
              {name} ({code})
            </option>
          ))}
        </select>
      )}
      <label className="row">
        <span>{t("positions.asOf")}</span>
        <input type="date" name="day" className="field" defaultValue={filters.day} max={today} />
      </label>
      <select aria-label={t("positions.orderBy")} name="order" className="field" defaultValue={filters.order}>
        <option value="alphabet">{t("positions.byAlphabet")}</option>
        <option value="region">{t("positions.byRegion")}</option>
      </select>
      <button type="submit" className="btn">
        {t("positions.show")}
      </button>
    </Form>
  );
}
