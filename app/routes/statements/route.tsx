/** Released statements, by item, newest first. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { statementReader } from "#app/rules/statements.ts";
import { mayDraftIn, openReleased } from "#app/routes/positions/open-session.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findStatement, listStatements } from "#db/stores/statement.ts";
import { listLines } from "./lines.ts";

const ON_A_PAGE = 100;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const db = context.db.read;
  const search = new URL(request.url).searchParams;
  const reader = statementReader(context.viewer);
  const agenda = await listAgenda(db, session.id, reader);
  const chosen = agenda.find(({ id }) => id === search.get("item")) ?? null;
  const last = await findStatement(db, { reader, sessionId: session.id, id: search.get("before") ?? "" });
  const rows = await listStatements(db, {
    reader,
    sessionId: session.id,
    itemId: chosen?.id,
    before: last ?? undefined,
    limit: ON_A_PAGE + 1,
    language: context.language,
  });
  const page = rows.slice(0, ON_A_PAGE);
  const lines = await listLines(db, page);
  const itemOf = new Map(page.map(({ id, itemId }) => [id, itemId]));
  return {
    sessionId: session.id,
    zone: session.timeZone,
    chosenId: chosen?.id ?? null,
    all: agenda.reduce((sum, { statements }) => sum + statements, 0),
    items: agenda.map((item) => ({
      id: item.id,
      number: fullNumber(agenda, item.id),
      title: item.title,
      count: item.statements,
      statements: lines.filter(({ id }) => itemOf.get(id) === item.id),
    })),
    older: rows.length > ON_A_PAGE ? (page.at(-1)?.id ?? null) : null,
    mayDraft: mayDraftIn(context, session.id),
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.statements");

export default function StatementsPage() {
  const { sessionId, zone, chosenId, all, items, older, mayDraft } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}`;
  const shown = items.filter(({ statements }) => statements.length > 0);
  const asked = chosenId === null ? "" : `?item=${chosenId}`;
  const draft = { to: `${base}/drafts/statements/new${asked}`, label: t("statements.draft") };
  return (
    <main className="page" id="content">
      <Live topics={["statements", "agenda"]} />
      <PageHead title={t("statements.title")} under={t("statements.under")}>
        {mayDraft ? (
          <Link className="btn primary" to={draft.to}>
            {draft.label}
          </Link>
        ) : null}
      </PageHead>
      {all > 0 ? (
        <form method="get" className="row wrap">
          <label className="row">
            <span className="label">{t("statements.filter")}</span>
            <select name="item" className="field" defaultValue={chosenId ?? ""} key={chosenId}>
              <option value="">
                {t("statements.all")} ({all})
              </option>
              {items
                .filter(({ count, id }) => count > 0 || id === chosenId)
                .map(({ id, number, title, count }) => (
                  <option key={id} value={id}>
                    {number} {title} ({count})
                  </option>
                ))}
            </select>
          </label>
          <button type="submit" className="btn">
            {t("statements.show")}
          </button>
        </form>
      ) : null}
      {shown.length === 0 ? (
        <Empty>{chosenId === null ? t("statements.none") : t("statements.noneItem")}</Empty>
      ) : (
        shown.map(({ id, number, title, count, statements }) => (
          <section key={id} className="part" aria-labelledby={`item-${id}`}>
            <div className="part-head">
              <h2 id={`item-${id}`}>
                <Link className="entity-name" to={`${base}/agenda/${id}`}>
                  <bdi>{number}</bdi> {title}
                </Link>
              </h2>
              <span className="cap">{t("statements.count", { count })}</span>
            </div>
            <StatementList statements={statements} zone={zone} />
          </section>
        ))
      )}
      {older === null ? null : (
        <p>
          <Link
            className="btn"
            to={`${base}/statements?${new URLSearchParams({ ...(chosenId === null ? {} : { item: chosenId }), before: older }).toString()}`}
          >
            {t("statements.more")}
          </Link>
        </p>
      )}
    </main>
  );
}
