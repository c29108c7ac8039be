/**
 * Where entities stand on a topic on a day: by their own words, by an editors' reading, or through a group that spoke
 * for them. Nothing else is inferred.
 */
import { placing } from "./positions.ts";
import { isMember } from "./spoken-for.ts";

/** A position as far as places depend on it. */
export type Said = {
  readonly id: string;
  readonly entityId: string;
  /** Null for the entity's own. */
  readonly groupId: string | null;
  readonly exceptions: readonly string[];
  readonly stance: string;
  readonly standing: "own" | "editors";
  /** As exact as known: a year, a month or a day. */
  readonly sourceDate: string;
  readonly supersedes: string | null;
  /** The editors' reading that it confirms or corrects. */
  readonly answers: string | null;
  readonly withdraws: boolean;
  readonly releasedAt: number;
};

/** `from`: the first day inside, "" when that is not recorded; `to`: the first day outside. */
export type Membership = {
  readonly groupId: string;
  readonly entityId: string;
  readonly role: string | null;
  readonly from: string;
  readonly to: string | null;
};

/**
 * Rule PS10. What stands on a topic on a day: said on it or before, and neither superseded nor withdrawn by anything that
 * was, and not behind anything that is (rule PS20). An editors' reading ends when the entity answers it, or withdraws what
 * it said itself at that time or later. A month or a year counts from its first day. The order is kept.
 */
export function standingOn<T extends Said>(positions: readonly T[], day: string): T[] {
  const said = positions.filter(({ sourceDate }) => sourceDate <= day);
  const ended = new Set(said.flatMap(({ supersedes, answers }) => [supersedes, answers]));
  const isTakenBack = ({ entityId, standing, sourceDate }: T) =>
    standing === "editors" &&
    said.some(
      (one) =>
        one.withdraws &&
        one.standing === "own" &&
        one.groupId === null &&
        one.entityId === entityId &&
        one.sourceDate >= sourceDate,
    );
  return said.filter(
    (one) => !one.withdraws && !ended.has(one.id) && !isTakenBack(one) && aheadOf(one, said) === null,
  );
}

/** A position in the line of what an entity, or a group, said on one topic. */
type InLine = Pick<
  Said,
  "id" | "entityId" | "groupId" | "standing" | "sourceDate" | "supersedes" | "releasedAt"
> & { readonly withdraws: boolean | null };

/**
 * Rule PS20. What keeps a document of the entity's or the group's own from standing without superseding it: something
 * from a later source that was there when it was released, or was released since; null for nothing. `said`: positions on
 * the same topic. What was superseded keeps nothing back any more, and a withdrawal only what was released before it.
 */
export function aheadOf<T extends InLine>(one: InLine, said: readonly T[]): T | null {
  if (one.standing !== "own") return null;
  const superseded = new Set(said.map(({ supersedes }) => supersedes));
  return (
    said.find((other) => {
      if (other.id === one.id || other.standing !== "own" || superseded.has(other.id)) return false;
      if (other.groupId !== one.groupId) return false;
      if (one.groupId === null && other.entityId !== one.entityId) return false;
      const isNewer = other.releasedAt > one.releasedAt;
      if (other.withdraws === true) return other.sourceDate >= one.sourceDate && isNewer;
      return other.sourceDate > one.sourceDate || (other.sourceDate === one.sourceDate && isNewer);
    }) ?? null
  );
}

/**
 * Rule PS20. What becomes of what stands when something from a source of this date is released: it is superseded, or what
 * is released enters the history behind it. Null for neither.
 */
export function placeInLine(
  sourceDate: string,
  standing: Pick<Said, "id" | "sourceDate"> | null,
): { readonly supersedes: string | null; readonly behind: string | null } {
  if (standing === null) return { supersedes: null, behind: null };
  return sourceDate < standing.sourceDate
    ? { supersedes: null, behind: standing.id }
    : { supersedes: standing.id, behind: null };
}

/** Who belongs to which group on which day, with a say: observers, guests and suspended members have none. */
export type Members = {
  has(groupId: string, entityId: string, day: string): boolean;
  /** Everybody in a group on a day. */
  listOn(groupId: string, day: string): readonly string[];
};

export function membersOf(memberships: readonly Membership[]): Members {
  const held = new Map<string, Map<string, Membership[]>>();
  for (const one of memberships) {
    if (!isMember(one.role)) continue;
    const inGroup = held.get(one.groupId) ?? new Map<string, Membership[]>();
    held.set(one.groupId, inGroup);
    const others = inGroup.get(one.entityId);
    if (others) others.push(one);
    else inGroup.set(one.entityId, [one]);
  }
  const isHeld = (some: readonly Membership[], day: string): boolean =>
    some.some(({ from, to }) => from <= day && (to === null || day < to));
  return {
    has(groupId, entityId, day) {
      const some = held.get(groupId)?.get(entityId);
      return some !== undefined && isHeld(some, day);
    },
    listOn: (groupId, day) =>
      [...(held.get(groupId) ?? [])].flatMap(([entityId, some]) => (isHeld(some, day) ? entityId : [])),
  };
}

