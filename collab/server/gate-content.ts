/** What each new item of an update may hold, by its place in the model. */
import * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import {
  CARRY_PREFIX,
  FORMATS,
  isRole,
  MAX_LEVEL,
  ORDER_KEY,
  PARAGRAPH_ID,
  SEEN_PREFIX,
} from "#collab/model.ts";
import { isRelation } from "#collab/projection.ts";
import { isBracketEmbed, isReferenceEmbed } from "#collab/runs.ts";
import { isSeen } from "#collab/seen.ts";
import { readCarry } from "./carry-record.ts";
import type { Place } from "./places.ts";

/** Embeddings, overrides and isolates: with them words read otherwise than they are stored. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/u;
/** Control characters, of which only tab and line feed have a meaning in words. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;

const formats: ReadonlySet<string> = new Set(FORMATS);

/** Whether a string may stand in a text; otherwise the code that says why not. */
function faultOfString(words: string): string | null {
  if (!words.isWellFormed()) return "torn-character";
  if (DIRECTION_OVERRIDES.test(words)) return "direction-override";
  return CONTROLS.test(words) ? "control-character" : null;
}

function faultOfFormat(key: unknown, value: unknown): string | null {
  if (typeof key !== "string" || !formats.has(key)) {
    return typeof value === "string" || key === "link" || key === "href" ? "link" : "outside-model";
  }
  return value === true || value === false || value === null ? null : "outside-model";
}

function faultOfWords(content: unknown): string | null {
  if (content instanceof Y.ContentString) return faultOfString(content.str);
  if (content instanceof Y.ContentDeleted) return null;
  if (content instanceof Y.ContentFormat) {
    const { key, value } = content as unknown as { readonly key: unknown; readonly value: unknown };
    return faultOfFormat(key, value);
  }
  if (content instanceof Y.ContentEmbed) {
    const embed: unknown = content.embed;
    if (typeof embed !== "object" || embed === null) return "outside-model";
    const keys = Object.keys(embed);
    if (isBracketEmbed(embed)) {
      return keys.length === 2 && PARAGRAPH_ID.test(embed.bracket) ? null : "outside-model";
    }
    if (isReferenceEmbed(embed)) {
      return keys.length === 1 && PARAGRAPH_ID.test(embed.paragraph) ? null : "outside-model";
    }
    const note = "footnote" in embed ? embed.footnote : null;
    return keys.length === 1 && typeof note === "string" && PARAGRAPH_ID.test(note) ? null : "outside-model";
  }
  return "outside-model";
}

function isRelationInModel(value: unknown): boolean {
  return isRelation(value) && Object.keys(value).length === 2 && PARAGRAPH_ID.test(value.to);
}

function faultOfValue(key: string, value: unknown): string | null {
  switch (key) {
    case "order":
      return typeof value === "string" && ORDER_KEY.test(value) ? null : "field";
    case "role":
      return isRole(value) ? null : "field";
    case "level":
      return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_LEVEL
        ? null
        : "level";
    case "relation":
      return value === null || isRelationInModel(value) ? null : "field";
    case "dir":
      return value === "auto" || value === "ltr" || value === "rtl" ? null : "field";
    case "deleted":
      return typeof value === "boolean" ? null : "field";
    default: {
      const prefix = [CARRY_PREFIX, SEEN_PREFIX].find((each) => key.startsWith(each));
      if (prefix === undefined) return "outside-model";
      if (!PARAGRAPH_ID.test(key.slice(prefix.length))) return "field";
      if (prefix === SEEN_PREFIX) return isSeen(value) ? null : "field";
      return readCarry(value) === null ? "carry" : null;
    }
  }
}

/** The value of a field's item; undefined for anything but one plain value. */
export function valueOf(item: Y.Item): unknown {
  return item.content instanceof Y.ContentAny && item.content.arr.length === 1
    ? item.content.arr[0]
    : undefined;
}

function faultOfField(item: Y.Item, key: string): string | null {
  if (key === "text") {
    const { content } = item;
    return content instanceof Y.ContentType && content.type.constructor === Y.Text ? null : "outside-model";
  }
  if (item.content instanceof Y.ContentDeleted) return null;
  const value = valueOf(item);
  return value === undefined ? "outside-model" : faultOfValue(key, value);
}

function faultOfEntry(item: Y.Item, paragraphId: string): string | null {
  if (!PARAGRAPH_ID.test(paragraphId)) return "field";
  const { content } = item;
  return content instanceof Y.ContentType && content.type.constructor === Y.Map ? null : "outside-model";
}

/** Why the content of an item cannot stand at its place; null when it can. */
export function refuseContent(item: Y.Item, place: Place): EditRefusal | null {
  let code: string | null;
  if (place.at === "words") code = faultOfWords(item.content);
  else if (place.at === "field") code = faultOfField(item, place.key);
  else code = faultOfEntry(item, place.paragraphId);
  if (code === null) return null;
  return { code, paragraphId: PARAGRAPH_ID.test(place.paragraphId) ? place.paragraphId : null };
}
