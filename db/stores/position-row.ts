/** A position as it is kept, and as lists show it: with the names of what it is on and whose it is. */
import { eq, getTableColumns, sql, type SQL } from "drizzle-orm";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { Reading } from "#db/database.ts";
import { entity, entityGroup } from "#db/schema/people.ts";
import { meeting, position, topic } from "#db/schema/session.ts";
import { askingFor } from "#db/search/asking.ts";

export type PositionRow = typeof position.$inferSelect;

export type PositionInList = PositionRow & {
  readonly entityName: string;
  readonly entityCode: string;
  readonly topicTitle: string;
  readonly stanceLabel: string;
  /** Null for an entity's own. */
  readonly groupName: string | null;
  readonly groupCode: string | null;
  readonly meetingNumber: number | null;
};

/** A query for positions with what `inList` names, to which its conditions are added. */
export function listedFrom(db: Reading) {
  return db
    .select({
      row: position,
      names: entity.names,
      code: entity.code,
      topicTitle: topic.title,
      scale: topic.scale,
      groupNames: entityGroup.names,
      groupCode: entityGroup.code,
      meetingNumber: meeting.number,
    })
    .from(position)
    .innerJoin(entity, eq(entity.id, position.entityId))
    .innerJoin(topic, eq(topic.id, position.topicId))
    .leftJoin(entityGroup, eq(entityGroup.id, position.groupId))
    .leftJoin(meeting, eq(meeting.id, position.meetingId))
    .$dynamic();
}

type Listed = Awaited<ReturnType<typeof listedFrom>>[number];

/** A row of `listedFrom` with its names in this language. */
export function inList(listed: Listed, language: Language): PositionInList {
  const { row, names, code, topicTitle, scale, groupNames, groupCode, meetingNumber } = listed;
  const stance = scale.find(({ id }) => id === row.stance);
  return {
    ...row,
    groupName: groupNames && nameIn(groupNames, language),
    groupCode,
    meetingNumber,
    entityName: nameIn(names, language),
    entityCode: code,
    topicTitle,
    stanceLabel: stance?.label ?? row.stance,
  };
}

/** As SQLite gives it, by the names of the schema. */
type Raw = Record<keyof PositionRow, unknown> & {
  readonly names: string;
  readonly code: string;
  readonly topicTitle: string;
  readonly scale: string;
  readonly groupNames: string | null;
  readonly groupCode: string | null;
  readonly meetingNumber: number | null;
};

const columns = Object.entries(getTableColumns(position));

const decoded = columns.filter(([, { dataType }]) => dataType === "boolean" || dataType === "json");

/**
 * As `listedFrom` and `inList` together, prepared once; it is asked with values for its places.
 * Pages show hundreds of positions, of which the query builder makes rows more slowly than SQLite finds them.
 */
export function askingForList(
  db: Reading,
  { where, orderBy }: { readonly where: SQL | undefined; readonly orderBy: readonly SQL[] },
): (values: Record<string, unknown>, language: Language) => PositionInList[] {
  const own = columns.map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`);
  const ask = askingFor<Raw>(
    db,
    sql`
    SELECT ${sql.join(own, sql`, `)}, ${entity.names} AS "names", ${entity.code} AS "code",
      ${topic.title} AS "topicTitle", ${topic.scale} AS "scale", ${entityGroup.names} AS "groupNames",
      ${entityGroup.code} AS "groupCode", ${meeting.number} AS "meetingNumber"
    FROM ${position} JOIN ${entity} ON ${entity.id} = ${position.entityId}
      JOIN ${topic} ON ${topic.id} = ${position.topicId}
      LEFT JOIN ${entityGroup} ON ${entityGroup.id} = ${position.groupId}
      LEFT JOIN ${meeting} ON ${meeting.id} = ${position.meetingId}
    WHERE ${where} ORDER BY ${sql.join([...orderBy], sql`, `)}`,
  );
  return (values, language) => {
    const scales = new Map<string, Listed["scale"]>();
    return ask(values).map(({ names, code, topicTitle, scale, groupNames, ...more }) => {
      const { groupCode, meetingNumber, ...raw } = more;
      const parsed = scales.get(scale) ?? (JSON.parse(scale) as Listed["scale"]);
      scales.set(scale, parsed);
      for (const [name, column] of decoded) {
        const key = name as keyof PositionRow;
        if (raw[key] !== null) raw[key] = column.mapFromDriverValue(raw[key]);
      }
      const listed: Listed = {
        // What was decoded is as the schema says.
        row: raw as PositionRow,
        names: JSON.parse(names) as Listed["names"],
        groupNames: groupNames === null ? null : (JSON.parse(groupNames) as Listed["groupNames"]),
        code,
        topicTitle,
        scale: parsed,
        groupCode,
        meetingNumber,
      };
      return inList(listed, language);
    });
  };
}
