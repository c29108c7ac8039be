/**
 * Everything that can be said about an edit before it is applied anywhere. What passes here is tried on the gate's
 * copy; what does not has cost next to nothing and left nothing behind.
 */
import * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import {
  CARRY_PREFIX,
  MAX_PARAGRAPH_LENGTH,
  MAX_PARAGRAPHS,
  paragraphsOf,
  SEEN_PREFIX,
  wordsOf,
} from "#collab/model.ts";
import type { Carry, IdRange, ParagraphMap } from "#collab/model.ts";
import { isSeen } from "#collab/seen.ts";
import { readCarry } from "./carry-record.ts";
import { createEffort } from "./effort.ts";
import { checkCarries } from "./gate-carries.ts";
import { refuseContent, valueOf } from "./gate-content.ts";
import type { GateCopy } from "./gate-copy.ts";
import { checkDeletes, tears } from "./gate-deletes.ts";
import { createPlaces } from "./places.ts";
import type { Place } from "./places.ts";
import { deletesIn, findInCopy, findInUpdate, isDeletedBy } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

export type EditCheck = {
  readonly copy: GateCopy;
  readonly shape: UpdateShape;
  readonly locks: ReadonlySet<string>;
  /** Whether the person may write under this client number: their own, or nobody's yet. */
  readonly mayUse: (client: number) => boolean;
};

const NEEDED = ["order", "role", "level", "deleted", "text"] as const;

/** What an update says about paragraphs, gathered item by item. */
type Gathered = {
  readonly created: Map<string, Set<string>>;
  readonly roles: Map<string, Set<string>>;
  readonly hides: Set<string>;
  readonly orders: Map<string, string>;
  readonly lengths: Map<string, number>;
  readonly notes: { readonly paragraphId: string; readonly note: string }[];
  readonly carries: { readonly paragraphId: string; readonly carry: Carry }[];
};

const refusal = (code: string, paragraphId: string | null): EditRefusal => ({ code, paragraphId });

/** Nothing speaks against an edit; `carried`: where its records say that carried characters are now. */
type Passed = { readonly carried: readonly IdRange[] };

export function checkEdit(check: EditCheck): EditRefusal | Passed {
  const { copy, shape, locks } = check;
  for (const client of shape.clients) if (!check.mayUse(client)) return refusal("foreign-client", null);

  const deletes = checkDeletes(copy.doc, shape, locks);
  if (!("removed" in deletes)) return deletes;

  const placeOf = createPlaces(copy.doc, shape);
  const gathered: Gathered = {
    created: new Map(),
    roles: new Map(),
    hides: new Set(),
    orders: new Map(),
    lengths: new Map(),
    notes: [],
    carries: [],
  };
  const isAffordable = createEffort(copy.doc, shape);
  for (const item of shape.fresh) {
    const place = placeOf(item);
    if (typeof place === "string") return refusal(place, null);
    if (!isAffordable(item, place)) return refusal("too-large", null);
    const fault =
      (locks.has(place.paragraphId) ? refusal("locked", place.paragraphId) : null) ??
      refuseContent(item, place) ??
      refuseTorn(check, item, place) ??
      gather(check, gathered, item, place);
    if (fault) return fault;
  }
  return (
    checkCreated(copy, gathered) ??
    checkLengths(copy, gathered, deletes.removed) ??
    checkNotes(copy, gathered) ??
    checkCarries({
      copy: copy.doc,
      shape,
      placeOf,
      carries: gathered.carries,
      hides: gathered.hides,
      isOwn: check.mayUse,
    }) ?? { carried: gathered.carries.flatMap(({ carry }) => carry.dst) }
  );
}

/** A character of two units is never parted, neither by an insertion nor by a deletion. */
function refuseTorn({ copy, shape }: EditCheck, item: Y.Item, place: Place): EditRefusal | null {
  if (place.at !== "words") return null;
  const cuts: [Y.ID | null, number][] = [
    [item.origin, 1],
    [item.rightOrigin, 0],
  ];
  for (const [id, behind] of cuts) {
    if (!id) continue;
    const near = findInCopy(copy.doc, id.client, id.clock) ?? findInUpdate(shape, id.client, id.clock);
    if (
      near?.content instanceof Y.ContentString &&
      tears(near.content.str, id.clock - near.id.clock + behind)
    ) {
      return refusal("torn-character", place.paragraphId);
    }
  }
  if (item.content instanceof Y.ContentString) {
    const { str } = item.content;
    for (const { clock, len } of deletesIn(shape, [item.id.client, item.id.clock, item.length])) {
      const from = clock - item.id.clock;
      if (tears(str, from) || tears(str, from + len)) return refusal("torn-character", place.paragraphId);
    }
  }
  return null;
}

