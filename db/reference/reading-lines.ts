/** Editors' readings as rows that supersede each other: one line for each entity and topic. */
import { and, eq, isNotNull } from "drizzle-orm";
import { readingId } from "#app/rules/readings.ts";
import type { Reading as Read } from "#db/database.ts";
import { position, topic } from "#db/schema/session.ts";

/** A reading, or that it was taken down. */
export type Reading = typeof position.$inferSelect & {
  /** The own delegation of its State has confirmed or corrected it. */
  readonly isAnswered: boolean;
};

type ReadingLine = {
  /** What nothing has superseded. */
  readonly newest: Reading;
  /** What was read last: the newest, unless that takes it down. */
  readonly last: Reading;
  /** All of it, oldest first. */
  readonly rows: readonly Reading[];
};

type Of = { readonly entityId: string; readonly topicId: string };

/** Every reading of real entities that there ever was, or of one of them; those of an exercise come from no file. */
export async function listReadings(db: Read, of?: Of): Promise<Reading[]> {
  const asked = of && and(eq(position.entityId, of.entityId), eq(position.topicId, of.topicId));
  const rows = await db
    .select({ reading: position })
    .from(position)
    .innerJoin(topic, eq(topic.id, position.topicId))
    .where(and(eq(position.standing, "editors"), eq(topic.exercise, false), asked));
  const answers = await db
    .select({ id: position.answers })
    .from(position)
    .where(and(isNotNull(position.answers), asked));
  const answered = new Set(answers.map(({ id }) => id));
  return rows.map(({ reading }) => ({ ...reading, isAnswered: answered.has(reading.id) }));
}

/** By `readingId`. */
export function linesOf(readings: readonly Reading[]): ReadonlyMap<string, ReadingLine> {
  const superseded = new Set(readings.map((row) => row.supersedes));
  const byId = new Map(readings.map((row) => [row.id, row]));
  return new Map(
    readings
      .filter((row) => !superseded.has(row.id))
      .map((newest) => {
        const rows: Reading[] = [];
        for (let row: Reading | undefined = newest; row; row = byId.get(row.supersedes ?? "")) rows.unshift(row);
        const before = newest.withdraws === true ? rows.at(-2) : undefined;
        return [readingId(newest), { newest, last: before ?? newest, rows }];
      }),
  );
}
