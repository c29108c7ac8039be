/**
 * Wording that only this browser has, for somebody who cannot write in the text any more (a right that was withdrawn
 * while the page was closed): it is offered to be copied where the text is read.
 */
import * as Y from "yjs";
import { createTextDoc } from "#collab/model.ts";
import { asideDatabase, mayKeep, slotPrefix } from "./indexed-db.ts";
import type { AsideRow, ReplicaKey } from "./indexed-db.ts";
import type { Untaken } from "./replay.ts";
import { Rows } from "./rows.ts";
import { databaseNames, deleteDatabase, Slot } from "./slot.ts";
import { wordingOf } from "./wording.ts";

/** The editor of this very page may have been left a moment ago and still be closing its slot. */
const CLOSING_MS = 2_000;

/** Everything of this person in this text that was never acknowledged and is in no open page. */
export async function listKeptWords(key: ReplicaKey): Promise<readonly Untaken[]> {
  return (await readKeptWords(key)).words;
}

/** The same, with the replicas that were read: what is in another may be in an open page. */
export async function readKeptWords(
  key: ReplicaKey,
): Promise<{ readonly words: readonly Untaken[]; readonly read: ReadonlySet<string> }> {
  const read = new Set<string>();
  const found: Untaken[] = [];
  if (!(await mayKeep())) return { words: found, read };
  for (const name of await databaseNames(slotPrefix(key))) {
    const doc = createTextDoc();
    const slot = await Slot.open(name, doc, () => {}, CLOSING_MS);
    const unsaved = await slot?.unsaved();
    if (slot) read.add(name);
    if (unsaved) found.push(...wordingOf(doc, new Set(unsaved.paragraphIds)));
    await slot?.close();
    doc.destroy();
  }
  for (const row of await listAsides(key)) {
    if (row.untaken) {
      found.push(...row.untaken);
      continue;
    }
    const doc = createTextDoc();
    Y.applyUpdate(doc, row.state);
    found.push(...wordingOf(doc, new Set(row.touched)).map((one) => ({ ...one, code: row.code })));
    doc.destroy();
  }
  return { words: found, read };
}

async function listAsides(key: ReplicaKey): Promise<readonly AsideRow[]> {
  const name = asideDatabase(key);
  return (await databaseNames(name)).length === 0 ? [] : new Rows<AsideRow>(name).list();
}

/** The person has what they need: everything of theirs in this text goes from this browser. */
export async function forgetKeptWords(key: ReplicaKey): Promise<void> {
  for (const name of await databaseNames(slotPrefix(key))) {
    const doc = createTextDoc();
    const slot = await Slot.open(name, doc, () => {}, CLOSING_MS);
    await slot?.close();
    if (slot) await deleteDatabase(name);
    doc.destroy();
  }
  await deleteDatabase(asideDatabase(key));
}