function gather(check: EditCheck, gathered: Gathered, item: Y.Item, place: Place): EditRefusal | null {
  const { paragraphId } = place;
  const { copy, shape } = check;
  if (place.at === "paragraphs") {
    const isThere = paragraphsOf(copy.doc).has(paragraphId) || gathered.created.has(paragraphId);
    if (isThere || isDeletedBy(shape, item.id.client, item.id.clock)) {
      return refusal("paragraph-removed", paragraphId);
    }
    gathered.created.set(paragraphId, new Set());
    return null;
  }
  if (place.at === "words") {
    const { content } = item;
    if (content instanceof Y.ContentString || content instanceof Y.ContentEmbed) {
      let length = item.length;
      for (const { clock, len } of deletesIn(shape, [item.id.client, item.id.clock, item.length])) {
        const from = Math.max(clock, item.id.clock);
        const to = Math.min(clock + len, item.id.clock + item.length);
        if (to > from) length -= to - from;
      }
      gathered.lengths.set(paragraphId, (gathered.lengths.get(paragraphId) ?? 0) + length);
      if (content instanceof Y.ContentEmbed && length > 0 && "footnote" in content.embed) {
        gathered.notes.push({ paragraphId, note: String(content.embed.footnote) });
      }
    }
    return null;
  }
  return gatherField(check, gathered, item, place);
}

function gatherField(
  { copy, shape }: EditCheck,
  gathered: Gathered,
  item: Y.Item,
  { paragraphId, key }: Extract<Place, { at: "field" }>,
): EditRefusal | null {
  const keys = gathered.created.get(paragraphId);
  const value = valueOf(item);
  if (key === "text") {
    if (!keys || keys.has("text")) return refusal("text-replaced", paragraphId);
    if (isDeletedBy(shape, item.id.client, item.id.clock)) return refusal("text-replaced", paragraphId);
  }
  keys?.add(key);
  // A value that was replaced before it was ever sent has come without its content: it may have hidden the paragraph.
  if (key === "deleted" && value !== false) gathered.hides.add(paragraphId);
  if (value === undefined) return null;
  if (key === "order" && typeof value === "string") {
    const holder = copy.orders.get(value) ?? gathered.orders.get(value) ?? paragraphId;
    if (holder !== paragraphId) return refusal("order-in-use", paragraphId);
    gathered.orders.set(value, paragraphId);
  } else if (key === "role" && typeof value === "string") {
    const roles = gathered.roles.get(paragraphId) ?? new Set();
    gathered.roles.set(paragraphId, roles.add(value));
  } else if (key.startsWith(CARRY_PREFIX)) {
    if (paragraphsOf(copy.doc).get(paragraphId)?.has(key)) return refusal("carry", paragraphId);
    const carry = readCarry(value);
    if (carry) gathered.carries.push({ paragraphId, carry });
  } else if (key.startsWith(SEEN_PREFIX)) {
    const isNew = paragraphsOf(copy.doc).get(paragraphId)?.has(key) !== true;
    if (!isNew || !mayHold(copy.doc, shape, value)) return refusal("field", paragraphId);
  }
  return null;
}

/** A page cannot have held what is not there yet. */
function mayHold(copy: Y.Doc, shape: UpdateShape, value: unknown): boolean {
  if (!isSeen(value)) return false;
  return value.every(([client, end]) => {
    const last = shape.byClient.get(client)?.at(-1);
    return end <= Math.max(Y.getState(copy.store, client), last ? last.id.clock + last.length : 0);
  });
}

function checkCreated(copy: GateCopy, { created }: Gathered): EditRefusal | null {
  if (created.size > 0 && paragraphsOf(copy.doc).size + created.size > MAX_PARAGRAPHS) {
    return refusal("too-many-paragraphs", null);
  }
  for (const [paragraphId, keys] of created) {
    if (!NEEDED.every((key) => keys.has(key))) return refusal("incomplete", paragraphId);
  }
  return null;
}

function checkLengths(
  copy: GateCopy,
  { lengths }: Gathered,
  removed: ReadonlyMap<string, number>,
): EditRefusal | null {
  for (const [paragraphId, added] of lengths) {
    const map = paragraphsOf(copy.doc).get(paragraphId);
    const length = (map && wordsOf(map)?.length) ?? 0;
    const after = length + added - (removed.get(paragraphId) ?? 0);
    if (added > 0 && after > MAX_PARAGRAPH_LENGTH) return refusal("paragraph-too-long", paragraphId);
  }
  return null;
}

function checkNotes(copy: GateCopy, { notes, roles }: Gathered): EditRefusal | null {
  for (const { paragraphId, note } of notes) {
    const stored = paragraphsOf(copy.doc).get(note);
    const isNote = stored !== undefined && wasEver(stored, "role", "footnote");
    if (!isNote && !roles.get(note)?.has("footnote")) return refusal("footnote-missing", paragraphId);
  }
  return null;
}

/** Also true of a footnote that somebody made into something else while the reference was being written. */
function wasEver(map: ParagraphMap, key: string, value: unknown): boolean {
  for (let item = map._map.get(key) ?? null; item; item = item.left) if (valueOf(item) === value) return true;
  return false;
}
