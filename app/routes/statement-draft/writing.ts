/** The words of a draft statement: the text in which they are written, and how they would be released now. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { membersKeyOf } from "#app/commands/statement-ground.ts";
import { wordsHashOf } from "#app/commands/version-row.ts";
import { dayAt, DISCARDED } from "#app/rules/positions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { paragraphsOf, speakingSeconds } from "#app/rules/statements.ts";
import type { Seat } from "#app/routes/drafts/seats.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import { findFileOf } from "#app/routes/statement/find-file.ts";
import { writerIn } from "#app/routes/text/authors.ts";
import { mayDo, openText } from "#app/routes/text/open-text.ts";
import { deletedParagraphs, openLivePaper } from "#app/routes/text/room-data.ts";
import { frozenDocument, plainBlocks, spokenWords, statementBlocks } from "#collab/statement-words.ts";
import type { SessionRow } from "#db/stores/session.ts";
import type { StatementDraftRow } from "#db/stores/statement-draft.ts";

type Draft = {
  readonly draft: StatementDraftRow;
  readonly session: SessionRow;
  readonly seat: Seat;
  readonly isOpen: boolean;
};

/** Opens the text for whoever writes in it: words from before there was one are put into it. */
export async function loadWriting(
  context: AppLoadContext,
  { draft, session, seat, isOpen }: Draft,
  /** What somebody looked for. */
  mark: string | null,
) {
  const opened = isOpen && seat.mayDraft ? await openDraftText(context, { draftId: draft.id }) : null;
  const isOpened = opened !== null && !isRefusal(opened);
  // Words that have not come into the text are not shown as if they had.
  const textId = isOpened ? opened.textId : draft.body === "" ? draft.textId : null;
  const document = textId === null ? null : (await context.rooms.wording(textId)).document;
  const kept = document && frozenDocument(document);
  const blocks = kept ? statementBlocks(kept) : plainBlocks(paragraphsOf(draft.body));
  const alignment = await findAlignment(
    { db: context.db.read, language: context.language },
    { ...draft, entityId: seat.entityId },
    dayAt(context.now(), session.timeZone),
  );
  const file = await findFileOf(context.db.read, draft);
  return {
    blocks,
    file,
    seconds: speakingSeconds(spokenWords(blocks), draft.language) || (file?.seconds ?? 0),
    alignment,
    /** What the head reads, for the release of exactly this. */
    read: {
      words: kept && wordsHashOf(kept),
      members: alignment && membersKeyOf(alignment.aligned.map(({ id }) => id)),
    },
    notOpened: opened !== null && isRefusal(opened) ? opened : null,
    writing:
      textId === null || draft.releasedAs === DISCARDED
        ? null
        : await writingIn(context, { sessionId: session.id, textId, mark }),
  };
}

/** What the editor needs, or the page of somebody who reads. */
async function writingIn(
  context: AppLoadContext,
  {
    sessionId,
    textId,
    mark,
  }: { readonly sessionId: string; readonly textId: string; readonly mark: string | null },
) {
  const open = await openText(context, { session: sessionId, text: textId }, "readText");
  const { text, door, damagedAt } = open;
  const may = mayDo(context, door, ["writeText", "readHistory"]);
  const { seq, count } = await openLivePaper(context, textId, { mark });
  return {
    id: textId,
    language: text.language,
    base: `/sessions/${sessionId}/texts/${textId}`,
    seq,
    count,
    damagedAt,
    /** Null for readers: deleted words are for those who write. */
    deleted: may.readHistory ? await deletedParagraphs(context, open) : null,
    writer: may.writeText ? await writerIn(context, sessionId) : null,
  };
}
