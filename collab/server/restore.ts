/**
 * Brings the wording of a version back as a new change, paragraph by paragraph by id and as the smallest difference
 * within each: what people are typing elsewhere is not touched, and restored words keep their authors by records of what
 * was carried and what was copied.
 */
import type * as Y from "yjs";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { CARRY_PREFIX, COPY_PREFIX, paragraphsOf, wordsOf } from "#collab/model.ts";
import type { ParagraphMap, Relation } from "#collab/model.ts";
import { compareOrder, orderBetween } from "#collab/order.ts";
import { factsOf } from "#collab/projection.ts";
import type { Roots } from "#collab/roots.ts";
import { liveElsewhere, sourcesOf } from "./restore-copies.ts";
import type { WordsPlan } from "./restore-plan.ts";
import { planWords, writeWords } from "./restore-words.ts";
import type { CarriedWords } from "./restore-words.ts";

export type RestoreOptions = {
  /** Restores this paragraph alone, with the footnotes that it refers to. */
  readonly only?: string;
  readonly locked: ReadonlySet<string>;
  /** Where words that were carried came from, by all records of the text. */
  readonly roots: Roots;
  /** In [0, 1), for order keys. */
  readonly random?: () => number;
  /** Makes the ids of carry records. */
  readonly newId: () => string;
};

export type Restored = {
  /** Paragraphs that were changed, shown or hidden. */
  readonly changed: readonly string[];
  /** Locked paragraphs that differ from the version and were left as they are. */
  readonly skipped: readonly string[];
};

type Plan = { readonly wanted: Paragraph; readonly words: WordsPlan | null };

/**
 * Call it inside the `change` of a command. `current` is the text as the turn sees it, `wanted` the version's; both are
 * of the same text, so paragraphs and characters are known by their ids. Throws when they are not.
 */
export function restoreInto(
  doc: Y.Doc,
  current: TextDocument,
  wanted: TextDocument,
  options: RestoreOptions,
): Restored {
  const { only, locked, roots } = options;
  const paragraphs = paragraphsOf(doc);
  const changed = new Set<string>();
  const skipped = new Set<string>();
  const now = new Map(
    [...current.hidden, ...current.paragraphs].map((paragraph) => [paragraph.id, paragraph]),
  );
  const target = only === undefined ? wanted.paragraphs : withNotes(wanted, only);
  const kept = new Set(target.map(({ id }) => id));

  // Words that went from a paragraph into a locked one stay there, and stand in their old place all the same.
  const standing = sourcesOf(
    current.paragraphs.filter(({ id }) => locked.has(id)),
    roots,
  );
  const plans: Plan[] = [];
  for (const paragraph of target) {
    const map = paragraphs.get(paragraph.id);
    // A paragraph is never removed from the map, so a version of this text names none that is not there.
    if (!map)
      throw new Error(`The text never had a paragraph ${paragraph.id}: the version is of another text.`);
    const isHidden = map.get("deleted") === true;
    const words = planWords(now.get(paragraph.id) ?? null, paragraph, {
      roots,
      others: isHidden ? standing : null,
    });
    if (words === null && map.get("deleted") === false && !hasOtherFields(map, paragraph, options)) continue;
    if (locked.has(paragraph.id)) skipped.add(paragraph.id);
    else plans.push({ wanted: paragraph, words });
  }
  const gone = new Set<string>();
  for (const { id } of current.paragraphs) {
    if (kept.has(id) || (only !== undefined && id !== only)) continue;
    if (locked.has(id)) skipped.add(id);
    else gone.add(id);
  }

  doc.transact(() => {
    for (const id of gone) {
      paragraphs.get(id)?.set("deleted", true);
      changed.add(id);
    }
    const eachPart = liveElsewhere({ current, plans, gone, roots });
    for (const { wanted: paragraph, words } of plans) {
      const map = paragraphs.get(paragraph.id);
      const text = map ? wordsOf(map) : null;
      if (!map || !text) continue;
      changed.add(paragraph.id);
      setFields(map, paragraph);
      if (!words) continue;
      const { carried, copied } = writeWords(text, words, eachPart);
      const note = (prefix: string) => (record: CarriedWords) =>
        void map.set(prefix + options.newId(), { from: paragraph.id, ...record });
      carried.forEach(note(CARRY_PREFIX));
      copied.forEach(note(COPY_PREFIX));
    }
    if (only === undefined) orderParagraphs(doc, wanted, { ...options, changed, skipped });
  });
  return { changed: [...changed], skipped: [...skipped] };
}

/** One paragraph of the version and the footnotes that it refers to; empty when it is not in the version. */
function withNotes(wanted: TextDocument, id: string): Paragraph[] {
  const paragraph = wanted.paragraphs.find((one) => one.id === id);
  if (!paragraph) return [];
  const notes = new Set(paragraph.spans.map((span) => (span.kind === "note" ? span.note : "")));
  return [paragraph, ...wanted.paragraphs.filter((one) => one.role === "footnote" && notes.has(one.id))];
}

function hasOtherFields(map: ParagraphMap, wanted: Paragraph, { only }: RestoreOptions): boolean {
  return (
    (only === undefined && map.get("order") !== wanted.order) ||
    map.get("role") !== wanted.role ||
    map.get("level") !== wanted.level ||
    (map.get("dir") ?? "auto") !== wanted.dir ||
    !sameRelation(factsOf(map).relation, wanted.relation)
  );
}

function sameRelation(a: Relation, b: Relation): boolean {
  return a?.kind === b?.kind && a?.to === b?.to;
}

function setFields(map: ParagraphMap, { role, level, dir, relation }: Paragraph): void {
  if (!sameRelation(factsOf(map).relation, relation)) map.set("relation", relation);
  const wanted = { role, level, dir, deleted: false };
  for (const [key, value] of Object.entries(wanted)) {
    const now = key === "dir" ? (map.get(key) ?? "auto") : map.get(key);
    if (now !== value) map.set(key, value);
  }
}

/**
 * Puts the paragraphs into the version's order: each gets its old key back, or a new one where somebody else has that
 * key or a locked paragraph, which stays where it is, stands in the way.
 */
function orderParagraphs(
  doc: Y.Doc,
  wanted: TextDocument,
  { locked, random, changed, skipped }: RestoreOptions & { changed: Set<string>; skipped: Set<string> },
): void {
  const paragraphs = paragraphsOf(doc);
  const taken = new Map<string, string>();
  paragraphs.forEach((map, id) => taken.set(String(map.get("order")), id));
  const move = (id: string, key: string): void => {
    const map = paragraphs.get(id);
    if (!map || map.get("order") === key) return;
    taken.delete(String(map.get("order")));
    taken.set(key, id);
    map.set("order", key);
    changed.add(id);
  };
  for (const { id, order } of wanted.paragraphs) {
    if (!locked.has(id) && !taken.has(order)) move(id, order);
  }
  const orderOf = (id: string): string => String(paragraphs.get(id)?.get("order") ?? "");
  for (const areNotes of [false, true]) {
    const sequence = wanted.paragraphs
      .filter(({ role }) => (role === "footnote") === areNotes)
      .map(({ id }) => id);
    let before = "";
    for (const [at, id] of sequence.entries()) {
      if (compareOrder(orderOf(id), before) > 0) {
        before = orderOf(id);
      } else if (locked.has(id)) {
        skipped.add(id);
      } else {
        const next = sequence
          .slice(at + 1)
          .map(orderOf)
          .find((key) => compareOrder(key, before) > 0);
        move(id, orderBetween(before, next ?? "", random));
        before = orderOf(id);
      }
    }
  }
}
