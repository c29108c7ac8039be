/** The head of a delegation releases a statement, in exactly the words that were read: from now on it never changes. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { faultsOfCorrection, type StatementWords } from "#app/rules/statements.ts";
import { cleanFields } from "#app/rules/fields.ts";
import type { TextDocument } from "#collab/document.ts";
import type { Turn } from "#collab/server/room.ts";
import { frozenDocument, plainBody, statementBlocks } from "#collab/statement-words.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changeStatementDraft,
  findStatementDraft,
  type StatementDraftRow,
} from "#db/stores/statement-draft.ts";
import { findCorrection, findDeliveryInLine, insertStatement } from "#db/stores/statement.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { closeDraftText } from "./close-draft-text.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft, faultOfItem } from "./draft-act.ts";
import { ownDelegations } from "./draft-door.ts";
import { statementRowOf, statementWordsOf } from "./draft-statement.ts";
import { openDraftText } from "./open-draft-text.ts";
import { isAmong, listReadable } from "./spoken-to.ts";
import { checkStatement, membersKeyOf } from "./statement-ground.ts";
import { wordsHashOf } from "./version-row.ts";

export type StatementRelease = {
  readonly draftId: string;
  /** The edition of its form that the head has read. */
  readonly edition: number;
  /** `wordsHashOf` the words that the head has read; not asked for where they never had a text. */
  readonly words?: string;
  /** `membersKeyOf` the members that the head has read as aligned; absent: whoever they are. */
  readonly members?: string;
  /** What is corrected, where the draft corrects a released statement. */
  readonly correction?: string;
};

/** What is written in the text at the moment of release; null where the draft never had one. */
type Written = { readonly textId: string; readonly document: TextDocument } | null;

/**
 * Makes a row that never changes, anchored by its event. Refused as "conflict" when the draft, its words or the members
 * of its group are not what the head has read, as "rule" where the head does not read what it speaks to, and when another correction of the same statement came first. While the
 * words are taken nobody else writes.
 */
export async function releaseStatement(
  context: CommandContext,
  input: StatementRelease,
): Promise<Refusal | { readonly statementId: string }> {
  const own = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findStatementDraft(context.db.read, own);
  if (!found) return refuse("not-found", "not-there");
  const { textId } = found;
  if (textId !== null && found.body !== "" && found.releasedAs === null) {
    const opened = await openDraftText(context, input);
    if (isRefusal(opened)) return opened;
  }
  const readable = await listReadable(context, found.paragraphs ?? []);
  const result =
    textId === null
      ? await release(context, input, { readable, written: null })
      : await context.rooms.hold(textId, async (turn) => {
          const written = { textId, document: frozenDocument(turn.document()) };
          return release(await withinTurn(context, turn), input, { readable, written });
        });
  if (isRefusal(result)) return result;
  await closeDraftText(context, result);
  const { statementId, sessionId, delegationId, isEmbargoed } = result;
  const audience = isEmbargoed
    ? ({ kind: "embargoed", sessionId, delegationId } as const)
    : ({ kind: "session", sessionId } as const);
  context.notices.tell(audience, "statements");
  context.notices.tell(audience, "agenda");
  return { statementId };
}

/** Writes in the turn that is held, as the person is by now: who waited may have been withdrawn. */
async function withinTurn(context: CommandContext, turn: Turn): Promise<CommandContext> {
  const { viewer, db } = context;
  return {
    ...context,
    viewer: viewer.kind === "person" ? await findViewer(db.read, viewer) : viewer,
    db: { read: db.read, write: (work) => turn.write(work) },
  };
}

type Released = {
  readonly statementId: string;
  readonly sessionId: string;
  readonly delegationId: string;
  readonly textId: string | null;
  readonly isEmbargoed: boolean;
};

async function release(
  context: CommandContext,
  input: StatementRelease,
  facts: { readonly readable: Awaited<ReturnType<typeof listReadable>>; readonly written: Written },
): Promise<Refusal | Released> {
  const { readable, written } = facts;
  const statementId = context.newId();
  const words = written && wordsHashOf(written.document);
  const body = written && plainBody(statementBlocks(written.document));
  const which = { ...input, act: "release", find: findStatementDraft } as const;
  return actOnDraft(context, which, async (tx, draft, admitted) => {
    const { session, entity, by, at } = admitted;
    if (draft.textId !== (written?.textId ?? null)) return refuse("conflict", "draft-words-changed");
    const said = { ...statementWordsOf(draft), body: body ?? draft.body };
    if (said.body === "" && draft.uploadId === null)
      return refuse("invalid", "check-fields", { fields: { body: "body-missing" } });
    const gone = await faultOfItem(tx, draft, admitted);
    if (gone) return gone;
    const barred = said.paragraphs.filter((one) => !isAmong(one, readable));
    if (barred.length > 0) return refuse("rule", "paragraphs-barred", { values: { count: barred.length } });
    const checked = await checkStatement(tx, said, { ...admitted, readable });
    if (isRefusal(checked)) return checked;
    if (words !== null && input.words !== words) return refuse("conflict", "draft-words-changed");
    const isSameGroup = input.members === undefined || input.members === membersKeyOf(checked.alignedIds);
    if (!isSameGroup) return refuse("conflict", "group-changed");
    const followed = await follow(tx, draft, input.correction ?? "");
    if (isRefusal(followed)) return followed;
    const kept: StatementWords = { ...checked.words, ...(followed.isDelivered ? { embargo: "none" } : {}) };
    const { sha256 } = await insertStatement(tx, {
      ...statementRowOf(kept),
      id: statementId,
      entityId: entity.id,
      sessionId: session.id,
      delegationId: by.delegationId,
      supersedes: draft.corrects,
      correction: followed.correction,
      uploadId: draft.uploadId,
      document: written && JSON.stringify(written.document),
      releasedBy: by.personId,
      releasedAt: at,
    });
    await changeStatementDraft(tx, draft.id, { releasedAs: statementId });
    const { itemId, groupId, embargo } = kept;
    await appendEvent(tx, {
      at,
      by,
      act: "releaseStatement",
      thing: "statement",
      thingId: statementId,
      sessionId: session.id,
      detail: { itemId, groupId, ...(groupId === null ? {} : { aligned: checked.alignedIds }), sha256 },
    });
    const { textId } = draft;
    const { delegationId } = by;
    return { statementId, sessionId: session.id, delegationId, textId, isEmbargoed: embargo === "delivery" };
  });
}

/** What a correction says of the statement that it takes the place of; what was delivered is under no embargo again. */
async function follow(
  tx: WriteTx,
  { corrects }: StatementDraftRow,
  typed: string,
): Promise<Refusal | { readonly correction: string | null; readonly isDelivered: boolean }> {
  if (corrects === null) return { correction: null, isDelivered: false };
  const { correction } = cleanFields("statementCorrection", { correction: typed });
  const fields = faultsOfCorrection({ correction });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  if ((await findCorrection(tx, corrects)) !== null) return refuse("conflict", "already-corrected");
  return { correction, isDelivered: (await findDeliveryInLine(tx, corrects)) !== null };
}
