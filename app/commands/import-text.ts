/** Paragraphs that were written elsewhere come into the text, behind a paragraph of it. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Imported } from "#collab/read-words.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { keepVersionInTurn } from "./keep-version.ts";
import { admit, holdAdmitted } from "./text-door.ts";

/**
 * An automatic version keeps the wording before; a long import is an event for each of its slices. Refused when there is nothing to import, and when the paragraph
 * behind which it should come is not in the text any more.
 */
export async function importText(
  context: CommandContext,
  input: {
    readonly textId: string;
    readonly imported: Pick<Imported, "paragraphs" | "notes">;
    /** Null for the beginning of the text. */
    readonly after: string | null;
  },
): Promise<Refusal | { readonly seq: number; readonly paragraphs: number }> {
  const admitted = await admit(context, "importText", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, after } = input;
  const { paragraphs, notes } = input.imported;
  if (paragraphs.length === 0) return refuse("invalid", "import-empty");

  return holdAdmitted(context, "importText", textId, async (turn, { by, door }) => {
    const { sessionId } = door;
    if (after !== null && !turn.document().paragraphs.some(({ id }) => id === after)) {
      return refuse("conflict", "import-place", { fields: { after: "import-place" } });
    }
    const kept = await keepVersionInTurn(context, turn, { textId, sessionId, reason: "before import", by });
    if (isRefusal(kept)) return kept;
    const at = context.now();
    const result = await turn.insert({
      by,
      paragraphs,
      notes,
      after,
      newId: context.newId,
      async also(tx, seq, slice) {
        await appendEvent(tx, {
          at,
          by,
          act: "importText",
          thing: "text",
          thingId: textId,
          sessionId,
          detail: { seq, ...slice },
        });
      },
    });
    if (isRefusal(result)) return result;
    return { seq: result.seq, paragraphs: paragraphs.length };
  });
}
