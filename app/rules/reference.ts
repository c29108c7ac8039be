/**
 * Corrections of reference data: fields of a thing, each with what stood there before and what stands there since. The
 * newest correction of a field holds, over the files of later versions too (rule RF1).
 */
import { type Faults, cleanFields, faultsOfLength } from "./fields.ts";
import { isDay } from "./sessions.ts";

export type Value = string | number | boolean | null;

/** By field; a name in one language is a field of its own ("names.fr"). */
export type Fields = Readonly<Record<string, Value>>;

export type Changes = Readonly<Record<string, { readonly before: Value; readonly after: Value }>>;

/** Languages of the names, in the order in which they are shown. */
export const NAME_LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"] as const;
type NameLanguage = (typeof NAME_LANGUAGES)[number];
type Names = { readonly en: string } & Partial<Record<NameLanguage, string>>;

/** What differs; fields that `after` does not name are left alone. */
export function changesBetween(before: Fields, after: Fields): Changes {
  const changes: Record<string, { before: Value; after: Value }> = {};
  for (const [field, value] of Object.entries(after)) {
    const was = before[field] ?? null;
    if (was !== value) changes[field] = { before: was, after: value };
  }
  return changes;
}

/** Where the corrections, oldest first, have left the fields that they touched. */
export function fieldsAfter(corrections: readonly { readonly value: Changes }[]): Fields {
  const fields: Record<string, Value> = {};
  for (const { value } of corrections) {
    for (const [field, { after }] of Object.entries(value)) fields[field] = after;
  }
  return fields;
}

/** Names as fields; "" for a language without one. */
export function fieldsOfNames(names: Names): Record<string, string> {
  return Object.fromEntries(NAME_LANGUAGES.map((language) => [`names.${language}`, names[language] ?? ""]));
}

/** The row with these fields in place of its own. An empty name in a language other than English is taken away. */
export function withFields<T extends object>(row: T, fields: Fields): T {
  const kept: Record<string, unknown> = Object.fromEntries(Object.entries(row));
  for (const [field, value] of Object.entries(fields)) {
    const [whole = "", part] = field.split(".");
    if (part === undefined) kept[whole] = value;
    else {
      const { [part]: _before, ...others } = (kept[whole] ?? {}) as Record<string, unknown>;
      kept[whole] = value === "" ? others : { ...others, [part]: value };
    }
  }
  return kept as T;
}

export type NamesTyped = Readonly<Record<NameLanguage, string>>;

export type EntityWords = NamesTyped & {
  readonly code: string;
  readonly alphabet: string;
  readonly reason: string;
};

/** Rule RF3. What is wrong with an entity's words, as message codes by field; `taken` are the codes of the others. */
export function entityProblems(words: EntityWords, taken: ReadonlySet<string>): Faults {
  const problems = faultsOfLength("entity", words);
  for (const name of ["en", "code", "alphabet"] as const) if (words[name] === "") problems[name] = "required";
  if (taken.has(words.code)) problems["code"] = "code-taken";
  if (words.reason === "") problems["reason"] = "reason-missing";
  return problems;
}

export type GroupWords = NamesTyped & {
  readonly source: string;
  readonly asOf: string;
  readonly reason: string;
};

export function groupProblems(words: GroupWords): Faults {
  const problems = faultsOfLength("group", words);
  if (words.en === "") problems["en"] = "required";
  if (words.asOf !== "" && !isDay(words.asOf)) problems["asOf"] = "day";
  if (words.reason === "") problems["reason"] = "reason-missing";
  return problems;
}

/** Everything but full membership, which has no word. */
export const MEMBER_ROLES = [
  "participant",
  "observer",
  "associated",
  "member",
  "suspended",
  "invited",
] as const;

/** Whether somebody in this role is a member: with or without a say in elections. */
function countsAsMember(role: string | null): boolean {
  return role === null || role === "member";
}

export type MemberCounts = {
  readonly members: number;
  /** Those on the list who are no members, by role. */
  readonly inRoles: readonly { readonly role: string; readonly count: number }[];
  /** Members that are no entities here. */
  readonly elsewhere: number;
};

/** Rule RF10. `held`: how many hold each role on the day; null is full membership. */
export function memberCounts(
  held: readonly { readonly role: string | null; readonly count: number }[],
  elsewhere: number,
): MemberCounts {
  const sum = (those: typeof held) => those.reduce((all, { count }) => all + count, 0);
  const others = held.filter(({ role }) => !countsAsMember(role));
  return {
    members: sum(held.filter(({ role }) => countsAsMember(role))),
    inRoles: MEMBER_ROLES.map((role) => ({
      role,
      count: sum(others.filter((one) => one.role === role)),
    })).filter(({ count }) => count > 0),
    elsewhere,
  };
}

