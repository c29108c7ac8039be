/** A table to fill in: what its columns are called, and a line for every entity that does not take part yet. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { TABLE_COLUMNS, usualCapacity } from "#app/rules/delegation-table.ts";
import { openAdding } from "#app/routes/delegations-add/load.ts";
import { csvOf } from "#app/routes/positions-download/csv.ts";
import { listEntitiesOutside } from "#db/stores/delegation.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const session = await openAdding(context, params);
  const { id: sessionId, exercise } = session;
  const outside = await listEntitiesOutside(context.db.read, {
    sessionId,
    exercise,
    language: context.language,
  });
  const lines = outside.map(({ code, name, kind }) => [code, name, usualCapacity(kind), "", ""]);
  return new Response(csvOf([[...TABLE_COLUMNS], ...lines]), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="delegations.csv"',
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
