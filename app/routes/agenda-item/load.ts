/** What the page of an agenda item shows, of what this viewer may see. */
import { refusedOff } from "#app/commands/agenda-ground.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { positionsOfGroups } from "#app/rules/placing.ts";
import { belongsTo, placing } from "#app/rules/positions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { findOwnNote } from "#app/routes/notes/own-note.ts";
import { lineOf, saidOf } from "#app/routes/positions/line.ts";
import { mayDraftIn, openReleased } from "#app/routes/positions/open-session.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { listItems, listItemTopics } from "#db/stores/agenda.ts";
import { listDocuments } from "#db/stores/document.ts";
import { listEntities } from "#db/stores/entity.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import {
  listGroupPositions,
  listPositionsUnder,
  listStandingPositions,
} from "#db/stores/position-standing.ts";
import { findStatementCount, listStatements } from "#db/stores/statement.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";
import { listTexts } from "#db/stores/text.ts";
import { listTopics } from "#db/stores/topic.ts";

type Params = Readonly<Record<string, string | undefined>>;

export type Loaded = Awaited<ReturnType<typeof loadAgendaItem>>;

const SHOWN = 20;

/** Throws "not there" for an item that is not on the agenda; whoever presides is told who took it off and when. */
export async function loadAgendaItem(context: AppLoadContext, params: Params) {
  const session = await openReleased(context, params);
  const { language } = context;
  const db = context.db.read;
  const reader = statementReader(context.viewer);
  const agenda = await listItems(db, session.id);
  const item = agenda.find(({ id }) => id === params["item"]);
  const mayManage = may("manageAgenda", context.viewer, { kind: "session", sessionId: session.id }) === true;
  if (!item) {
    if (!mayManage) throw notThere();
    throw refusalResponse({ ...(await refusedOff(db, session, params["item"] ?? "")), kind: "not-found" });
  }
  const named = (id: string, title: string) => ({ id, title, number: fullNumber(agenda, id) });
  const parent = agenda.find(({ id }) => id === item.parentId);

  const doors = await listTextDoors(db, session.id);
  const texts = (await listTexts(db, session.id)).filter(({ id, itemId }) => {
    const door = doors.get(id);
    return itemId === item.id && door && may("readText", context.viewer, { kind: "text", door }) === true;
  });

  const topics = await listItemTopics(db, item.id);
  const which = { topicIds: topics.map(({ id }) => id), language };
  const standing = await listStandingPositions(db, which);
  const spoken = await listGroupPositions(db, which);
  const under = await listPositionsUnder(
    db,
    { sessionId: session.id, itemId: item.id },
    { besides: which.topicIds, language },
  );
  const underGroups = under.filter(({ groupId }) => groupId !== null);
  const topicsUnder = new Set(under.map(({ topicId }) => topicId));
  const ofKind = under.length === 0 ? [] : await listTopics(db, { exercise: session.exercise });
  const involved = new Set([
    ...[...standing, ...under].map(({ entityId }) => entityId),
    ...[...spoken, ...underGroups].flatMap(({ entityId, exceptions }) => [entityId, ...(exceptions ?? [])]),
  ]);
  const entities = involved.size === 0 ? [] : await listEntities(db, { ids: [...involved] });
  const shown = new Map(entities.filter((one) => belongsTo(one, session)).map((one) => [one.id, one]));
  /** What of these positions is on a topic, as its part shows it. */
  const onTopic = (
    topicId: string,
    of: { readonly own: readonly PositionInList[]; readonly spoken: readonly PositionInList[] },
  ) => {
    const isShown = (one: PositionInList) => one.topicId === topicId && shown.has(one.entityId);
    return {
      positions: [...placing(of.own.filter(isShown)).values()].map(lineOf),
      /** What groups said, with those of their members that excepted themselves. */
      spoken: positionsOfGroups(of.spoken.filter(isShown).map(saidOf)).map(({ row, exceptions }) => ({
        ...lineOf(row),
        groupId: row.groupId ?? "",
        groupName: row.groupName ?? "",
        groupCode: row.groupCode ?? "",
        excepted: exceptions.flatMap((id) => {
          const entity = shown.get(id);
          return entity ? nameIn(entity.names, language) : [];
        }),
      })),
    };
  };
  const statements = await listStatements(db, {
    reader,
    sessionId: session.id,
    itemId: item.id,
    limit: SHOWN,
    language,
  });
  return {
    sessionId: session.id,
    zone: session.timeZone,
    item: {
      ...named(item.id, item.title),
      note: item.note,
      status: item.status,
      statusAt: item.statusAt,
      count: await findStatementCount(db, { reader, itemId: item.id }),
    },
    documents: await listDocuments(db, item.id),
    ownNote: await findOwnNote(context, session.id, { thing: "item", thingId: item.id }),
    parent: parent ? named(parent.id, parent.title) : null,
    children: agenda
      .filter(({ parentId }) => parentId === item.id)
      .map(({ id, title, status, statusAt }) => ({ ...named(id, title), status, statusAt })),
    texts: texts.map(({ id, title, symbol, kind }) => ({ id, title, symbol, kind })),
    statements: await listLines(db, statements),
    topics: topics.map((topic) => ({ ...topic, ...onTopic(topic.id, { own: standing, spoken }) })),
    /** Topics that are not the item's, with the positions on them that name it (rule AG24). */
    otherTopics: ofKind
      .filter(({ id }) => topicsUnder.has(id))
      .map(({ id, title, question, scale }) => ({
        id,
        title,
        question,
        scale,
        ...onTopic(id, { own: under.filter(({ groupId }) => groupId === null), spoken: underGroups }),
      })),
    mayDraft: mayDraftIn(context, session.id),
    mayManage,
  };
}
