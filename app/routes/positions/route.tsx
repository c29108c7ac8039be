/** What each has said, on each topic's own scale, with its source: a table, and one position beside it. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { PositionSheet } from "#app/components/record/position-sheet.tsx";
import { KeyMark } from "#app/components/record/stance.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { nameIn } from "#app/rules/language.ts";
import { belongsTo, placing } from "#app/rules/positions.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listStandingPositions } from "#db/stores/position.ts";
import { listTopics } from "#db/stores/topic.ts";
import { mayDraftIn, openReleased } from "./open-session.ts";
import { PositionTable } from "./position-table.tsx";
import { findSheet } from "./sheet.ts";

/** As many columns as fit beside each other, unless others are asked for. */
const SHOWN_AT_FIRST = 6;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const db = context.db.read;
  const search = new URL(request.url).searchParams;
  const all = await listTopics(db, { exercise: session.exercise });
  const asked = new Set(search.getAll("topic"));
  const onAgenda = new Set((await listAgenda(db, session.id)).flatMap(({ topicIds }) => topicIds));
  const first = all.toSorted((a, b) => Number(onAgenda.has(b.id)) - Number(onAgenda.has(a.id)));
  const chosen = all.some(({ id }) => asked.has(id))
    ? all.filter(({ id }) => asked.has(id))
    : first.slice(0, SHOWN_AT_FIRST);

  const standing = await listStandingPositions(db, {
    topicIds: chosen.map(({ id }) => id),
    language: context.language,
  });
  const delegations = await listDelegations(db, session.id, context.language);
  const ids = new Set([...delegations, ...standing].map(({ entityId }) => entityId));
  const entities = (await listEntities(db, { ids: [...ids] })).filter((one) => belongsTo(one, session));
  const shown = search.get("show");
  return {
    sessionId: session.id,
    zone: session.timeZone,
    topics: all.map(({ id, title }) => ({ id, title, isChosen: chosen.some((one) => one.id === id) })),
    columns: chosen.map(({ id, title, question, scale }) => {
      const places = placing(standing.filter(({ topicId }) => topicId === id));
      return {
        id,
        title,
        question,
        scale,
        cells: entities.map((entity) => {
          const position = places.get(entity.id);
          if (!position) return null;
          const { stance, stanceLabel, standing: whose, explicit } = position;
          const { sourceTitle, sourceDate, sourceSymbol, sourceUrl } = position;
          const source = { sourceTitle, sourceDate, sourceSymbol, sourceUrl, explicit };
          return { id: position.id, stance, stanceLabel, standing: whose, ...source };
        }),
      };
    }),
    rows: entities.map(({ id, code, names }) => ({ id, code, name: nameIn(names, context.language) })),
    hasReadings: standing.some((one) => one.standing === "editors"),
    sheet: shown === null ? null : await findSheet(context, session, shown),
    mayDraft: mayDraftIn(context, session.id),
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.positions");

export default function PositionsPage() {
  const { sessionId, zone, topics, columns, rows, hasReadings, sheet, mayDraft } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}/positions`;
  const draft = { to: `/sessions/${sessionId}/drafts/positions/new`, label: t("positions.draft") };
  const chosen = topics.filter(({ isChosen }) => isChosen);
  const filter = new URLSearchParams(chosen.map(({ id }) => ["topic", id]));
  return (
    <main id="content">
      <Live topics={["positions", "agenda", "delegations"]} />
      <div className="positions-head">
        <PageHead title={t("positions.title")} under={t("positions.under")}>
          {topics.length > 1 ? (
            <details className="menu">
              <summary className="btn">
                {t("positions.chosen", { chosen: chosen.length, all: topics.length })} <Icon name="down" />
              </summary>
              <form method="get" className="topic-filter">
                {topics.map(({ id, title, isChosen }) => (
                  <label key={id}>
                    <input type="checkbox" name="topic" value={id} defaultChecked={isChosen} />
                    {title}
                  </label>
                ))}
                <button type="submit" className="btn">
                  {t("positions.show")}
                </button>
              </form>
            </details>
          ) : null}
          {mayDraft ? (
            <Link className="btn primary" to={draft.to}>
              {draft.label}
            </Link>
          ) : null}
        </PageHead>
      </div>
      {columns.length === 0 || rows.length === 0 ? (
        <div className="page">
          <Empty>{columns.length === 0 ? t("positions.noTopics") : t("positions.none")}</Empty>
        </div>
      ) : (
        <div className={sheet ? "positions with-sheet" : "positions"}>
          <div>
            <div className="key">
              <span>
                <KeyMark standing="own" /> {t("positions.keyOwn")}
              </span>
              {hasReadings ? (
                <span>
                  <KeyMark standing="editors" /> {t("positions.keyReading")}
                </span>
              ) : null}
              <span>
                <span>
                  <b>{t("notRecorded")}</b>: {t("positions.keyNone")}
                </span>
              </span>
              <span>
                <Icon name="watch" /> {t("positions.shown")}
              </span>
            </div>
            {hasReadings ? <p className="reading">{t("readingLabel")}</p> : null}
            <PositionTable
              columns={columns}
              rows={rows}
              shownId={sheet?.position.id ?? null}
              addressOf={(id) => {
                const search = new URLSearchParams(filter);
                search.set("show", id);
                return `${base}?${search.toString()}`;
              }}
            />
          </div>
          {sheet ? (
            <section className="aside" aria-labelledby="shown-position">
              <div className="aside-head">
                <div>
                  <h2 id="shown-position">
                    <Link className="entity-name" to={`/entities/${sheet.position.entityId}`}>
                      {sheet.position.entityName}
                    </Link>{" "}
                    <Code>{sheet.position.entityCode}</Code>
                  </h2>
                  <p>
                    <Link to={`/topics/${sheet.position.topicId}`}>{sheet.position.topicTitle}</Link>
                  </p>
                </div>
                <span className="grow" />
                <Link className="btn quiet" to={`${base}?${filter.toString()}`} preventScrollReset>
                  {t("positions.close")}
                </Link>
              </div>
              <PositionSheet {...sheet} zone={zone} base={base} level={3} />
            </section>
          ) : null}
        </div>
      )}
    </main>
  );
}
