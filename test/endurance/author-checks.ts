/** Who wrote the words, after all that was done to them: what the room says, what the log says, and who typed them. */
import { isDeepStrictEqual } from "node:util";
import { sameAttribution } from "#collab/attribution-bytes.ts";
import type { Attribution } from "#collab/attribution.ts";
import { authorshipOf } from "#collab/authorship.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import type { Carry } from "#collab/model.ts";
import { NOBODY } from "./letters.ts";
import type { Letters } from "./letters.ts";

type Authored = {
  readonly carries: readonly Carry[];
  readonly copies: readonly Carry[];
  readonly attribution: Attribution;
};

/** Throws when the room and its log differ about who wrote what, or name another than the one who typed a letter. */
export function checkAuthors(
  document: TextDocument,
  authored: { readonly room: Authored; readonly log: Authored },
  { typed }: Letters,
): void {
  const { room, log } = authored;
  if (!sameAttribution(room.attribution, log.attribution))
    throw new Error("the log read from disk gives another index of authors");
  const authorship = authorshipOf(document, [...room.carries, ...room.copies], room.attribution);
  const read = authorshipOf(document, [...log.carries, ...log.copies], log.attribution);
  if (!isDeepStrictEqual(authorship, read)) throw new Error("the log read from disk names other authors");
  for (const paragraph of [...document.paragraphs, ...document.hidden]) {
    const people = (authorship.get(paragraph.id) ?? []).flatMap(({ from, to, person }) =>
      Array.from({ length: to - from }, () => person),
    );
    for (const [at, letter] of lettersOf(paragraph)) {
      const by = typed.get(letter)?.by;
      const author = by === NOBODY ? "chair" : `p${by}`;
      if (people[at] !== author)
        throw new Error(`${letter} in ${paragraph.id} is ${people[at]}'s, and ${author} typed it`);
    }
  }
}

/** Each letter with its place in the paragraph. */
function lettersOf({ spans }: Paragraph): (readonly [number, string])[] {
  const found: (readonly [number, string])[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.kind !== "words") at += 1;
    else
      for (const letter of span.text) {
        found.push([at, letter]);
        at += letter.length;
      }
  }
  return found;
}
