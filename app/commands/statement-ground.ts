/** What a statement's words are checked against, read in the transaction that writes them. */
import { dayAt } from "#app/rules/positions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { type SpokenFor, aligned, isMember, maySpeakFor } from "#app/rules/spoken-for.ts";
import { type StatementWords, cleanStatement, faultsOfStatement } from "#app/rules/statements.ts";
import { sha256 } from "#db/canonical.ts";
import type { Reading } from "#db/database.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import type { EntityRow } from "#db/stores/entity.ts";
import { findGroup, listMembers } from "#db/stores/group.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { listTopics } from "#db/stores/topic.ts";
import type { ReadableParagraph } from "./spoken-to.ts";

/**
 * The words to keep, and who aligns with them, or what is wrong with them. A group's members are those of today, in the
 * venue's zone; `readable` are paragraphs that the person reads.
 */
export async function checkStatement<T extends StatementWords>(
  db: Reading,
  words: T,
  where: {
    readonly session: SessionRow;
    readonly entity: EntityRow;
    readonly at: number;
    readonly readable: readonly ReadableParagraph[];
  },
): Promise<Refusal | { readonly words: T; readonly alignedIds: readonly string[] }> {
  const { session, entity, at, readable } = where;
  const kept = cleanStatement(words);
  const items = await listAgenda(db, session.id);
  const meetings = await listMeetings(db, session.id);
  const group =
    kept.groupId === null
      ? null
      : await findSpokenFor(db, {
          groupId: kept.groupId,
          entity,
          session,
          day: dayAt(at, session.timeZone),
        });
  const fields = faultsOfStatement(kept, {
    entityId: entity.id,
    itemIds: items.map(({ id }) => id),
    meetingIds: meetings.map(({ id }) => id),
    groups: group ? [group] : [],
    topicIds: (await listTopics(db, { exercise: session.exercise })).map(({ id }) => id),
    paragraphs: readable.filter(({ sessionId }) => sessionId === session.id),
  });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const members = group?.memberIds.map((id) => ({ id, role: null })) ?? [];
  const alignedIds = aligned(members, { entityId: entity.id, exceptions: kept.exceptions }).map(
    ({ id }) => id,
  );
  return { words: kept, alignedIds };
}

/** Stands for "exactly these members aligned", whatever their order. */
export function membersKeyOf(alignedIds: readonly string[]): string {
  return sha256(alignedIds.toSorted().join("\n"));
}

/** The group with its members on a day, when the entity speaks for it then (rule SM3); else null. */
export async function findSpokenFor(
  db: Reading,
  which: {
    readonly groupId: string;
    readonly entity: EntityRow;
    readonly session: SessionRow;
    readonly day: string;
  },
): Promise<SpokenFor | null> {
  const group = await findGroup(db, which.groupId);
  if (!group || group.exercise !== which.session.exercise) return null;
  const members = await listMembers(db, group.id, which.day);
  if (!maySpeakFor(which.entity, group, members)) return null;
  return { id: group.id, memberIds: members.filter(({ role }) => isMember(role)).map(({ id }) => id) };
}
