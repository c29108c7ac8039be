/**
 * The index of search: derived from the rest of the file, thrown away and made anew whenever its form changes. Triggers
 * note what a write has changed, whoever writes, and `search-index.ts` takes that over. Dialect-bound, hence not in the
 * schema. Rule SE9.
 */
import type { Connection } from "#db/connection.ts";
import { SEARCH_WORDS } from "./entry.ts";

/** Counts the forms of the index: of its tables, and of words as `app/rules/search-words.ts` compares them. */
const FORM = 1;

const TABLES = [
  ...SEARCH_WORDS,
  "search_heads",
  "search_wording",
  "search_entry",
  "search_todo",
  "search_text",
  "search_form",
];

function wordTable(name: string, columns: string): string {
  return `CREATE VIRTUAL TABLE ${name} USING fts5 (
  ${columns}, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);`;
}

/** `search_entry` is in `entry.ts`. The words themselves stay where they are written; the index holds where they stand. */
const CREATE = `
CREATE TABLE search_entry (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  thing_id TEXT NOT NULL,
  session_id TEXT,
  delegation_id TEXT,
  embargo TEXT,
  exercise INTEGER,
  text_id TEXT,
  paragraph_id TEXT,
  words TEXT,
  UNIQUE (kind, thing_id)
);
CREATE INDEX search_entry_text ON search_entry (text_id) WHERE text_id IS NOT NULL;
CREATE TABLE search_wording (
  entry_id INTEGER NOT NULL,
  wording TEXT NOT NULL,
  number INTEGER NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (entry_id, wording)
) WITHOUT ROWID;
CREATE INDEX search_wording_of ON search_wording (wording, entry_id);
CREATE TABLE search_text (text_id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE search_todo (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, thing_id TEXT NOT NULL, UNIQUE (kind, thing_id));
${SEARCH_WORDS.map((table) => wordTable(table, "head, body, about")).join("\n")}
${wordTable("search_heads", "head")}
CREATE INDEX IF NOT EXISTS search_position_supersedes ON position (supersedes) WHERE supersedes IS NOT NULL;
CREATE TABLE search_form (form INTEGER NOT NULL);
INSERT INTO search_form VALUES (${FORM});
`;

/** What is noted when rows of a table are written: as a query over the row, `:row` standing for it. */
type Noted = { readonly kind: string; readonly query: string };

const itself = (kind: string): Noted => ({ kind, query: "SELECT :row.id AS id" });
const of = (kind: string, table: string, column: string): Noted => ({
  kind,
  query: `SELECT id FROM "${table}" WHERE "${column}" = :row.id`,
});

type Watched = {
  readonly table: string;
  readonly written: readonly Noted[];
  /** More, when one of these columns has changed. */
  readonly changed?: { readonly columns: readonly string[]; readonly also: readonly Noted[] };
};

const watched: readonly Watched[] = [
  {
    table: "entity",
    written: [itself("entity")],
    changed: {
      columns: ["names", "code"],
      also: [of("position", "position", "entity_id"), of("statement", "statement", "entity_id")],
    },
  },
  {
    table: "entity_group",
    written: [itself("group")],
    changed: {
      columns: ["names", "code"],
      also: [of("position", "position", "group_id"), of("statement", "statement", "group_id")],
    },
  },
  {
    table: "topic",
    written: [itself("topic")],
    changed: {
      columns: ["title", "scale"],
      also: [of("position", "position", "topic_id"), of("position-draft", "position_draft", "topic_id")],
    },
  },
  {
    table: "agenda_item",
    written: [itself("item")],
    changed: { columns: ["deleted_at"], also: [of("document", "agenda_document", "item_id")] },
  },
  { table: "agenda_document", written: [itself("document")] },
  { table: "position", written: [itself("position")] },
  { table: "position_draft", written: [itself("position-draft")] },
  { table: "statement", written: [itself("statement")] },
  { table: "statement_draft", written: [itself("statement-draft")] },
  { table: "text", written: [itself("text")] },
  { table: "text_version", written: [itself("version")] },
  { table: "text_update", written: [{ kind: "live", query: "SELECT :row.text_id AS id" }] },
];

