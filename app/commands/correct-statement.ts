/** A delegation begins to correct a statement that it has released: a draft with its words, which will follow it. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { statementReader } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertStatementDraft } from "#db/stores/statement-draft.ts";
import { findCorrection, findStatement } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { beginDraft, newDraft } from "./draft-act.ts";
import { statementWordsOf } from "./draft-statement.ts";

/** Refused as "conflict" where a correction of it has been released already. */
export async function correctStatement(
  context: CommandContext,
  input: { readonly sessionId: string; readonly statementId: string },
): Promise<Refusal | { readonly draftId: string }> {
  const { sessionId, statementId } = input;
  const reader = statementReader(context.viewer);
  const found = await findStatement(context.db.read, { reader, sessionId, id: statementId });
  if (!found) return refuse("not-found", "not-there");
  const draftId = context.newId();
  const refused = await beginDraft(context, found.delegationId, async (tx, admitted) => {
    if ((await findCorrection(tx, statementId)) !== null) return refuse("conflict", "already-corrected");
    const { by, at } = admitted;
    const { uploadId } = found;
    const row = {
      ...statementWordsOf(found),
      ...newDraft(draftId, admitted),
      uploadId,
      corrects: statementId,
    };
    await insertStatementDraft(tx, row);
    const act = { act: "correctStatement", thing: "statement_draft", thingId: draftId };
    await appendEvent(tx, { at, by, ...act, detail: { corrects: statementId } });
    return null;
  });
  return refused ?? { draftId };
}
