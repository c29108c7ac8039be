/** Numbers freeze when a version is issued, for people hold paper; see `label-paths.ts`. Rules LB15 and LB16. */
import type * as Y from "yjs";
import type { TextDocument } from "#collab/document.ts";
import { encodePath, pathsOf } from "#collab/label-paths.ts";
import { FROZEN, paragraphsOf } from "#collab/model.ts";
import { factsOf } from "#collab/projection.ts";

type Numbering = {
  /** In reading order, as if there were no paper yet: what was inserted is then a paragraph like any other. */
  readonly anew: boolean;
};

/** The number that each paragraph has on paper from now on, by id. */
export function numbersOf(
  { kind, paragraphs, taken = [] }: TextDocument,
  { anew }: Numbering,
): ReadonlyMap<string, string> {
  const counted = anew
    ? paragraphs.map(({ id, role, level, relation }) => ({
        ...{ id, role, level },
        relation: relation?.kind === "alternative" ? relation : null,
      }))
    : paragraphs;
  const paths = pathsOf(kind, counted, anew ? [] : taken);
  return new Map([...paths].map(([id, path]) => [id, encodePath(path)]));
}

/** Writes the numbers of `document`, which is the text that `doc` holds; nothing where nothing changes. */
export function freezeNumbers(doc: Y.Doc, document: TextDocument, numbering: Numbering): void {
  const numbers = numbersOf(document, numbering);
  doc.transact(() => {
    paragraphsOf(doc).forEach((map, id) => {
      const { deleted, frozen } = factsOf(map);
      if (deleted) {
        if (numbering.anew && frozen !== null) map.set(FROZEN, null);
        return;
      }
      const number = numbers.get(id) ?? null;
      if (number !== frozen) map.set(FROZEN, number);
    });
  });
}
