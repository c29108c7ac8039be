/** The head of a delegation releases a position: from now on it is its State's word, for everybody to read. */
import { type PositionWords, isSameSource } from "#app/rules/positions.ts";
import { placeInLine } from "#app/rules/placing.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { type PositionDraftRow, changePositionDraft, findPositionDraft } from "#db/stores/position-draft.ts";
import { findStandingOwn, listStandingReadings } from "#db/stores/position-standing.ts";
import { insertPosition } from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft, faultOfItem } from "./draft-act.ts";
import { rowOf } from "./draft-position.ts";
import { checkPosition } from "./position-ground.ts";

type Release = {
  readonly draftId: string;
  /** The edition that the head has read: refused as "conflict" when a colleague changed the draft since. */
  readonly edition: number;
  /**
   * What the head was told that it takes the place of, null for nothing: refused as "conflict" when something else
   * stands by now (rule PS15). Left out by whoever was told nothing.
   */
  readonly over?: string | null;
};

/**
 * Makes a row that never changes, anchored by its event, and supersedes the earlier one on the topic: the entity's own,
 * or the group's when it is taken on behalf of one. From a source of an earlier day than what stands it supersedes nothing
 * and enters the history behind it (rule PS20). From the very source of an editors' reading it answers that reading.
 */
export async function releasePosition(
  context: CommandContext,
  input: Release,
): Promise<Refusal | { readonly positionId: string }> {
  const positionId = context.newId();
  const which = { ...input, act: "release", find: findPositionDraft } as const;
  const result = await actOnDraft(context, which, async (tx, draft, admitted) => {
    const { session, entity, by, at } = admitted;
    const gone = await faultOfItem(tx, draft, admitted);
    if (gone) return gone;
    const checked = await checkPosition(tx, wordsOf(draft), admitted);
    if (isRefusal(checked)) return checked;
    const topicId = checked.topic.id;
    const { groupId } = checked.words;
    const earlier = await findStandingOwn(
      tx,
      groupId === null ? { topicId, entityId: entity.id } : { topicId, groupId },
    );
    if (input.over !== undefined && input.over !== (earlier?.id ?? null)) {
      return refuse("conflict", "standing-changed");
    }
    const { supersedes, behind } = placeInLine(checked.words.sourceDate, earlier);
    const answers = await findAnswered(tx, { ...checked.words, entityId: entity.id, topicId });
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
      answers,
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
      detail: {
        topicId,
        supersedes,
        ...(groupId === null ? {} : { aligned: checked.alignedIds }),
        ...(behind === null ? {} : { behind }),
        ...(answers === null ? {} : { answers }),
        sha256,
      },
    });
    return { sessionId: session.id };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "session", sessionId: result.sessionId }, "positions");
  return { positionId };
}

/** A draft's words; what older rows leave open is nothing. */
function wordsOf(draft: PositionDraftRow) {
  const { sourceForum, exceptions, ...rest } = draft;
  return { ...rest, sourceForum: sourceForum ?? "", exceptions: exceptions ?? [] };
}

/** Rule PS12. The editors' reading of the very same document, when the entity speaks for itself. */
async function findAnswered(
  tx: WriteTx,
  said: PositionWords & { readonly entityId: string; readonly topicId: string },
): Promise<string | null> {
  if (said.groupId !== null) return null;
  const readings = await listStandingReadings(tx, said);
  return readings.find((reading) => isSameSource(said, reading))?.id ?? null;
}
