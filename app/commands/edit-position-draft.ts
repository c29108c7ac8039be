/** A colleague changes the wording of a draft position. */
import type { PositionWords } from "#app/rules/positions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changePositionDraft, findPositionDraft } from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, faultOfEdition, ownDelegations } from "./draft-door.ts";
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
  const which = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findPositionDraft(context.db.read, which);
  if (!found) return refuse("not-found", "not-there");
  const admitted = await admitToDelegation(context, "draft", found.delegationId);
  if (isRefusal(admitted)) return admitted;
  const { session, by } = admitted;
  const at = context.now();

  const result = await context.db.write(async (tx) => {
    const draft = await findPositionDraft(tx, which);
    if (!draft) return refuse("not-found", "not-there");
    const fault = faultOfEdition(draft, input.edition);
    if (fault) return fault;
    const checked = await checkPosition(tx, { ...input, topicId: draft.topicId }, { session, now: at });
    if (isRefusal(checked)) return checked;
    const edition = draft.edition + 1;
    const edited = { editedBy: by.personId, editedAt: at, edition };
    await changePositionDraft(tx, draft.id, { ...rowOf(checked.words), ...edited });
    const act = { act: "editPositionDraft", thing: "position_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { edition };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "delegation", delegationId: by.delegationId }, "drafts");
  return result;
}
