/** How a page writes suggestions. Everything within one transaction that the caller opens. */
import * as Y from "yjs";
import { idRangesOf } from "./id-ranges.ts";
import { paragraphsOf, wordsOf } from "./model.ts";
import type { IdRange } from "./model.ts";
import { marksOf, outKey, readSuggestions, suggestionMap, SUGGESTIONS } from "./suggestions.ts";
import type { Suggested, Suggestion } from "./suggestions.ts";

export type SuggestionOwner = { readonly person: string; readonly delegation: string | null };

/** A delegation's people share what it suggests; officers have no delegation and answer for themselves. */
function isOwnSuggestion(
  { person, delegation }: Pick<Suggestion, "person" | "delegation">,
  owner: SuggestionOwner,
): boolean {
  return person === owner.person || (delegation !== null && delegation === owner.delegation);
}

/** Lets `work` write under the number of a suggestion, whose entry it begins with if it has none yet. */
export function asSuggestion<T>(doc: Y.Doc, id: number, owner: SuggestionOwner, work: () => T): T {
  const before = doc.clientID;
  doc.clientID = id;
  try {
    if (suggestionMap(doc, id) === null) {
      const map = new Y.Map<unknown>();
      doc.getMap(SUGGESTIONS).set(String(id), map);
      map.set("person", owner.person);
      map.set("delegation", owner.delegation);
    }
    return work();
  } finally {
    doc.clientID = before;
  }
}

/**
 * Deletes visible characters of a paragraph as somebody may: `mode` "editing" takes the text's own words out, and
 * "suggesting" suggests that; one's own pending words vanish in either, and another's get a deletion on top.
 */
export function deleteAs(
  doc: Y.Doc,
  place: { readonly paragraph: string; readonly offset: number; readonly length: number },
  by: {
    readonly mode: "editing" | "suggesting";
    readonly suggestion: number;
    readonly owner: SuggestionOwner;
    readonly suggested?: Suggested;
  },
): void {
  const map = paragraphsOf(doc).get(place.paragraph);
  const text = map && wordsOf(map);
  if (!text) return;
  const suggested = by.suggested ?? readSuggestions(doc);
  const out: IdRange[] = [];
  const doomed: { offset: number; length: number }[] = [];
  let offset = place.offset;
  for (const range of idRangesOf(text, place.offset, place.length)) {
    let clock = range[1];
    for (const { length, in: pending } of marksOf(suggested, [range])) {
      const suggestion = pending === null ? null : suggested.suggestions.get(pending);
      const isDirect = suggestion ? isOwnSuggestion(suggestion, by.owner) : by.mode === "editing";
      if (isDirect) doomed.push({ offset, length });
      else out.push([range[0], clock, length]);
      clock += length;
      offset += length;
    }
  }
  for (const { offset, length } of doomed.toReversed()) text.delete(offset, length);
  if (out.length === 0) return;
  asSuggestion(doc, by.suggestion, by.owner, () => {
    const entry = suggestionMap(doc, by.suggestion);
    for (const range of out) {
      const known: unknown = entry?.get(outKey(range));
      entry?.set(outKey(range), Math.max(range[2], typeof known === "number" ? known : 0));
    }
  });
}
