/**
 * Brings entities, groups, topics, the calendar and published positions up to date with the files beside this one. See
 * `NOTES.md` for their sources and for the label that every view of an editors' reading carries. What the secretariat
 * corrected is put into each row before it is written: at no moment does a file undo it (rule RF1).
 */
import { and, desc, eq } from "drizzle-orm";
import { readingId } from "#app/rules/readings.ts";
import { correctedMemberships, withFields } from "#app/rules/reference.ts";
import { topicAsLoaded } from "#app/rules/topics.ts";
import type { Database, Reading } from "#db/database.ts";
import { event } from "#db/schema/record.ts";
import { installation } from "#db/schema/session.ts";
import { putCalendarEntry, removeCalendarEntry } from "#db/stores/calendar.ts";
import { changeEntity, listEntities, putEntity } from "#db/stores/entity.ts";
import { appendEvent, listEventsOn } from "#db/stores/event.ts";
import { putGroup } from "#db/stores/group.ts";
import { listCorrectedFields } from "#db/stores/reference-correction.ts";
import { TOPICS_ORDERED, findLastPlace, listTopicChanges, listTopics, putTopic } from "#db/stores/topic.ts";
import { type Reference, REFERENCE_FOLDER, readReference, versionOf } from "./files.ts";
import type { ReadingsInFiles } from "./held-back.ts";
import { publishPositions, readingsIn } from "./publish.ts";

/** Pieces small enough for the writer's 20 ms. */
const PIECE = 25;

/** Names the content of the files: the first 16 digits of their SHA-256. */
export function referenceVersion(folder: URL = REFERENCE_FOLDER): string {
  return versionOf(folder);
}

/** Editors' readings as the files of `folder` have them, which are read when somebody first asks. */
export function readingsInFiles(folder: URL = REFERENCE_FOLDER): () => ReadingsInFiles {
  let known: ReadingsInFiles | null = null;
  return () => (known ??= new Map(readingsIn(readReference(folder)).map((one) => [readingId(one), one])));
}

/**
 * Loads the files of `folder` unless this version of them was the last one loaded. May be interrupted and run again.
 * Returns the version, and whether anything was loaded.
 */
export async function loadReference(
  db: Database,
  now: () => number,
  folder: URL = REFERENCE_FOLDER,
): Promise<{ readonly version: string; readonly loaded: boolean }> {
  const version = versionOf(folder);
  if ((await findLoadedVersion(db.read)) === version) return { version, loaded: false };
  const reference = readReference(folder);
  await loadEntities(db, reference);
  await loadGroups(db, reference);
  await loadTopics(db, reference);
  await loadCalendar(db, reference);
  await publishPositions(db, readingsIn(reference), { version, now, size: PIECE });
  const { entities, groups, topics, calendar } = reference;
  await db.write(async (tx) => {
    await appendEvent(tx, {
      at: now(),
      by: { personId: null },
      act: "loadReference",
      thing: "reference",
      thingId: version,
      detail: {
        entities: entities.length,
        groups: groups.length,
        topics: topics.length,
        calendar: calendar.length,
      },
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

async function loadEntities(db: Database, { entities }: Reference): Promise<void> {
  const corrected = await listCorrectedFields(db.read, "entity");
  const wanted = entities.map((one) =>
    withFields(
      {
        id: one.id,
        kind: one.kind === "observer-organization" ? ("organization" as const) : one.kind,
        code: one.code,
        names: one.name,
        regionalGroup: one.regionalGroup,
        regionalRole: one.regionalGroupRole ?? null,
        abbreviation: one.abbreviation ?? null,
        basis: one.basis ?? null,
        alphabet: one.alphabetEn,
      },
      corrected.get(one.id) ?? {},
    ),
  );
  const rows = withOwnCodes(wanted, corrected);
  // Codes are unique at each moment, and files may exchange those of two entities.
  const codes = new Map(rows.map(({ id, code }) => [id, code]));
  const moved = (await listEntities(db.read)).filter(
    ({ id, code }) => codes.has(id) && codes.get(id) !== code,
  );
  await db.write(async (tx) => {
    for (const { id } of moved) await changeEntity(tx, id, { code: `~${id}` });
  });
  for (const piece of piecesOf(rows)) {
    await db.write(async (tx) => {
      for (const row of piece) await putEntity(tx, row);
    });
  }
}

/** A code that the secretariat gave stays with its entity; one of the files that has the same takes its id instead. */
function withOwnCodes<T extends { readonly id: string; readonly code: string }>(
  rows: readonly T[],
  corrected: ReadonlyMap<string, object>,
): T[] {
  const isGiven = ({ id }: T) => "code" in (corrected.get(id) ?? {});
  const given = new Set(rows.filter(isGiven).map(({ code }) => code));
  return rows.map((row) =>
    given.has(row.code) && !isGiven(row) ? { ...row, code: row.id.toUpperCase() } : row,
  );
}

async function loadGroups(db: Database, { groups }: Reference): Promise<void> {
  const corrected = await listCorrectedFields(db.read, "group");
  const memberships = await listCorrectedFields(db.read, "membership");
  for (const group of groups) {
    const row = withFields(
      {
        id: group.id,
        kind: group.kind,
        code: group.abbreviation,
        names: group.name,
        asOf: group.asOf,
        source: group.source,
        verified: group.verified,
        otherMembers: group.otherMembers ?? null,
        note: group.note ?? null,
      },
      corrected.get(group.id) ?? {},
    );
    const members = group.members.map((member) => ({
      groupId: group.id,
      entityId: member.entity,
      role: member.role ?? null,
      from: member.from ?? "",
      to: member.to ?? null,
      scheduledTo: member.scheduledTo ?? null,
      note: member.note ?? null,
    }));
    await db.write((tx) => putGroup(tx, row, correctedMemberships(group.id, members, memberships)));
  }
}

async function loadTopics(db: Database, { topics }: Reference): Promise<void> {
  const standing = new Map((await listTopics(db.read)).map((topic) => [topic.id, topic]));
  const changes = Map.groupBy(await listTopicChanges(db.read), ({ topicId }) => topicId);
  const isOrderedHere = (await listEventsOn(db.read, TOPICS_ORDERED)).length > 0;
  await db.write(async (tx) => {
    for (const [place, topic] of topics.entries()) {
      const before = standing.get(topic.id) ?? null;
      const facts = topicAsLoaded(topic, before, changes.get(topic.id) ?? []);
      const last = isOrderedHere && before === null ? await findLastPlace(tx, false) : place;
      const order = isOrderedHere ? (before?.order ?? last) : place;
      await putTopic(tx, { id: topic.id, ...facts, order });
    }
  });
}

async function loadCalendar(db: Database, { calendar }: Reference): Promise<void> {
  const corrected = await listCorrectedFields(db.read, "calendar");
  await db.write(async (tx) => {
    for (const [order, one] of calendar.entries()) {
      const { recorded = true, ...fields } = corrected.get(one.id) ?? {};
      const row = {
        id: one.id,
        title: one.title,
        kind: one.kind === "thematic-groups" ? ("thematic-group" as const) : one.kind,
        from: one.from,
        to: one.to,
        venue: one.venue,
        timeZone: one.timeZone,
        note: one.chair === undefined ? "" : `Chair: ${one.chair}`,
        order,
      };
      await (recorded === false
        ? removeCalendarEntry(tx, one.id)
        : putCalendarEntry(tx, withFields(row, fields)));
    }
  });
}

function piecesOf<T>(all: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < all.length; from += PIECE) pieces.push(all.slice(from, from + PIECE));
  return pieces;
}
