/** A delegation gives up a draft position. Its words are removed; nobody else ever saw them. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { discardPositionDraftRow, findPositionDraft } from "#db/stores/position.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, faultOfEdition, ownDelegations } from "./draft-door.ts";

/** Refused as "conflict" when a colleague changed the draft since the page was made, or it is no longer open. */
export async function discardPositionDraft(
  context: CommandContext,
  input: { readonly draftId: string; readonly edition: number },
): Promise<Refusal | { readonly draftId: string }> {
  const which = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findPositionDraft(context.db.read, which);
  if (!found) return refuse("not-found", "not-there");
  const admitted = await admitToDelegation(context, "draft", found.delegationId);
  if (isRefusal(admitted)) return admitted;
  const { by } = admitted;
  const at = context.now();

  const refused = await context.db.write(async (tx) => {
    const draft = await findPositionDraft(tx, which);
    if (!draft) return refuse("not-found", "not-there");
    const fault = faultOfEdition(draft, input.edition);
    if (fault) return fault;
    await discardPositionDraftRow(tx, draft.id, { by: by.personId, at });
    const act = { act: "discardPositionDraft", thing: "position_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "delegation", delegationId: by.delegationId }, "drafts");
  return { draftId: found.id };
}