/** Rows that a person writes once: nothing of them is noted a second time while it waits. */
function note(noted: Noted, row: "NEW" | "OLD"): string {
  const query = noted.query.replaceAll(":row", row);
  return `INSERT INTO search_todo (kind, thing_id) SELECT '${noted.kind}', id FROM (${query}) AS found WHERE NOT EXISTS (SELECT 1 FROM search_todo WHERE kind = '${noted.kind}' AND thing_id = found.id);`;
}

function triggers(): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  const add = (name: string, when: string, notes: readonly string[]): void => {
    wanted.set(name, `CREATE TRIGGER "${name}" ${when} BEGIN ${notes.join(" ")} END`);
  };
  for (const { table, written, changed } of watched) {
    for (const act of ["INSERT", "UPDATE", "DELETE"] as const) {
      const notes = written.map((noted) => note(noted, act === "DELETE" ? "OLD" : "NEW"));
      add(`${table}_search_${act.toLowerCase()}`, `AFTER ${act} ON "${table}"`, notes);
    }
    if (!changed) continue;
    const differs = changed.columns.map((column) => `OLD."${column}" IS NOT NEW."${column}"`).join(" OR ");
    const notes = changed.also.map((noted) => note(noted, "NEW"));
    add(`${table}_search_changed`, `AFTER UPDATE ON "${table}" WHEN ${differs}`, notes);
  }
  return wanted;
}

/** Everything there is, the oldest first: what is newest is found first. */
const EVERYTHING = `
INSERT INTO search_todo (kind, thing_id) SELECT 'entity', id FROM entity ORDER BY alphabet DESC;
INSERT INTO search_todo (kind, thing_id) SELECT 'group', id FROM entity_group ORDER BY code DESC;
INSERT INTO search_todo (kind, thing_id) SELECT 'topic', id FROM topic ORDER BY "order" DESC;
INSERT INTO search_todo (kind, thing_id) SELECT 'item', id FROM agenda_item ORDER BY created_at, "order" DESC;
INSERT INTO search_todo (kind, thing_id) SELECT 'document', id FROM agenda_document ORDER BY at;
INSERT INTO search_todo (kind, thing_id) SELECT 'text', id FROM text ORDER BY created_at;
INSERT INTO search_todo (kind, thing_id) SELECT 'statement', id FROM statement ORDER BY released_at, id;
INSERT INTO search_todo (kind, thing_id) SELECT 'statement-draft', id FROM statement_draft ORDER BY drafted_at;
INSERT INTO search_todo (kind, thing_id) SELECT 'position', id FROM position ORDER BY released_at, id;
INSERT INTO search_todo (kind, thing_id) SELECT 'position-draft', id FROM position_draft ORDER BY drafted_at;
INSERT INTO search_todo (kind, thing_id) SELECT 'version', id FROM text_version ORDER BY issued_at, number;
INSERT INTO search_todo (kind, thing_id) SELECT 'live', text_id FROM text_update GROUP BY text_id ORDER BY min(at);
`;

/** Makes tables and triggers where they are missing or of another form; then everything is noted to be taken over. */
export function createSearchTables(connection: Connection): void {
  const sqlOf = connection.prepare<[string], string>("SELECT sql FROM sqlite_master WHERE name = ?").pluck();
  connection.transaction(() => {
    const isThere = TABLES.every((table) => sqlOf.get(table) !== undefined);
    const form = isThere ? connection.prepare("SELECT form FROM search_form").pluck().get() : null;
    const anew = form !== FORM;
    if (anew) {
      for (const table of TABLES) connection.exec(`DROP TABLE IF EXISTS "${table}"`);
      connection.exec(CREATE);
    }
    for (const [name, sql] of triggers()) {
      if (sqlOf.get(name) === sql) continue;
      connection.exec(`DROP TRIGGER IF EXISTS "${name}"`);
      connection.exec(sql);
    }
    if (anew) connection.exec(EVERYTHING);
  })();
}
