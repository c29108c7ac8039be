/** Documents of agenda items that were removed, with who did it. Items that were taken off: `agenda-act.ts`. */
import { and, eq, isNotNull } from "drizzle-orm";
import type { Reading } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { agendaDocument, agendaItem } from "#db/schema/session.ts";

type RemovedDocument = {
  readonly itemId: string;
  readonly symbol: string;
  readonly title: string;
  /** The name of who removed it, and when. */
  readonly by: string;
  readonly at: number;
};

/** A document of this session that was removed; null for one that stands or never was. */
export async function findDocumentRemoved(
  db: Reading,
  { sessionId, documentId }: { readonly sessionId: string; readonly documentId: string },
): Promise<RemovedDocument | null> {
  const [row] = await db
    .select({
      itemId: agendaDocument.itemId,
      symbol: agendaDocument.symbol,
      title: agendaDocument.title,
      at: agendaDocument.removedAt,
    })
    .from(agendaDocument)
    .innerJoin(agendaItem, eq(agendaItem.id, agendaDocument.itemId))
    .where(
      and(
        eq(agendaDocument.id, documentId),
        eq(agendaItem.sessionId, sessionId),
        isNotNull(agendaDocument.removedAt),
      ),
    );
  if (!row) return null;
  const by = await findRemover(db, documentId);
  return { ...row, by, at: row.at ?? 0 };
}

/** The name of who removed a document, as the record has it; "" where it has nobody. */
async function findRemover(db: Reading, documentId: string): Promise<string> {
  const [row] = await db
    .select({ name: person.name })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(
      and(eq(event.thing, "agenda_document"), eq(event.thingId, documentId), eq(event.act, "removeDocument")),
    );
  return row?.name ?? "";
}
