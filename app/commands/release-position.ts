/** The head of a delegation releases a position: from now on it is its State's word, for everybody to read. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changePositionDraft,
  findPositionDraft,
  findStandingOwn,
  insertPosition,
} from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, faultOfEdition, ownDelegations } from "./draft-door.ts";
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
  const which = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findPositionDraft(context.db.read, which);
  if (!found) return refuse("not-found", "not-there");
  const admitted = await admitToDelegation(context, "release", found.delegationId);
  if (isRefusal(admitted)) return admitted;
  const { session, entity, by } = admitted;
  const at = context.now();
  const positionId = context.newId();

  const refused = await context.db.write(async (tx) => {
    const draft = await findPositionDraft(tx, which);
    if (!draft) return refuse("not-found", "not-there");
    const fault = faultOfEdition(draft, input.edition);
    if (fault) return fault;
    const checked = await checkPosition(tx, draft, { session, now: at });
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
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "delegation", delegationId: by.delegationId }, "drafts");
  context.notices.tell({ kind: "session", sessionId: session.id }, "positions");
  return { positionId };
}
