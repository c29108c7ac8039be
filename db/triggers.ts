/**
 * Rows of the record never change: the database itself refuses, whoever asks. Dialect-bound, hence not in the schema.
 */
import type { Connection } from "./connection.ts";

/** Tables whose rows are written once, with the words for the refusal. */
const immutable: Readonly<Record<string, string>> = {
  event: "An act on record",
  text_update: "A row of a text's log",
  text_version: "A version",
  text_client: "The owner of a client number",
  text_audience: "An audience that was set",
  position: "A released position",
  statement: "A released statement",
  statement_delivery: "A delivery on record",
  agenda_change: "A change to an adopted agenda",
  topic_change: "A change to a topic",
  reference_correction: "A correction of reference data",
  upload: "An uploaded file",
  bracket_stance: "A stance on a bracket",
  proposal: "A released proposal",
  proposal_sponsor: "A sponsorship on record",
  proposal_withdrawal: "A withdrawal on record",
};

function triggerSql(name: string, table: string, subject: string, act: "UPDATE" | "DELETE"): string {
  const verb = act === "UPDATE" ? "changes" : "goes away";
  return `CREATE TRIGGER "${name}" BEFORE ${act} ON "${table}" BEGIN SELECT RAISE(ABORT, '${subject.replaceAll("'", "''")} never ${verb}.'); END`;
}

/** Creates what is missing or differs, then reads all of them back; throws if one is not as it must be. */
export function createTriggers(connection: Connection): void {
  const wanted = new Map<string, string>();
  for (const [table, subject] of Object.entries(immutable)) {
    for (const act of ["UPDATE", "DELETE"] as const) {
      const name = `${table}_no_${act.toLowerCase()}`;
      wanted.set(name, triggerSql(name, table, subject, act));
    }
  }
  const find = connection
    .prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?")
    .pluck();
  connection.transaction(() => {
    for (const [name, sql] of wanted) {
      if (find.get(name) === sql) continue;
      connection.exec(`DROP TRIGGER IF EXISTS "${name}"`);
      connection.exec(sql);
    }
  })();
  for (const [name, sql] of wanted) {
    if (find.get(name) !== sql) throw new Error(`The trigger ${name} could not be created.`);
  }
}
