/** The text that a run begins with. */
import * as Y from "yjs";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import { NOBODY } from "./letters.ts";
import type { Letters } from "./letters.ts";

/** Five paragraphs of eight letters each, as an update. */
export function firstDraft(letters: Letters): Uint8Array {
  const doc = createTextDoc();
  doc.clientID = 1;
  doc.transact(() => {
    for (const [i, order] of ["A", "B", "C", "D", "E"].entries()) {
      const map = new Y.Map<unknown>();
      const id = `b${i}`;
      paragraphsOf(doc).set(id, map);
      const text = new Y.Text();
      for (const [key, value] of Object.entries({ order, role: "op", level: 0, relation: null }))
        map.set(key, value);
      map.set("dir", "auto");
      map.set("deleted", false);
      map.set("text", text);
      let words = "";
      for (let k = 0; k < 8; k++) words += letters.next(NOBODY, id);
      text.insert(0, words, {});
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
