/** What the page of an item's documents shows to those who put them there. */
import { refusedDocument, refusedItem } from "#app/commands/document-gone.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { documentName } from "#app/rules/documents.ts";
import { may } from "#app/rules/permissions.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { listItems } from "#db/stores/agenda.ts";
import { listDocuments } from "#db/stores/document.ts";
import { findSession } from "#db/stores/session.ts";

/** A document that somebody is about to remove, and what is said where a colleague was earlier. */
export type Removal = { readonly id: string; readonly document: string; readonly gone: Refusal | null };

/**
 * `search` may ask for what stands before a document is removed. Of an item that was taken off it is said who did it;
 * throws "not there" for one that never was on this agenda.
 */
export async function loadDocuments(
  context: AppLoadContext,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId: string },
  search: URLSearchParams,
) {
  const allowed = may("manageAgenda", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const { read } = context.db;
  const session = await findSession(read, sessionId);
  if (!session) throw notThere();
  const items = await listItems(read, sessionId);
  const item = items.find(({ id }) => id === itemId);
  const gone = item ? null : await refusedItem(read, session, itemId);
  if (gone?.kind === "not-found") throw refusalResponse(gone);
  const documents = await listDocuments(read, itemId);
  return {
    sessionId,
    itemId,
    /** Null once it was taken off. */
    item: item ? { title: item.title } : null,
    number: item ? fullNumber(items, itemId) : String(gone?.values?.["number"] ?? ""),
    /** Why nothing is put in or removed any more. */
    gone,
    isAdopted: session.agendaAdoptedAt !== null,
    documents: item ? documents : [],
    removal: await removalOf(search.get("remove") ?? ""),
  };

  async function removalOf(documentId: string): Promise<Removal | null> {
    if (documentId === "" || !session) return null;
    const standing = documents.find(({ id }) => id === documentId);
    if (standing) return { id: documentId, document: documentName(standing), gone };
    const refused = await refusedDocument(read, session, { itemId, documentId });
    const { document } = refused.values ?? {};
    return typeof document === "string" ? { id: documentId, document, gone: refused } : null;
  }
}
