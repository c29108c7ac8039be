/**
 * The second look, at what a change did to the copy: by its effect and only where something changed. For edits the
 * first look has said all of this already; commands and repairs are held to the same rules here.
 */
import {
  isRole,
  MAX_LEVEL,
  MAX_PARAGRAPH_LENGTH,
  MAX_PARAGRAPHS,
  ORDER_KEY,
  paragraphsOf,
  wordsOf,
} from "#collab/model.ts";
import type { ParagraphMap } from "#collab/model.ts";
import type { EditRefusal } from "#collab/frames.ts";
import type { Effect, Touch } from "./effect.ts";
import type { GateCopy } from "./gate-copy.ts";

function isWhole(map: ParagraphMap): boolean {
  const level = map.get("level");
  const order = map.get("order");
  return (
    isRole(map.get("role")) &&
    typeof level === "number" &&
    Number.isInteger(level) &&
    level >= 0 &&
    level <= MAX_LEVEL &&
    typeof order === "string" &&
    ORDER_KEY.test(order) &&
    typeof map.get("deleted") === "boolean" &&
    wordsOf(map) !== null
  );
}

function refuseParagraph(copy: GateCopy, id: string, touch: Touch): string | null {
  const map = paragraphsOf(copy.doc).get(id);
  if (touch.removed || !map) return "paragraph-removed";
  if (touch.fields.has("text") && !touch.created) return "text-replaced";
  if (!isWhole(map)) return touch.created ? "incomplete" : "field";
  if (touch.words && (wordsOf(map)?.length ?? 0) > MAX_PARAGRAPH_LENGTH) return "paragraph-too-long";
  if (touch.created || touch.fields.has("order")) {
    const holder = copy.orders.get(String(map.get("order")));
    if (holder !== undefined && holder !== id) return "order-in-use";
  }
  return null;
}

/** Why what a change did cannot stand; null when it can. */
export function checkEffect(copy: GateCopy, effect: Effect, locks: ReadonlySet<string>): EditRefusal | null {
  const { store } = copy.doc;
  if (store.pendingStructs !== null || store.pendingDs !== null)
    return { code: "pending", paragraphId: null };
  for (const id of effect.touched.keys()) if (locks.has(id)) return { code: "locked", paragraphId: id };
  let isAnyCreated = false;
  for (const [id, touch] of effect.touched) {
    isAnyCreated ||= touch.created;
    const code = refuseParagraph(copy, id, touch);
    if (code === null) continue;
    // Deleting words of a paragraph that is too long already makes it better.
    if (code === "paragraph-too-long" && effect.inserted.length === 0) continue;
    return { code, paragraphId: id };
  }
  // Yjs counts a map by going over it: not with every letter.
  return isAnyCreated && paragraphsOf(copy.doc).size > MAX_PARAGRAPHS
    ? { code: "too-many-paragraphs", paragraphId: null }
    : null;
}
