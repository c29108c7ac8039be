/** A delegation begins to put a position into words. Nobody else learns of it. */
import type { PositionWords } from "#app/rules/positions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertPositionDraft } from "#db/stores/position-draft.ts";
import type { CommandContext } from "./context.ts";
import { beginDraft, newDraft } from "./draft-act.ts";
import { checkPosition } from "./position-ground.ts";

export type NewPositionDraft = PositionWords & {
  readonly delegationId: string;
  /** Stays: a position on another topic is another draft. */
  readonly topicId: string;
};

/** For editors and head of the delegation. Refused with `fields` for words that cannot stand on record. */
export async function draftPosition(
  context: CommandContext,
  input: NewPositionDraft,
): Promise<Refusal | { readonly draftId: string }> {
  const draftId = context.newId();
  const refused = await beginDraft(context, input.delegationId, async (tx, admitted) => {
    const checked = await checkPosition(tx, input, admitted);
    if (isRefusal(checked)) return checked;
    const { by, at } = admitted;
    const topicId = checked.topic.id;
    await insertPositionDraft(tx, { ...rowOf(checked.words), ...newDraft(draftId, admitted), topicId });
    // Of no session: what a delegation prepares is not among the session's acts.
    await appendEvent(tx, { at, by, act: "draftPosition", thing: "position_draft", thingId: draftId });
    return null;
  });
  return refused ?? { draftId };
}

/** The words alone, without what else the input carries. */
export function rowOf(words: PositionWords): PositionWords {
  const { itemId, stance, summary, excerpt, language, explicit } = words;
  const { sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum, meetingId } = words;
  const said = { itemId, stance, summary, excerpt, language, explicit };
  const source = { sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum, meetingId };
  return { ...said, ...source, groupId: words.groupId, exceptions: words.exceptions };
}
