/** Statements as lists show them: without their bodies. */
import type { StatementLine } from "#app/components/record/statement-list.tsx";
import type { Reading } from "#db/database.ts";
import { listEntities } from "#db/stores/entity.ts";
import type { StatementInList } from "#db/stores/statement.ts";

/** Exceptions by their codes, in the order of the list. */
export async function listLines(db: Reading, rows: readonly StatementInList[]): Promise<StatementLine[]> {
  const ids = [...new Set(rows.flatMap(({ exceptions }) => exceptions))];
  const excepted = ids.length === 0 ? [] : await listEntities(db, { ids });
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.sessionId,
    title: row.title,
    language: row.language,
    entityName: row.entityName,
    entityCode: row.entityCode,
    groupCode: row.groupCode,
    groupName: row.groupName,
    exceptionCodes: excepted.filter(({ id }) => row.exceptions.includes(id)).map(({ code }) => code),
    meetingNumber: row.meetingNumber,
    delivery: row.delivery,
    isEmbargoed: row.embargo === "delivery" && row.delivery === null,
    corrects: row.supersedes !== null,
    isCorrected: row.correctedBy !== null,
    releasedAt: row.releasedAt,
  }));
}
