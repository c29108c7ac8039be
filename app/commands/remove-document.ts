/** A document is taken away from its agenda item. It stays on record and is not given any more. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { findDocument, markRemoved } from "#db/stores/document.ts";
import { reasonFor } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { refusedDocument } from "./document-gone.ts";
import { actOnSession } from "./session-act.ts";

type Removed = {
  readonly sessionId: string;
  readonly itemId: string;
  readonly documentId: string;
  readonly reason?: string;
};

/**
 * Refused for a document that does not stand under the item any more, with who removed it, and without a reason once the
 * agenda is adopted (rule AG18).
 */
export async function removeDocument(
  context: CommandContext,
  input: Removed,
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, documentId } = input;
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "removeDocument",
    topic: "agenda",
    work: async (tx, { session, at }) => {
      const document = await findDocument(tx, { sessionId, documentId });
      if (document?.itemId !== itemId) return refusedDocument(tx, session, { itemId, documentId });
      const { reason, fields } = reasonFor(session, input.reason);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const { symbol, title } = document;
      await markRemoved(tx, documentId, at);
      return {
        result: { itemId },
        thing: "agenda_document",
        thingId: documentId,
        detail: { itemId, symbol, title, reason },
      };
    },
  });
}
