/** A draft has been released or given up: its text is read and no longer written, and the pages open in it stop. */
import { listDelegates } from "#db/stores/delegate.ts";
import { findDelegation } from "#db/stores/delegation.ts";
import type { CommandContext } from "./context.ts";

/** After the commit that ended the draft. Does nothing for a draft whose words never had a text. */
export async function closeDraftText(
  { db, rooms, notices }: Pick<CommandContext, "db" | "rooms" | "notices">,
  { textId, delegationId }: { readonly textId: string | null; readonly delegationId: string },
): Promise<void> {
  const delegation = textId === null ? null : await findDelegation(db.read, delegationId);
  if (textId === null || !delegation) return;
  const { sessionId } = delegation;
  // Forgets who might write in it, before anybody comes back.
  notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, `versions:${textId}`);
  for (const seat of await listDelegates(db.read, sessionId)) {
    if (seat.delegationId === delegationId) rooms.withdraw({ personId: seat.personId, textId });
  }
}
