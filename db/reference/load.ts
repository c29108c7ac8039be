/**
 * Brings entities, groups, topics and published positions up to date with the files beside this one. See `NOTES.md`
 * for their sources and for the label that every view of an editors' reading carries.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { rowHash } from "#db/canonical.ts";
import type { Database, Reading } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { installation, position } from "#db/schema/session.ts";
import { putEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { putGroup } from "#db/stores/group.ts";
import { putTopic } from "#db/stores/topic.ts";

const files = ["entities.json", "groups.json", "topics.json", "published-positions.json"] as const;
type File = (typeof files)[number];

const names = z.object({ en: z.string() }).catchall(z.string());
const entities = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(["member-state", "observer-state", "union", "observer-organization"]),
    code: z.string(),
    name: names,
    regionalGroup: z.string().nullable(),
    alphabetEn: z.string(),
  }),
);
const groups = z.array(
  z.object({
    id: z.string(),
    kind: z.string(),
    abbreviation: z.string(),
    name: names,
    members: z.array(
      z.object({
        entity: z.string(),
        role: z.string().optional(),
        from: z.iso.date().optional(),
        to: z.iso.date().optional(),
      }),
    ),
  }),
);
const topics = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    question: z.string(),
    scale: z.array(z.object({ id: z.string(), label: z.string() })),
  }),
);
const published = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      date: z.string(),
      kind: z.enum(["primary", "report"]),
      symbol: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
  positions: z.array(
    z.object({
      entity: z.string(),
      topic: z.string(),
      stance: z.string(),
      summary: z.string(),
      source: z.string(),
      explicit: z.boolean(),
      confidence: z.enum(["seen", "known"]),
    }),
  ),
});

type PositionRow = typeof position.$inferInsert;
/** An editors' reading without what depends on when it is loaded. */
type Published = Omit<PositionRow, "id" | "releasedAt" | "contentHash" | "supersedes">;

/** Pieces small enough for the writer's 20 ms. */
const PIECE = 25;

function readText(file: File): string {
  return readFileSync(new URL(`./${file}`, import.meta.url), "utf8");
}

/** Names the content of the files: the first 16 digits of their SHA-256. */
export function referenceVersion(): string {
  const digest = createHash("sha256");
  for (const file of files) digest.update(readText(file)).update("\0");
  return digest.digest("hex").slice(0, 16);
}

/**
 * Loads the files unless this version of them was the last one loaded. May be interrupted and run again.
 * Returns the version, and whether anything was loaded.
 */
export async function loadReference(
  db: Database,
  now: () => number,
): Promise<{ readonly version: string; readonly loaded: boolean }> {
  const version = referenceVersion();
  if ((await findLoadedVersion(db.read)) === version) return { version, loaded: false };
  const allEntities = entities.parse(JSON.parse(readText("entities.json")));
  const allGroups = groups.parse(JSON.parse(readText("groups.json")));
  const allTopics = topics.parse(JSON.parse(readText("topics.json")));

  for (const piece of piecesOf(allEntities)) {
    await db.write(async (tx) => {
      for (const one of piece) {
        await putEntity(tx, {
          id: one.id,
          kind: one.kind === "observer-organization" ? "organization" : one.kind,
          code: one.code,
          names: one.name,
          regionalGroup: one.regionalGroup,
          alphabet: one.alphabetEn,
        });
      }
    });
  }
  for (const group of allGroups) {
    await db.write((tx) =>
      putGroup(
        tx,
        { id: group.id, kind: group.kind, code: group.abbreviation, names: group.name },
        group.members.map(({ entity, role = null, from = "", to = null }) => ({
          entityId: entity,
          role,
          from,
          to,
        })),
      ),
    );
  }
  await db.write(async (tx) => {
    for (const [order, topic] of allTopics.entries()) await putTopic(tx, { ...topic, order });
  });
  const codes = new Map(allEntities.map((one) => [one.code, one.id]));
  await publishPositions(db, readPublished(codes), { version, now });
  await db.write(async (tx) => {
    await appendEvent(tx, {
      at: now(),
      by: { personId: null },
      act: "loadReference",
      thing: "reference",
      thingId: version,
      detail: { entities: allEntities.length, groups: allGroups.length, topics: allTopics.length },
    });
    await tx.update(installation).set({ referenceVersion: version });
  });
  return { version, loaded: true };
}

async function findLoadedVersion(db: Reading): Promise<string | null> {
  const [row] = await db
    .select({ version: event.thingId })
    .from(event)
    .where(and(eq(event.thing, "reference"), eq(event.act, "loadReference")))
    .orderBy(desc(event.seq))
    .limit(1);
  return row?.version ?? null;
}

function readPublished(codes: ReadonlyMap<string, string>): Published[] {
  const { sources, positions } = published.parse(JSON.parse(readText("published-positions.json")));
  const byId = new Map(sources.map((source) => [source.id, source]));
  return positions.map((entry) => {
    const entityId = codes.get(entry.entity);
    const source = byId.get(entry.source);
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
      sourceSymbol: source.symbol ?? "",
      sourceUrl: source.url ?? "",
      explicit: entry.explicit,
      standing: "editors",
      confidence: entry.confidence,
    };
  });
}

/** Adds what is new or has changed; a changed reading supersedes the row before it. */
async function publishPositions(
  db: Database,
  readings: readonly Published[],
  { version, now }: { readonly version: string; readonly now: () => number },
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
    if (before !== undefined && Object.entries(reading).every(([key, value]) => Object.is(Reflect.get(before, key), value))) {
      continue;
    }
    const supersedes = before?.id ?? null;
    const id = idOf(reading, supersedes);
    if (known.has(id)) continue;
    const row = { ...reading, id, supersedes, releasedAt: now() };
    added.push({ ...row, contentHash: rowHash("position", row) });
  }
  for (const piece of piecesOf(added)) {
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

/** The same reading gets the same id on every installation. */
function idOf(reading: Published, supersedes: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([reading, supersedes]))
    .digest("base64url")
    .slice(0, 16);
}

function piecesOf<T>(all: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < all.length; from += PIECE) pieces.push(all.slice(from, from + PIECE));
  return pieces;
}
