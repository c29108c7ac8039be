/** A deleted paragraph stands in the text again, with the words it had and those typed into it meanwhile. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { paragraphsOf } from "#collab/model.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";

/** Refused when no deleted paragraph of that id holds words. */
export async function bringBackParagraph(
  context: CommandContext,
  input: { readonly textId: string; readonly paragraphId: string },
): Promise<Refusal | { readonly seq: number }> {
  const admitted = await admit(context, "restoreVersion", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, paragraphId } = input;
  const at = context.now();

  return holdAdmitted(context, "restoreVersion", textId, async (turn, { by, door }) => {
    if (!turn.document().hidden.some((paragraph) => paragraph.id === paragraphId)) {
      return refuse("not-found", "paragraph-not-there");
    }
    return turn.change({
      act: "bring back",
      by,
      change(doc) {
        paragraphsOf(doc).get(paragraphId)?.set("deleted", false);
      },
      async also(tx, seq) {
        await appendEvent(tx, {
          at,
          by,
          act: "bringBackParagraph",
          thing: "paragraph",
          thingId: paragraphId,
          sessionId: door.sessionId,
          detail: { textId, seq },
        });
      },
    });
  });
}
