/** Who stands where on a topic, as of a day: own words, editors' readings and groups told apart. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { membersOf, placesOn, positionsOfGroups } from "#app/rules/placing.ts";
import { belongsTo, dayAt, statesFirst } from "#app/rules/positions.ts";
import { regionsOn } from "#app/rules/regions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { findOwnNote } from "#app/routes/notes/own-note.ts";
import { amongChoices, filtersIn } from "#app/routes/positions/filters.ts";
import { lineOf, saidOf } from "#app/routes/positions/line.ts";
import { regionalIdsOf, unionsOf } from "#app/routes/positions/load.ts";
import { frameOf, sessionsFor } from "#app/routes/positions/session-of.ts";
import { listUndated } from "#app/routes/positions/undated.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { type EntityRow, listEntities } from "#db/stores/entity.ts";
import { listGroups, listMemberships } from "#db/stores/group.ts";
import { findEarliestSource } from "#db/stores/position-history.ts";
import { listGroupPositions, listStandingPositions } from "#db/stores/position-standing.ts";
import { listStatementsOnTopic } from "#db/stores/statement.ts";
import { findTopic } from "#db/stores/topic.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** Throws "not there" for a topic of the other kind: an exercise shows invented things alone. */
export async function loadTopic(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const here = await frameOf(context, params);
  const { language } = context;
  const db = context.db.read;
  const topic = await findTopic(db, params["topic"] ?? "");
  // An exercise says of itself that everything in it is invented.
  if (!topic || (context.mode === "exercise" && !topic.exercise)) throw notThere();
  const sessions = await sessionsFor(context, here, topic);
  const zone = sessions[0]?.timeZone ?? "UTC";
  const today = dayAt(context.now(), zone);
  const groups = await listGroups(db, { exercise: topic.exercise });
  const groupIds = groups.map(({ id }) => id);
  const asked = filtersIn(search, today, "alphabet");
  const filters = amongChoices(asked, { topicIds: [], regionIds: [], groupIds });
  const { day, groupId } = filters;
  const memberships = await listMemberships(db);
  const members = membersOf(memberships);
  const regions = regionsOn(memberships, { regionalIds: regionalIdsOf(groups), day });
  const all = statesFirst((await listEntities(db)).filter((one) => belongsTo(one, topic)));
  const unions = unionsOf(groups, all);
  const isShown = ({ id }: EntityRow) =>
    groupId === null || members.has(groupId, id, day) || unions.get(groupId) === id;
  const entities = inOrder(all.filter(isShown), filters.order, ({ id }) => regions.get(id)?.groupId ?? "~");

  const which = { topicIds: [topic.id], day, language };
  const standing = (await listStandingPositions(db, which)).map(saidOf);
  const spoken = (await listGroupPositions(db, which)).map(saidOf);
  const entityIds = entities.map(({ id }) => id);
  const places = placesOn([...standing, ...spoken], { members, day, entityIds, unions });

  const reader = statementReader(context.viewer);
  const statements = await listStatementsOnTopic(db, { reader, topicId: topic.id, language });

  const named = ({ id, code, names }: EntityRow) => ({ id, code, name: nameIn(names, language) });
  const codes = new Map(groups.map(({ id, code }) => [id, code]));
  const placed = entities.flatMap((entity) => {
    const place = places.get(entity.id);
    return place ? [{ entity: named(entity), place }] : [];
  });
  const codesOf = (those: readonly { readonly groupId: string | null }[]) =>
    those.flatMap((one) => codes.get(one.groupId ?? "") ?? []);
  const positions = placed.flatMap(({ place }) =>
    place.own === null
      ? []
      : [
          {
            ...lineOf(place.own.row),
            manner: place.manner,
            same: codesOf(place.with),
            differs: codesOf(place.against),
          },
        ],
  );
  const ofGroups = positionsOfGroups(spoken)
    .map((one) => ({
      ...lineOf(one.row),
      groupId: one.groupId,
      groupName: one.row.groupName ?? "",
      groupCode: one.row.groupCode ?? "",
      only: placed
        .filter(({ place }) => place.own === null && place.with.some(({ id }) => id === one.id))
        .map(({ entity }) => entity),
    }))
    // Of other groups only those without which a member of the chosen one would not be placed at all.
    .filter((one) => groupId === null || one.groupId === groupId || one.only.length > 0);
  const namedGroups = groups.map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) }));
  const isEmpty = positions.length + ofGroups.length === 0;
  const stands = standing.length + spoken.length > 0;
  return {
    topic,
    // A position is read within the session of the address, else its own, or any of its kind.
    newestSessionId: sessions[0]?.id ?? null,
    hereId: params["session"] ?? null,
    ownNote: await noteOnTopic(context, topic.id, sessions),
    zone,
    today,
    filters,
    groups: namedGroups.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    undated: await listUndated(db, filters, namedGroups),
    /** Own words and readings, with the groups that say the same and those that do not. */
    positions,
    /** What groups said, with those who are placed by it alone. */
    spoken: ofGroups,
    /** Why there is nothing to see (rule PS23); null when there is something. */
    nothing: isEmpty ? await whyNothing(db, topic.id, { stands, day }) : null,
    statements: await listLines(db, statements),
    notRecorded: entities.filter(({ id }) => !places.has(id)).map(named),
  };
}

/**
 * - `filter`: something stands on the day, and nothing of the group that was chosen
 * - `never`: nothing was ever recorded; `later`: nothing from a source of the day or before
 * - `ended`: what was said by then was withdrawn or taken down
 */
async function whyNothing(
  db: AppLoadContext["db"]["read"],
  topicId: string,
  { stands, day }: { readonly stands: boolean; readonly day: string },
): Promise<"filter" | "never" | "later" | "ended"> {
  if (stands) return "filter";
  const earliest = await findEarliestSource(db, topicId);
  if (earliest === null) return "never";
  return earliest > day ? "later" : "ended";
}

/** Of the newest session in which the viewer sits in a delegation. */
async function noteOnTopic(
  context: AppLoadContext,
  topicId: string,
  sessions: readonly { readonly id: string }[],
) {
  const { viewer } = context;
  if (viewer.kind !== "person") return null;
  const seated = sessions.find(({ id }) => viewer.delegates.some(({ sessionId }) => sessionId === id));
  return seated ? findOwnNote(context, seated.id, { thing: "topic", thingId: topicId }) : null;
}

/** English alphabetical order, or by regional group and in that order within. */
function inOrder(
  entities: readonly EntityRow[],
  order: "region" | "alphabet",
  regionOf: (entity: EntityRow) => string,
): readonly EntityRow[] {
  if (order === "alphabet") return entities;
  const regions = [...new Set(entities.map(regionOf))].toSorted();
  return regions.flatMap((region) => entities.filter((one) => regionOf(one) === region));
}
