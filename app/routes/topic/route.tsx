/** A topic: its question, its scale, and who stands where, own words told apart from editors' readings. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo, placing } from "#app/rules/positions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { lineOf } from "#app/routes/positions/line.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listStandingPositions } from "#db/stores/position.ts";
import { listSessions } from "#db/stores/session.ts";
import { listStatementsOnTopic } from "#db/stores/statement.ts";
import { findTopic } from "#db/stores/topic.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const { language } = context;
  const db = context.db.read;
  const topic = await findTopic(db, params["topic"] ?? "");
  // An exercise says of itself that everything in it is invented.
  if (!topic || (context.mode === "exercise" && !topic.exercise)) throw notThere();
  const sessions = (await listSessions(db)).filter(({ exercise }) => exercise === topic.exercise);
  const entities = (await listEntities(db)).filter((one) => belongsTo(one, topic));
  const known = new Set(entities.map(({ id }) => id));
  const standing = await listStandingPositions(db, { topicIds: [topic.id], language });
  const reader = statementReader(context.viewer);
  const statements = await listStatementsOnTopic(db, { reader, topicId: topic.id, language });
  const placed = placing(standing.filter(({ entityId }) => known.has(entityId)));
  return {
    topic,
    newestSessionId: sessions[0]?.id ?? null,
    zone: sessions[0]?.timeZone ?? "UTC",
    statements: await listLines(db, statements),
    positions: [...placed.values()].map(lineOf),
    notRecorded: entities
      .filter(({ id }) => !placed.has(id))
      .map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.topic.title }) : titleOf({ matches }, null);

export default function TopicPage() {
  const { topic, positions, notRecorded, newestSessionId, statements, zone } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  return (
    <>
      <SiteBar />
      <main className="page" id="content">
        <Live topics={["positions", "statements"]} />
        <PageHead title={topic.title} under={topic.exercise ? t("topic.exercise") : t("topic.title")} />
        <p className="say-it" dir="auto">
          {topic.question}
        </p>
        <p className="cap">{t("topic.scaleNote")}</p>
        <div className="places">
          {topic.scale.map((place, at) => {
            const here = positions.filter(({ stance }) => stance === place.id);
            const own = here.filter(({ standing }) => standing === "own");
            const read = here.filter(({ standing }) => standing === "editors");
            return (
              <section key={place.id} className="place" aria-labelledby={`place-${place.id}`}>
                <h2 id={`place-${place.id}`}>
                  <span className="num">{at + 1}</span> {place.label}
                </h2>
                {here.length === 0 ? <p className="cap">{t("topic.nobody")}</p> : null}
                {[
                  { title: t("topic.ownTitle"), those: own },
                  { title: t("topic.readingTitle"), those: read },
                ].map(({ title, those }) =>
                  those.length === 0 ? null : (
                    <div key={title}>
                      <h3 className="label">{title}</h3>
                      {those.map((position) => {
                        const sessionId = position.sessionId ?? newestSessionId;
                        const { entityId, entityName, entityCode } = position;
                        return (
                          <PositionLine
                            key={position.id}
                            position={position}
                            scale={topic.scale}
                            to={sessionId === null ? null : `/sessions/${sessionId}/positions/${position.id}`}
                            who={<EntityName id={entityId} name={entityName} code={entityCode} />}
                            said
                          />
                        );
                      })}
                    </div>
                  ),
                )}
              </section>
            );
          })}
        </div>
        {positions.length === 0 ? <Empty>{t("item.noPositions")}</Empty> : null}
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
