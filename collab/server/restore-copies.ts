/** Which words a restoration would make twice. */
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { cutRanges } from "#collab/id-ranges.ts";
import type { IdRange } from "#collab/model.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import type { EachPart, WordsPlan } from "./restore-plan.ts";
import type { Stay, Units } from "./restore-units.ts";

/** Starts and ends of ranges by client, sorted, without overlap. */
export type Covered = ReadonlyMap<number, readonly (readonly [start: number, end: number])[]>;

function cover(ranges: readonly IdRange[]): Covered {
  const byClient = new Map<number, [number, number][]>();
  for (const [client, clock, length] of ranges) {
    const list = byClient.get(client) ?? [];
    byClient.set(client, list);
    list.push([clock, clock + length]);
  }
  for (const [client, list] of byClient) {
    const joined: [number, number][] = [];
    for (const range of list.sort((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else joined.push(range);
    }
    byClient.set(client, joined);
  }
  return byClient;
}

function eachCovered(
  covered: Covered,
  [client, clock, length]: IdRange,
  visit: (length: number, isCovered: boolean) => void,
): void {
  const list = covered.get(client) ?? [];
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.[1] ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  const end = clock + length;
  for (let from = clock; from < end; low += 1) {
    const [start, stop] = list[low] ?? [end, end];
    if (start > from) visit(Math.min(start, end) - from, false);
    from = Math.max(from, Math.min(start, end));
    if (from < end) visit(Math.min(stop, end) - from, true);
    from = Math.max(from, Math.min(stop, end));
  }
}

/** Where the words of these paragraphs come from; null when there are none. */
export function sourcesOf(paragraphs: readonly Paragraph[], roots: Roots): Covered | null {
  const sources: IdRange[] = [];
  for (const { spans } of paragraphs)
    for (const { ids } of spans)
      for (const range of ids) eachRoot(roots, range, (root) => sources.push(root));
  return sources.length > 0 ? cover(sources) : null;
}

/** What of these words that are to stay does not come from the same characters as others. */
export function withoutThose(
  stays: readonly Stay[],
  { ids }: Pick<Units, "ids">,
  { others, roots }: { readonly others: Covered; readonly roots: Roots },
): Stay[] {
  const left: Stay[] = [];
  for (const { at, place, length } of stays) {
    let offset = 0;
    for (const range of cutRanges(ids, place, place + length)) {
      eachRoot(roots, range, (root) => {
        eachCovered(others, root, (part, isCovered) => {
          if (!isCovered) left.push({ at: at + offset, place: place + offset, length: part });
          offset += part;
        });
      });
    }
  }
  return left;
}

/**
 * Says which of the words that ids stand for are live in the text once the restoration is done, without being put
 * back: what is put back is then a copy and gets no record, or the repair of words carried twice would remove it.
 */
export function liveElsewhere(options: {
  readonly current: TextDocument;
  readonly plans: readonly { readonly wanted: Paragraph; readonly words: WordsPlan | null }[];
  readonly gone: ReadonlySet<string>;
  readonly roots: Roots;
}): EachPart {
  const { current, plans, gone, roots } = options;
  const bringsWords = plans.some(({ words }) => words?.steps.some(({ from, to }) => to > from));
  if (!bringsWords) return (range, visit) => visit(0, range[2], false);
  const live: IdRange[] = [];
  const note = (range: IdRange): void => eachRoot(roots, range, (root) => live.push(root));
  const planned = new Map(plans.map(({ wanted, words }) => [wanted.id, words]));
  for (const { id, spans } of current.paragraphs) {
    if (gone.has(id)) continue;
    const words = planned.get(id);
    if (!words) for (const { ids } of spans) ids.forEach(note);
    else
      for (const { place, length } of words.stays)
        cutRanges(words.before.ids, place, place + length).forEach(note);
  }
  const covered = cover(live);
  return (range, visit) => {
    let offset = 0;
    eachRoot(roots, range, (root) => {
      eachCovered(covered, root, (length, isCovered) => {
        visit(offset, length, isCovered);
        offset += length;
      });
    });
  };
}
