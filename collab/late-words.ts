/**
 * Words that somebody typed into a paragraph while it was deleted, or that whoever deleted it had not seen: nobody
 * decided that they should go, so they are put before their author and the drafters.
 */
import { actsOn, eachStamp, insertedBy } from "./attribution.ts";
import type { Attribution, Stamp } from "./attribution.ts";
import type { Paragraph } from "./document.ts";
import type { Carry, IdRange } from "./model.ts";

export type LateRun = { readonly words: string; readonly stamp: Stamp };

/** What the deletion carried to another paragraph (a merge): all that whoever merged had seen. */
function carriedBy(deletion: Stamp, from: string, { carries, attribution }: Known): readonly IdRange[] {
  return carries
    .filter(({ dst, ...carry }) => {
      const [first] = dst;
      if (carry.from !== from || !first) return false;
      return insertedBy(attribution, first[0], first[1])?.seq === deletion.seq;
    })
    .flatMap(({ src }) => src);
}

type Known = { readonly carries: readonly Carry[]; readonly attribution: Attribution };

/**
 * The late words of a deleted paragraph, in their order: those that came into the log after the deletion, and, when the
 * deletion merged the paragraph into another, those that it did not take along.
 */
export function lateWords(paragraph: Paragraph, record: Known): LateRun[] {
  const { attribution } = record;
  const deletion = actsOn(attribution, paragraph.id).findLast(({ act }) => act === "deleted")?.stamp;
  if (!deletion) return [];
  const carried = carriedBy(deletion, paragraph.id, record);
  const isCarried = (client: number, clock: number): boolean =>
    carried.some(([of, start, length]) => of === client && clock >= start && clock < start + length);
  const late: LateRun[] = [];
  const add = (words: string, stamp: Stamp): void => {
    const last = late.at(-1);
    if (last?.stamp === stamp) late[late.length - 1] = { words: last.words + words, stamp };
    else late.push({ words, stamp });
  };
  for (const span of paragraph.spans) {
    if (span.kind !== "words") continue;
    let offset = 0;
    for (const [client, clock, length] of span.ids) {
      const start = offset - clock;
      eachStamp(attribution, "inserted", [client, clock, length], (from, count, stamp) => {
        if (!stamp) return;
        const words = span.text.slice(start + from, start + from + count);
        if (stamp.seq > deletion.seq) add(words, stamp);
        else if (carried.length > 0) {
          const left = [...words.split("").keys()].filter((at) => !isCarried(client, from + at));
          if (left.length > 0) add(left.map((at) => words.charAt(at)).join(""), stamp);
        }
      });
      offset += length;
    }
  }
  return late;
}
