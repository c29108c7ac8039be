/** What a position's words are checked against, read in the transaction that writes them. */
import { type PositionWords, cleanPosition, dayAt, faultsOfPosition, isDay } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type SpokenFor, aligned, isMember, maySpeakFor } from "#app/rules/spoken-for.ts";
import type { Reading } from "#db/database.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import type { EntityRow } from "#db/stores/entity.ts";
import { findGroup, listMembers } from "#db/stores/group.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type TopicRow, findTopic } from "#db/stores/topic.ts";

type Where = { readonly session: SessionRow; readonly entity: EntityRow; readonly at: number };

/**
 * The words to keep, and who aligns with them, or what is wrong with them. `topicId` must be of the session's own kind, exercise or real, and not
 * closed. A group's members are those of the day of the source; who speaks for it must be one today (rule PS11).
 */
export async function checkPosition<T extends PositionWords & { readonly topicId: string }>(
  db: Reading,
  words: T,
  where: Where,
): Promise<
  Refusal | { readonly words: T; readonly topic: TopicRow; readonly alignedIds: readonly string[] }
> {
  const { session, entity, at } = where;
  const topic = await findTopic(db, words.topicId);
  if (!topic || topic.exercise !== session.exercise) {
    return refuse("invalid", "check-fields", { fields: { topic: "topic-unknown" } });
  }
  if (topic.closedAt !== null) {
    return refuse("invalid", "check-fields", { fields: { topic: "topic-closed" } });
  }
  const kept = cleanPosition(words);
  const items = await listAgenda(db, session.id);
  const meetings = await listMeetings(db, session.id);
  const group = kept.groupId === null ? null : await findSpokenFor(db, kept.groupId, kept.sourceDate, where);
  const fields = faultsOfPosition(kept, {
    entityId: entity.id,
    stances: topic.scale.map(({ id }) => id),
    itemIds: items.map(({ id }) => id),
    meetingIds: meetings.map(({ id }) => id),
    group,
    today: dayAt(at, session.timeZone),
  });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const members = group?.memberIds.map((id) => ({ id, role: null })) ?? [];
  const alignedIds = aligned(members, { entityId: entity.id, exceptions: kept.exceptions }).map(
    ({ id }) => id,
  );
  return { words: kept, topic, alignedIds };
}

async function findSpokenFor(
  db: Reading,
  groupId: string,
  said: string,
  { session, entity, at }: Where,
): Promise<SpokenFor | null> {
  const group = await findGroup(db, groupId);
  if (!group || group.exercise !== session.exercise) return null;
  const today = dayAt(at, session.timeZone);
  if (!maySpeakFor(entity, group, await listMembers(db, group.id, today))) return null;
  const members = await listMembers(db, group.id, isDay(said) ? said : today);
  return { id: group.id, memberIds: members.filter(({ role }) => isMember(role)).map(({ id }) => id) };
}
