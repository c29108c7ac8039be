/** A position with what its sheet shows: the topic's scale and what the entity said before. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { HistoryEntry, SheetPosition } from "#app/components/record/position-sheet.tsx";
import { belongsTo } from "#app/rules/positions.ts";
import { findEntity } from "#db/stores/entity.ts";
import { type PositionInList, findPosition, listPositionHistory } from "#db/stores/position.ts";
import { type TopicRow, findTopic } from "#db/stores/topic.ts";

export type Sheet = {
  readonly position: SheetPosition;
  readonly history: readonly HistoryEntry[];
  /** The entity's own position that supersedes this one. */
  readonly newerId: string | null;
  readonly itemId: string | null;
  readonly sessionId: string | null;
};

/** Null when there is no such position, or it is of the other kind: an exercise shows invented entities alone. */
export async function findSheet(
  { db: { read: db }, language }: Pick<AppLoadContext, "db" | "language">,
  session: { readonly exercise: boolean },
  positionId: string,
): Promise<Sheet | null> {
  const found = await findPosition(db, positionId, language);
  if (!found) return null;
  const { entityId, topicId } = found;
  const [topic, entity] = await Promise.all([findTopic(db, topicId), findEntity(db, entityId)]);
  if (!topic || !entity || !belongsTo(entity, session) || topic.exercise !== session.exercise) return null;
  const rows = await listPositionHistory(db, { entityId, topicId });
  const history = historyOf(rows);
  const newer = rows.find(({ supersedes }) => supersedes === found.id);
  return {
    position: sheetOf(found, topic),
    history: history.length > 1 ? history : [],
    newerId: newer?.id ?? null,
    itemId: found.itemId,
    sessionId: found.sessionId,
  };
}

function sheetOf(row: PositionInList, topic: TopicRow): SheetPosition {
  return {
    id: row.id,
    entityId: row.entityId,
    entityName: row.entityName,
    entityCode: row.entityCode,
    topicId: row.topicId,
    topicTitle: row.topicTitle,
    question: topic.question,
    scale: topic.scale,
    stance: row.stance,
    summary: row.summary,
    excerpt: row.excerpt,
    language: row.language,
    sourceTitle: row.sourceTitle,
    sourceDate: row.sourceDate,
    sourceSymbol: row.sourceSymbol,
    sourceUrl: row.sourceUrl,
    explicit: row.explicit,
    standing: row.standing,
    confidence: row.confidence,
    releasedAt: row.releasedAt,
    contentHash: row.contentHash,
  };
}

/** What an entity said on one topic, newest first. */
export function historyOf(rows: readonly PositionInList[]): HistoryEntry[] {
  const superseded = new Set(rows.map(({ supersedes }) => supersedes));
  return rows.map(({ id, sourceDate, stanceLabel, explicit, standing }) => ({
    id,
    sourceDate,
    stanceLabel,
    explicit,
    standing,
    isSuperseded: superseded.has(id),
  }));
}
