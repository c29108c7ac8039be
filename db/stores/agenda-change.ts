/** What changed since an agenda was adopted: its items, what they say, and their documents. */
import { and, desc, eq, gt, inArray, or } from "drizzle-orm";
import { documentName } from "#app/rules/documents.ts";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { agendaChange, agendaDocument, agendaItem } from "#db/schema/session.ts";

/** Of an item's note and topics, as an act on it says; null where it does not, or nothing of it changed. */
export type ItemWords = {
  readonly note: { readonly before: string; readonly after: string } | null;
  readonly topicIds: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
};

/** Returns the hash that the event which makes this row keeps. */
export async function insertAgendaChange(
  tx: WriteTx,
  row: typeof agendaChange.$inferInsert,
): Promise<string> {
  await tx.insert(agendaChange).values(row);
  return rowHash("agenda_change", row);
}

/** What changed since the agenda was adopted, newest first, with who changed it. */
export async function listAgendaChanges(db: Reading, sessionId: string, limit = 500) {
  const rows = await db
    .select({
      id: agendaChange.id,
      itemId: agendaChange.itemId,
      title: agendaItem.title,
      what: agendaChange.what,
      before: agendaChange.before,
      after: agendaChange.after,
      reason: agendaChange.reason,
      by: person.name,
      at: agendaChange.at,
    })
    .from(agendaChange)
    .innerJoin(person, eq(person.id, agendaChange.by))
    .innerJoin(agendaItem, eq(agendaItem.id, agendaChange.itemId))
    .where(eq(agendaChange.sessionId, sessionId))
    .orderBy(desc(agendaChange.at), desc(agendaChange.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const acts = await db
    .select({ act: event.act, itemId: event.thingId, at: event.at, detail: event.detail })
    .from(event)
    .where(
      and(
        eq(event.thing, "agenda_item"),
        inArray(event.thingId, [...new Set(rows.map(({ itemId }) => itemId))]),
        inArray(event.act, ["addAgendaItem", "editAgendaItem"]),
      ),
    );
  const said = new Map(acts.map(({ act, itemId, at, detail }) => [`${act} ${itemId} ${at}`, detail]));
  const words = ({ what, itemId, at }: (typeof rows)[number]) =>
    wordsOf(said.get(`${what === "added" ? "addAgendaItem" : "editAgendaItem"} ${itemId} ${at}`));
  return rows.map((row) => ({
    ...row,
    ...(row.what === "added" || row.what === "edited" ? words(row) : nothingSaid),
  }));
}

const nothingSaid: ItemWords = { note: null, topicIds: null };

/** Of an item that is new, before it stood nothing. */
function wordsOf(detail: Readonly<Record<string, unknown>> | undefined): ItemWords {
  if (detail === undefined) return nothingSaid;
  const was = isRecord(detail["was"]) ? detail["was"] : { note: "", topicIds: [] };
  const note = { before: was["note"], after: detail["note"] };
  const topicIds = { before: idsIn(was["topicIds"]), after: idsIn(detail["topicIds"]) };
  const isSame = topicIds.before.toSorted().join(" ") === topicIds.after.toSorted().join(" ");
  return {
    note:
      typeof note.before === "string" && typeof note.after === "string" && note.before !== note.after
        ? { before: note.before, after: note.after }
        : null,
    topicIds: isSame ? null : topicIds,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function idsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
}

/** Documents that were put under the session's items or taken away since `since`, each with who did it and why. */
export async function listDocumentChanges(db: Reading, sessionId: string, since: number) {
  const rows = await db
    .select({
      id: agendaDocument.id,
      itemId: agendaDocument.itemId,
      itemNumber: agendaItem.number,
      itemTitle: agendaItem.title,
      symbol: agendaDocument.symbol,
      title: agendaDocument.title,
      by: person.name,
      at: agendaDocument.at,
      removedAt: agendaDocument.removedAt,
    })
    .from(agendaDocument)
    .innerJoin(agendaItem, eq(agendaItem.id, agendaDocument.itemId))
    .innerJoin(person, eq(person.id, agendaDocument.by))
    .where(
      and(
        eq(agendaItem.sessionId, sessionId),
        or(gt(agendaDocument.at, since), gt(agendaDocument.removedAt, since)),
      ),
    );
  if (rows.length === 0) return [];
  const acts = await db
    .select({ act: event.act, id: event.thingId, by: person.name, detail: event.detail })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(
      and(
        eq(event.thing, "agenda_document"),
        inArray(
          event.thingId,
          rows.map(({ id }) => id),
        ),
        inArray(event.act, ["addDocument", "removeDocument"]),
      ),
    );
  const done = new Map(acts.map(({ act, id, ...how }) => [`${act} ${id}`, how]));
  const reasonOf = (act: string): string => {
    const reason = done.get(act)?.detail["reason"];
    return typeof reason === "string" ? reason : "";
  };
  return rows.flatMap(({ id, itemId, itemNumber, itemTitle, symbol, title, by, at, removedAt }) => {
    const about = { itemId, item: `${itemNumber} ${itemTitle}`, document: documentName({ symbol, title }) };
    const [added, removed] = [`addDocument ${id}`, `removeDocument ${id}`];
    return [
      ...(at > since
        ? [{ ...about, id, what: "document-added" as const, reason: reasonOf(added), by, at }]
        : []),
      ...(removedAt !== null && removedAt > since
        ? [
            {
              ...about,
              id: `${id} removed`,
              what: "document-removed" as const,
              reason: reasonOf(removed),
              by: done.get(removed)?.by ?? "",
              at: removedAt,
            },
          ]
        : []),
    ];
  });
}
