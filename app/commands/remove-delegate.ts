/** A person leaves a delegation and takes nothing private along. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { endDelegate, findDelegate, findDelegation } from "#db/stores/delegation.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";

/** Rule PE11: refused to all but its heads, and for somebody who is in no delegation any more. */
export async function removeDelegate(
  context: CommandContext,
  input: { readonly delegateId: string },
): Promise<Refusal | { readonly personId: string }> {
  const found = await findDelegate(context.db.read, input.delegateId);
  const delegation = found && (await findDelegation(context.db.read, found.delegationId));
  if (!found || !delegation) return refuse("not-found", "not-there");
  const { sessionId, id: delegationId } = delegation;
  const allowed = may("manageDelegates", context.viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, sessionId);
  if (isRefusal(by)) return by;
  const at = context.now();
  const { personId } = found;
  const refused = await context.db.write(async (tx) => {
    // Of two who remove the same person, the second finds nobody.
    if (!(await findDelegate(tx, found.id))) return refuse("not-found", "not-there");
    await endDelegate(tx, found.id, at);
    const detail = { delegationId, personId };
    await appendEvent(tx, {
      at,
      by,
      act: "removeDelegate",
      thing: "delegate",
      thingId: found.id,
      sessionId,
      detail,
    });
    return null;
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "session", sessionId }, "delegations");
  return { personId };
}
