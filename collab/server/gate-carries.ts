/**
 * Carried words keep their authors, so a carry record is believed only where it can be seen to be true: the copies came
 * with this very update, say the same as what they were copied from, and that no longer stands elsewhere.
 */
import * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import { CARRY_PREFIX, paragraphsOf } from "#collab/model.ts";
import type { Carry, IdRange } from "#collab/model.ts";
import { rootsOf } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { readCarry } from "./carry-record.ts";
import { placeInCopy } from "./places.ts";
import type { Place, PlaceFault } from "./places.ts";
import { findInCopy, findInUpdate, isDeletedBy } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

export type CarryCheck = {
  readonly copy: Y.Doc;
  readonly shape: UpdateShape;
  readonly placeOf: (item: Y.Item) => Place | PlaceFault;
  readonly carries: readonly { readonly paragraphId: string; readonly carry: Carry }[];
  /** Paragraphs that the update hides, or hid for a while before it was sent. */
  readonly hides: ReadonlySet<string>;
  /** Whether the person who sends the update owns this client number. */
  readonly isOwn: (client: number) => boolean;
};

/** Characters in all records of one update. */
const MAX_CARRIED = 200_000;
/** How far the words of a copy that has itself been deleted are sought along earlier records. */
const MAX_CHAIN = 20;

/** The carry records of a document, in the order of their keys within each paragraph. */
function storedCarries(doc: Y.Doc): Carry[] {
  const carries: Carry[] = [];
  paragraphsOf(doc).forEach((map) => {
    map.forEach((value, key) => {
      const carry = key.startsWith(CARRY_PREFIX) ? readCarry(value) : null;
      if (carry) carries.push(carry);
    });
  });
  return carries;
}

/** One after another, the ids of ranges. */
function idsOf(ranges: readonly IdRange[]): (index: number) => readonly [number, number] {
  const starts: number[] = [];
  let total = 0;
  for (const range of ranges) {
    starts.push(total);
    total += range[2];
  }
  let at = 0;
  return (index) => {
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= index) at += 1;
    const [client, clock] = ranges[at] ?? [0, 0, 0];
    return [client, clock + index - (starts[at] ?? 0)];
  };
}

function unitOf(item: Y.Item, clock: number): string | null {
  if (item.content instanceof Y.ContentString) return item.content.str[clock - item.id.clock] ?? null;
  return item.content instanceof Y.ContentEmbed ? JSON.stringify(item.content.embed) : null;
}

function eachSource(
  roots: Roots,
  client: number,
  clock: number,
  visit: (client: number, clock: number) => void,
): void {
  const pieces = roots.pieces.get(client) ?? [];
  let low = 0;
  let high = pieces.length / 4 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const start = pieces[middle * 4] ?? 0;
    if (clock < start) high = middle - 1;
    else if (clock >= start + (pieces[middle * 4 + 1] ?? 0)) low = middle + 1;
    else return visit(pieces[middle * 4 + 2] ?? 0, (pieces[middle * 4 + 3] ?? 0) + clock - start);
  }
}

/** Null when every carry record of the update is true. */
export function checkCarries(check: CarryCheck): EditRefusal | null {
  let roots: Roots | null = null;
  let carried = 0;
  const { copy, shape, placeOf } = check;

  function find(client: number, clock: number): { item: Y.Item; place: Place; stored: boolean } | null {
    const stored = findInCopy(copy, client, clock);
    const item = stored ?? findInUpdate(shape, client, clock);
    if (!item) return null;
    const place = stored ? placeInCopy(copy, item) : placeOf(item);
    return place === null || typeof place === "string" ? null : { item, place, stored: stored !== null };
  }

  function isHidden(paragraphId: string): boolean {
    return check.hides.has(paragraphId) || paragraphsOf(copy).get(paragraphId)?.get("deleted") === true;
  }

  /** Where the record of an earlier carry says that this copy came from. */
  function stepBack(client: number, clock: number): readonly [number, number] | null {
    roots ??= rootsOf([...storedCarries(copy), ...check.carries.map(({ carry }) => carry)]);
    let found: readonly [number, number] | null = null;
    eachSource(roots, client, clock, (of, at) => {
      found = [of, at];
    });
    return found;
  }

  function isTrue(unit: string, client: number, clock: number): boolean {
    let at: readonly [number, number] = [client, clock];
    for (let step = 0; step < MAX_CHAIN; step += 1) {
      const found = find(at[0], at[1]);
      if (!found) return false;
      const words = unitOf(found.item, at[1]);
      if (words !== null) return words === unit;
      // Deleted before it was ever sent: its words are gone, which harms nobody but its author.
      const before = stepBack(at[0], at[1]);
      if (!before) return check.isOwn(at[0]);
      at = before;
    }
    return false;
  }

  function faultOf(paragraphId: string, { from, src, dst }: Carry): boolean {
    const length = dst.reduce((sum, range) => sum + range[2], 0);
    carried += length;
    if (carried > MAX_CARRIED) return true;
    const sourceAt = idsOf(src);
    const copyAt = idsOf(dst);
    for (let index = 0; index < length; index += 1) {
      const [client, clock] = copyAt(index);
      const made = find(client, clock);
      if (!made || made.stored || made.place.at !== "words" || made.place.paragraphId !== paragraphId)
        return true;
      if (made.item.content instanceof Y.ContentDeleted || isDeletedBy(shape, client, clock)) continue;
      const unit = unitOf(made.item, clock);
      const [sourceClient, sourceClock] = sourceAt(index);
      const source = find(sourceClient, sourceClock);
      if (unit === null || !source || source.place.at !== "words" || source.place.paragraphId !== from)
        return true;
      const gone =
        source.item.deleted ||
        source.item.content instanceof Y.ContentDeleted ||
        isDeletedBy(shape, sourceClient, sourceClock) ||
        isHidden(from);
      if (!gone || !isTrue(unit, sourceClient, sourceClock)) return true;
    }
    return false;
  }

  for (const { paragraphId, carry } of check.carries) {
    if (faultOf(paragraphId, carry)) return { code: "carry", paragraphId };
  }
  return null;
}
