/** What an entity has said, and what groups have said for it; its statements; its groups with their dates. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { membersOf, positionsOfGroups, spokeFor, standingOn } from "#app/rules/placing.ts";
import { belongsTo, dayAt, placing } from "#app/rules/positions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { lineOf } from "#app/routes/positions/line.ts";
import { historyOf } from "#app/routes/positions/sheet.ts";
import { frameOf, sessionsFor } from "#app/routes/positions/session-of.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { findEntity } from "#db/stores/entity.ts";
import { listMembershipsOf } from "#db/stores/group.ts";
import { type PositionInList, listGroupPositions, listPositionsOfEntity } from "#db/stores/position.ts";
import { listStatementsOfEntity } from "#db/stores/statement.ts";
import { listTopics } from "#db/stores/topic.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** Throws "not there" for an entity of the other kind: an exercise shows invented ones alone. */
export async function loadEntity(context: AppLoadContext, params: Params) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const here = await frameOf(context, params);
  const { language } = context;
  const db = context.db.read;
  const entity = await findEntity(db, params["entity"] ?? "");
  // An exercise says of itself that every State in it is invented.
  const invented = context.mode === "exercise";
  if (!entity || (invented && !belongsTo(entity, { exercise: invented }))) throw notThere();
  const exercise = entity.kind.startsWith("exercise");
  const sessions = await sessionsFor(context, here, { exercise });
  const zone = sessions[0]?.timeZone ?? "UTC";
  const today = dayAt(context.now(), zone);
  const topics = await listTopics(db, { exercise });
  const rows = await listPositionsOfEntity(db, entity.id, language);
  const memberships = await listMembershipsOf(db, entity.id);
  const members = membersOf(memberships);
  const topicIds = topics.map(({ id }) => id);
  const ofGroups = (await listGroupPositions(db, { topicIds, day: today, language })).map(saidOf);
  const reader = statementReader(context.viewer);
  const statements = await listStatementsOfEntity(db, { reader, entityId: entity.id, language });
  return {
    entity: {
      id: entity.id,
      code: entity.code,
      kind: entity.kind,
      name: nameIn(entity.names, language),
      names: entity.names,
    },
    today,
    zone,
    // A position is read within a session: its own, or any of its kind for what was published before.
    newestSessionId: sessions[0]?.id ?? null,
    hereId: params["session"] ?? null,
    topics: topics.flatMap(({ id, title, scale }) => {
      const said = rows.filter(({ topicId, groupId }) => topicId === id && groupId === null);
      const own = placing(standingOn(said.map(saidOf), today)).get(entity.id);
      const spoken = positionsOfGroups(ofGroups.filter(({ topicId }) => topicId === id)).filter((one) =>
        spokeFor(one, entity.id, { members, day: today }),
      );
      if (said.length + spoken.length === 0) return [];
      return [
        {
          id,
          title,
          scale,
          own: own ? lineOf(own.row) : null,
          history: historyOf(said),
          spoken: spoken.map(({ row }) => groupLine(row)),
        },
      ];
    }),
    spokenByIt: rows.filter(({ groupId }) => groupId !== null).map(groupLine),
    statements: await listLines(db, statements),
    groups: memberships.map(({ group, role, from, to }) => ({
      key: `${group.id} ${from}`,
      id: group.id,
      code: group.code,
      name: nameIn(group.names, language),
      role,
      from: from === "" ? null : from,
      to,
    })),
  };
}

function groupLine(row: PositionInList) {
  return {
    ...lineOf(row),
    topicTitle: row.topicTitle,
    groupName: row.groupName ?? "",
    groupCode: row.groupCode ?? "",
    withdraws: row.withdraws === true,
  };
}

function saidOf(row: PositionInList) {
  return { ...row, exceptions: row.exceptions ?? [], withdraws: row.withdraws === true, row };
}
