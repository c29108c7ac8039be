/**
 * Finds things by their words, for one viewer: the scope is part of every query, so that nothing else is found, counted
 * or ordered by. What is called so comes first, then what is newest; how rare a word is counts for nothing, since it
 * would be counted over what others alone may see. Rules SE1 to SE3 and SE11. Dialect-bound.
 */
import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { SearchQuery, Term } from "#app/rules/search-query.ts";
import type { SearchedText, SearchScope } from "#app/rules/search-scope.ts";
import type { TextAudience } from "#app/rules/audience.ts";
import type { VersionSeen } from "#app/rules/versions.ts";
import type { Reading } from "#db/database.ts";
import { askAll } from "#db/search/asking.ts";
import { placesOf, type SearchKind, searchEntry, wordsOf } from "#db/search/entry.ts";
import { readableStatement } from "./statement-reading.ts";

/** More than this of a kind are not looked at: "200 or more". */
const MOST_FOUND = 200;

export type FoundThing = {
  readonly kind: SearchKind;
  readonly thingId: string;
  readonly sessionId: string | null;
  readonly textId: string | null;
  readonly paragraphId: string | null;
  /** Of a passage. */
  readonly words: string | null;
  /** Of a passage: where it stands, the live wording or else the newest version, and its label there. */
  readonly wording: string | null;
  readonly label: string | null;
};

type DoorRow = {
  readonly id: string;
  readonly session_id: string;
  readonly audience: TextAudience["audience"] | null;
  readonly delegation_ids: string | null;
  readonly shows: TextAudience["shows"] | null;
  readonly from_seq: number | null;
  readonly seq: number | null;
};

/** All texts of sessions with their doors and versions, as `searchScope` needs them. */
export async function listSearchedTexts(db: Reading): Promise<SearchedText[]> {
  const rows = askAll<DoorRow>(
    db,
    sql`
    SELECT t.id, t.session_id, a.audience, a.delegation_ids, a.shows, a.from_seq, s.seq
    FROM text t
    LEFT JOIN text_audience a ON a.text_id = t.id
      AND a.number = (SELECT max(number) FROM text_audience WHERE text_id = t.id)
    LEFT JOIN search_text s ON s.text_id = t.id
    WHERE t.delegation_id IS NULL`,
  );
  const versions = askAll<VersionSeen & { readonly textId: string }>(
    db,
    sql`
    SELECT v.id, v.number, v.kind, v.seq, v.text_id AS "textId"
    FROM text_version v ORDER BY v.text_id, v.number`,
  );
  const byText = Map.groupBy(versions, ({ textId }) => textId);
  return Promise.resolve(
    rows.map((row) => ({
      door: {
        textId: row.id,
        sessionId: row.session_id,
        delegationId: null,
        audience: {
          audience: row.audience ?? "bureau",
          delegationIds: JSON.parse(row.delegation_ids ?? "[]") as string[],
          shows: row.shows ?? "live",
          fromSeq: row.from_seq ?? 0,
        },
      },
      indexedSeq: row.seq,
      versions: byText.get(row.id) ?? [],
    })),
  );
}

/** The query in the words of the index: everything in it is a word or a phrase, whatever was typed. */
function matchOf({ wanted, unwanted }: SearchQuery): string {
  const phrase = ({ words, isBeginning }: Term) => `"${words.join(" ")}"${isBeginning ? " *" : ""}`;
  const all = wanted.map(phrase).join(" AND ");
  return unwanted.length === 0 ? all : `(${all}) NOT (${unwanted.map(phrase).join(" OR ")})`;
}

const among = (column: SQL | typeof searchEntry.id | typeof searchEntry.textId, ids: readonly string[]) =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** What the viewer may see of a kind; null for nothing at all. */
function scopeOf(kind: SearchKind, scope: SearchScope): SQL | "everything" | null {
  const invented = scope.onlyInvented ? eq(searchEntry.exercise, true) : undefined;
  switch (kind) {
    case "entity":
    case "group":
    case "topic":
    case "position":
      return invented ?? "everything";
    case "item":
    case "document":
      return "everything";
    case "statement":
      return (
        readableStatement(scope.statements, {
          id: searchEntry.thingId,
          embargo: searchEntry.embargo,
          delegationId: searchEntry.delegationId,
          sessionId: searchEntry.sessionId,
        }) ?? "everything"
      );
    case "statement-draft":
    case "position-draft":
      return ownDelegation(scope);
    case "draft-passage": {
      const own = ownDelegation(scope);
      return (
        own &&
        sql`${own} AND EXISTS (SELECT 1 FROM statement_draft draft
        WHERE draft.delegation_id = ${searchEntry.delegationId}
          AND draft.text_id = ${searchEntry.textId} AND draft.released_as IS NULL)`
      );
    }
    case "text":
      return scope.textIds.length === 0 ? null : among(sql`${searchEntry.thingId}`, scope.textIds);
    case "passage":
      return sql`EXISTS (SELECT 1 FROM search_wording WHERE search_wording.entry_id = ${searchEntry.id} AND ${readable(scope)})`;
  }
}

