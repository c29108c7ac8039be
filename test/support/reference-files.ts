/** The reference data in a hall, and copies of their files in which a test changes something. */
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { rowHash } from "#db/canonical.ts";
import { loadReference } from "#db/reference/load.ts";
import { textAudience } from "#db/schema/text.ts";
import { appendEvent } from "#db/stores/event.ts";
import { temporaryFolder } from "./database.ts";
import { type Hall, openHall } from "./people.ts";

/** A hall with the real reference data, whose record is whole from the beginning. */
export async function openWithReference(): Promise<Hall> {
  const hall = await openHall();
  await hall.db.write(async (tx) => {
    // The hall's texts were put in without an act.
    const sha256 = (await tx.select().from(textAudience)).map((row) => rowHash("text_audience", row));
    const act = { act: "createText", thing: "text", thingId: "resolution" };
    await appendEvent(tx, { at: 1, by: { personId: "amara" }, ...act, detail: { sha256 } });
  });
  await loadReference(hall.db, () => Date.UTC(2026, 10, 23, 12));
  return hall;
}

type Change = (content: string) => string;

/** `changes`: by file, each given the file's text. Returns the folder, gone when the test has finished. */
export function changedReference(changes: Readonly<Record<string, Change>>): URL {
  const from = path.resolve("db/reference");
  const folder = temporaryFolder();
  for (const file of readdirSync(from).filter((name) => name.endsWith(".json"))) {
    const change = changes[file];
    if (!change) copyFileSync(path.join(from, file), path.join(folder, file));
    else {
      const before = readFileSync(path.join(from, file), "utf8");
      const after = change(before);
      if (after === before) throw new Error(`nothing was changed in ${file}`);
      writeFileSync(path.join(folder, file), after);
    }
  }
  return pathToFileURL(`${folder}/`);
}
