/** What a position must say before it can stand on record: its stance on the topic's own scale, and its source. */

import { cleanFields, type Faults, faultsOfLength } from "./fields.ts";
import type { SpokenFor } from "./spoken-for.ts";

/** Languages of the United Nations, by BCP 47 tag. */
export const LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

export type PositionWords = {
  /** An item of the session that it bears on, or null. */
  readonly itemId: string | null;
  readonly stance: string;
  /** In the delegation's own words, short. */
  readonly summary: string;
  /** Word for word from the source; "" when there is none. */
  readonly excerpt: string;
  /** Of the excerpt; of the summary as far as its letters do not say otherwise: see `languageOfSummary`. */
  readonly language: string;
  readonly sourceTitle: string;
  /** `YYYY-MM-DD`. */
  readonly sourceDate: string;
  readonly sourceSymbol: string;
  readonly sourceUrl: string;
  /** Where it was said: an organ, a conference; "" when that is not to be named. */
  readonly sourceForum: string;
  /** The meeting of the session in which it was said, or null. */
  readonly meetingId: string | null;
  /** False when the source only implies the stance. */
  readonly explicit: boolean;
  /** Group on whose behalf it is taken; null for the entity's own. */
  readonly groupId: string | null;
  /** Entities of the group that do not align; empty for the entity's own. */
  readonly exceptions: readonly string[];
};

/** What the words are checked against. `today` is a day in the venue's zone. */
export type PositionGround = {
  readonly entityId: string;
  readonly stances: readonly string[];
  readonly itemIds: readonly string[];
  readonly meetingIds: readonly string[];
  /** The group that is named, with its members on the day of the source; null when the entity may not speak for it today. */
  readonly group: SpokenFor | null;
  readonly today: string;
};

/** Rules PS2, PS3 and PS11: nothing is missing, the stance is on the topic's scale, the source is dated and not of tomorrow. */
export function faultsOfPosition(words: PositionWords, ground: PositionGround): Faults {
  const faults = faultsOfLength("position", words);
  if (!ground.stances.includes(words.stance)) faults["stance"] = "stance-unknown";
  if (words.itemId !== null && !ground.itemIds.includes(words.itemId)) faults["item"] = "item-unknown";
  if (words.summary === "") faults["summary"] = "summary-missing";
  if (!isLanguage(words.language)) faults["language"] = "language-unknown";
  if (words.sourceTitle === "") faults["sourceTitle"] = "source-missing";
  if (!isDay(words.sourceDate)) faults["sourceDate"] = "date-wrong";
  else if (words.sourceDate > ground.today) faults["sourceDate"] = "date-future";
  if (words.sourceUrl !== "" && !isWebAddress(words.sourceUrl)) faults["sourceUrl"] = "url-wrong";
  if (words.meetingId !== null && !ground.meetingIds.includes(words.meetingId)) {
    faults["meeting"] = "meeting-unknown";
  }
  return { ...faults, ...faultsOfGroup(words, ground) };
}

function faultsOfGroup({ groupId, exceptions }: PositionWords, { group, entityId }: PositionGround): Faults {
  if (groupId === null) return {};
  if (group?.id !== groupId) return { group: "group-unknown" };
  if (exceptions.includes(entityId)) return { exceptions: "exception-self" };
  if (exceptions.every((id) => group.memberIds.includes(id))) return {};
  return { exceptions: "exception-unknown" };
}

/** Rule PS16. A withdrawal says why. Message codes by form field. */
export function faultsOfWithdrawal(words: { readonly reason: string; readonly language: string }): Faults {
  const faults = faultsOfLength("withdrawal", words);
  if (words.reason === "") faults["reason"] = "withdrawal-reason-missing";
  if (!isLanguage(words.language)) faults["language"] = "language-unknown";
  return faults;
}

/** The words as they are kept: only a position on behalf of a group has exceptions, and none is named twice. */
export function cleanPosition<T extends PositionWords>(words: T): T {
  const exceptions = words.groupId === null ? [] : [...new Set(words.exceptions)].toSorted();
  return { ...cleanFields("position", words), exceptions };
}

