/** The table of entities × topics: who stands where on a day, by whose words. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { type Language, nameIn } from "#app/rules/language.ts";
import { type Members, type Place, membersOf, placesOn, positionsOfGroups } from "#app/rules/placing.ts";
import { belongsTo, statesFirst } from "#app/rules/positions.ts";
import { regionsOn } from "#app/rules/regions.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { type EntityRow, listEntities } from "#db/stores/entity.ts";
import { type GroupRow, listGroups, listMemberships } from "#db/stores/group.ts";
import { type PlacedPosition, listPlacedPositions } from "#db/stores/position-standing.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type TopicRow, listTopics } from "#db/stores/topic.ts";
import { type Filters, amongChoices, filtersIn } from "./filters.ts";

export type Named = { readonly id: string; readonly code: string; readonly name: string };

export type TablePlace = Place<PlacedPosition>;

export type TableRow = Named & {
  /** How it stands in its regional group on the day, when not as a member. */
  readonly role: string | null;
  readonly regionId: string | null;
  /** One for each column; null where nothing is recorded. */
  readonly places: readonly (TablePlace | null)[];
};

export type Table = {
  readonly topics: readonly Pick<TopicRow, "id" | "title" | "question" | "scale">[];
  /** What groups said, by their English names. */
  readonly groups: readonly (Named & { readonly positions: readonly (PlacedPosition | null)[] })[];
  /** Entities in English alphabetical order, in sections by regional group or in one. */
  readonly sections: readonly { readonly region: Named | null; readonly rows: readonly TableRow[] }[];
  readonly groupsById: ReadonlyMap<string, Named>;
  readonly hasReadings: boolean;
};

type Context = Pick<AppLoadContext, "db" | "language">;

/** Entities that a table of the session shows: all real ones, or of an exercise those that take part or said something. */
async function listShown(
  { db: { read: db } }: Context,
  session: SessionRow,
  { placed, entities }: Pick<Ground, "entities"> & { readonly placed: readonly PlacedPosition[] },
): Promise<EntityRow[]> {
  const ofKind = (all: readonly EntityRow[]) => statesFirst(all.filter((one) => belongsTo(one, session)));
  if (entities) return ofKind(entities);
  const delegations = await listDelegations(db, session.id);
  const ids = new Set([...delegations, ...placed].map(({ entityId }) => entityId));
  return ofKind(await listEntities(db, { ids: [...ids] }));
}

/** What every table of the session has in common, whatever is asked of it. */
export type Ground = {
  readonly topics: readonly TopicRow[];
  /** By their English names. */
  readonly groups: readonly GroupRow[];
  readonly memberships: Awaited<ReturnType<typeof listMemberships>>;
  readonly members: Members;
  /** All that there are; null for an exercise, where it depends on what was said. */
  readonly entities: readonly EntityRow[] | null;
};

export async function loadGround({ db }: Pick<Context, "db">, session: SessionRow): Promise<Ground> {
  const { exercise } = session;
  const memberships = await listMemberships(db.read);
  return {
    memberships,
    topics: await listTopics(db.read, { exercise }),
    groups: (await listGroups(db.read, { exercise })).toSorted(byEnglishName),
    members: membersOf(memberships),
    entities: exercise ? null : await listEntities(db.read),
  };
}

export async function loadTable(
  context: Context,
  session: SessionRow,
  filters: Filters,
  known?: Ground,
): Promise<Table> {
  const { db, language } = context;
  const ground = known ?? (await loadGround(context, session));
  const { groups, memberships, members } = ground;
  const topics = chosenOf(ground.topics, filters);
  const placed = await listPlacedPositions(db.read, {
    topicIds: topics.map(({ id }) => id),
    day: filters.day,
  });
  const shown = await listShown(context, session, { placed, entities: ground.entities });
  const unions = unionsOf(groups, shown);
  const { day, region, groupId } = filters;
  const regions = regionsOn(memberships, { regionalIds: regionalIdsOf(groups), day });
  const entities = shown.filter(
    (one) =>
      (region === null || regions.get(one.id)?.groupId === region) &&
      (groupId === null || members.has(groupId, one.id, day) || unions.get(groupId) === one.id),
  );
  const entityIds = entities.map(({ id }) => id);
  const ofTopic = Map.groupBy(placed, ({ topicId }) => topicId);
  const byTopic = topics.map(({ id }) => ofTopic.get(id) ?? []);
  const places = byTopic.map((standing) => placesOn(standing, { members, day, entityIds, unions }));
  const spoken = byTopic.map((standing) => positionsOfGroups(standing));
  const groupsById = new Map(groups.map((one) => [one.id, namedGroup(one, language)]));
  const rows = entities.map((one) => ({
    id: one.id,
    code: one.code,
    name: nameIn(one.names, language),
    role: regions.get(one.id)?.role ?? null,
    regionId: regions.get(one.id)?.groupId ?? null,
    places: places.map((column) => column.get(one.id) ?? null),
  }));
  return {
    topics,
    groups: groups
      .filter(({ id }) => (groupId === null || id === groupId) && spoken.some((said) => isSaid(said, id)))
      .map((one) => ({
        ...namedGroup(one, language),
        positions: spoken.map((said) => said.find((position) => position.groupId === one.id) ?? null),
      })),
    sections: filters.order === "region" ? byRegion(rows, groupsById) : [{ region: null, rows }],
    groupsById,
    hasReadings: placed.some(({ standing }) => standing === "editors"),
  };
}

