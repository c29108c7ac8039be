/** The text that a run begins with, and the letters that are typed in it. */
import * as Y from "yjs";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";

/** Who typed a character and into which paragraph. */
export type Typed = { home: string; readonly by: number };

/** A character never used before in the run; one in ten is a surrogate pair. */
export function freshLetter(count: number, random: () => number): string {
  return random() < 0.1 ? String.fromCodePoint(0x2_0000 + count) : String.fromCodePoint(0x3400 + count);
}

/** Five paragraphs of eight letters each, as an update; the letters are added to `typed`. */
export function firstDraft(random: () => number, typed: Map<string, Typed>): Uint8Array {
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
      for (let k = 0; k < 8; k++) {
        const letter = freshLetter(typed.size, random);
        typed.set(letter, { home: id, by: -1 });
        words += letter;
      }
      text.insert(0, words, {});
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
