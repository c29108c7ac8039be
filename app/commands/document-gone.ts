/** What those who keep the agenda are told when a colleague took away what they came for: who, when, and what to do. */
import { documentName } from "#app/rules/documents.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { listTakenOff } from "#db/stores/agenda-act.ts";
import { findDocumentRemoved } from "#db/stores/document-removed.ts";
import type { SessionRow } from "#db/stores/session.ts";

/** For documents of an item that is not on the agenda: it was taken off, or never was there. */
export async function refusedItem(db: Reading, session: SessionRow, itemId: string): Promise<Refusal> {
  const [off] = await listTakenOff(db, { sessionId: session.id, itemId });
  if (!off) return refuse("not-found", "not-there");
  const { number, item, by, at } = off;
  const values = { number, item, by, at, zone: session.timeZone };
  return refuse("conflict", "document-item-gone", { values });
}

/** For a document that does not stand under this item: it was removed, its item was taken off, or it never was there. */
export async function refusedDocument(
  db: Reading,
  session: SessionRow,
  { itemId, documentId }: { readonly itemId: string; readonly documentId: string },
): Promise<Refusal> {
  const removed = await findDocumentRemoved(db, { sessionId: session.id, documentId });
  if (removed?.itemId !== itemId) return refusedItem(db, session, itemId);
  const { by, at } = removed;
  const values = { document: documentName(removed), by, at, zone: session.timeZone };
  return refuse("conflict", "document-removed", { values });
}