function ownDelegation({ delegationIds }: SearchScope): SQL | null {
  return delegationIds.length === 0 ? null : inArray(searchEntry.delegationId, [...delegationIds]);
}

/** The wordings in which a passage stands that the viewer reads. */
function readable({ liveTextIds, versionIds }: SearchScope): SQL {
  const live = and(sql`search_wording.wording = 'live'`, among(searchEntry.textId, liveTextIds));
  return or(live, among(sql`search_wording.wording`, versionIds)) ?? sql`0`;
}

type Asked = {
  readonly query: SearchQuery;
  readonly scope: SearchScope;
  /** Of one session alone. */
  readonly sessionId: string | null;
};

export type Found = {
  /** Places in the index, in order. */
  readonly ids: readonly number[];
  /** There are as many as are looked at, and perhaps more. */
  readonly isCut: boolean;
};

type Match = {
  readonly id: number;
  readonly text: string | null;
  readonly paragraph: string | null;
  /** Of a passage: how new the newest wording is in which it stands, for this viewer. */
  readonly number: number | null;
};

const HEADLESS: ReadonlySet<SearchKind> = new Set(["passage", "draft-passage", "position", "position-draft"]);

/** The things of a kind that are found, in order; `MOST_FOUND` are looked at. */
export async function listFound(db: Reading, kind: SearchKind, asked: Asked): Promise<Found> {
  const { scope, sessionId, query } = asked;
  const theirs = scopeOf(kind, scope);
  if (theirs === null) return Promise.resolve({ ids: [], isCut: false });
  const { first, last } = placesOf(kind);
  const number = kind === "passage" ? newestNumber(scope) : sql`NULL`;
  const match = matchOf(query);
  const findIn = (table: string): Match[] => {
    const words = sql.raw(table);
    return askAll<Match>(
      db,
      sql`
      SELECT ${searchEntry.id} AS id, ${searchEntry.textId} AS text, ${searchEntry.paragraphId} AS paragraph,
        ${number} AS number
      FROM ${words} CROSS JOIN ${searchEntry} ON ${searchEntry.id} = ${words}.rowid
      WHERE ${words} MATCH ${match} AND ${words}.rowid BETWEEN ${first} AND ${last}
        AND ${theirs === "everything" ? sql`1` : theirs}
        AND ${sessionId === null ? sql`1` : eq(searchEntry.sessionId, sessionId)}
      ORDER BY ${words}.rowid DESC LIMIT ${MOST_FOUND}`,
    );
  };
  const all = findIn(wordsOf(kind));
  // By its name alone nobody knows whether what must not be there is in a thing.
  const hasNames = all.length > 0 && !HEADLESS.has(kind) && query.unwanted.length === 0;
  const called = hasNames ? findIn("search_heads") : [];
  return Promise.resolve({
    ids: newestOfEach([...called, ...all]).slice(0, MOST_FOUND),
    isCut: all.length === MOST_FOUND,
  });
}

/** Each thing once; of the wordings of a paragraph the one that the newest version has. */
function newestOfEach(matches: readonly Match[]): number[] {
  const best = new Map<string, Match>();
  for (const match of matches) {
    const key = match.paragraph === null ? String(match.id) : `${match.text} ${match.paragraph}`;
    const known = best.get(key);
    if (!known || (match.number ?? 0) > (known.number ?? 0)) best.set(key, match);
  }
  return [...best.values()].map(({ id }) => id);
}

function newestNumber(scope: SearchScope): SQL {
  return sql`(SELECT max(search_wording.number) FROM search_wording
    WHERE search_wording.entry_id = ${searchEntry.id} AND ${readable(scope)})`;
}

/** What was found at these places, in their order, passages with the newest wording that the viewer reads. */
export async function listThings(
  db: Reading,
  ids: readonly number[],
  scope: SearchScope,
): Promise<FoundThing[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const rows = askAll<FoundThing & { readonly id: number }>(
    db,
    sql`
    SELECT ${searchEntry.id} AS id, ${searchEntry.kind} AS kind, ${searchEntry.thingId} AS "thingId",
      ${searchEntry.sessionId} AS "sessionId", ${searchEntry.textId} AS "textId",
      ${searchEntry.paragraphId} AS "paragraphId", ${searchEntry.words} AS words,
      newest.wording AS wording, newest.label AS label
    FROM ${searchEntry} LEFT JOIN search_wording newest ON newest.entry_id = ${searchEntry.id}
      AND newest.number = ${newestNumber(scope)}
    WHERE ${searchEntry.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  const byId = new Map(rows.map(({ id, ...thing }) => [id, thing]));
  return Promise.resolve(ids.flatMap((id) => byId.get(id) ?? []));
}
