/** A delegation begins to write a statement. Nobody else learns of it. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertStatementDraft } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { beginDraft, newDraft } from "./draft-act.ts";
import { checkStatement } from "./statement-ground.ts";

export type NewStatementDraft = StatementWords & { readonly delegationId: string };

/** For editors and head of the delegation. Refused with `fields` for words that cannot stand on record. */
export async function draftStatement(
  context: CommandContext,
  input: NewStatementDraft,
): Promise<Refusal | { readonly draftId: string }> {
  const draftId = context.newId();
  const refused = await beginDraft(context, input.delegationId, async (tx, admitted) => {
    const checked = await checkStatement(tx, input, admitted);
    if (isRefusal(checked)) return checked;
    const { by, at } = admitted;
    await insertStatementDraft(tx, { ...statementRowOf(checked.words), ...newDraft(draftId, admitted) });
    // Of no session: what a delegation prepares is not among the session's acts.
    await appendEvent(tx, { at, by, act: "draftStatement", thing: "statement_draft", thingId: draftId });
    return null;
  });
  return refused ?? { draftId };
}

/** The words alone, without what else the input carries. */
export function statementRowOf(words: StatementWords): StatementWords {
  const { itemId, meetingId, title, language, body, groupId, exceptions } = words;
  return { itemId, meetingId, title, language, body, groupId, exceptions };
}
