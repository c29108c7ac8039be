/** A wording as passages that can be found: each paragraph by itself, with what it is called there. */
import { plainWords, type TextDocument } from "./document.ts";
import { labelsOf } from "./labels.ts";

export type Passage = {
  readonly paragraphId: string;
  /** "OP3 (a)", or "". */
  readonly label: string;
  readonly words: string;
};

/** Live paragraphs and footnotes that say something, the last first: what is found first stands first. */
export function passagesOf(document: TextDocument): Passage[] {
  const labels = labelsOf(document);
  return document.paragraphs
    .map((paragraph) => ({
      paragraphId: paragraph.id,
      label: labels.get(paragraph.id)?.short ?? "",
      words: plainWords(paragraph).trim(),
    }))
    .filter(({ words }) => words !== "")
    .toReversed();
}
