/** A document is taken away from its agenda item. It stays on record and is not given any more. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { findDocument, markRemoved } from "#db/stores/document.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/** Refused for a document that is not there any more. */
export async function removeDocument(
  context: CommandContext,
  input: { readonly sessionId: string; readonly documentId: string },
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, documentId } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "removeDocument",
    topic: "agenda",
    work: async (tx, { at }) => {
      const document = await findDocument(tx, { sessionId, documentId });
      if (!document) return refuse("not-found", "not-there");
      const { itemId, symbol, title } = document;
      await markRemoved(tx, documentId, at);
      return {
        result: { itemId },
        thing: "agenda_document",
        thingId: documentId,
        detail: { itemId, symbol, title },
      };
    },
  });
}
