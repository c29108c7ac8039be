/** A position with what its sheet shows: the topic's scale, for whom it is, and what was said before. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { Newer } from "#app/components/record/newer-link.tsx";
import type { HistoryEntry, TakenDownBy } from "#app/components/record/over-time.tsx";
import type { SheetPosition } from "#app/components/record/position-sheet.tsx";
import { aheadOf, firstDay } from "#app/rules/placing.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { correctedToLater } from "#app/rules/readings.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import { findEntity } from "#db/stores/entity.ts";
import { findAlignedAtRelease } from "#db/stores/event.ts";
import { listPositionHistory } from "#db/stores/position-history.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import { findPosition } from "#db/stores/position.ts";
import { type TopicRow, findTopic } from "#db/stores/topic.ts";
import { readInOf } from "./read-in.ts";

type Context = Pick<AppLoadContext, "db" | "language">;

export type Sheet = {
  readonly position: SheetPosition;
  readonly history: readonly HistoryEntry[];
  /** The position that supersedes this one, or is from a later source and goes on standing. */
  readonly newer: Newer | null;
  readonly itemId: string | null;
  readonly sessionId: string | null;
  readonly groupId: string | null;
};

/**
 * Of the row by which a reading was corrected to a later day, what is read since. Null when there is no such position, or it is of the other kind: an exercise shows invented
 * entities alone.
 */
export async function findSheet(
  context: Context,
  session: { readonly exercise: boolean },
  positionId: string,
): Promise<Sheet | null> {
  const { language } = context;
  const db = context.db.read;
  const asked = await findPosition(db, positionId, language);
  if (!asked) return null;
  const { entityId, topicId, groupId } = asked;
  const [topic, entity] = await Promise.all([findTopic(db, topicId), findEntity(db, entityId)]);
  if (!topic || !entity || !belongsTo(entity, session) || topic.exercise !== session.exercise) return null;
  const rows = await listPositionHistory(db, { entityId, topicId, groupId, language });
  const history = historyOf(rows);
  const moved = correctedToLater(rows);
  const found = moved.get(asked.id) ?? asked;
  const after = rows.find(({ supersedes }) => supersedes === found.id) ?? aheadOf(found, rows);
  const newer = moved.get(after?.id ?? "") ?? after;
  return {
    position: await sheetOf(context, found, { topic, said: rows }),
    history: history.length > 1 ? history : [],
    newer: newer
      ? {
          id: newer.id,
          does: doesOf(history.find(({ id }) => id === found.id)?.state),
          sourceTitle: newer.sourceTitle,
          sourceDate: newer.sourceDate,
        }
      : null,
    itemId: found.itemId,
    sessionId: found.sessionId,
    groupId,
  };
}

function doesOf(state: HistoryEntry["state"] | undefined): Newer["does"] {
  return state === "corrected" || state === "withdrawn" || state === "taken-down" ? state : "stands";
}

/** `said`: what the same entity or group said on the topic, among which are the readings that it answers. */
export async function sheetOf(
  { db, language }: Context,
  row: PositionInList,
  { topic, said }: { readonly topic: TopicRow; readonly said: readonly PositionInList[] },
): Promise<SheetPosition> {
  const spokenFor = { entityId: row.entityId, groupId: row.groupId, exceptions: row.exceptions ?? [] };
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
    sourceForum: row.sourceForum ?? "",
    meetingNumber: row.meetingNumber,
    explicit: row.explicit,
    standing: row.standing,
    confidence: row.confidence,
    via: readInOf(row.via),
    alignment: await findAlignment(
      { db: db.read, language },
      spokenFor,
      firstDay(row.sourceDate),
      row.groupId === null
        ? null
        : await findAlignedAtRelease(db.read, { thing: "position", thingId: row.id }),
    ),
    withdraws: row.withdraws === true,
    takenDownBy: takenDownBy(row),
    answers: answerOf(row, said),
    releasedAt: row.releasedAt,
    contentHash: row.contentHash,
  };
}

/** Whether a position confirms or corrects the editors' reading that it answers. */
function answerOf(row: PositionInList, said: readonly PositionInList[]): "confirms" | "corrects" | null {
  if (row.answers === null) return null;
  const reading = said.find(({ id }) => id === row.answers);
  return reading?.stance === row.stance ? "confirms" : "corrects";
}

/** A row by which an editors' reading was taken down, and by whom; null for every other. */
function takenDownBy(row: PositionInList): TakenDownBy | null {
  if (row.standing !== "editors" || row.withdraws !== true) return null;
  return isBySecretariat(row) ? "secretariat" : "files";
}

/** Files release their readings by nobody. */
function isBySecretariat({ standing, releasedBy }: PositionInList): boolean {
  return standing === "editors" && releasedBy !== null;
}

/**
 * What an entity, or a group, said on one topic by the end of `day`, or at all: the newest first, by when it was said.
 * `said`: everything, whatever the day.
 */
export function historyOf(said: readonly PositionInList[], day?: string): HistoryEntry[] {
  const moved = correctedToLater(said);
  const rows = day === undefined ? said : said.filter(({ sourceDate }) => sourceDate <= day);
  const after = new Map(rows.map((row) => [row.supersedes, row]));
  const answered = new Set(rows.map(({ answers }) => answers));
  const stateOf = (row: PositionInList): HistoryEntry["state"] => {
    const { id, withdraws, standing } = row;
    if (withdraws === true) return takenDownBy(row) ?? "withdrawal";
    const newer = after.get(id);
    if (newer && moved.has(newer.id)) return "corrected";
    if (newer?.withdraws === true) return standing === "editors" ? "taken-down" : "withdrawn";
    if (newer) return isBySecretariat(newer) ? "corrected" : "superseded";
    if (aheadOf(row, rows) !== null) return "behind";
    return answered.has(id) ? "answered" : "stands";
  };
  return rows
    .filter(({ id }) => !moved.has(id))
    .toSorted((a, b) => compare(b.sourceDate, a.sourceDate) || b.releasedAt - a.releasedAt)
    .map((row) => ({
      id: row.id,
      sourceTitle: row.sourceTitle,
      sourceSymbol: row.sourceSymbol,
      sourceDate: row.sourceDate,
      stanceLabel: row.stanceLabel,
      explicit: row.explicit,
      standing: row.standing,
      state: stateOf(row),
      answers: answerOf(row, rows),
    }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
