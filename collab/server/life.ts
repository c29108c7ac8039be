/**
 * One paragraph's life: every wording it had. The live document keeps deleted words, and the attribution index says
 * who typed and who deleted each character and when, so no row of the log has to be read again.
 */
import * as Y from "yjs";
import { actsOn, eachStamp } from "#collab/attribution.ts";
import type { Attribution, ParagraphAct, Stamp } from "#collab/attribution.ts";
import type { Span } from "#collab/document.ts";
import { joinRanges } from "#collab/id-ranges.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import {
  contentOf,
  firstItem,
  isBracketEmbed,
  isFootnoteEmbed,
  isReferenceEmbed,
  withFormat,
} from "#collab/runs.ts";

/** A wording and who made it: one entry for all that a person did within a minute. */
export type LifeEntry = {
  readonly stamp: Stamp;
  /** What was done to the paragraph itself. */
  readonly acts: readonly ParagraphAct[];
  /** Its words afterwards. */
  readonly spans: readonly Span[];
};

/** A stretch of one item with one author and, when it is deleted, one deleter. */
type Stretch = {
  readonly item: Y.Item;
  readonly from: number;
  readonly length: number;
  readonly made: Stamp;
  readonly gone: Stamp | null;
};

function stretchesOf(text: Y.Text, attribution: Attribution): Stretch[] {
  const stretches: Stretch[] = [];
  for (let item = firstItem(text); item !== null; item = item.right) {
    const { client, clock } = item.id;
    const current = item;
    eachStamp(attribution, "inserted", [client, clock, item.length], (start, length, made) => {
      if (!made) return;
      eachStamp(attribution, "deleted", [client, start, length], (at, part, gone) => {
        stretches.push({ item: current, from: at - clock, length: part, made, gone });
      });
    });
  }
  return stretches;
}

function isBefore(a: Stamp, b: Stamp): boolean {
  return a.seq <= b.seq;
}

function spansAt(stretches: readonly Stretch[], when: Stamp): Span[] {
  const spans: Span[] = [];
  let formats = { em: false, strong: false };
  for (const { item, from, length, made, gone } of stretches) {
    if (!isBefore(made, when) || (gone && isBefore(gone, when))) continue;
    if (item.content instanceof Y.ContentFormat) {
      formats = withFormat(formats, item.content);
      continue;
    }
    if (!(item.content instanceof Y.ContentString || item.content instanceof Y.ContentEmbed)) continue;
    const content = contentOf(item);
    const ids = [[item.id.client, item.id.clock + from, length]] as const;
    if (typeof content !== "string") {
      if (isFootnoteEmbed(content)) spans.push({ kind: "note", note: content.footnote, ids });
      else if (isReferenceEmbed(content)) spans.push({ kind: "reference", to: content.paragraph, ids });
      else if (isBracketEmbed(content)) {
        const { bracket, side } = content;
        spans.push({ kind: "bracket", bracket, side, ids });
      }
      continue;
    }
    const words = content.slice(from, from + length);
    const last = spans.at(-1);
    const isSame =
      last?.kind === "words" &&
      (last.em === true) === formats.em &&
      (last.strong === true) === formats.strong;
    if (isSame) {
      spans[spans.length - 1] = { ...last, text: last.text + words, ids: joinRanges([...last.ids, ...ids]) };
    } else {
      spans.push({
        kind: "words",
        text: words,
        ...(formats.em ? { em: true as const } : {}),
        ...(formats.strong ? { strong: true as const } : {}),
        ids,
      });
    }
  }
  return spans;
}

/** Oldest first; empty for a paragraph that never was. */
export function lifeOf(doc: Y.Doc, attribution: Attribution, paragraphId: string): LifeEntry[] {
  const map = paragraphsOf(doc).get(paragraphId);
  const text = map ? wordsOf(map) : null;
  if (!text) return [];
  const stretches = stretchesOf(text, attribution);
  const stamps = new Set<Stamp>();
  for (const { item, made, gone } of stretches) {
    if (item.content instanceof Y.ContentDeleted) continue;
    stamps.add(made);
    if (gone) stamps.add(gone);
  }
  const acts = new Map<Stamp, ParagraphAct[]>();
  for (const { act, stamp } of actsOn(attribution, paragraphId)) {
    stamps.add(stamp);
    acts.set(stamp, [...(acts.get(stamp) ?? []), act]);
  }
  return [...stamps]
    .sort((a, b) => a.seq - b.seq)
    .map((stamp) => ({ stamp, acts: acts.get(stamp) ?? [], spans: spansAt(stretches, stamp) }));
}
