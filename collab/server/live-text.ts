/**
 * The live text: what the log says, applied. Only committed rows come in here. Values that are asked for often (the
 * wording, the state, what a page lacks) are kept until the next row.
 */
import * as Y from "yjs";
import { encodeAttribution } from "#collab/attribution-bytes.ts";
import { createAttribution, insertedBy, noteRow } from "#collab/attribution.ts";
import type { Attribution, Stamp } from "#collab/attribution.ts";
import { isCarry } from "#collab/carry.ts";
import type { CarryRecord } from "#collab/carry.ts";
import type { Convention, Paragraph, TextDocument, TextKind } from "#collab/document.ts";
import { lateWords } from "#collab/late-words.ts";
import type { LateRun } from "#collab/late-words.ts";
import { CARRY_PREFIX, COPY_PREFIX, createTextDoc, paragraphsOf } from "#collab/model.ts";
import { gatherDocument, projectParagraph } from "#collab/projection.ts";
import { rootsOf } from "#collab/roots.ts";
import type { Roots } from "#collab/roots.ts";
import { deletionsOf, noteSeen, seenRecords } from "#collab/seen.ts";
import { effectOfUpdate } from "./effect.ts";
import type { Effect } from "./effect.ts";

type CommittedRow = {
  readonly seq: number;
  readonly hash: string;
  readonly stamp: Stamp;
  /** What the row did, when the gate has read it already. */
  readonly effect?: Effect;
  readonly update: Uint8Array;
};

export type LiveText = {
  readonly textId: string;
  readonly kind: TextKind;
  readonly language: string;
  readonly doc: Y.Doc;
  seq(): number;
  /** Hash of the newest row. */
  head(): string;
  readonly attribution: Attribution;
  /** Carry records in the order in which they came into the log. */
  readonly carries: CarryRecord[];
  /** What restorations put beside the same words in another place; for authorship alone. */
  readonly copies: CarryRecord[];
  /** The index of `carries`. */
  roots(): Roots;
  apply(row: CommittedRow): void;
  document(): TextDocument;
  /** Words typed into a paragraph while it was deleted, or not received by the page that deleted it. */
  lateWords(paragraph: Paragraph): LateRun[];
  /** Whether one of these paragraphs is deleted and has such words. */
  hasLateWords(paragraphIds: Iterable<string>): boolean;
  state(): Uint8Array;
  stateVector(): Uint8Array;
  /** What a page with this state vector lacks; throws on a malformed one. */
  missing(stateVector: Uint8Array): Uint8Array;
};

export type LiveTextStart = {
  readonly textId: string;
  readonly kind: TextKind;
  readonly convention?: Convention;
  readonly language: string;
  readonly seq: number;
  readonly head: string;
  readonly state: Uint8Array | null;
  readonly attribution: Attribution | null;
};

type Projected = { readonly paragraph: Paragraph | null; readonly isDeleted: boolean };

/** After a restart many pages come back with the same state: what they lack is worked out once. */
const MISSING_KEPT = 16;

/** Orders the records of a checkpoint, of what was carried or copied, as their words came into the log. */
function recordsInOrder(doc: Y.Doc, prefix: string, attribution: Attribution): CarryRecord[] {
  const found: { record: CarryRecord; seq: number; client: number; clock: number }[] = [];
  paragraphsOf(doc).forEach((map, to) => {
    for (const [key, item] of map._map) {
      if (!key.startsWith(prefix) || item.deleted) continue;
      const value = map.get(key);
      if (!isCarry(value)) continue;
      const { client, clock } = item.id;
      const seq = insertedBy(attribution, client, clock)?.seq ?? 0;
      found.push({ record: { ...value, key, to }, seq, client, clock });
    }
  });
  found.sort((a, b) => a.seq - b.seq || a.client - b.client || a.clock - b.clock);
  return found.map(({ record }) => record);
}

