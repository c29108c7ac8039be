/** A delegation begins to write a statement. Nobody else learns of it. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertStatementDraft } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation } from "./draft-door.ts";
import { checkStatement } from "./statement-ground.ts";

export type NewStatementDraft = StatementWords & { readonly delegationId: string };

/** For editors and head of the delegation. Refused with `fields` for words that cannot stand on record. */
export async function draftStatement(
  context: CommandContext,
  input: NewStatementDraft,
): Promise<Refusal | { readonly draftId: string }> {
  const admitted = await admitToDelegation(context, "draft", input.delegationId);
  if (isRefusal(admitted)) return admitted;
  const { by } = admitted;
  const at = context.now();
  const draftId = context.newId();

  const refused = await context.db.write(async (tx) => {
    const checked = await checkStatement(tx, input, { ...admitted, now: at });
    if (isRefusal(checked)) return checked;
    await insertStatementDraft(tx, {
      ...statementRowOf(checked.words),
      id: draftId,
      delegationId: by.delegationId,
      draftedBy: by.personId,
      draftedAt: at,
      editedBy: by.personId,
      editedAt: at,
      edition: 1,
      releasedAs: null,
    });
    // Of no session: what a delegation prepares is not among the session's acts.
    await appendEvent(tx, { at, by, act: "draftStatement", thing: "statement_draft", thingId: draftId });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "delegation", delegationId: by.delegationId }, "drafts");
  return { draftId };
}

/** The words alone, without what else the input carries. */
export function statementRowOf(words: StatementWords): StatementWords {
  const { itemId, meetingId, title, language, body, groupId, exceptions } = words;
  return { itemId, meetingId, title, language, body, groupId, exceptions };
}