/** `from` is the first day inside, "" when that is not recorded; `to` the first day outside. */
export type Span = { readonly from: string; readonly to: string | null };

/** Whether there is a day on which both hold. */
export function overlap(one: Span, other: Span): boolean {
  return (other.to === null || one.from < other.to) && (one.to === null || other.from < one.to);
}

export type MembershipFacts = Span & { readonly role: string | null; readonly reason: string };

/**
 * Rule RF3. What is wrong with a membership, as message codes by field. `others` are the entity's other memberships of
 * the group.
 */
export function membershipProblems(facts: MembershipFacts, others: readonly Span[]): Faults {
  const problems: Record<string, string> = { ...reasonProblems(facts.reason) };
  if (facts.from !== "" && !isDay(facts.from)) problems["from"] = "day";
  if (facts.to !== null && !isDay(facts.to)) problems["to"] = "day";
  else if (facts.to !== null && facts.to <= facts.from) problems["to"] = "membership-ends";
  if (facts.role !== null && !MEMBER_ROLES.some((role) => role === facts.role)) {
    problems["role"] = "role-unknown";
  }
  const isDated = problems["from"] === undefined && problems["to"] === undefined;
  if (isDated && others.some((other) => overlap(facts, other))) problems["from"] = "membership-overlaps";
  return problems;
}

/** How corrections name a membership. */
export function membershipId(of: {
  readonly groupId: string;
  readonly entityId: string;
  readonly from: string;
}): string {
  return `${of.groupId} ${of.entityId} ${of.from}`;
}

/** That a thing is taken off the record, or put on it. */
export function recordedAs(after: boolean): Changes {
  return { recorded: { before: !after, after } };
}

/** A membership begins on record. Role and end are said even where empty: an older correction may have said otherwise. */
export function recordedAnew(role: string | null, to: string | null): Changes {
  return {
    recorded: { before: false, after: true },
    role: { before: null, after: role },
    to: { before: null, after: to },
  };
}

type Membership = Span & {
  readonly groupId: string;
  readonly entityId: string;
  readonly role?: string | null;
};

/**
 * The memberships of a group: those of the file as corrected, and those that were added. One of the file that holds at
 * the same time as one that the secretariat has spoken of gives way.
 * `corrected`: where corrections have left each membership, by `membershipId`; `recorded` false for one taken out.
 */
export function correctedMemberships<T extends Membership>(
  groupId: string,
  file: readonly T[],
  corrected: ReadonlyMap<string, Fields>,
): (T | Membership)[] {
  const inFile = new Map(file.map((row) => [membershipId(row), row]));
  const spoken: (T | Membership)[] = [];
  for (const [id, fields] of corrected) {
    const [group, entityId = "", from = ""] = id.split(" ");
    if (group !== groupId) continue;
    const known: T | Membership | null = inFile.get(id) ?? null;
    const { recorded = known !== null, ...facts } = fields;
    if (recorded === true) spoken.push({ ...(known ?? { groupId, entityId, from, to: null }), ...facts });
  }
  const untouched = file.filter(
    (row) =>
      !corrected.has(membershipId(row)) &&
      !spoken.some((one) => one.entityId === row.entityId && overlap(one, row)),
  );
  return [...untouched, ...spoken];
}

export type CalendarWords = {
  readonly title: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly venue: string;
  readonly timeZone: string;
  readonly note: string;
  readonly reason: string;
};

/** As sessions: a title, a venue with its zone, days in their order (rules AG6 and RF6). */
export function calendarProblems(words: CalendarWords, isZone: (name: string) => boolean): Faults {
  const problems = faultsOfLength("calendar", words);
  for (const name of ["title", "venue"] as const) if (words[name] === "") problems[name] = "required";
  if (!isDay(words.from)) problems["from"] = "day";
  if (!isDay(words.to)) problems["to"] = "day";
  else if (isDay(words.from) && words.to < words.from) problems["to"] = "day-before";
  if (!isZone(words.timeZone)) problems["zone"] = "zone";
  if (words.reason === "") problems["reason"] = "reason-missing";
  return problems;
}

/** The reason as it is kept. */
export function cleanReason<T extends { readonly reason: string }>(typed: T): T {
  return cleanFields("correction", typed);
}

/** Rule RF2: whoever reads the history later is told why. */
export function reasonProblems(reason: string): Faults {
  const problems = faultsOfLength("correction", { reason });
  if (reason === "") problems["reason"] = "reason-missing";
  return problems;
}
