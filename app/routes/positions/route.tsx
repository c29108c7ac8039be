/** What each has said, on each topic's own scale, with its source: a table, and one cell in full beside it. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { KeyMark } from "#app/components/record/stance.tsx";
import { Undated } from "#app/components/record/undated.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { dayAt } from "#app/rules/positions.ts";
import { findCell } from "./cell.ts";
import { CellSheet } from "./cell-sheet.tsx";
import { FilterForm } from "./filter-form.tsx";
import { searchOf } from "./filters.ts";
import { findTable } from "./kept-table.ts";
import { chosenOf, filtersOf, listChoices } from "./load.ts";
import { mayDraftIn, openReleased } from "./open-session.ts";
import { withCell } from "./table-html.ts";
import { TABLE_PAPER, TableHost } from "./table-host.tsx";
import { listUndated } from "./undated.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const session = await openReleased(context, params);
  const search = new URL(request.url).searchParams;
  const today = dayAt(context.now(), session.timeZone);
  const filters = await filtersOf(context, session, { search, today });
  const choices = await listChoices(context, session);
  const table = await findTable(context, session, filters);
  const shown = search.get("show");
  const cell = shown === null ? null : await findCell(context, session, { id: shown, day: filters.day });
  // Out of the page's data: the first response has it once, and a page that is there gets it by itself.
  context.paper.set(TABLE_PAPER, cell ? withCell(table.html, cell.id) : table.html);
  return {
    sessionId: session.id,
    zone: session.timeZone,
    today,
    filters,
    choices,
    undated: await listUndated(context.db.read, filters, choices.groups),
    chosenIds: chosenOf(choices.topics, filters).map(({ id }) => id),
    hasReadings: table.hasReadings,
    isEmpty: table.isEmpty,
    version: table.version,
    cell,
    mayDraft: mayDraftIn(context, session.id),
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.positions");

export default function PositionsPage() {
  const data = useLoaderData<typeof loader>();
  const { sessionId, zone, today, filters, choices, chosenIds, version, cell } = data;
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}/positions`;
  const search = searchOf(filters);
  const [cameWith] = useState(cell?.id ?? null);
  const view = search.toString();
  const download = (format: string) => `${base}/download/${format}?${view}`;
  return (
    <main id="content">
      <Live topics={["positions", "agenda", "delegations", "topics", "reference"]} />
      <div className="positions-head">
        <PageHead title={t("positions.title")} under={t("positions.under")}>
          <a className="btn no-print" href={download("csv")} download>
            {t("positions.csv")}
          </a>
          <PrintButton />
          {data.mayDraft ? (
            <Link className="btn primary no-print" to={`/sessions/${sessionId}/drafts/positions/new`}>
              {t("positions.draft")}
            </Link>
          ) : null}
        </PageHead>
        <FilterForm filters={filters} choices={choices} chosenIds={chosenIds} today={today} />
        <Undated of={data.undated} />
      </div>
      {data.isEmpty ? (
        <div className="page">
          <Empty>
            {choices.topics.length === 0
              ? t("positions.noTopics")
              : filters.region !== null || filters.groupId !== null
                ? t("positions.noneChosen")
                : t("positions.none")}
          </Empty>
        </div>
      ) : (
        <div className={cell ? "positions with-sheet" : "positions"}>
          <div>
            <Key hasReadings={data.hasReadings} />
            {/* A press on a cell asks for it by its name, with the view as it is. */}
            <Form method="get" preventScrollReset>
              {[...search].map(([name, value]) => (
                <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
              ))}
              <TableHost
                source={`${download("table")}&version=${version}`}
                label={t("positions.title")}
                shownId={cell?.id ?? null}
              />
            </Form>
          </div>
          {cell ? (
            <CellSheet
              key={cell.id}
              cell={cell}
              zone={zone}
              base={base}
              closed={view === "" ? base : `${base}?${view}`}
              takesFocus={cell.id !== cameWith}
            />
          ) : null}
        </div>
      )}
    </main>
  );
}

/** Only where it can do something: without script the browser prints by itself. */
function PrintButton() {
  const { t } = useTranslation("record");
  const hasScript = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  return (
    <button type="button" className="btn no-print" onClick={() => window.print()}>
      {t("positions.print")}
    </button>
  );
}

/** What the marks mean, and whose words these are. */
function Key({ hasReadings }: { readonly hasReadings: boolean }) {
  const { t } = useTranslation("record");
  return (
    <>
      <div className="key">
        {(["own", "via", "same", "differs"] as const).map((manner) => (
          <span key={manner}>
            <KeyMark manner={manner} /> {t(`positions.key.${manner}`)}
          </span>
        ))}
        {hasReadings ? (
          <span>
            <KeyMark manner="reading" /> {t("positions.key.reading")}
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
    </>
  );
}
