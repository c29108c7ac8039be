/**
 * A delegation gives up a draft statement. What its form held is removed; what was written in its text stays in that
 * text's log, which nobody but the delegation ever reads.
 */
import { isRefusal, type Refusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { discardStatementDraftRow, findStatementDraft } from "#db/stores/statement-draft.ts";
import { closeDraftText } from "./close-draft-text.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";

/** Refused as "conflict" when a colleague changed the draft since the page was made, or it is no longer open. */
export async function discardStatementDraft(
  context: CommandContext,
  input: { readonly draftId: string; readonly edition: number },
): Promise<Refusal | { readonly draftId: string }> {
  const which = { ...input, act: "draft", find: findStatementDraft } as const;
  const discarded = await actOnDraft(context, which, async (tx, draft, { by, at }) => {
    const { id: draftId, textId, delegationId } = draft;
    await discardStatementDraftRow(tx, draftId, { by: by.personId, at });
    const act = { act: "discardStatementDraft", thing: "statement_draft", thingId: draftId };
    await appendEvent(tx, { at, by, ...act });
    return { draftId, textId, delegationId };
  });
  if (isRefusal(discarded)) return discarded;
  await closeDraftText(context, discarded);
  return { draftId: discarded.draftId };
}
