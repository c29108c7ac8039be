/** A colleague changes the wording of a draft statement. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeStatementDraft, findStatementDraft } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { statementRowOf } from "./draft-statement.ts";
import { checkStatement } from "./statement-ground.ts";

export type StatementEdit = StatementWords & {
  readonly draftId: string;
  /** The edition that the form showed. */
  readonly edition: number;
};

/**
 * Refused as "conflict" when the draft is not as the form showed it: the page shows both wordings and keeps what was
 * typed. Refused with `fields` for words that cannot stand on record.
 */
export async function editStatementDraft(
  context: CommandContext,
  input: StatementEdit,
): Promise<Refusal | { readonly edition: number }> {
  const which = { ...input, act: "draft", find: findStatementDraft } as const;
  return actOnDraft(context, which, async (tx, draft, admitted) => {
    const { by, at } = admitted;
    const checked = await checkStatement(tx, input, admitted);
    if (isRefusal(checked)) return checked;
    const edition = draft.edition + 1;
    const edited = { editedBy: by.personId, editedAt: at, edition };
    await changeStatementDraft(tx, draft.id, { ...statementRowOf(checked.words), ...edited });
    const act = { act: "editStatementDraft", thing: "statement_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { edition };
  });
}
