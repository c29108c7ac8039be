import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#db/database.ts";
import { textAudience } from "#db/schema/text.ts";
import { temporaryDatabase, temporaryFolder } from "#test/support/database.ts";
import { PEOPLE, buildRecord } from "#test/support/record.ts";

const sentences = {
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

test("[RC1] no row of the record can be changed, removed or replaced, and the refusal is a sentence", async () => {
  const db = temporaryDatabase();
  await buildRecord(db, { rows: 60 });
  await db.write(async (tx) => {
    await tx.insert(textAudience).values({
      id: "a",
      textId: "report",
      audience: "all",
      delegationIds: [],
      shows: "live",
      fromSeq: 0,
      number: 2,
      setBy: PEOPLE[0],
      setAt: 1,
    });
  });
  for (const [table, subject] of Object.entries(sentences)) {
    const count = () => db.read.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const columns = db.read.$client
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`)
      .pluck()
      .all();
    const before = count();
    expect(before, table).toBeGreaterThan(0);
    for (const column of columns) {
      const change = db.write(async (tx) => tx.$client.exec(`UPDATE ${table} SET "${column}" = "${column}"`));
      await expect(change, `${table}.${column}`).rejects.toThrow(`${subject} never changes.`);
    }
    const removal = db.write(async (tx) => tx.$client.exec(`DELETE FROM ${table}`));
    await expect(removal, table).rejects.toThrow(`${subject} never goes away.`);
    const replacing = db.write(async (tx) =>
      tx.$client.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`),
    );
    await expect(replacing, table).rejects.toThrow(`${subject} never goes away.`);
    expect(count(), table).toBe(before);
  }
});

test("[RC1] a trigger that was removed or replaced by a tame one is made again at start", async () => {
  const folder = temporaryFolder();
  openDatabase({ folder }).close();
  const file = new Sqlite(path.join(folder, "chapeau.db"));
  const all = file.prepare<[], { name: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
  );
  const before = all.all();
  const keeping = before.filter(({ name }) => /_no_(update|delete)$/.test(name));
  expect(keeping).toHaveLength(2 * Object.keys(sentences).length);
  file.exec("DROP TRIGGER event_no_delete; DROP TRIGGER text_update_no_update");
  file.exec("CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END");
  file.close();
  const db = openDatabase({ folder });
  expect(
    db.read.$client.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").all(),
  ).toEqual(before);
  db.close();
});
