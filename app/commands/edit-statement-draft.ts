/** A colleague changes a draft statement: its title, item, group and the rest of its form; the words are in its text. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changeStatementDraft,
  findStatementDraft,
  type StatementDraftRow,
} from "#db/stores/statement-draft.ts";
import { changeText } from "#db/stores/text.ts";
import type { CommandContext, FileToTake } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { faultOfEdition, ownDelegations } from "./draft-door.ts";
import { statementRowOf } from "./draft-statement.ts";
import { listReadable } from "./spoken-to.ts";
import { keepStatementFile, takeStatementFile } from "./statement-file.ts";
import { checkStatement } from "./statement-ground.ts";
import { withFile } from "./with-file.ts";

export type StatementEdit = StatementWords & {
  readonly draftId: string;
  /** The edition that the form showed. */
  readonly edition: number;
  /** Takes the place of the file that it has. */
  readonly file?: FileToTake | null;
  /** The file that it has is taken away, unless another takes its place. */
  readonly dropsFile?: boolean;
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
  const taken = await takeFile(context, input, readable);
  const { newId } = context;
  return withFile(context, taken, (inHand) =>
    actOnDraft(context, which, async (tx, draft, admitted) => {
      const { by, at, session } = admitted;
      const { textId } = draft;
      const checked = await checkStatement(tx, wordsOf(input, draft), { ...admitted, readable });
      if (isRefusal(checked)) return checked;
      const { title, itemId, language } = checked.words;
      const kept = await keepStatementFile(tx, inHand, { newId, sessionId: session.id, by, at });
      if (isRefusal(kept)) return kept;
      if (textId !== null) await changeText(tx, textId, { title, itemId, language });
      const edition = draft.edition + 1;
      const edited = { editedBy: by.personId, editedAt: at, edition };
      const uploadId = kept?.uploadId ?? (input.dropsFile === true ? null : draft.uploadId);
      await changeStatementDraft(tx, draft.id, { ...statementRowOf(checked.words), ...edited, uploadId });
      const act = { act: "editStatementDraft", thing: "statement_draft", thingId: draft.id };
      const detail = kept === null ? { edition } : { edition, sha256: kept.sha256 };
      await appendEvent(tx, { at, by, ...act, detail });
      return { edition };
    }),
  );
}

/** A form without words leaves those that stand. */
function wordsOf(input: StatementEdit, { textId, body }: StatementDraftRow): StatementEdit {
  return { ...input, body: textId === null && input.body !== "" ? input.body : body };
}

/** The file that comes with the form, for a draft that is as the form showed it. */
async function takeFile(
  context: CommandContext,
  input: StatementEdit,
  readable: Awaited<ReturnType<typeof listReadable>>,
): ReturnType<typeof takeStatementFile> {
  const { file = null } = input;
  if (file === null) return null;
  const own = { id: input.draftId, delegationIds: ownDelegations(context) };
  const draft = await findStatementDraft(context.db.read, own);
  if (!draft) return refuse("not-found", "not-there");
  const { delegationId } = draft;
  const fault = faultOfEdition(draft, input.edition);
  if (fault) return fault;
  return takeStatementFile(context, { file, delegationId, words: wordsOf(input, draft), readable });
}
