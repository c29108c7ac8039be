/** An agenda item with all that stands under it: its texts, statements, topics and the positions on them. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { ErrorSummary } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo, placing } from "#app/rules/positions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { mayDraftIn, openReleased } from "#app/routes/positions/open-session.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { listAgenda, listItemTopics } from "#db/stores/agenda.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listStandingPositions } from "#db/stores/position.ts";
import { listStatements } from "#db/stores/statement.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";
import { listTexts } from "#db/stores/text.ts";
import { ItemActs, statuses } from "./item-acts.tsx";

const SHOWN = 20;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const db = context.db.read;
  const agenda = await listAgenda(db, session.id);
  const item = agenda.find(({ id }) => id === params["item"]);
  if (!item) throw notThere();
  const named = (id: string, title: string) => ({ id, title, number: fullNumber(agenda, id) });
  const parent = agenda.find(({ id }) => id === item.parentId);

  const doors = await listTextDoors(db, session.id);
  const texts = (await listTexts(db, session.id)).filter(({ id, itemId }) => {
    const door = doors.get(id);
    return itemId === item.id && door && may("readText", context.viewer, { kind: "text", door }) === true;
  });

  const topics = await listItemTopics(db, item.id);
  const standing = await listStandingPositions(db, { topicIds: topics.map(({ id }) => id) });
  const speakers = new Set(standing.map(({ entityId }) => entityId));
  const entities = speakers.size === 0 ? [] : await listEntities(db, { ids: [...speakers] });
  const shown = new Set(entities.filter((one) => belongsTo(one, session)).map(({ id }) => id));
  const statements = await listStatements(db, { sessionId: session.id, itemId: item.id, limit: SHOWN });
  return {
    sessionId: session.id,
    zone: session.timeZone,
    item: { ...named(item.id, item.title), note: item.note, status: item.status, count: item.statements },
    isNow: session.itemUnderDiscussionId === item.id,
    parent: parent ? named(parent.id, parent.title) : null,
    children: agenda
      .filter(({ parentId }) => parentId === item.id)
      .map(({ id, title, status }) => ({ ...named(id, title), status })),
    texts: texts.map(({ id, title, symbol, kind }) => ({ id, title, symbol, kind })),
    statements: await listLines(db, statements),
    topics: topics.map((topic) => ({
      ...topic,
      positions: [
        ...placing(
          standing.filter(({ topicId, entityId }) => topicId === topic.id && shown.has(entityId)),
        ).values(),
      ].map((row) => ({
        id: row.id,
        entityId: row.entityId,
        entityName: row.entityName,
        entityCode: row.entityCode,
        stance: row.stance,
        stanceLabel: row.stanceLabel,
        standing: row.standing,
        confidence: row.confidence,
        summary: row.summary,
        language: row.language,
        sourceTitle: row.sourceTitle,
        sourceDate: row.sourceDate,
        sourceSymbol: row.sourceSymbol,
        sourceUrl: row.sourceUrl,
        explicit: row.explicit,
      })),
    })),
    mayDraft: mayDraftIn(context, session.id),
    mayManage: may("manageAgenda", context.viewer, { kind: "session", sessionId: session.id }) === true,
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  const allowed = may("manageAgenda", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const form = await request.formData();
  const here = () => redirect(`/sessions/${sessionId}/agenda/${itemId}`);
  switch (intentOf(form)) {
    case "status": {
      const status = statuses.find((one) => one === field(form, "status"));
      if (!status) return unknownIntent();
      const done = await setItemStatus(context, { sessionId, itemId, status });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "take-up": {
      const nothing = field(form, "nothing") === "true";
      const done = await takeUpItem(context, { sessionId, itemId: nothing ? null : itemId });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? titleOf("chrome:titles.item", { number: data.item.number, name: data.item.title }) : titleOf(null);

export default function AgendaItemPage() {
  const data = useLoaderData<typeof loader>();
  const { sessionId, zone, item, isNow, parent, children, texts, statements, topics, mayDraft, mayManage } =
    data;
  const given = useActionData<typeof action>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}`;
  return (
    <main className="page" id="content">
      <Live topics={["agenda", "session", "statements", "positions"]} />
      <p className="crumbs">
        <Link to={`${base}/agenda`}>{t("item.crumb")}</Link>
        {parent ? (
          <>
            {" · "}
            <Link to={`${base}/agenda/${parent.id}`}>
              <bdi>{parent.number}</bdi> {parent.title}
            </Link>
          </>
        ) : null}
      </p>
      <PageHead
        title={
          <>
            <bdi>{item.number}</bdi> {item.title}
          </>
        }
        under={
          <span className="row wrap">
            {isNow ? (
              <span className="st">
                <Icon name="floor" /> {t("item.now")}
              </span>
            ) : null}
            <span className="st">
              <Icon name={item.status === "concluded" ? "check" : "open"} />{" "}
              {t(`session:agenda.state.${item.status}`)}
            </span>
          </span>
        }
      >
        {mayDraft ? (
          <>
            <Link className="btn" to={`${base}/drafts/positions/new?${draftOf(item.id, topics)}`}>
              {t("item.draftPosition")}
            </Link>
            <Link className="btn primary" to={`${base}/drafts/statements/new?item=${item.id}`}>
              {t("item.draftStatement")}
            </Link>
          </>
        ) : null}
      </PageHead>
      <ErrorSummary answer={given && "typed" in given ? given : undefined} />
      {mayManage ? <ItemActs status={item.status} isNow={isNow} /> : null}
      {item.note === "" ? null : (
        <p className="say-it" dir="auto">
          {item.note}
        </p>
      )}
      {children.length === 0 ? null : (
        <Part id="children" title={t("item.under")}>
          <ul className="doc-list">
            {children.map((child) => (
              <li key={child.id} className="row-b">
                <Link className="entity-name" to={`${base}/agenda/${child.id}`}>
                  <bdi>{child.number}</bdi> {child.title}
                </Link>
                <span className="cap">{t(`session:agenda.state.${child.status}`)}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <div className="two-columns">
        <div>
          {topics.length === 0 ? (
            <Part id="positions" title={t("item.positions")}>
              <p className="cap">{t("item.noTopics")}</p>
            </Part>
          ) : null}
          {topics.map((topic) => (
            <Part
              key={topic.id}
              id={`topic-${topic.id}`}
              title={<Link to={`/topics/${topic.id}`}>{topic.title}</Link>}
              act={
                <Link className="cap" to={`${base}/positions?topic=${topic.id}`}>
                  {t("item.allPositions")}
                </Link>
              }
            >
              <p className="question">{topic.question}</p>
              {topic.positions.length === 0 ? <Empty>{t("item.noPositions")}</Empty> : null}
              {topic.positions.map((position) => (
                <PositionLine
                  key={position.id}
                  position={position}
                  scale={topic.scale}
                  to={`${base}/positions/${position.id}`}
                  who={
                    <EntityName
                      id={position.entityId}
                      name={position.entityName}
                      code={position.entityCode}
                    />
                  }
                />
              ))}
            </Part>
          ))}
        </div>
        <div>
          <Part id="texts" title={t("item.texts")}>
            {texts.length === 0 ? (
              <p className="cap">{t("item.noTexts")}</p>
            ) : (
              <ul className="doc-list">
                {texts.map((text) => (
                  <li key={text.id}>
                    <Link className="serif" to={`${base}/texts/${text.id}`} reloadDocument>
                      {text.title}
                    </Link>
                    <div className="cap">
                      {t(`item.kind.${text.kind}`)} <bdi dir="ltr">{text.symbol}</bdi>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Part>
          <Part
            id="statements"
            title={t("item.statements")}
            act={
              <Link className="cap" to={`${base}/statements?item=${item.id}`}>
                {t("item.allStatements")} <span className="count">{item.count}</span>
              </Link>
            }
          >
            {statements.length === 0 ? (
              <p className="cap">{t("item.noStatements")}</p>
            ) : (
              <StatementList statements={statements} zone={zone} />
            )}
          </Part>
        </div>
      </div>
    </main>
  );
}

function draftOf(itemId: string, topics: readonly { readonly id: string }[]): string {
  const [only, ...others] = topics;
  const search = new URLSearchParams({ item: itemId });
  if (only && others.length === 0) search.set("topic", only.id);
  return search.toString();
}

function Part({
  id,
  title,
  act,
  children,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly act?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="part" aria-labelledby={id}>
      <div className="part-head">
        <h2 id={id}>{title}</h2>
        {act}
      </div>
      {children}
    </section>
  );
}
