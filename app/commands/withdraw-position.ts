/** The head of a delegation withdraws a position: nothing stands in its place, and it stays on record. */
import { cleanFields } from "#app/rules/fields.ts";
import { dayAt, faultsOfWithdrawal } from "#app/rules/positions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent, findAlignedAtRelease } from "#db/stores/event.ts";
import { findStandingOwn } from "#db/stores/position-standing.ts";
import { insertPosition } from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { admitToPosition } from "./position-door.ts";

/**
 * A new row that supersedes the position and says that nothing stands in its place; its source is the session in which
 * it is withdrawn, today. Refused as "conflict" when the position does not stand any more.
 */
export async function withdrawPosition(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly positionId: string;
    /** In the delegation's words, in `language`. */
    readonly reason: string;
    readonly language: string;
  },
): Promise<Refusal | { readonly positionId: string }> {
  const admitted = await admitToPosition(context, "withdrawPosition", input);
  if (isRefusal(admitted)) return admitted;
  const { reason, language } = cleanFields("withdrawal", input);
  const fields = faultsOfWithdrawal({ reason, language });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const { position, session, by } = admitted;
  const { entityId, topicId, groupId } = position;
  const at = context.now();
  const positionId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const standing = await findStandingOwn(
      tx,
      groupId === null ? { topicId, entityId } : { topicId, groupId },
    );
    if (standing?.id !== position.id) return refuse("conflict", "position-superseded");
    const aligned = await findAlignedAtRelease(tx, { thing: "position", thingId: position.id });
    const { sha256 } = await insertPosition(tx, {
      id: positionId,
      entityId,
      sessionId: session.id,
      delegationId: by.delegationId,
      topicId,
      itemId: null,
      stance: position.stance,
      summary: reason,
      excerpt: "",
      language,
      sourceTitle: session.title,
      sourceDate: dayAt(at, session.timeZone),
      sourceSymbol: session.symbol,
      sourceUrl: "",
      sourceForum: session.body,
      explicit: true,
      groupId,
      exceptions: position.exceptions,
      standing: "own",
      confidence: null,
      supersedes: position.id,
      withdraws: true,
      releasedBy: by.personId,
      releasedAt: at,
    });
    await appendEvent(tx, {
      at,
      by,
      act: "withdrawPosition",
      thing: "position",
      thingId: positionId,
      sessionId: session.id,
      detail: {
        topicId,
        withdraws: position.id,
        ...(aligned === null ? {} : { aligned }),
        sha256,
      },
    });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "session", sessionId: session.id }, "positions");
  return { positionId };
}
