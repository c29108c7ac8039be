/** The table of positions as a file (`csv`), and as the piece of a page (`table`) for one that is open already. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { createTranslator } from "#app/i18n/translate.ts";
import { nameIn } from "#app/rules/language.ts";
import { dayAt } from "#app/rules/positions.ts";
import { fieldsAfter } from "#app/rules/reference.ts";
import { notThere } from "#app/routes/answers.ts";
import { findTable } from "#app/routes/positions/kept-table.ts";
import { filtersOf, loadTable } from "#app/routes/positions/load.ts";
import { openReleased } from "#app/routes/positions/open-session.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listGroupPositions, listStandingPositions } from "#db/stores/position-standing.ts";
import { listStances } from "#db/stores/position.ts";
import { listHoldingCorrections } from "#db/stores/reference-correction.ts";
import { csvOf, positionLines } from "./csv.ts";

/** What somebody wrote is data here, whatever it contains: nothing in it may run, load or be sniffed. */
const headers = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Cache-Control": "private, no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export async function loader({ context, params, request }: LoaderFunctionArgs): Promise<Response> {
  const session = await openReleased(context, params);
  const search = new URL(request.url).searchParams;
  const today = dayAt(context.now(), session.timeZone);
  const filters = await filtersOf(context, session, { search, today });
  switch (params["format"]) {
    case "table": {
      const { html } = await findTable(context, session, filters);
      return new Response(html, { headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
    }
    case "csv": {
      const { language } = context;
      const table = await loadTable(context, session, filters);
      const which = { topicIds: table.topics.map(({ id }) => id), day: filters.day, language };
      const said = [
        ...(await listStandingPositions(context.db.read, which)),
        ...(await listGroupPositions(context.db.read, which)),
      ];
      const t = createTranslator(language).getFixedT(language, "record");
      const answered = said.flatMap(({ answers }) => answers ?? []);
      const excepted = new Set(said.flatMap(({ exceptions }) => exceptions ?? []));
      const entities = await listEntities(context.db.read, { ids: [...excepted] });
      const corrections = await listHoldingCorrections(context.db.read);
      const lines = positionLines(table, {
        said,
        readings: await listStances(context.db.read, answered),
        corrected: new Map([...corrections].map(([reading, rows]) => [reading, fieldsAfter(rows)])),
        names: new Map(entities.map(({ id, names }) => [id, nameIn(names, language)])),
        t,
        day: filters.day,
      });
      return new Response(csvOf(lines), {
        headers: {
          ...headers,
          "Content-Type": "text/csv; charset=utf-8",
          "Content-Disposition": `attachment; filename="positions-${filters.day}.csv"`,
        },
      });
    }
    default:
      throw notThere();
  }
}
