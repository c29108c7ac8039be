/** What a position's words are checked against, read in the transaction that writes them. */
import { type PositionWords, cleanPosition, dayAt, faultsOfPosition } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type TopicRow, findTopic } from "#db/stores/topic.ts";

/** The words to keep, or what is wrong with them. `topicId` must be of the session's own kind, exercise or real. */
export async function checkPosition<T extends PositionWords & { readonly topicId: string }>(
  db: Reading,
  words: T,
  { session, at }: { readonly session: SessionRow; readonly at: number },
): Promise<Refusal | { readonly words: T; readonly topic: TopicRow }> {
  const topic = await findTopic(db, words.topicId);
  if (!topic || topic.exercise !== session.exercise) {
    return refuse("invalid", "check-fields", { fields: { topic: "topic-unknown" } });
  }
  const kept = cleanPosition(words);
  const items = await listAgenda(db, session.id);
  const fields = faultsOfPosition(kept, {
    stances: topic.scale.map(({ id }) => id),
    itemIds: items.map(({ id }) => id),
    today: dayAt(at, session.timeZone),
  });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  return { words: kept, topic };
}
