/** Published positions as editors read them: a changed reading is a new row that supersedes the one before it. */
import { createHash } from "node:crypto";
import { and, eq, isNotNull } from "drizzle-orm";
import { type ReadingFacts, factsOfReading, readingAsLoaded, readingId } from "#app/rules/readings.ts";
import { rowHash } from "#db/canonical.ts";
import type { Database, Reading as Read } from "#db/database.ts";
import { position, topic } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listCorrectedFields } from "#db/stores/reference-correction.ts";
import type { Reference } from "./files.ts";

type PositionRow = typeof position.$inferInsert;
/** An editors' reading without what depends on when it is loaded. */
type Published = ReadingFacts & {
  readonly entityId: string;
  readonly topicId: string;
  readonly standing: "editors";
  /** It says that nothing is read any more. */
  readonly withdraws?: true;
};

/** `codes`: entities by the code that the files give them. Throws for an entity or a source that is not there. */
export function readingsIn({ published, entities }: Reference): Published[] {
  const codes = new Map(entities.map((one) => [one.code, one.id]));
  const sources = new Map(published.sources.map((source) => [source.id, source]));
  return published.positions.map((entry) => {
    const entityId = codes.get(entry.entity);
    const source = sources.get(entry.source);
    if (entityId === undefined || source === undefined) {
      throw new Error(`published-positions.json names ${entry.entity} and ${entry.source}: one is unknown.`);
    }
    return {
      entityId,
      topicId: entry.topic,
      stance: entry.stance,
      summary: entry.summary,
      sourceTitle: source.kind === "report" ? `${source.title} (report)` : source.title,
      sourceDate: source.date,
      sourceForum: source.forum ?? null,
      sourceSymbol: source.symbol ?? "",
      sourceUrl: source.url ?? "",
      explicit: entry.explicit,
      standing: "editors",
      confidence: entry.confidence,
      via: entry.via ?? null,
    };
  });
}

/**
 * Adds what is new or has changed, and takes down what the files do not have any more, in pieces of `size` rows. What the
 * secretariat corrected, took down or put back holds (rule RF13); a reading that its own State has answered stays as it is
 * in the history when the files drop it (rule RF15).
 */
export async function publishPositions(
  db: Database,
  readings: readonly Published[],
  { version, now, size }: { readonly version: string; readonly now: () => number; readonly size: number },
): Promise<void> {
  const known = await listReadings(db.read);
  const newest = newestOf(known);
  const answered = await listAnswered(db.read);
  const corrected = await listCorrectedFields(db.read, "reading");
  const inFiles = new Map(readings.map((reading) => [readingId(reading), reading]));
  const ids = new Set(known.map(({ id }) => id));
  const added: PositionRow[] = [];
  for (const key of new Set([...inFiles.keys(), ...newest.keys()])) {
    const before = newest.get(key) ?? null;
    const standing = before !== null && before.withdraws !== true ? before : null;
    const file = inFiles.get(key) ?? null;
    const fields = corrected.get(key) ?? {};
    const wanted = readingAsLoaded(file, standing && publishedOf(standing), fields);
    if (wanted === null && standing === null) continue;
    if (wanted !== null && standing !== null && saysTheSame(standing, wanted)) continue;
    const isDropped = file === null && fields["recorded"] !== false;
    if (wanted === null && isDropped && standing !== null && answered.has(standing.id)) continue;
    const said = wanted ?? (standing && takenDown(standing));
    if (said === null) continue;
    const supersedes = before?.id ?? null;
    const id = idOf(said, supersedes);
    if (ids.has(id)) continue;
    const row = { ...said, id, supersedes, releasedAt: now() };
    added.push({ ...row, contentHash: rowHash("position", row) });
  }
  for (let from = 0; from < added.length; from += size) {
    const piece = added.slice(from, from + size);
    await db.write(async (tx) => {
      await tx.insert(position).values(piece);
      await appendEvent(tx, {
        at: now(),
        by: { personId: null },
        act: "publishPositions",
        thing: "reference",
        thingId: version,
        detail: { sha256: piece.map((row) => row.contentHash) },
      });
    });
  }
}

type Reading = typeof position.$inferSelect;

/** Every reading of real entities that there ever was; those of an exercise come from no file. */
async function listReadings(db: Read): Promise<Reading[]> {
  const rows = await db
    .select({ reading: position })
    .from(position)
    .innerJoin(topic, eq(topic.id, position.topicId))
    .where(and(eq(position.standing, "editors"), eq(topic.exercise, false)));
  return rows.map(({ reading }) => reading);
}

/** By entity and topic, that which nothing has superseded: a reading, or that it was taken down. */
function newestOf(readings: readonly Reading[]): ReadonlyMap<string, Reading> {
  const superseded = new Set(readings.map((row) => row.supersedes));
  return new Map(readings.filter((row) => !superseded.has(row.id)).map((row) => [readingId(row), row]));
}

/** Readings that the own delegation of their State has confirmed or corrected. */
async function listAnswered(db: Read): Promise<ReadonlySet<string>> {
  const rows = await db.select({ answers: position.answers }).from(position).where(isNotNull(position.answers));
  return new Set(rows.flatMap(({ answers }) => answers ?? []));
}

function publishedOf(row: Reading): Published {
  const { entityId, topicId } = row;
  return { entityId, topicId, ...factsOfReading(row), standing: "editors" };
}

/** The row by which the files take a reading down: of its own day, so that it stands on none. */
function takenDown(reading: Reading): Published {
  return { ...publishedOf(reading), summary: "", withdraws: true };
}

function saysTheSame(before: object, reading: Published): boolean {
  return Object.entries(reading).every(([key, value]) => Object.is(Reflect.get(before, key), value));
}

/** The same reading gets the same id on every installation. */
function idOf(reading: Published, supersedes: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([reading, supersedes]))
    .digest("base64url")
    .slice(0, 16);
}