export function isLanguage(language: string): language is Language {
  return LANGUAGES.some((one) => one === language);
}

/** Letters by which a script is told, with the language of the United Nations that alone is written in it; null: several are. */
const SCRIPTS = [
  { letter: /\p{Script=Arabic}/gu, language: "ar" },
  { letter: /\p{Script=Han}/gu, language: "zh" },
  { letter: /\p{Script=Cyrillic}/gu, language: "ru" },
  { letter: /\p{Script=Latin}/gu, language: null },
] as const;

/**
 * Rule PS21. The language tag of a summary. Editors write theirs in English. A delegation names one language, which is
 * that of the excerpt; its summary is in the same one unless its letters are of another script. "" where they do not tell
 * which language that is: it is written from left to right.
 */
export function languageOfSummary(of: {
  readonly standing: "own" | "editors";
  readonly language: string;
  readonly summary: string;
}): string {
  if (of.standing === "editors") return "en";
  const counts = SCRIPTS.map(({ letter }) => of.summary.match(letter)?.length ?? 0);
  const most = Math.max(...counts);
  if (most === 0) return of.language;
  const written = SCRIPTS[counts.indexOf(most)]?.language ?? null;
  if (written !== null) return written;
  return SCRIPTS.some(({ language }) => language === of.language) ? "" : of.language;
}

/** Whether a day `YYYY-MM-DD` exists. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** Only http and https: anything else could run or fetch something on a reader's machine. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\/\S+$/i.test(address) && URL.canParse(address);
}

/** The calendar day of an instant (milliseconds) in a time zone. */
export function dayAt(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(at);
}

type Sourced = Pick<PositionWords, "sourceTitle" | "sourceSymbol" | "sourceDate">;

/**
 * Rule PS12. Whether a position comes from the very document that an editors' reading was made of; the reading's date
 * may be only as exact as it is known.
 */
export function isSameSource(own: Sourced, reading: Sourced): boolean {
  const { sourceTitle, sourceSymbol } = cleanFields("position", {
    ...NO_WORDS,
    sourceTitle: reading.sourceTitle,
    sourceSymbol: reading.sourceSymbol,
  });
  return (
    own.sourceTitle === sourceTitle &&
    own.sourceSymbol === sourceSymbol &&
    own.sourceDate.startsWith(reading.sourceDate)
  );
}

const NO_WORDS = {
  summary: "",
  excerpt: "",
  sourceTitle: "",
  sourceSymbol: "",
  sourceUrl: "",
  sourceForum: "",
};

/**
 * Rule PS8. Of the positions that stand on one topic, the one by which an entity is placed: its own words; an editors'
 * reading only where it has said nothing itself.
 */
export function placing<T extends { readonly entityId: string; readonly standing: "own" | "editors" }>(
  positions: readonly T[],
): ReadonlyMap<string, T> {
  const placed = new Map<string, T>();
  for (const position of positions) {
    const held = placed.get(position.entityId);
    if (!held || (held.standing === "editors" && position.standing === "own")) {
      placed.set(position.entityId, position);
    }
  }
  return placed;
}

const KINDS = ["member-state", "exercise-state", "observer-state", "union"];

/** Rule PS17. States, observer States, unions, then organizations; each in the order given, which is alphabetical. */
export function statesFirst<T extends { readonly kind: string }>(entities: readonly T[]): T[] {
  const rank = ({ kind }: T) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);
  return entities.toSorted((a, b) => rank(a) - rank(b));
}

/** Rule PS9. Invented entities speak in exercises alone, and real ones never do. */
export function belongsTo(
  entity: { readonly kind: string },
  session: { readonly exercise: boolean },
): boolean {
  return entity.kind.startsWith("exercise") === session.exercise;
}

/** What stands in `releasedAs` of a draft that was discarded instead of released. */
export const DISCARDED = "";

export type DraftState = "open" | "released" | "discarded";

/** Whether a draft is still being worked on, became a row of the record, or was discarded. */
export function draftState(draft: { readonly releasedAs: string | null }): DraftState {
  if (draft.releasedAs === null) return "open";
  return draft.releasedAs === DISCARDED ? "discarded" : "released";
}
