/** What a statement must say before it can be released, for whom it may be made, and who reads it before delivery. */
import { cleanFields, type Faults, faultsOfLength } from "./fields.ts";
import { may } from "./permissions.ts";
import { isLanguage } from "./positions.ts";
import type { SpokenFor } from "./spoken-for.ts";
import type { Viewer } from "./viewer.ts";

/** A paragraph of a text that a statement speaks to. */
export type SpokenTo = { readonly textId: string; readonly paragraphId: string };

/** `delivery`: once released, read by its delegation and those who preside until it is delivered. */
export const EMBARGOES = ["none", "delivery"] as const;
type Embargo = (typeof EMBARGOES)[number];

export type StatementWords = {
  readonly itemId: string;
  readonly meetingId: string | null;
  readonly title: string;
  readonly language: string;
  /** Plain paragraphs, an empty line between them; "" once they are written together, in a text. */
  readonly body: string;
  /** Null for a national statement. */
  readonly groupId: string | null;
  /** Entities of the group that do not align; empty for a national statement. */
  readonly exceptions: readonly string[];
  readonly topicIds: readonly string[];
  readonly paragraphs: readonly SpokenTo[];
  readonly embargo: Embargo;
};

export type StatementGround = {
  readonly entityId: string;
  readonly itemIds: readonly string[];
  readonly meetingIds: readonly string[];
  readonly groups: readonly SpokenFor[];
  readonly topicIds: readonly string[];
  /** Those of the paragraphs that the words name which the person reads. */
  readonly paragraphs: readonly SpokenTo[];
};

/** More than any statement speaks to: a longer list is a mistake or a burden. */
const MOST_PARAGRAPHS = 100;

/** Rules SM2 to SM4 and SM18. Message codes by form field. */
export function faultsOfStatement(words: StatementWords, ground: StatementGround): Faults {
  const faults = faultsOfLength("statement", words);
  if (!ground.itemIds.includes(words.itemId)) faults["item"] = "item-unknown";
  if (words.meetingId !== null && !ground.meetingIds.includes(words.meetingId)) {
    faults["meeting"] = "meeting-unknown";
  }
  if (words.title === "") faults["title"] = "title-missing";
  if (!isLanguage(words.language)) faults["language"] = "language-unknown";
  if (!words.topicIds.every((id) => ground.topicIds.includes(id))) faults["topics"] = "topic-unknown";
  if (words.paragraphs.length > MOST_PARAGRAPHS) faults["paragraphs"] = "paragraphs-many";
  else if (!words.paragraphs.every((one) => ground.paragraphs.some((known) => isSameParagraph(one, known)))) {
    faults["paragraphs"] = "paragraph-unknown";
  }
  if (words.groupId === null) return faults;
  const group = ground.groups.find(({ id }) => id === words.groupId);
  if (!group) faults["group"] = "group-unknown";
  else if (words.exceptions.includes(ground.entityId)) faults["exceptions"] = "exception-self";
  else if (!words.exceptions.every((id) => group.memberIds.includes(id))) {
    faults["exceptions"] = "exception-unknown";
  }
  return faults;
}

function isSameParagraph(a: SpokenTo, b: SpokenTo): boolean {
  return a.textId === b.textId && a.paragraphId === b.paragraphId;
}

/** The words as they are kept; a national statement has no exceptions, and nothing is named twice. */
export function cleanStatement<T extends StatementWords>(words: T): T {
  return {
    ...cleanFields("statement", words),
    exceptions: words.groupId === null ? [] : [...new Set(words.exceptions)].toSorted(),
    topicIds: [...new Set(words.topicIds)],
    paragraphs: words.paragraphs.filter(
      (one, at) => words.paragraphs.findIndex((other) => isSameParagraph(one, other)) === at,
    ),
  };
}

/** What is corrected, in words, and which statement: needed for whatever takes the place of a released one. */
export function faultsOfCorrection(words: { readonly correction: string }): Faults {
  const faults = faultsOfLength("statementCorrection", words);
  if (words.correction === "") faults["correction"] = "correction-missing";
  return faults;
}

/** Which statements under embargo somebody reads: everything else that is released is everybody's. */
export type StatementReader = {
  readonly everywhere: boolean;
  /** Sessions in which they preside. */
  readonly sessionIds: readonly string[];
  /** Their own delegations. */
  readonly delegationIds: readonly string[];
};

export const EVERYBODY: StatementReader = { everywhere: false, sessionIds: [], delegationIds: [] };

/** Rule SM14, from the permission table (`readEmbargoed`). */
export function statementReader(viewer: Viewer): StatementReader {
  if (viewer.kind === "public") return EVERYBODY;
  const reads = (sessionId: string, delegationId: string) =>
    may("readEmbargoed", viewer, { kind: "delegation", sessionId, delegationId }) === true;
  // A delegation that there is not: whoever reads of it reads of every one.
  const presides = (sessionId: string) => reads(sessionId, "");
  return {
    everywhere: presides(""),
    sessionIds: [...new Set(viewer.offices.map(({ sessionId }) => sessionId))].filter(presides),
    delegationIds: viewer.delegates
      .filter(({ sessionId, delegationId }) => reads(sessionId, delegationId))
      .map(({ delegationId }) => delegationId),
  };
}

/**
 * Rule SM17. Words spoken in a minute, in Chinese characters: 120 words of English, the upper end of what
 * interpreters ask for, and of the other languages in proportion to how fast the same texts are read aloud in them
 * (Trauzettel-Klosinski and Dietz, Invest. Ophthalmol. Vis. Sci. 2012, 53(9), table of 17 languages: English 228 words a
 * minute, Arabic 138, French 195, Russian 184, Spanish 218, Chinese 255 characters).
 */
const WORDS_A_MINUTE: Readonly<Record<string, number>> = { en: 120, ar: 73, fr: 103, ru: 97, es: 115 };
const CHARACTERS_A_MINUTE = 134;
const ENGLISH = 120;

const CHINESE = /\p{Script=Han}/gu;
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|['’\-\u2011.,](?=[\p{L}\p{N}]))*/gu;

/** How long it takes to say the words, in seconds, rounded up to ten; 0 for none. Words of Latin script amid Chinese count as English. */
export function speakingSeconds(words: string, language: string): number {
  const characters = words.match(CHINESE)?.length ?? 0;
  const others = words.replace(CHINESE, " ").match(WORD)?.length ?? 0;
  const minutes = characters / CHARACTERS_A_MINUTE + others / (WORDS_A_MINUTE[language] ?? ENGLISH);
  return Math.ceil(minutes * 6) * 10;
}

/** Of a file these many characters are looked at: more than anybody says in an hour. */
export const MOST_SPOKEN = 60_000;

/** The same of a file, of whose words the first are given and how many characters it has: the rest in proportion. */
export function speakingSecondsOfFile(
  { start, length }: { readonly start: string; readonly length: number },
  language: string,
): number {
  const seconds = speakingSeconds(start, language);
  return length <= start.length ? seconds : Math.ceil((seconds * length) / start.length / 10) * 10;
}

/** Paragraphs of a body: what an empty line divides. Single line breaks stay within their paragraph. */
export function paragraphsOf(body: string): string[] {
  return body
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}

/** The direction in which a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
