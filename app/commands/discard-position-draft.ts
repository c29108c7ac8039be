/** A delegation gives up a draft position. Its words are removed; nobody else ever saw them. */
import type { Refusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { discardPositionDraftRow, findPositionDraft } from "#db/stores/position-draft.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";

/** Refused as "conflict" when a colleague changed the draft since the page was made, or it is no longer open. */
export async function discardPositionDraft(
  context: CommandContext,
  input: { readonly draftId: string; readonly edition: number },
): Promise<Refusal | { readonly draftId: string }> {
  const which = { ...input, act: "draft", find: findPositionDraft } as const;
  return actOnDraft(context, which, async (tx, { id: draftId }, { by, at }) => {
    await discardPositionDraftRow(tx, draftId, { by: by.personId, at });
    const act = { act: "discardPositionDraft", thing: "position_draft", thingId: draftId };
    await appendEvent(tx, { at, by, ...act });
    return { draftId };
  });
}
