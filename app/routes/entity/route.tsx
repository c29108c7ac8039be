/** A State, union or organization: what it said on each topic, its statements, its groups with their dates. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Live } from "#app/components/live.tsx";
import { OwnBar } from "#app/components/own-bar.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { loadEntity } from "./load.ts";
import { TopicOfEntity } from "./topic-of-entity.tsx";

export async function loader({ context, params }: LoaderFunctionArgs) {
  return loadEntity(context, params);
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.entity.name }) : titleOf({ matches }, null);

export default function EntityPage() {
  const data = useLoaderData<typeof loader>();
  const { entity, topics, spokenByIt, statements, groups, zone, newestSessionId, hereId, today } = data;
  const { t } = useTranslation("record");
  return (
    <>
      <OwnBar />
      <main className="page" id="content">
        <Live topics={["positions", "statements", "topics", "reference"]} />
        <PageHead
          title={
            <>
              {entity.name} <Code>{entity.code}</Code>
            </>
          }
          under={t(`entity.kind.${entity.kind}`)}
        >
          <Link className="btn" to={`/reference/entities/${entity.id}`}>
            {t("reference:names.title")}
          </Link>
        </PageHead>
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="positions">
              <h2 id="positions">{t("entity.positions")}</h2>
              {topics.length === 0 ? <Empty>{t("entity.noPositions", { entity: entity.name })}</Empty> : null}
              {topics.map((topic) => (
                <TopicOfEntity
                  key={topic.id}
                  topic={topic}
                  hereId={hereId}
                  newestSessionId={newestSessionId}
                />
              ))}
            </section>
            {spokenByIt.length === 0 ? null : (
              <section className="part" aria-labelledby="spoken">
                <h2 id="spoken">{t("entity.spoken")}</h2>
                <ul className="doc-list">
                  {spokenByIt.map((one) => (
                    <li key={one.id}>
                      <Link
                        to={`/sessions/${hereId ?? one.sessionId ?? newestSessionId}/positions/${one.id}`}
                      >
                        {one.topicTitle}
                      </Link>{" "}
                      {one.groupName} <Code group>{one.groupCode}</Code>
                      <span className="cap">
                        {" "}
                        {one.withdraws ? t("position.withdrawal") : one.stanceLabel}
                        {t("chrome:comma")}
                        <PlainDay day={one.sourceDate} />
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
          <div>
            <section className="part" aria-labelledby="statements">
              <h2 id="statements">{t("entity.statements")}</h2>
              {statements.length === 0 ? (
                <Empty>{t("entity.noStatements", { entity: entity.name })}</Empty>
              ) : (
                <StatementList statements={statements} zone={zone} />
              )}
            </section>
            <section className="part" aria-labelledby="groups">
              <h2 id="groups">{t("entity.groups")}</h2>
              {groups.length === 0 ? <Empty>{t("entity.noGroups")}</Empty> : null}
              <ul className="doc-list">
                {groups.map((group) => (
                  <li key={group.key} className={group.to !== null && group.to <= today ? "dim" : undefined}>
                    <Link to={`/groups/${group.id}`}>{group.name}</Link> <Code group>{group.code}</Code>
                    {group.role === null ? null : (
                      <span className="cap"> {t([`entity.role.${group.role}`, group.role])}</span>
                    )}
                    <MembershipDays from={group.from} to={group.to} />
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      </main>
    </>
  );
}

/** `to` is the first day outside. */
function MembershipDays({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const { t } = useTranslation("record");
  return (
    <span className="cap">
      {" "}
      {from === null ? (
        t("entity.sinceUnknown")
      ) : (
        <>
          {t("entity.since")} <PlainDay day={from} />
        </>
      )}{" "}
      {to === null ? null : (
        <>
          {t("entity.until")} <PlainDay day={to} />
        </>
      )}
    </span>
  );
}
