/** A paragraph is locked: the gate and every command leave its words alone until an officer unlocks it. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findLock, insertLock } from "#db/stores/paragraph-lock.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";
import { wordsHashOf } from "./version-row.ts";

/** Refused when the paragraph is not in the text, or locked already. */
export async function lockParagraph(
  context: CommandContext,
  input: { readonly textId: string; readonly paragraphId: string },
): Promise<Refusal | { readonly lockId: string }> {
  const admitted = await admit(context, "lockParagraph", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, paragraphId } = input;
  const { sessionId } = admitted.door;

  const result = await holdAdmitted(context, "lockParagraph", textId, async (turn, { by }) => {
    const document = turn.document();
    const paragraph = document.paragraphs.find((candidate) => candidate.id === paragraphId);
    if (!paragraph) return refuse("not-found", "paragraph-not-there");
    const wordsHash = wordsHashOf({ kind: document.kind, paragraphs: [paragraph], hidden: [] });
    const lockId = context.newId();
    const at = context.now();
    const written = await turn.write(async (tx) => {
      if (await findLock(tx, { textId, paragraphId })) return refuse("conflict", "lock-already");
      await insertLock(tx, {
        id: lockId,
        textId,
        paragraphId,
        wordsHash,
        lockedBy: by.personId,
        lockedAt: at,
      });
      await appendEvent(tx, {
        at,
        by,
        act: "lockParagraph",
        thing: "paragraph",
        thingId: paragraphId,
        sessionId,
        detail: { textId, lockId, wordsHash, seq: turn.seq },
      });
      return null;
    });
    if (written) return written;
    turn.setLocked(paragraphId, true);
    return { lockId };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `locks:${textId}`);
  return result;
}