/** The topics that are asked for, or all when none of them is. */
export function chosenOf<T extends { readonly id: string }>(all: readonly T[], { topicIds }: Filters): T[] {
  const asked = all.filter(({ id }) => topicIds.includes(id));
  return asked.length > 0 ? asked : [...all];
}

/** The regional groups among these, in the order given. */
export function regionalIdsOf(groups: readonly GroupRow[]): string[] {
  return groups.filter(({ kind }) => kind === "regional").map(({ id }) => id);
}

/** Unions by the group that their members form. */
export function unionsOf(
  groups: readonly GroupRow[],
  entities: readonly EntityRow[],
): ReadonlyMap<string, string> {
  const unions = new Map(
    entities.filter(({ kind }) => kind === "union").map(({ code, id }) => [code, id] as const),
  );
  return new Map(
    groups.flatMap(({ id, code }) => {
      const union = unions.get(code);
      return union === undefined ? [] : [[id, union] as const];
    }),
  );
}

function isSaid(said: readonly PlacedPosition[], id: string): boolean {
  return said.some(({ groupId }) => groupId === id);
}

/** By code unit: the same order on every machine. */
function byEnglishName({ names: { en: a } }: GroupRow, { names: { en: b } }: GroupRow): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function namedGroup({ id, code, names }: GroupRow, language: Language): Named {
  return { id, code, name: nameIn(names, language) };
}

/** In the order of `groups`; entities of no regional group come last. */
function byRegion(rows: readonly TableRow[], groups: ReadonlyMap<string, Named>): Table["sections"] {
  const sections = Map.groupBy(rows, ({ regionId }) => regionId ?? "");
  const inOrder = [...groups.keys()].filter((id) => sections.has(id));
  const others = [...sections].filter(([id]) => !groups.has(id)).flatMap(([, inside]) => inside);
  return [
    ...inOrder.map((id) => ({ region: groups.get(id) ?? null, rows: sections.get(id) ?? [] })),
    ...(others.length === 0 ? [] : [{ region: null, rows: others }]),
  ];
}

/** What somebody asks to see of a session's positions; what is no choice there is as if it had not been said. */
export async function filtersOf(
  { db }: Pick<Context, "db">,
  session: SessionRow,
  asked: { readonly search: URLSearchParams; readonly today: string },
): Promise<Filters> {
  const { exercise } = session;
  const topics = await listTopics(db.read, { exercise });
  const groups = await listGroups(db.read, { exercise });
  return amongChoices(filtersIn(asked.search, asked.today), {
    topicIds: topics.map(({ id }) => id),
    regionIds: regionalIdsOf(groups),
    groupIds: groups.map(({ id }) => id),
  });
}

/** What the choices of the filters offer: the session's topics, its regional and its other groups. */
export async function listChoices({ db, language }: Context, session: SessionRow) {
  const topics = await listTopics(db.read, { exercise: session.exercise });
  const groups = await listGroups(db.read, { exercise: session.exercise });
  const named = groups
    .toSorted(byEnglishName)
    .map((one) => ({ ...namedGroup(one, language), isRegional: one.kind === "regional" }));
  return {
    topics: topics.map(({ id, title }) => ({ id, title })),
    regions: named.filter(({ isRegional }) => isRegional),
    groups: named,
  };
}
