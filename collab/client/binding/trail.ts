/**
 * Where characters are now. Words that a split, merge or undo carried have new ids; the trail follows them from the id
 * that they had when an act was noted.
 */
import * as Y from "yjs";
import { charactersOf, characterKey } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { paragraphsOf } from "#collab/model.ts";
import type { IdRange } from "#collab/model.ts";
import type { Stretch } from "#collab/carry.ts";
import { paragraphIdOf } from "#collab/projection.ts";
import { firstItem } from "#collab/runs.ts";

export type Found = {
  readonly client: number;
  readonly clock: number;
  readonly paragraph: string;
  readonly isHidden: boolean;
};

export type Trail = ReturnType<typeof createTrail>;

export function createTrail(doc: Y.Doc) {
  const paragraphs = paragraphsOf(doc);
  const next = new Map<CharacterKey, (readonly [number, number])[]>();

  function note(src: readonly IdRange[], dst: readonly IdRange[]): void {
    const to = charactersOf(dst);
    for (const [client, clock] of charactersOf(src)) {
      const target = to.next();
      if (target.done === true) return;
      const key = characterKey(client, clock);
      const list = next.get(key);
      if (list === undefined) next.set(key, [target.value]);
      else list.push(target.value);
    }
  }

  function here(client: number, clock: number): Found | null {
    if (Y.getState(doc.store, client) <= clock) return null;
    const item: unknown = Y.getItem(doc.store, Y.createID(client, clock));
    if (!(item instanceof Y.Item) || item.deleted) return null;
    const paragraph = paragraphIdOf(item.parent, paragraphs);
    if (paragraph === null) return null;
    return { client, clock, paragraph, isHidden: paragraphs.get(paragraph)?.get("deleted") === true };
  }

  /** Where a character lives now: visible if it is visible anywhere, else in a hidden paragraph, else null. */
  function find(client: number, clock: number, seen = new Set<CharacterKey>()): Found | null {
    const key = characterKey(client, clock);
    if (seen.has(key)) return null;
    seen.add(key);
    const own = here(client, clock);
    if (own !== null && !own.isHidden) return own;
    let hidden = own;
    for (const [toClient, toClock] of next.get(key) ?? []) {
      const found = find(toClient, toClock, seen);
      if (found !== null && !found.isHidden) return found;
      hidden ??= found;
    }
    return hidden;
  }

  /** The stretches where characters live now, per paragraph from the end, ready to be changed one after the other. */
  function stretchesOf(ids: readonly IdRange[]): Stretch[] {
    const byParagraph = new Map<string, Set<CharacterKey>>();
    for (const [client, clock] of charactersOf(ids)) {
      const found = find(client, clock);
      if (found === null) continue;
      const keys = byParagraph.get(found.paragraph) ?? new Set();
      byParagraph.set(found.paragraph, keys.add(characterKey(found.client, found.clock)));
    }
    return [...byParagraph].flatMap(([paragraph, keys]) => {
      const text = paragraphs.get(paragraph)?.get("text");
      if (!(text instanceof Y.Text)) return [];
      const offsets = placesIn(text, (key) => keys.has(key)).map((place) => place.offset);
      return joinOffsets(offsets).map((stretch) => ({ paragraph, ...stretch }));
    });
  }

  return { note, find, stretchesOf };
}

export type Place = {
  readonly client: number;
  readonly clock: number;
  /** Visible words before it. */
  readonly offset: number;
  readonly isDeleted: boolean;
};

/** Where characters stand in a text, deleted ones included, in the order of the text. */
export function placesIn(text: Y.Text, wanted: (key: CharacterKey) => boolean): Place[] {
  const places: Place[] = [];
  let offset = 0;
  for (let item = firstItem(text); item !== null; item = item.right) {
    if (!item.countable && !item.deleted) continue;
    const { client, clock } = item.id;
    for (let i = 0; i < item.length; i++)
      if (wanted(characterKey(client, clock + i)))
        places.push({
          client,
          clock: clock + i,
          offset: item.deleted ? offset : offset + i,
          isDeleted: item.deleted,
        });
    if (!item.deleted) offset += item.length;
  }
  return places;
}

/**
 * Offsets as stretches, from the last to the first. Characters must never be changed one unit at a time: that would
 * divide surrogate pairs.
 */
export function joinOffsets(offsets: Iterable<number>): { offset: number; length: number }[] {
  const stretches: { offset: number; length: number }[] = [];
  for (const offset of [...offsets].toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.offset + last.length === offset) last.length += 1;
    else stretches.push({ offset, length: 1 });
  }
  return stretches.toReversed();
}
