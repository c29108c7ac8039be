/** What an update deletes: words and replaced values may go, paragraphs, texts and records may not. */
import * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import { CARRY_PREFIX, COPY_PREFIX, FROZEN, SEEN_PREFIX } from "#collab/model.ts";
import { placeInCopy } from "./places.ts";
import { eachInCopy } from "./update-shape.ts";
import type { UpdateShape } from "./update-shape.ts";

/** True when the cut in front of unit `offset` of a string would split a pair of surrogates. */
export function tears(words: string, offset: number): boolean {
  if (offset <= 0 || offset >= words.length) return false;
  const before = words.charCodeAt(offset - 1);
  const after = words.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** Visible characters that an update takes out of stored paragraphs, by paragraph; or why it is refused. */
export function checkDeletes(
  copy: Y.Doc,
  shape: UpdateShape,
  locks: ReadonlySet<string>,
): { readonly removed: ReadonlyMap<string, number> } | EditRefusal {
  const removed = new Map<string, number>();
  let refusal: EditRefusal | null = null;
  for (const [client, ranges] of shape.deletes) {
    for (const { clock, len } of ranges) {
      eachInCopy(copy, [client, clock, len], (item) => {
        if (item.deleted || refusal) return;
        const place = placeInCopy(copy, item);
        if (!place) {
          refusal = { code: "outside-model", paragraphId: null };
          return;
        }
        const { paragraphId } = place;
        if (place.at === "paragraphs") {
          refusal = { code: "paragraph-removed", paragraphId };
        } else if (place.at === "field" && place.key === "text") {
          refusal = { code: "text-replaced", paragraphId };
        } else if (locks.has(paragraphId)) {
          refusal = { code: "locked", paragraphId };
        } else if (place.at === "field") {
          if ([CARRY_PREFIX, COPY_PREFIX].some((each) => place.key.startsWith(each)))
            refusal = { code: "carry", paragraphId };
          else if (place.key.startsWith(SEEN_PREFIX) || place.key === FROZEN)
            refusal = { code: "field", paragraphId };
        } else {
          const from = Math.max(clock - item.id.clock, 0);
          const to = Math.min(clock + len - item.id.clock, item.length);
          const { content } = item;
          if (content instanceof Y.ContentString && (tears(content.str, from) || tears(content.str, to))) {
            refusal = { code: "torn-character", paragraphId };
          }
          if (item.countable) removed.set(paragraphId, (removed.get(paragraphId) ?? 0) + to - from);
        }
      });
      if (refusal) return refusal;
    }
  }
  return { removed };
}
