/** A delegation begins to write a statement. Nobody else learns of it. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertStatementDraft } from "#db/stores/statement-draft.ts";
import type { CommandContext, FileToTake } from "./context.ts";
import { beginDraft, newDraft } from "./draft-act.ts";
import { keepStatementFile, takeStatementFile } from "./statement-file.ts";
import { checkStatement } from "./statement-ground.ts";
import { listReadable } from "./spoken-to.ts";
import { withFile } from "./with-file.ts";

export type NewStatementDraft = StatementWords & {
  readonly delegationId: string;
  /** The file in which it is handed in, instead of the words or beside them. */
  readonly file?: FileToTake | null;
};

/** For editors and head of the delegation. Refused with `fields` for what cannot stand on record, and for its file. */
export async function draftStatement(
  context: CommandContext,
  input: NewStatementDraft,
): Promise<Refusal | { readonly draftId: string }> {
  const draftId = context.newId();
  const readable = await listReadable(context, input.paragraphs);
  const { delegationId, file = null } = input;
  const { newId } = context;
  const taken = await takeStatementFile(context, { file, delegationId, words: input, readable });
  const refused = await withFile(context, taken, (inHand) =>
    beginDraft(context, delegationId, async (tx, admitted) => {
      const checked = await checkStatement(tx, input, { ...admitted, readable });
      if (isRefusal(checked)) return checked;
      const { by, at, session } = admitted;
      const kept = await keepStatementFile(tx, inHand, { newId, sessionId: session.id, by, at });
      if (isRefusal(kept)) return kept;
      const uploadId = kept?.uploadId ?? null;
      await insertStatementDraft(tx, {
        ...statementRowOf(checked.words),
        ...newDraft(draftId, admitted),
        uploadId,
      });
      // Of no session: what a delegation prepares is not among the session's acts.
      const act = { act: "draftStatement", thing: "statement_draft", thingId: draftId };
      await appendEvent(tx, { at, by, ...act, detail: kept === null ? {} : { sha256: kept.sha256 } });
      return null;
    }),
  );
  return refused ?? { draftId };
}

/** What a row holds of the words, without what else the input carries. */
export function statementRowOf(words: StatementWords): StatementWords {
  const { itemId, meetingId, title, language, body, groupId, exceptions } = words;
  const { topicIds, paragraphs, embargo } = words;
  return {
    itemId,
    meetingId,
    title,
    language,
    body,
    groupId,
    exceptions,
    topicIds,
    paragraphs,
    embargo,
  };
}

/** The words of a row, whichever kind: rows of earlier versions lack what came later. */
export function statementWordsOf(row: StatementRowWords): StatementWords {
  return statementRowOf({
    ...row,
    topicIds: row.topicIds ?? [],
    paragraphs: row.paragraphs ?? [],
    embargo: row.embargo ?? "none",
  });
}

type StatementRowWords = Omit<StatementWords, "topicIds" | "paragraphs" | "embargo"> & {
  readonly [Later in "topicIds" | "paragraphs" | "embargo"]: StatementWords[Later] | null;
};
