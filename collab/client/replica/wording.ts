/** Paragraphs of a copy as wording that can be offered to be copied. */
import type * as Y from "yjs";
import { plainWords } from "#collab/document.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { projectParagraph } from "#collab/projection.ts";
import type { Untaken } from "./replay.ts";

/** The wording of the paragraphs `ids`, or of all when they are not known. */
export function wordingOf(doc: Y.Doc, ids: ReadonlySet<string>): Untaken[] {
  const found: Untaken[] = [];
  for (const [id, map] of paragraphsOf(doc)) {
    const paragraph = wordsOf(map) && projectParagraph(map, id);
    if (!paragraph || (ids.size > 0 && !ids.has(id))) continue;
    const words = plainWords(paragraph);
    if (words !== "") found.push({ paragraphId: id, words, code: "" });
  }
  return found;
}
