/** Editors' readings of published documents, as the reference data brings them. */
import { appendEvent } from "#db/stores/event.ts";
import { insertPosition } from "#db/stores/position.ts";
import type { Hall } from "./people.ts";

export const readingSource = {
  sourceTitle: "National paper on international law",
  sourceSymbol: "A/76/136",
  sourceUrl: "",
  sourceForum: "General Assembly",
};

/** Returns its id. */
export async function publishReading(
  hall: Hall,
  entityId: string,
  change: { readonly sourceDate?: string; readonly topicId?: string; readonly stance?: string } = {},
): Promise<string> {
  const row = {
    id: `reading-${entityId}`,
    entityId,
    topicId: "care",
    stance: "voluntary",
    summary: "Reads it as voluntary.",
    excerpt: "",
    language: "en",
    sourceDate: "2021-07-13",
    ...readingSource,
    ...change,
    explicit: true,
    standing: "editors" as const,
    confidence: "known",
    supersedes: null,
    releasedBy: null,
    releasedAt: 1,
  };
  await hall.db.write(async (tx) => {
    const { sha256 } = await insertPosition(tx, row);
    const act = { act: "publishPositions", thing: "reference", thingId: "v" };
    await appendEvent(tx, { at: 1, by: { personId: null }, ...act, detail: { sha256 } });
  });
  return row.id;
}
