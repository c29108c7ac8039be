/** What is not on the agenda any more: items that were taken off and documents that were removed, each with who did it. */
import { and, eq, isNotNull } from "drizzle-orm";
import { fullNumber } from "#app/rules/agenda.ts";
import type { Reading } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { agendaDocument, agendaItem } from "#db/schema/session.ts";
import { listItems } from "./agenda.ts";

/** Who did it, by name, and when. */
type Ended = { readonly by: string; readonly at: number };

/** An item of this session that was taken off, under the number that it would have now; null for one that never was. */
export async function findItemTakenOff(
  db: Reading,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId: string },
): Promise<(Ended & { readonly number: string; readonly title: string }) | null> {
  const [row] = await db
    .select()
    .from(agendaItem)
    .where(
      and(eq(agendaItem.id, itemId), eq(agendaItem.sessionId, sessionId), isNotNull(agendaItem.deletedAt)),
    );
  if (!row) return null;
  const by = await nameOf(db, { thing: "agenda_item", thingId: itemId, act: "deleteAgendaItem" });
  const number = fullNumber([...(await listItems(db, sessionId)), row], itemId);
  return { number, title: row.title, by, at: row.deletedAt ?? 0 };
}

/** A document of this session that was removed; null for one that stands or never was. */
export async function findDocumentRemoved(
  db: Reading,
  { sessionId, documentId }: { readonly sessionId: string; readonly documentId: string },
): Promise<(Ended & { readonly itemId: string; readonly symbol: string; readonly title: string }) | null> {
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
  const by = await nameOf(db, { thing: "agenda_document", thingId: documentId, act: "removeDocument" });
  return { ...row, by, at: row.at ?? 0 };
}

/** Of whoever did this, as the record has it; "" where it has nobody. */
async function nameOf(
  db: Reading,
  what: { readonly thing: string; readonly thingId: string; readonly act: string },
): Promise<string> {
  const [row] = await db
    .select({ name: person.name })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(and(eq(event.thing, what.thing), eq(event.thingId, what.thingId), eq(event.act, what.act)));
  return row?.name ?? "";
}
