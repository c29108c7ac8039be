/** The head of a State's own delegation confirms an editors' reading: from now on it is the State's own word. */
import { placeInLine } from "#app/rules/placing.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findStandingOwn, listStandingReadings } from "#db/stores/position-standing.ts";
import { insertPosition } from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { admitToPosition } from "./position-door.ts";

/**
 * Rule PS12. Makes an own row with the reading's stance, summary and source, which supersedes what the entity itself said
 * before, or enters the history behind what it said later (rule PS20); the reading stays as it is. Refused as "conflict" when a newer reading has taken its place, or when the entity
 * has answered it already.
 */
export async function confirmReading(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly positionId: string;
    /** What the head was told that it takes the place of, null for nothing: see `releasePosition`. */
    readonly over: string | null;
  },
): Promise<Refusal | { readonly positionId: string }> {
  const admitted = await admitToPosition(context, "confirmReading", input);
  if (isRefusal(admitted)) return admitted;
  const { position: reading, session, by } = admitted;
  const { entityId, topicId } = reading;
  const at = context.now();
  const positionId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const readings = await listStandingReadings(tx, { entityId, topicId });
    if (!readings.some(({ id }) => id === reading.id)) return refuse("conflict", "position-superseded");
    const earlier = await findStandingOwn(tx, { topicId, entityId });
    if (earlier?.answers === reading.id) return refuse("conflict", "reading-answered");
    if ((earlier?.id ?? null) !== input.over) return refuse("conflict", "standing-changed");
    const { supersedes, behind } = placeInLine(reading.sourceDate, earlier);
    const { sha256 } = await insertPosition(tx, {
      id: positionId,
      entityId,
      sessionId: session.id,
      delegationId: by.delegationId,
      topicId,
      itemId: null,
      stance: reading.stance,
      summary: reading.summary,
      excerpt: reading.excerpt,
      language: reading.language,
      sourceTitle: reading.sourceTitle,
      sourceDate: reading.sourceDate,
      sourceSymbol: reading.sourceSymbol,
      sourceUrl: reading.sourceUrl,
      sourceForum: reading.sourceForum,
      explicit: reading.explicit,
      standing: "own",
      confidence: null,
      supersedes,
      answers: reading.id,
      releasedBy: by.personId,
      releasedAt: at,
    });
    await appendEvent(tx, {
      at,
      by,
      act: "confirmReading",
      thing: "position",
      thingId: positionId,
      sessionId: session.id,
      detail: {
        topicId,
        supersedes,
        ...(behind === null ? {} : { behind }),
        answers: reading.id,
        sha256,
      },
    });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "session", sessionId: session.id }, "positions");
  return { positionId };
}
