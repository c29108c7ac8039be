/** What goes from the browser when somebody signs out, and what stays. */
import * as Y from "yjs";
import { mayKeep, PREFIX } from "./indexed-db.ts";
import { Rows } from "./rows.ts";
import { databaseNames, deleteDatabase, Slot } from "./slot.ts";

/**
 * Clears what this browser keeps of texts, at sign-out, whoever it belongs to. Replicas with changes that were not
 * acknowledged, refused copies and those of open pages stay; returns how many stayed.
 */
export async function clearReplicas(): Promise<number> {
  if (!(await mayKeep())) return 0;
  let stayed = 0;
  for (const name of await databaseNames(`${PREFIX}/`)) {
    if (await mayClear(name)) await deleteDatabase(name);
    else stayed += 1;
  }
  return stayed;
}

async function mayClear(name: string): Promise<boolean> {
  if (name.endsWith("/aside")) return (await new Rows(name).list()).length === 0;
  const doc = new Y.Doc();
  const slot = await Slot.open(name, doc, () => {});
  if (!slot) return false;
  const unsaved = await slot.unsaved();
  await slot.close();
  doc.destroy();
  return unsaved === null;
}
