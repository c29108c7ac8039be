/** A colleague changes the wording of a draft position. */
import type { PositionWords } from "#app/rules/positions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changePositionDraft, findPositionDraft } from "#db/stores/position-draft.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { rowOf } from "./draft-position.ts";
import { checkPosition } from "./position-ground.ts";

export type PositionEdit = PositionWords & {
  readonly draftId: string;
  /** The edition that the form showed. */
  readonly edition: number;
};

/**
 * Refused as "conflict" when the draft is not as the form showed it: the page shows both wordings and keeps what was
 * typed. Refused with `fields` for words that cannot stand on record.
 */
export async function editPositionDraft(
  context: CommandContext,
  input: PositionEdit,
): Promise<Refusal | { readonly edition: number }> {
  const which = { ...input, act: "draft", find: findPositionDraft } as const;
  return actOnDraft(context, which, async (tx, draft, admitted) => {
    const { by, at } = admitted;
    const checked = await checkPosition(tx, { ...input, topicId: draft.topicId }, admitted);
    if (isRefusal(checked)) return checked;
    const edition = draft.edition + 1;
    const edited = { editedBy: by.personId, editedAt: at, edition };
    await changePositionDraft(tx, draft.id, { ...rowOf(checked.words), ...edited });
    const act = { act: "editPositionDraft", thing: "position_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { edition };
  });
}
