/** A drafter's appointment ends; the drafter's open pages of the text are closed at once. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { endDrafter, findDrafter } from "#db/stores/drafter.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { admit } from "./text-door.ts";

/** What the drafter wrote stays, with the drafter's name. Refused when the person is no drafter of the text. */
export async function withdrawDrafter(
  context: CommandContext,
  input: { readonly textId: string; readonly personId: string },
): Promise<Refusal | { readonly drafterId: string }> {
  const admitted = await admit(context, "withdrawDrafter", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, personId } = input;
  const { sessionId } = admitted.door;
  const at = context.now();

  const drafter = await context.db.write(async (tx) => {
    const held = await findDrafter(tx, { textId, personId });
    if (!held) return null;
    await endDrafter(tx, held.id, at);
    await appendEvent(tx, {
      at,
      by: admitted.by,
      act: "withdrawDrafter",
      thing: "text",
      thingId: textId,
      sessionId,
      detail: { drafterId: held.id, personId },
    });
    return held;
  });
  if (isRefusal(drafter)) return drafter;
  if (!drafter) return refuse("conflict", "drafter-not");
  context.rooms.withdraw({ personId, textId });
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, "rights");
  return { drafterId: drafter.id };
}
