/** A locked paragraph is opened again, by name and with a reason that stays on record. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLock, findLock } from "#db/stores/paragraph-lock.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";

/** Refused without a reason, and when the paragraph is not locked. */
export async function unlockParagraph(
  context: CommandContext,
  input: { readonly textId: string; readonly paragraphId: string; readonly reason: string },
): Promise<Refusal | { readonly lockId: string }> {
  const admitted = await admit(context, "unlockParagraph", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, paragraphId } = input;
  const { sessionId } = admitted.door;
  const { reason } = cleanFields("unlocking", { reason: input.reason });
  const fields = faultsOfLength("unlocking", { reason });
  if (reason === "") fields["reason"] = "unlock-reason";
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });

  const result = await holdAdmitted(context, "unlockParagraph", textId, async (turn, { by }) => {
    const at = context.now();
    const lockId = await turn.write(async (tx) => {
      const lock = await findLock(tx, { textId, paragraphId });
      if (!lock) return null;
      await endLock(tx, { id: lock.id, by: by.personId, at, reason });
      await appendEvent(tx, {
        at,
        by,
        act: "unlockParagraph",
        thing: "paragraph",
        thingId: paragraphId,
        sessionId,
        detail: { textId, lockId: lock.id, reason, seq: turn.seq },
      });
      return lock.id;
    });
    if (isRefusal(lockId)) return lockId;
    if (lockId === null) return refuse("conflict", "lock-not");
    turn.setLocked(paragraphId, false);
    // The paragraph is unlocked, whatever comes of this: a repair that could not be written comes with the next act there.
    await turn.repair(paragraphId);
    return { lockId };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `locks:${textId}`);
  return result;
}
