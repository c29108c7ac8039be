/** The editors' reading of Australia on one topic: how it is corrected, and files that say otherwise. */
import { and, desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { action } from "#app/routes/position/route.tsx";
import { loadReference } from "#db/reference/load.ts";
import { position } from "#db/schema/session.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { PositionRow } from "#db/stores/position-row.ts";
import { insertPosition } from "#db/stores/position.ts";
import type { Hall } from "./people.ts";
import { submit } from "./reception.ts";
import { changedReference } from "./reference-files.ts";

export const TOPIC = "due-diligence";
export const LINE = /\n\{"entity": "AUS", "topic": "due-diligence".*\},/;
export const SUMMARY = "Links territorial authority to a responsibility";

export async function production(hall: Hall, personId: string | null): Promise<AppLoadContext> {
  return { ...(await hall.as(personId)), mode: "production" as const };
}

/** Everything that was read of Australia, the newest first. */
export async function chainOf(hall: Hall, entityId = "aus"): Promise<PositionRow[]> {
  return hall.db.read
    .select()
    .from(position)
    .where(
      and(eq(position.entityId, entityId), eq(position.topicId, TOPIC), eq(position.standing, "editors")),
    )
    .orderBy(desc(position.releasedAt), desc(position.id));
}

/** The one that nothing has superseded. */
export async function newest(hall: Hall, entityId = "aus"): Promise<PositionRow> {
  const rows = await chainOf(hall, entityId);
  const after = new Set(rows.map(({ supersedes }) => supersedes));
  const [one, ...more] = rows.filter(({ id }) => !after.has(id));
  if (!one || more.length > 0) throw new Error(`${rows.length} readings, not one line`);
  return one;
}

/** The form as the page makes it, with changes. */
export function formOf(reading: PositionRow, change: Readonly<Record<string, string>> = {}) {
  const { stance, summary, sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum, explicit } =
    reading;
  return {
    intent: "correct-reading",
    stance,
    summary,
    sourceTitle,
    sourceDate,
    sourceSymbol,
    sourceUrl,
    sourceForum: sourceForum ?? "",
    explicit: explicit ? "yes" : "no",
    confidence: reading.confidence ?? "",
    via: reading.via ?? "",
    reason: "Read again, page 5",
    ...change,
  };
}

/** Later on, the files of `folder` are loaded, or those that there are. */
export async function load(hall: Hall, folder?: URL): Promise<void> {
  hall.wait(60_000);
  const { now } = await hall.as(null);
  expect(await loadReference(hall.db, now, folder)).toMatchObject({ loaded: true });
}

/** Later on, a form of the page is sent. */
export async function send(
  hall: Hall,
  personId: string | null,
  id: string,
  form: Readonly<Record<string, string>>,
) {
  hall.wait(60_000);
  const params = { session: "s", position: id };
  return submit(action, form, { context: await production(hall, personId), params });
}

export const files = (change: (text: string) => string) =>
  changedReference({ "published-positions.json": change });

const AT = Date.UTC(2026, 10, 23, 13);

/** The own word of Australia, by which it answers what was read. */
export async function answer(hall: Hall, reading: PositionRow): Promise<void> {
  await hall.db.write(async (tx) => {
    const { contentHash: _hash, confidence: _confidence, via: _via, ...facts } = reading;
    const own = { ...facts, id: "own", standing: "own" as const, supersedes: null, answers: reading.id };
    const { sha256 } = await insertPosition(tx, { ...own, releasedBy: "bilal", releasedAt: AT });
    const act = { act: "confirmReading", thing: "position", thingId: "own", sessionId: "s" };
    await appendEvent(tx, { at: AT, by: { personId: "bilal" }, ...act, detail: { sha256 } });
  });
}
