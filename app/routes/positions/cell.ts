/** One cell of the table in full: an entity, or a group, on one topic as of a day. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { HistoryEntry } from "#app/components/record/over-time.tsx";
import type { SheetPosition } from "#app/components/record/position-sheet.tsx";
import type { Here, Scale } from "#app/components/record/stance.tsx";
import { nameIn } from "#app/rules/language.ts";
import { type Manner, type Place, membersOf, placesOn } from "#app/rules/placing.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { findEntity } from "#db/stores/entity.ts";
import { findGroup, listGroups, listMembershipsOf } from "#db/stores/group.ts";
import { listPositionHistory } from "#db/stores/position-history.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import { listGroupPositions, listStandingPositions } from "#db/stores/position-standing.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type TopicRow, findTopic } from "#db/stores/topic.ts";
import { unionsOf } from "./load.ts";
import { historyOf, sheetOf } from "./sheet.ts";

type Context = Pick<AppLoadContext, "db" | "language">;

/** What a group said for an entity, or what the entity does not go along with. */
export type SpokenBy = {
  readonly position: SheetPosition;
  readonly isExcepted: boolean;
};

export type Cell = {
  /** As it stands in an address: see `cellId`. */
  readonly id: string;
  readonly who: {
    readonly id: string;
    readonly name: string;
    readonly code: string;
    readonly isGroup: boolean;
  };
  readonly topic: {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly scale: Scale;
  };
  readonly manner: Manner | null;
  readonly here: readonly Here[];
  readonly own: SheetPosition | null;
  readonly spoken: readonly SpokenBy[];
  readonly history: readonly HistoryEntry[];
};

/** How a cell stands in an address. */
export function cellId(which: {
  readonly topicId: string;
  readonly entityId: string;
  readonly isGroup?: boolean;
}): string {
  return `${which.topicId}.${which.entityId}${which.isGroup ? ".group" : ""}`;
}

/** Null when there is no such topic, entity or group in this session. */
export async function findCell(
  context: Context,
  session: SessionRow,
  which: { readonly id: string; readonly day: string },
): Promise<Cell | null> {
  const [topicId = "", whoId = "", group] = which.id.split(".");
  const topic = await findTopic(context.db.read, topicId);
  if (!topic || topic.exercise !== session.exercise) return null;
  const asked = { id: which.id, topic, whoId, day: which.day };
  return group === undefined ? cellOfEntity(context, session, asked) : cellOfGroup(context, session, asked);
}

type Asked = {
  readonly id: string;
  readonly topic: TopicRow;
  readonly whoId: string;
  readonly day: string;
};

async function cellOfGroup(
  context: Context,
  session: SessionRow,
  { id, topic, whoId, day }: Asked,
): Promise<Cell | null> {
  const { db, language } = context;
  const group = await findGroup(db.read, whoId);
  if (!group || group.exercise !== session.exercise) return null;
  const standing = await listGroupPositions(db.read, { topicIds: [topic.id], day, language });
  const said = standing.find(({ groupId }) => groupId === group.id) ?? null;
  const rows = await listPositionHistory(db.read, {
    topicId: topic.id,
    entityId: "",
    groupId: group.id,
    language,
  });
  const { code } = group;
  return {
    id,
    who: { id: group.id, code, name: nameIn(group.names, language), isGroup: true },
    topic: topicOf(topic),
    manner: said ? "own" : null,
    here: said ? [{ stance: said.stance, code, isGroup: true }] : [],
    own: said ? await sheetOf(context, said, { topic, said: rows }) : null,
    spoken: [],
    history: historyOf(rows, day),
  };
}

async function cellOfEntity(
  context: Context,
  session: SessionRow,
  { id, topic, whoId, day }: Asked,
): Promise<Cell | null> {
  const { db, language } = context;
  const entity = await findEntity(db.read, whoId);
  if (!entity || !belongsTo(entity, session)) return null;
  const on = { topicIds: [topic.id], day, language };
  const own = (await listStandingPositions(db.read, on)).filter(({ entityId }) => entityId === entity.id);
  const spoken = await listGroupPositions(db.read, on);
  const members = membersOf(await listMembershipsOf(db.read, entity.id));
  const groups = await listGroups(db.read, { exercise: session.exercise });
  const place = placesOn([...own, ...spoken].map(saidOf), {
    members,
    day,
    entityIds: [entity.id],
    unions: unionsOf(groups, [entity]),
  }).get(entity.id);
  const rows = await listPositionHistory(db.read, {
    topicId: topic.id,
    entityId: entity.id,
    groupId: null,
    language,
  });
  const sheets = [];
  for (const one of place ? [...place.with, ...place.against] : []) {
    const isExcepted = one.exceptions.includes(entity.id);
    sheets.push({ isExcepted, position: await sheetOf(context, one.row, { topic, said: [] }) });
  }
  return {
    id,
    who: { id: entity.id, code: entity.code, name: nameIn(entity.names, language), isGroup: false },
    topic: topicOf(topic),
    manner: place?.manner ?? null,
    here: place ? whoIsWhere(place, entity.code) : [],
    own: place?.own ? await sheetOf(context, place.own.row, { topic, said: rows }) : null,
    spoken: sheets,
    history: historyOf(rows, day),
  };
}

function topicOf({ id, title, question, scale }: TopicRow): Cell["topic"] {
  return { id, title, question, scale };
}

/** A row as the rules of places know it, with the row itself. */
function saidOf(row: PositionInList) {
  const { id, entityId, groupId, exceptions, stance, standing, sourceDate, supersedes, answers } = row;
  const { releasedAt } = row;
  const said = { id, entityId, groupId, stance, standing, sourceDate, supersedes, answers, releasedAt };
  return { ...said, exceptions: exceptions ?? [], withdraws: row.withdraws === true, row };
}

type PlaceInFull = Place<ReturnType<typeof saidOf>>;

function whoIsWhere({ own, with: same, against }: PlaceInFull, code: string): Here[] {
  const groups = [...same, ...against].map(({ row, stance }) => ({
    stance,
    code: row.groupCode ?? "",
    isGroup: true,
  }));
  return own === null ? groups : [{ stance: own.stance, code }, ...groups];
}