/** Rule RF19. How many of a group's memberships count on the day although nobody recorded when they began. */
export function sinceUnknown(
  memberships: readonly Pick<Membership, "role" | "from" | "to">[],
  day: string,
): number {
  return memberships.filter(
    ({ role, from, to }) => isMember(role) && from === "" && (to === null || day < to),
  ).length;
}

/** The day that a date stands for where a day is asked for: the first of a month or a year. */
export function firstDay(date: string): string {
  if (date.length === 4) return `${date}-01-01`;
  return date.length === 7 ? `${date}-01` : date;
}

/**
 * Rule PS13. Whether a group's position was taken on behalf of an entity, and still counts for it on `day`: a member on
 * the day of the source and on `day`, and not among the exceptions.
 */
export function spokeFor(
  said: Pick<Said, "groupId" | "exceptions" | "sourceDate">,
  entityId: string,
  { members, day }: { readonly members: Members; readonly day: string },
): boolean {
  const { groupId, exceptions, sourceDate } = said;
  if (groupId === null || exceptions.includes(entityId)) return false;
  return members.has(groupId, entityId, firstDay(sourceDate)) && members.has(groupId, entityId, day);
}

/** Rule PS13, the other way round: everybody on whose behalf a group's position was taken and still counts. */
function spokenForBy(
  said: Pick<Said, "groupId" | "exceptions" | "sourceDate">,
  on: { readonly members: Members; readonly day: string },
): string[] {
  const { groupId, sourceDate } = said;
  const members = groupId === null ? [] : on.members.listOn(groupId, firstDay(sourceDate));
  return members.filter((entityId) => spokeFor(said, entityId, on));
}

/**
 * How an entity is placed.
 * - `own`: its own words alone; `reading`: an editors' reading of them.
 * - `via`: a group that spoke for it, and nothing of its own.
 * - `same`, `differs`: its own words beside those of a group of which it is a member.
 */
export type Manner = "own" | "via" | "same" | "differs" | "reading";

export type Place<T extends Said> = {
  readonly manner: Manner;
  /** Its own words or the editors' reading of them; null when only a group spoke. */
  readonly own: T | null;
  /** Positions of groups that agree with `own`; without `own`, all that count for it. */
  readonly with: readonly T[];
  /** Positions of its groups, excepted or not, that say something else than `own`. */
  readonly against: readonly T[];
};

/**
 * Rule PS14. Where every entity stands on one topic. In: what stands on the day, by `standingOn`. Out: by entity; who is
 * not in it is not recorded. An exception never places anybody, but whoever excepted itself and says something else is
 * shown to differ.
 */
export function placesOn<T extends Said>(
  standing: readonly T[],
  on: {
    readonly members: Members;
    readonly day: string;
    readonly entityIds: readonly string[];
    /** Unions by the group that their members form: what is said for the group is said for the union. */
    readonly unions?: ReadonlyMap<string, string>;
  },
): ReadonlyMap<string, Place<T>> {
  const { members, day, entityIds, unions = new Map<string, string>() } = on;
  const own = placing(standing.filter(({ groupId }) => groupId === null));
  const ofGroups = positionsOfGroups(standing);
  const withExceptions = ofGroups.filter(({ exceptions }) => exceptions.length > 0);
  const places = new Map<string, Place<T>>();
  const spokenFor = new Map<string, T[]>();
  for (const one of ofGroups) {
    const union = unions.get(one.groupId ?? "");
    for (const entityId of new Set([...(union === undefined ? [] : [union]), ...spokenForBy(one, on)])) {
      const others = spokenFor.get(entityId);
      if (others) others.push(one);
      else spokenFor.set(entityId, [one]);
    }
  }
  for (const entityId of entityIds) {
    const said = own.get(entityId) ?? null;
    const spoken = spokenFor.get(entityId) ?? [];
    if (said === null) {
      if (spoken.length > 0) places.set(entityId, { manner: "via", own: null, with: spoken, against: [] });
      continue;
    }
    if (spoken.length === 0 && withExceptions.length === 0) {
      places.set(entityId, { manner: mannerOf(said, [], []), own: said, with: [], against: [] });
      continue;
    }
    const excepted = withExceptions.filter(
      (one) =>
        one.exceptions.includes(entityId) && spokeFor({ ...one, exceptions: [] }, entityId, { members, day }),
    );
    const same = spoken.filter(({ stance }) => stance === said.stance);
    const against = [...spoken, ...excepted].filter(({ stance }) => stance !== said.stance);
    places.set(entityId, { manner: mannerOf(said, same, against), own: said, with: same, against });
  }
  return places;
}

function mannerOf<T extends Said>(own: T, same: readonly T[], against: readonly T[]): Manner {
  if (own.standing === "editors") return "reading";
  if (against.length > 0) return "differs";
  return same.length > 0 ? "same" : "own";
}

/** One for each group: what it said last, whoever of its members spoke. In the order given. */
export function positionsOfGroups<T extends Said>(standing: readonly T[]): T[] {
  const newest = new Map<string, T>();
  for (const one of standing) {
    if (one.groupId !== null && !newest.has(one.groupId)) newest.set(one.groupId, one);
  }
  return [...newest.values()];
}
