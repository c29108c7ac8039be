/** What the index holds of each thing: how it is called, what it says, whose and what it is about. */
import type { Names } from "#db/schema/people.ts";
import type { Connection } from "#db/connection.ts";
import type { SearchKind } from "./entry.ts";

export type Composed = {
  readonly sessionId: string | null;
  readonly delegationId: string | null;
  readonly embargo: string | null;
  readonly exercise: number | null;
  /** How it is called. */
  readonly head: string;
  /** What it says. */
  readonly body: string;
  /** Whose it is and what it is about: names and codes. */
  readonly about: string;
};

/** What is composed from a row; passages come from the texts (`app/server/search-texts.ts`). */
export type ComposedKind = Exclude<SearchKind, "passage" | "draft-passage">;

/** Words of a file that are found: the first part of a very long one. */
export const MOST_OF_A_FILE = 200_000;

type Row = Readonly<Record<string, string | number | null>>;

const nothing = { sessionId: null, delegationId: null, embargo: null, exercise: null, body: "", about: "" };

const lines = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== "").join("\n");

/** Names in every language, as the column holds them. */
function namesIn(json: string | number | null | undefined): string {
  if (typeof json !== "string") return "";
  return lines(...Object.values(JSON.parse(json) as Names));
}

function stanceIn(scale: string | number | null | undefined, id: unknown): string {
  if (typeof scale !== "string") return "";
  const stances = JSON.parse(scale) as readonly { readonly id: string; readonly label: string }[];
  return stances.find((stance) => stance.id === id)?.label ?? "";
}

const text = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

function positionWords(row: Row): string {
  // Editors quote nothing as the own words of a State.
  const excerpt = row["standing"] === "editors" ? "" : row["excerpt"];
  const { summary, source_title: title, source_symbol: symbol, source_forum: forum } = row;
  return lines(summary, excerpt, title, symbol, forum);
}

type Source = {
  readonly query: string;
  /** Null for what is not to be found any more. */
  readonly compose: (row: Row) => Composed | null;
};

