/** Topics, each with a scale of its own. */
import { asc, eq } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { topic } from "#db/schema/session.ts";

export type TopicRow = typeof topic.$inferSelect;

export async function findTopic(db: Reading, topicId: string): Promise<TopicRow | null> {
  const [row] = await db.select().from(topic).where(eq(topic.id, topicId)).limit(1);
  return row ?? null;
}

/** In the order of the list. `exercise`: those of an exercise, or the real ones. */
export async function listTopics(
  db: Reading,
  { exercise }: { readonly exercise?: boolean } = {},
): Promise<TopicRow[]> {
  return db
    .select()
    .from(topic)
    .where(exercise === undefined ? undefined : eq(topic.exercise, exercise))
    .orderBy(asc(topic.order), asc(topic.id));
}

/** Adds a topic, or brings its question and scale up to date. */
export async function putTopic(tx: WriteTx, row: typeof topic.$inferInsert): Promise<void> {
  const { id: _id, ...facts } = row;
  await tx.insert(topic).values(row).onConflictDoUpdate({ target: topic.id, set: facts });
}
