/** Which words a restoration would make twice. */
import type { Paragraph, TextDocument } from "#collab/document.ts";
import type { IdRange } from "#collab/model.ts";
import { eachRoot } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import type { WordsPlan } from "./restore-words.ts";

/** Starts and ends of ranges by client, sorted, without overlap. */
type Covered = ReadonlyMap<number, readonly (readonly [start: number, end: number])[]>;

function cover(ranges: readonly IdRange[]): Covered {
  const byClient = new Map<number, [number, number][]>();
  for (const [client, clock, length] of ranges) {
    const list = byClient.get(client) ?? [];
    byClient.set(client, list);
    list.push([clock, clock + length]);
  }
  for (const list of byClient.values()) list.sort((a, b) => a[0] - b[0]);
  return byClient;
}

function covers(covered: Covered, client: number, clock: number): boolean {
  const list = covered.get(client) ?? [];
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [start, end] = list[middle] ?? [0, 0];
    if (clock < start) high = middle - 1;
    else if (clock >= end) low = middle + 1;
    else return true;
  }
  return false;
}

/**
 * Says whether the word that an id stands for is live in the text once the restoration is done, without being put
 * back: what is put back is then a copy and gets no record, or the repair of words carried twice would remove it.
 */
export function liveElsewhere(options: {
  readonly current: TextDocument;
  readonly plans: readonly { readonly wanted: Paragraph; readonly words: WordsPlan | null }[];
  readonly gone: ReadonlySet<string>;
  readonly roots: Roots;
}): (client: number, clock: number) => boolean {
  const { current, plans, gone, roots } = options;
  if (!plans.some(({ words }) => words !== null && words.inserts.length > 0)) return () => false;
  const live: IdRange[] = [];
  const note = (range: IdRange): void => eachRoot(roots, range, (root) => live.push(root));
  const planned = new Map(plans.map(({ wanted, words }) => [wanted.id, words]));
  for (const { id, spans } of current.paragraphs) {
    if (gone.has(id)) continue;
    const words = planned.get(id);
    if (words) words.kept.forEach(note);
    else for (const { ids } of spans) ids.forEach(note);
  }
  const covered = cover(live);
  return (client, clock) => {
    let isLive = false;
    eachRoot(roots, [client, clock, 1], (root) => {
      isLive ||= covers(covered, root[0], root[1]);
    });
    return isLive;
  };
}
