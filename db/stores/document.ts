/** Documents of agenda items: symbol and link, or a file. */
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { agendaDocument, agendaItem, upload } from "#db/schema/session.ts";

/** The documents of an item, by symbol, with the facts of their files. */
export async function listDocuments(db: Reading, itemId: string) {
  return db
    .select({
      id: agendaDocument.id,
      symbol: agendaDocument.symbol,
      title: agendaDocument.title,
      url: agendaDocument.url,
      at: agendaDocument.at,
      type: upload.type,
      size: upload.size,
    })
    .from(agendaDocument)
    .leftJoin(upload, eq(upload.id, agendaDocument.uploadId))
    .where(and(eq(agendaDocument.itemId, itemId), isNull(agendaDocument.removedAt)))
    .orderBy(asc(agendaDocument.symbol), asc(agendaDocument.title), asc(agendaDocument.id));
}

/** A document of an item that is on the agenda of this session. */
export async function findDocument(
  db: Reading,
  { sessionId, documentId }: { readonly sessionId: string; readonly documentId: string },
) {
  const [row] = await db
    .select({
      id: agendaDocument.id,
      itemId: agendaDocument.itemId,
      symbol: agendaDocument.symbol,
      title: agendaDocument.title,
      uploadId: agendaDocument.uploadId,
    })
    .from(agendaDocument)
    .innerJoin(agendaItem, eq(agendaItem.id, agendaDocument.itemId))
    .where(
      and(
        eq(agendaDocument.id, documentId),
        eq(agendaItem.sessionId, sessionId),
        isNull(agendaItem.deletedAt),
        isNull(agendaDocument.removedAt),
      ),
    );
  return row ?? null;
}

export async function insertDocument(tx: WriteTx, row: typeof agendaDocument.$inferInsert): Promise<void> {
  await tx.insert(agendaDocument).values(row);
}

export async function markRemoved(tx: WriteTx, documentId: string, at: number): Promise<void> {
  await tx.update(agendaDocument).set({ removedAt: at }).where(eq(agendaDocument.id, documentId));
}
