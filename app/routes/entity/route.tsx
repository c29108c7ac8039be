/** A State, union or organization: what it said on each topic, its statements, its groups with their dates. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo, dayAt } from "#app/rules/positions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { lineOf } from "#app/routes/positions/line.ts";
import { historyOf } from "#app/routes/positions/sheet.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { findEntity } from "#db/stores/entity.ts";
import { listMembershipsOf } from "#db/stores/group.ts";
import { listPositionsOfEntity } from "#db/stores/position.ts";
import { listSessions } from "#db/stores/session.ts";
import { listStatementsOfEntity } from "#db/stores/statement.ts";
import { listTopics } from "#db/stores/topic.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const db = context.db.read;
  const entity = await findEntity(db, params["entity"] ?? "");
  // An exercise says of itself that every State in it is invented.
  const invented = context.mode === "exercise";
  if (!entity || (invented && !belongsTo(entity, { exercise: invented }))) throw notThere();
  const exercise = entity.kind === "exercise-state";
  const sessions = (await listSessions(db)).filter((one) => one.exercise === exercise);
  const topics = await listTopics(db, { exercise });
  const rows = await listPositionsOfEntity(db, entity.id, context.language);
  const { language, viewer } = context;
  const reader = statementReader(viewer);
  const statements = await listStatementsOfEntity(db, { reader, entityId: entity.id, language });
  const memberships = await listMembershipsOf(db, entity.id);
  const today = dayAt(context.now(), "UTC");
  return {
    entity: {
      id: entity.id,
      code: entity.code,
      kind: entity.kind,
      name: nameIn(entity.names, context.language),
      names: entity.names,
    },
    today,
    zone: sessions[0]?.timeZone ?? "UTC",
    // A position is read within a session: its own, or any of its kind for what was published before.
    newestSessionId: sessions[0]?.id ?? null,
    topics: topics.flatMap((topic) => {
      const said = rows.filter(({ topicId }) => topicId === topic.id);
      if (said.length === 0) return [];
      const history = historyOf(said);
      return [
        {
          id: topic.id,
          title: topic.title,
          scale: topic.scale,
          positions: said
            .toSorted((a, b) => Number(b.standing === "own") - Number(a.standing === "own"))
            .map((row) => ({
              ...lineOf(row),
              isSuperseded: history.some(({ id, isSuperseded }) => id === row.id && isSuperseded),
            })),
        },
      ];
    }),
    statements: await listLines(db, statements),
    groups: memberships.map(({ group, role, from, to }) => ({
      key: `${group.id} ${from}`,
      code: group.code,
      name: nameIn(group.names, context.language),
      role,
      from: from === "" ? null : from,
      to,
    })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.entity.name }) : titleOf({ matches }, null);

export default function EntityPage() {
  const { entity, topics, statements, groups, zone, newestSessionId, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  return (
    <>
      <SiteBar />
      <main className="page" id="content">
        <Live topics={["positions", "statements"]} />
        <PageHead
          title={
            <>
              {entity.name} <Code>{entity.code}</Code>
            </>
          }
          under={t(`entity.kind.${entity.kind}`)}
        />
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="positions">
              <h2 id="positions">{t("entity.positions")}</h2>
              {topics.length === 0 ? <Empty>{t("entity.noPositions", { entity: entity.name })}</Empty> : null}
              {topics.map((topic) => (
                <div key={topic.id}>
                  {topic.positions.map((position) => {
                    const sessionId = position.sessionId ?? newestSessionId;
                    const to = sessionId === null ? null : `/sessions/${sessionId}/positions/${position.id}`;
                    return (
                      <PositionLine
                        key={position.id}
                        position={position}
                        scale={topic.scale}
                        to={to}
                        who={
                          <>
                            <Link className="entity-name" to={`/topics/${topic.id}`}>
                              {topic.title}
                            </Link>
                            {position.isSuperseded ? (
                              <span className="cap"> {t("position.superseded")}</span>
                            ) : null}
                          </>
                        }
                      />
                    );
                  })}
                </div>
              ))}
            </section>
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
                    {group.name} <Code group>{group.code}</Code>
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
  if (from === null && to === null) return null;
  return (
    <span className="cap">
      {" "}
      {from === null ? null : (
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
