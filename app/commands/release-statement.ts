/** The head of a delegation releases a statement: from now on everybody reads it. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeStatementDraft, findStatementDraft, insertStatement } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { statementRowOf } from "./draft-statement.ts";
import { checkStatement } from "./statement-ground.ts";

/**
 * Makes a row that never changes, anchored by its event. `edition` is the one that the head has read: refused as
 * "conflict" when a colleague changed the draft since.
 */
export async function releaseStatement(
  context: CommandContext,
  input: { readonly draftId: string; readonly edition: number },
): Promise<Refusal | { readonly statementId: string }> {
  const statementId = context.newId();
  const which = { ...input, act: "release", find: findStatementDraft } as const;
  const result = await actOnDraft(context, which, async (tx, draft, admitted) => {
    const { session, entity, by, at } = admitted;
    const checked = await checkStatement(tx, draft, admitted);
    if (isRefusal(checked)) return checked;
    const { sha256 } = await insertStatement(tx, {
      ...statementRowOf(checked.words),
      id: statementId,
      entityId: entity.id,
      sessionId: session.id,
      delegationId: by.delegationId,
      supersedes: null,
      releasedBy: by.personId,
      releasedAt: at,
    });
    await changeStatementDraft(tx, draft.id, { releasedAs: statementId });
    await appendEvent(tx, {
      at,
      by,
      act: "releaseStatement",
      thing: "statement",
      thingId: statementId,
      sessionId: session.id,
      detail: { itemId: checked.words.itemId, groupId: checked.words.groupId, sha256 },
    });
    return { sessionId: session.id };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "session", sessionId: result.sessionId }, "statements");
  context.notices.tell({ kind: "session", sessionId: result.sessionId }, "agenda");
  return { statementId };
}
