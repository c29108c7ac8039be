/** A colleague changes a draft statement: its title, item, group and the rest of its form; the words are in its text. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeStatementDraft, findStatementDraft } from "#db/stores/statement-draft.ts";
import { changeText } from "#db/stores/text.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { statementRowOf } from "./draft-statement.ts";
import { listReadable } from "./spoken-to.ts";
import { checkStatement } from "./statement-ground.ts";

export type StatementEdit = StatementWords & {
  readonly draftId: string;
  /** The edition that the form showed. */
  readonly edition: number;
};

/**
 * Refused as "conflict" when the draft is not as the form showed it: the page shows both wordings and keeps what was
 * typed. Refused with `fields` for what cannot stand on record. `body` counts only before the words have a text.
 */
export async function editStatementDraft(
  context: CommandContext,
  input: StatementEdit,
): Promise<Refusal | { readonly edition: number }> {
  const which = { ...input, act: "draft", find: findStatementDraft } as const;
  const readable = await listReadable(context, input.paragraphs);
  return actOnDraft(context, which, async (tx, draft, admitted) => {
    const { by, at } = admitted;
    const { textId } = draft;
    // A form without words leaves those that stand.
    const body = textId === null && input.body !== "" ? input.body : draft.body;
    const checked = await checkStatement(tx, { ...input, body }, { ...admitted, readable });
    if (isRefusal(checked)) return checked;
    const { title, itemId, language } = checked.words;
    if (textId !== null) await changeText(tx, textId, { title, itemId, language });
    const edition = draft.edition + 1;
    const edited = { editedBy: by.personId, editedAt: at, edition };
    await changeStatementDraft(tx, draft.id, { ...statementRowOf(checked.words), ...edited });
    const act = { act: "editStatementDraft", thing: "statement_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { edition };
  });
}
