/** What a statement must say before it can be released, and for whom it may be made. */
import { cleanFields, type Faults, faultsOfLength } from "./fields.ts";
import { isLanguage } from "./positions.ts";

export type StatementWords = {
  readonly itemId: string;
  readonly meetingId: string | null;
  readonly title: string;
  readonly language: string;
  /** Plain paragraphs, an empty line between them. */
  readonly body: string;
  /** Null for a national statement. */
  readonly groupId: string | null;
  /** Entities of the group that do not align; empty for a national statement. */
  readonly exceptions: readonly string[];
};

/** A group on whose behalf the entity may speak, with its members. */
export type SpokenFor = { readonly id: string; readonly memberIds: readonly string[] };

export type StatementGround = {
  readonly entityId: string;
  readonly itemIds: readonly string[];
  readonly meetingIds: readonly string[];
  readonly groups: readonly SpokenFor[];
};

/** Rules SM2 to SM4. Message codes by form field. */
export function faultsOfStatement(words: StatementWords, ground: StatementGround): Faults {
  const faults = faultsOfLength("statement", words);
  if (!ground.itemIds.includes(words.itemId)) faults["item"] = "item-unknown";
  if (words.meetingId !== null && !ground.meetingIds.includes(words.meetingId)) {
    faults["meeting"] = "meeting-unknown";
  }
  if (words.title === "") faults["title"] = "title-missing";
  if (words.body === "") faults["body"] = "body-missing";
  if (!isLanguage(words.language)) faults["language"] = "language-unknown";
  if (words.groupId === null) return faults;
  const group = ground.groups.find(({ id }) => id === words.groupId);
  if (!group) faults["group"] = "group-unknown";
  else if (words.exceptions.includes(ground.entityId)) faults["exceptions"] = "exception-self";
  else if (!words.exceptions.every((id) => group.memberIds.includes(id))) {
    faults["exceptions"] = "exception-unknown";
  }
  return faults;
}

/** The words as they are kept; a national statement has no exceptions, and no exception is named twice. */
export function cleanStatement<T extends StatementWords>(words: T): T {
  return {
    ...cleanFields("statement", words),
    exceptions: words.groupId === null ? [] : [...new Set(words.exceptions)].toSorted(),
  };
}

/** Roles in a group with which an entity speaks for it and aligns; observers, guests and suspended members do not. */
const memberRoles: readonly (string | null)[] = [null, "member", "participant", "associated"];

export function isMember(role: string | null): boolean {
  return memberRoles.includes(role);
}

/** Rule SM3. A member speaks for its group, and a union for the States that form it. */
export function maySpeakFor(
  entity: { readonly id: string; readonly kind: string; readonly code: string },
  group: { readonly code: string },
  members: readonly { readonly id: string; readonly role: string | null }[],
): boolean {
  if (entity.kind === "union" && entity.code === group.code) return true;
  return members.some(({ id, role }) => id === entity.id && isMember(role));
}

/** Rule SM5. Who aligned with a statement on behalf of a group: its members without the speaker and the exceptions. */
export function aligned<T extends { readonly id: string; readonly role: string | null }>(
  members: readonly T[],
  statement: { readonly entityId: string; readonly exceptions: readonly string[] },
): T[] {
  return members.filter(
    ({ id, role }) => isMember(role) && id !== statement.entityId && !statement.exceptions.includes(id),
  );
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