const sources: Readonly<Record<ComposedKind, Source>> = {
  entity: {
    query: "SELECT kind, names, code, abbreviation FROM entity WHERE id = ?",
    compose: (row) => ({
      ...nothing,
      exercise: String(row["kind"]).startsWith("exercise") ? 1 : 0,
      head: lines(namesIn(row["names"]), row["code"], row["abbreviation"]),
    }),
  },
  group: {
    query: "SELECT names, code, exercise FROM entity_group WHERE id = ?",
    compose: (row) => ({
      ...nothing,
      exercise: Number(row["exercise"]),
      head: lines(namesIn(row["names"]), row["code"]),
    }),
  },
  topic: {
    query: "SELECT title, question, scale, exercise FROM topic WHERE id = ?",
    compose: (row) => ({
      ...nothing,
      exercise: Number(row["exercise"]),
      head: lines(row["title"]),
      body: lines(
        row["question"],
        ...(JSON.parse(String(row["scale"])) as readonly { label: string }[]).map(({ label }) => label),
      ),
    }),
  },
  item: {
    query: "SELECT session_id, title, note, deleted_at FROM agenda_item WHERE id = ?",
    compose: (row) =>
      row["deleted_at"] === null
        ? {
            ...nothing,
            sessionId: text(row["session_id"]),
            head: lines(row["title"]),
            body: lines(row["note"]),
          }
        : null,
  },
  document: {
    query: `SELECT i.session_id, d.symbol, d.title, d.removed_at, i.deleted_at,
      substr(u.words, 1, ${MOST_OF_A_FILE}) AS words
      FROM agenda_document d JOIN agenda_item i ON i.id = d.item_id LEFT JOIN upload u ON u.id = d.upload_id
      WHERE d.id = ?`,
    compose: (row) =>
      row["removed_at"] === null && row["deleted_at"] === null
        ? {
            ...nothing,
            sessionId: text(row["session_id"]),
            head: lines(row["symbol"], row["title"]),
            body: lines(row["words"]),
          }
        : null,
  },
  text: {
    query: "SELECT session_id, delegation_id, title, symbol, note FROM text WHERE id = ?",
    compose: (row) =>
      row["delegation_id"] === null
        ? {
            ...nothing,
            sessionId: text(row["session_id"]),
            head: lines(row["title"], row["symbol"]),
            body: lines(row["note"]),
          }
        : null,
  },
  statement: {
    query: `SELECT s.session_id, s.delegation_id, s.embargo, s.title, s.body, s.correction,
      e.names, e.code, g.names AS group_names, g.code AS group_code, substr(u.words, 1, ${MOST_OF_A_FILE}) AS words
      FROM statement s JOIN entity e ON e.id = s.entity_id LEFT JOIN entity_group g ON g.id = s.group_id
      LEFT JOIN upload u ON u.id = s.upload_id WHERE s.id = ?`,
    compose: (row) => ({
      ...nothing,
      sessionId: text(row["session_id"]),
      delegationId: text(row["delegation_id"]),
      embargo: text(row["embargo"]),
      head: lines(row["title"]),
      body: lines(row["body"], row["words"], row["correction"]),
      about: lines(namesIn(row["names"]), row["code"], namesIn(row["group_names"]), row["group_code"]),
    }),
  },
  "statement-draft": {
    query: `SELECT i.session_id, s.delegation_id, s.title, s.body, s.released_as,
      substr(u.words, 1, ${MOST_OF_A_FILE}) AS words
      FROM statement_draft s JOIN agenda_item i ON i.id = s.item_id LEFT JOIN upload u ON u.id = s.upload_id
      WHERE s.id = ?`,
    compose: (row) =>
      row["released_as"] === null
        ? {
            ...nothing,
            sessionId: text(row["session_id"]),
            delegationId: text(row["delegation_id"]),
            head: lines(row["title"]),
            body: lines(row["body"], row["words"]),
          }
        : null,
  },
  position: {
    query: `SELECT p.session_id, p.summary, p.excerpt, p.source_title, p.source_symbol, p.source_forum, p.stance,
      p.standing, p.withdraws, t.title, t.scale, t.exercise, e.names, e.code, g.names AS group_names, g.code AS group_code
      FROM position p JOIN topic t ON t.id = p.topic_id JOIN entity e ON e.id = p.entity_id
      LEFT JOIN entity_group g ON g.id = p.group_id WHERE p.id = ?`,
    // That editors took a reading down says nothing that could be looked for.
    compose: (row) =>
      row["standing"] === "editors" && row["withdraws"] === 1
        ? null
        : {
            ...nothing,
            sessionId: text(row["session_id"]),
            exercise: Number(row["exercise"]),
            head: "",
            body: positionWords(row),
            about: lines(
              row["title"],
              stanceIn(row["scale"], row["stance"]),
              namesIn(row["names"]),
              row["code"],
              namesIn(row["group_names"]),
              row["group_code"],
            ),
          },
  },
  "position-draft": {
    query: `SELECT d.session_id, p.delegation_id, p.summary, p.excerpt, p.source_title, p.source_symbol,
      p.source_forum, p.stance, p.released_as, t.title, t.scale
      FROM position_draft p JOIN topic t ON t.id = p.topic_id JOIN delegation d ON d.id = p.delegation_id
      WHERE p.id = ?`,
    compose: (row) =>
      row["released_as"] === null
        ? {
            ...nothing,
            sessionId: text(row["session_id"]),
            delegationId: text(row["delegation_id"]),
            head: "",
            body: positionWords(row),
            about: lines(row["title"], stanceIn(row["scale"], row["stance"])),
          }
        : null,
  },
};

/** Reads and composes things by their kind and id; null for what is not there, or not to be found. */
export function createComposer(
  connection: Connection,
): (kind: ComposedKind, thingId: string) => Composed | null {
  const queries = new Map(
    Object.entries(sources).map(([kind, { query }]) => [kind, connection.prepare<[string], Row>(query)]),
  );
  return (kind, thingId) => {
    const row = queries.get(kind)?.get(thingId);
    return row ? sources[kind].compose(row) : null;
  };
}
