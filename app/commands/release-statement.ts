/** The head of a delegation releases a statement: from now on everybody reads it. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeStatementDraft, findStatementDraft, insertStatement } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, faultOfEdition, ownDelegations } from "./draft-door.ts";
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
  const which = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findStatementDraft(context.db.read, which);
  if (!found) return refuse("not-found", "not-there");
  const admitted = await admitToDelegation(context, "release", found.delegationId);
  if (isRefusal(admitted)) return admitted;
  const { session, entity, by } = admitted;
  const at = context.now();
  const statementId = context.newId();

  const refused = await context.db.write(async (tx) => {
    const draft = await findStatementDraft(tx, which);
    if (!draft) return refuse("not-found", "not-there");
    const fault = faultOfEdition(draft, input.edition);
    if (fault) return fault;
    const checked = await checkStatement(tx, draft, { ...admitted, now: at });
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
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "delegation", delegationId: by.delegationId }, "drafts");
  context.notices.tell({ kind: "session", sessionId: session.id }, "statements");
  context.notices.tell({ kind: "session", sessionId: session.id }, "agenda");
  return { statementId };
}
