/** A position as lists of it show it. */
import type { LinePosition } from "#app/components/record/position-line.tsx";
import type { PositionInList } from "#db/stores/position-row.ts";
import { readInOf } from "./read-in.ts";

type PositionLineData = LinePosition &
  Pick<PositionInList, "entityId" | "entityName" | "entityCode" | "sessionId">;

/** What a line says, without what only the position's own page shows. */
export function lineOf(row: PositionInList): PositionLineData {
  return {
    id: row.id,
    sessionId: row.sessionId,
    entityId: row.entityId,
    entityName: row.entityName,
    entityCode: row.entityCode,
    stance: row.stance,
    stanceLabel: row.stanceLabel,
    standing: row.standing,
    confidence: row.confidence,
    summary: row.summary,
    language: row.language,
    sourceTitle: row.sourceTitle,
    sourceDate: row.sourceDate,
    sourceSymbol: row.sourceSymbol,
    sourceUrl: row.sourceUrl,
    sourceForum: row.sourceForum ?? "",
    meetingNumber: row.meetingNumber,
    explicit: row.explicit,
    via: readInOf(row.via),
  };
}

/** A row as far as places depend on it, with the row itself. */
export function saidOf(row: PositionInList) {
  return { ...row, exceptions: row.exceptions ?? [], withdraws: row.withdraws === true, row };
}
