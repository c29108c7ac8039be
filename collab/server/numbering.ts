/** Numbers freeze when a version is issued, for people hold paper; see `label-paths.ts`. Rules LB15 and LB16. */
import type * as Y from "yjs";
import type { TextDocument } from "#collab/document.ts";
import { FROZEN, paragraphsOf } from "#collab/model.ts";
import { numbersOf } from "#collab/numbering.ts";
import { factsOf } from "#collab/projection.ts";

/**
 * Writes the numbers of `document`, which is the text that `doc` holds; nothing where nothing changes. `anew`: in
 * reading order, whatever they were before.
 */
export function freezeNumbers(
  doc: Y.Doc,
  document: TextDocument,
  { anew }: { readonly anew: boolean },
): void {
  const numbers = numbersOf(document, { anew });
  doc.transact(() => {
    paragraphsOf(doc).forEach((map, id) => {
      const { deleted, frozen } = factsOf(map);
      const number = deleted && !anew ? frozen : (numbers.get(id) ?? null);
      if (number !== frozen) map.set(FROZEN, number);
    });
  });
}
