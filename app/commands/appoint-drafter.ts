/** A person is appointed to write in one text. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findDrafter, insertDrafter, listEligibleDrafters } from "#db/stores/drafter.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { endOutsideLinks } from "./end-links.ts";
import { admit } from "./text-door.ts";

/**
 * Refused for a person who has no part in the session, and when the person is a drafter already. Links of theirs that a
 * head made end (rule PE18).
 */
export async function appointDrafter(
  context: CommandContext,
  input: { readonly textId: string; readonly personId: string },
): Promise<Refusal | { readonly drafterId: string }> {
  const admitted = await admit(context, "appointDrafter", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, personId } = input;
  const { sessionId } = admitted.door;
  const at = context.now();
  const drafterId = context.newId();

  const refused = await context.db.write(async (tx) => {
    const eligible = await listEligibleDrafters(tx, sessionId);
    if (!eligible.some((person) => person.personId === personId)) {
      return refuse("invalid", "check-fields", { fields: { person: "person-not-in-session" } });
    }
    if (await findDrafter(tx, { textId, personId })) {
      return refuse("conflict", "drafter-already", { fields: { person: "drafter-already" } });
    }
    await insertDrafter(tx, {
      id: drafterId,
      textId,
      personId,
      appointedBy: admitted.by.personId,
      fromAt: at,
    });
    await endOutsideLinks(tx, { personId, sessionId, by: admitted.by, at });
    await appendEvent(tx, {
      at,
      by: admitted.by,
      act: "appointDrafter",
      thing: "text",
      thingId: textId,
      sessionId,
      detail: { drafterId, personId },
    });
    return null;
  });
  if (refused) return refused;
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, "rights");
  return { drafterId };
}
