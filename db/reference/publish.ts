/** Published positions as editors read them: a changed reading is a new row that supersedes the one before it. */
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { rowHash } from "#db/canonical.ts";
import type { Database } from "#db/database.ts";
import { position } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { Reference } from "./files.ts";

type PositionRow = typeof position.$inferInsert;
/** An editors' reading without what depends on when it is loaded. */
type Published = Omit<PositionRow, "id" | "releasedAt" | "contentHash" | "supersedes">;

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

/** Adds what is new or has changed, in pieces of `size` rows. */
export async function publishPositions(
  db: Database,
  readings: readonly Published[],
  { version, now, size }: { readonly version: string; readonly now: () => number; readonly size: number },
): Promise<void> {
  const standing = await db.read.select().from(position).where(eq(position.standing, "editors"));
  const superseded = new Set(standing.map((row) => row.supersedes));
  const newest = new Map(
    standing.filter((row) => !superseded.has(row.id)).map((row) => [`${row.entityId} ${row.topicId}`, row]),
  );
  const known = new Set(standing.map((row) => row.id));
  const added: PositionRow[] = [];
  for (const reading of readings) {
    const before = newest.get(`${reading.entityId} ${reading.topicId}`);
    if (before !== undefined && saysTheSame(before, reading)) continue;
    const supersedes = before?.id ?? null;
    const id = idOf(reading, supersedes);
    if (known.has(id)) continue;
    const row = { ...reading, id, supersedes, releasedAt: now() };
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
