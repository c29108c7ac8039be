/** The head of a delegation releases a position: from now on it is its State's word, for everybody to read. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changePositionDraft,
  findPositionDraft,
  findStandingOwn,
  insertPosition,
} from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { rowOf } from "./draft-position.ts";
import { checkPosition } from "./position-ground.ts";

/**
 * Makes a row that never changes, anchored by its event, and supersedes the entity's own earlier one on the topic.
 * `edition` is the one that the head has read: refused as "conflict" when a colleague changed the draft since.
 */
export async function releasePosition(
  context: CommandContext,
  input: { readonly draftId: string; readonly edition: number },
): Promise<Refusal | { readonly positionId: string }> {
  const positionId = context.newId();
  const which = { ...input, act: "release", find: findPositionDraft } as const;
  const result = await actOnDraft(context, which, async (tx, draft, admitted) => {
    const { session, entity, by, at } = admitted;
    const checked = await checkPosition(tx, draft, admitted);
    if (isRefusal(checked)) return checked;
    const topicId = checked.topic.id;
    const earlier = await findStandingOwn(tx, { entityId: entity.id, topicId });
    const supersedes = earlier?.id ?? null;
    const { sha256 } = await insertPosition(tx, {
      ...rowOf(checked.words),
      id: positionId,
      entityId: entity.id,
      sessionId: session.id,
      delegationId: by.delegationId,
      topicId,
      standing: "own",
      confidence: null,
      supersedes,
      releasedBy: by.personId,
      releasedAt: at,
    });
    await changePositionDraft(tx, draft.id, { releasedAs: positionId });
    await appendEvent(tx, {
      at,
      by,
      act: "releasePosition",
      thing: "position",
      thingId: positionId,
      sessionId: session.id,
      detail: { topicId, supersedes, sha256 },
    });
    return { sessionId: session.id };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "session", sessionId: result.sessionId }, "positions");
  return { positionId };
}
