/** Which statements somebody reads: a condition for every query on them, lists and counts alike. Rule SM14. */
import { type AnyColumn, eq, inArray, isNull, or, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { StatementReader } from "#app/rules/statements.ts";
import { statement, statementDelivery } from "#db/schema/session.ts";

/** The columns that the condition looks at, of `statement` or of an alias of it. */
type Columns = Readonly<Record<"id" | "embargo" | "delegationId" | "sessionId", AnyColumn>>;

/** Ids that are filled in later stand for those of a reader: see `readerForm`. */
type Reader<Id> = {
  readonly everywhere: boolean;
  readonly sessionIds: readonly Id[];
  readonly delegationIds: readonly Id[];
};

/** How many ids a reader asks with, and nothing else of the reader. */
export type ReaderForm = `${"all" | "some"} ${number} ${number}`;

export function readerForm({ everywhere, sessionIds, delegationIds }: StatementReader): ReaderForm {
  return `${everywhere ? "all" : "some"} ${sessionIds.length} ${delegationIds.length}`;
}

/** A reader of that form with places for the ids, which `readerIds` fills. */
export function readerOf(form: ReaderForm): Reader<Placeholder> {
  const [all, sessions, delegations] = form.split(" ");
  const places = (count: string | undefined, name: string) =>
    Array.from({ length: Number(count) }, (_, at) => sql.placeholder(`${name}${at}`));
  return {
    everywhere: all === "all",
    sessionIds: places(sessions, "presides"),
    delegationIds: places(delegations, "own"),
  };
}

export function readerIds({ sessionIds, delegationIds }: StatementReader): Record<string, string> {
  return Object.fromEntries([
    ...sessionIds.map((id, at) => [`presides${at}`, id]),
    ...delegationIds.map((id, at) => [`own${at}`, id]),
  ]);
}

/** Undefined for who reads all of them. */
export function readableStatement(
  reader: Reader<string> | Reader<Placeholder>,
  of: Columns = statement,
): SQL | undefined {
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
