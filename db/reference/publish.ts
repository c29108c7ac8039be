/** Published positions as editors read them: a changed reading is a new row that supersedes the one before it. */
import { createHash } from "node:crypto";
import {
  type ReadingFacts,
  factsOfReading,
  heldBy,
  ofThisDocument,
  readingAsLoaded,
  readingId,
} from "#app/rules/readings.ts";
import { rowHash } from "#db/canonical.ts";
import type { Database } from "#db/database.ts";
import { position } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listHoldingCorrections } from "#db/stores/reference-correction.ts";
import type { Reference } from "./files.ts";
import { type Reading, listReadings, linesOf } from "./reading-lines.ts";

type PositionRow = typeof position.$inferInsert;
/** An editors' reading without what depends on when it is loaded. */
type Published = ReadingFacts & {
  readonly entityId: string;
  readonly topicId: string;
  readonly standing: "editors";
  /** It says that nothing is read any more. */
  readonly withdraws?: true;
};

/** Throws for an entity or a source that is not there. */
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
  const lines = linesOf(known);
  const corrections = await listHoldingCorrections(db.read);
  const inFiles = new Map(readings.map((reading) => [readingId(reading), reading]));
  const ids = new Set(known.map(({ id }) => id));
  const added: PositionRow[] = [];
  for (const key of new Set([...inFiles.keys(), ...lines.keys()])) {
    const { newest = null, last = null, rows = [] } = lines.get(key) ?? {};
    const stands = newest === last;
    const standing = stands ? last : null;
    const file = inFiles.get(key) ?? null;
    const held = heldBy(ofThisDocument(corrections.get(key) ?? [], rows));
    const wanted = readingAsLoaded(file, { last: last && publishedOf(last), stands }, held);
    if (wanted === null && standing === null) continue;
    if (wanted !== null && standing !== null && saysTheSame(standing, wanted)) continue;
    const isDropped = file === null && held.fields["recorded"] !== false;
    if (wanted === null && isDropped && standing?.isAnswered) continue;
    const said = wanted ?? (standing && takenDown(standing));
    if (said === null) continue;
    const supersedes = newest?.id ?? null;
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
