/**
 * Words that somebody typed into a paragraph while it was deleted, or that whoever deleted it had not received: nobody
 * decided that they should go, so they are put before their author and the drafters.
 */
import { actsOn, eachStamp, insertedBy } from "./attribution.ts";
import type { Attribution, Stamp } from "./attribution.ts";
import type { Paragraph } from "./document.ts";
import type { Carry, IdRange } from "./model.ts";
import { heldOf } from "./seen.ts";
import type { Deletion } from "./seen.ts";

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

type Known = {
  readonly carries: readonly Carry[];
  readonly attribution: Attribution;
  /** Those that hide the paragraph. */
  readonly deletions: readonly Deletion[];
};

type Knows = (client: number, clock: number, stamp: Stamp) => boolean;

/**
 * What is known without a record of the page: a deletion by the server, or by a page of an earlier version, meant all
 * that was in the log before it, and of a paragraph that it merged into another, what it took along.
 */
function knownByLog(deletion: Stamp, from: string, record: Known): Knows {
  const { attribution, deletions } = record;
  const isOne = ({ held, client, clock }: Deletion): boolean =>
    held === null && insertedBy(attribution, client, clock)?.seq === deletion.seq;
  if (deletions.some(({ held }) => held !== null) && !deletions.some(isOne)) return () => false;
  const carried = carriedBy(deletion, from, record);
  return (client, clock, { seq }) =>
    seq <= deletion.seq &&
    (carried.length === 0 ||
      carried.some(([of, start, length]) => of === client && clock >= start && clock < start + length));
}

/** The late words of a deleted paragraph, in their order: those that no page which hid it held, or that came after. */
export function lateWords(paragraph: Paragraph, record: Known): LateRun[] {
  const { attribution, deletions } = record;
  const deletion = actsOn(attribution, paragraph.id).findLast(({ act }) => act === "deleted")?.stamp;
  if (!deletion) return [];
  const isKnown = knownByLog(deletion, paragraph.id, record);
  const late: LateRun[] = [];
  const add = (words: string, stamp: Stamp): void => {
    const last = late.at(-1);
    if (last?.stamp === stamp) late[late.length - 1] = { words: last.words + words, stamp };
    else if (words !== "") late.push({ words, stamp });
  };
  for (const span of paragraph.spans) {
    if (span.kind !== "words") continue;
    let offset = 0;
    for (const [client, clock, length] of span.ids) {
      const start = offset - clock;
      const held = heldOf(deletions, client);
      eachStamp(attribution, "inserted", [client, clock, length], (from, count, stamp) => {
        if (!stamp) return;
        let words = "";
        for (let at = Math.max(from, held); at < from + count; at += 1)
          if (!isKnown(client, at, stamp)) words += span.text.charAt(start + at);
        add(words, stamp);
      });
      offset += length;
    }
  }
  return late;
}