export function createLiveText(start: LiveTextStart): LiveText {
  const doc = createTextDoc({ gc: false });
  // The root must have its type before the first update: what is read of a transaction names it.
  paragraphsOf(doc);
  if (start.state) Y.applyUpdate(doc, start.state);
  const attribution = start.attribution ?? createAttribution();
  const carries = start.state ? recordsInOrder(doc, CARRY_PREFIX, attribution) : [];
  const copies = start.state ? recordsInOrder(doc, COPY_PREFIX, attribution) : [];
  const seen = seenRecords(doc);
  let { seq, head } = start;

  const projected = new Map<string, Projected>();
  let isProjected = false;
  const changed = new Set<string>();
  let document: TextDocument | null = null;
  let state: Uint8Array | null = null;
  let stateVector: Uint8Array | null = null;
  let roots = rootsOf(carries);
  let indexed = carries.length;
  const missing = new Map<string, Uint8Array>();

  function noteRecords(effect: Effect): void {
    for (const [to, { fields }] of effect.touched) {
      for (const key of fields) {
        const map = paragraphsOf(doc).get(to);
        if (map) noteSeen(seen, map, key);
        const list = key.startsWith(CARRY_PREFIX) ? carries : key.startsWith(COPY_PREFIX) ? copies : null;
        const value = list ? map?.get(key) : null;
        if (isCarry(value)) list?.push({ ...value, key, to });
      }
    }
  }

  function lateWordsOf(paragraph: Paragraph): LateRun[] {
    const map = paragraphsOf(doc).get(paragraph.id);
    const deletions = map ? deletionsOf(map, seen) : [];
    return lateWords(paragraph, { carries, attribution, deletions });
  }

  /** Whether something was deleted, or typed into what was: which came first must stay known to the row. */
  function isAboutDeleted({ acts, inserted, touched }: Effect): boolean {
    if (acts.some(({ act }) => act === "deleted")) return true;
    if (inserted.length === 0) return false;
    return [...touched].some(
      ([id, { words }]) => words && paragraphsOf(doc).get(id)?.get("deleted") === true,
    );
  }

  function projectChanged(): void {
    const paragraphs = paragraphsOf(doc);
    for (const id of isProjected ? changed : paragraphs.keys()) {
      const map = paragraphs.get(id);
      const paragraph = map ? projectParagraph(map, id) : null;
      projected.set(id, { paragraph, isDeleted: map?.get("deleted") === true });
    }
    isProjected = true;
    changed.clear();
  }

  function project(): TextDocument {
    projectChanged();
    const live: Paragraph[] = [];
    const deleted: Paragraph[] = [];
    for (const { paragraph, isDeleted } of projected.values()) {
      if (paragraph) (isDeleted ? deleted : live).push(paragraph);
    }
    return gatherDocument(start, live, deleted);
  }

  return {
    textId: start.textId,
    kind: start.kind,
    language: start.language,
    doc,
    attribution,
    carries,
    copies,
    seq: () => seq,
    head: () => head,
    roots() {
      if (indexed < carries.length) roots = rootsOf(carries.slice(indexed), roots);
      indexed = carries.length;
      return roots;
    },
    apply(row) {
      let { effect } = row;
      if (effect) Y.applyUpdate(doc, effect.update);
      else effect = effectOfUpdate(doc, row.update) ?? undefined;
      if (effect) {
        const touched = [...effect.touched.keys()];
        noteRow(attribution, { ...effect, touched, stamp: row.stamp, apart: isAboutDeleted(effect) });
        for (const id of effect.touched.keys()) changed.add(id);
        noteRecords(effect);
      }
      ({ seq, hash: head } = row);
      document = null;
      state = null;
      stateVector = null;
      missing.clear();
    },
    document: () => (document ??= project()),
    lateWords: lateWordsOf,
    hasLateWords(paragraphIds) {
      for (const id of paragraphIds) {
        const map = paragraphsOf(doc).get(id);
        const paragraph = map?.get("deleted") === true ? projectParagraph(map, id) : null;
        if (paragraph && lateWordsOf(paragraph).length > 0) return true;
      }
      return false;
    },
    state: () => (state ??= Y.encodeStateAsUpdate(doc)),
    stateVector: () => (stateVector ??= Y.encodeStateVector(doc)),
    missing(vector) {
      const key = Buffer.from(vector).toString("latin1");
      const known = missing.get(key);
      if (known) return known;
      const update = Y.encodeStateAsUpdate(doc, vector);
      if (missing.size < MISSING_KEPT) missing.set(key, update);
      return update;
    },
  };
}

/** What a checkpoint keeps of the live text. */
export function checkpointOf(live: LiveText): { seq: number; state: Uint8Array; attribution: Uint8Array } {
  return { seq: live.seq(), state: live.state(), attribution: encodeAttribution(live.attribution) };
}
