/** Topics, each with a scale of its own. */
import { and, asc, desc, eq, isNull, max, sql } from "drizzle-orm";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import { builtOnce } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { topic, topicChange } from "#db/schema/session.ts";

export type TopicRow = typeof topic.$inferSelect;
export type TopicChangeRow = typeof topicChange.$inferSelect;
export type TopicChangeInList = TopicChangeRow & { readonly byName: string };

export async function findTopic(db: Reading, topicId: string): Promise<TopicRow | null> {
  return one(db).get({ topicId }) ?? null;
}

const one = builtOnce((db) =>
  db
    .select()
    .from(topic)
    .where(eq(topic.id, sql.placeholder("topicId")))
    .prepare(),
);

/**
 * In the order of the list. `exercise`: those of an exercise, or the real ones. `offered`: without those that are
 * closed.
 */
export async function listTopics(
  db: Reading,
  { exercise, offered = false }: { readonly exercise?: boolean; readonly offered?: boolean } = {},
): Promise<TopicRow[]> {
  const kind = exercise === undefined ? "of both kinds" : exercise ? "invented" : "real";
  return listedBy(db, `${kind}${offered ? ", offered" : ""}`).all();
}

type Form = `${"of both kinds" | "invented" | "real"}${"" | ", offered"}`;

const listedBy = builtOnce((db, form: Form) =>
  db
    .select()
    .from(topic)
    .where(
      and(
        form.startsWith("of both kinds") ? undefined : eq(topic.exercise, form.startsWith("invented")),
        form.endsWith("offered") ? isNull(topic.closedAt) : undefined,
      ),
    )
    .orderBy(asc(topic.order), asc(topic.id))
    .prepare(),
);

/** Adds a topic, or brings its question and scale up to date. */
export async function putTopic(tx: WriteTx, row: typeof topic.$inferInsert): Promise<void> {
  const { id: _id, ...facts } = row;
  await tx.insert(topic).values(row).onConflictDoUpdate({ target: topic.id, set: facts });
}

export async function changeTopic(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<TopicRow, "id" | "exercise">>,
): Promise<void> {
  await tx.update(topic).set(change).where(eq(topic.id, id));
}

/** What the act is done on by which the secretariat puts the topics in an order of its own. */
export const TOPICS_ORDERED = { thing: "topic", thingId: "order" } as const;

/** The orders in which the secretariat put the topics among which this one is, the last first, each with who did it. */
export async function listTopicOrders(
  db: Reading,
  topicId: string,
): Promise<{ readonly topicIds: readonly string[]; readonly by: string }[]> {
  const { thing, thingId } = TOPICS_ORDERED;
  const acts = await db
    .select({ detail: event.detail, by: person.name })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(and(eq(event.thing, thing), eq(event.thingId, thingId)))
    .orderBy(desc(event.seq));
  return acts.flatMap(({ detail: { topicIds }, by }) => {
    const ids = Array.isArray(topicIds) ? topicIds.filter((id) => typeof id === "string") : [];
    return ids.includes(topicId) ? [{ topicIds: ids, by }] : [];
  });
}

/** The place behind all others of its kind. */
export async function findLastPlace(db: Reading, exercise: boolean): Promise<number> {
  const [row] = await db
    .select({ order: max(topic.order) })
    .from(topic)
    .where(eq(topic.exercise, exercise));
  return (row?.order ?? 0) + 1;
}

/** Writes the row; the caller anchors it with the event that made it. */
export async function insertTopicChange(
  tx: WriteTx,
  row: AnchoredRow<"topic_change">,
): Promise<{ readonly sha256: string }> {
  await tx.insert(topicChange).values(row);
  return { sha256: rowHash("topic_change", row) };
}

/** What was changed in a topic, or in all of them, with who did it; newest first. */
export async function listTopicChanges(db: Reading, topicId?: string): Promise<TopicChangeInList[]> {
  const rows = await db
    .select({ row: topicChange, byName: person.name })
    .from(topicChange)
    .innerJoin(person, eq(person.id, topicChange.by))
    .where(topicId === undefined ? undefined : eq(topicChange.topicId, topicId))
    .orderBy(desc(topicChange.at), desc(topicChange.id));
  return rows.map(({ row, byName }) => ({ ...row, byName }));
}
