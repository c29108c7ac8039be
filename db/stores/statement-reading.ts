/** Which statements somebody reads: a condition for every query on them, lists and counts alike. Rule SM14. */
import { type AnyColumn, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { StatementReader } from "#app/rules/statements.ts";
import { statement, statementDelivery } from "#db/schema/session.ts";

/** The columns that the condition looks at, of `statement` or of an alias of it. */
type Columns = Readonly<Record<"id" | "embargo" | "delegationId" | "sessionId", AnyColumn>>;

/** Undefined for who reads all of them. */
export function readableStatement(reader: StatementReader, of: Columns = statement): SQL | undefined {
  if (reader.everywhere) return undefined;
  const { sessionIds, delegationIds } = reader;
  return or(
    isNull(of.embargo),
    eq(of.embargo, "none"),
    sql`EXISTS (SELECT 1 FROM ${statementDelivery} WHERE ${statementDelivery.statementId} = ${of.id})`,
    sessionIds.length === 0 ? undefined : inArray(of.sessionId, [...sessionIds]),
    delegationIds.length === 0 ? undefined : inArray(of.delegationId, [...delegationIds]),
  );
}
