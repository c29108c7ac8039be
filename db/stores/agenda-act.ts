/** Who acted on the items of an agenda: for those who preside, when what they saw is not so any more. */
import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { fullNumber } from "#app/rules/agenda.ts";
import type { Reading } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { agendaItem } from "#db/schema/session.ts";
import { type AgendaItemRow, listItems } from "./agenda.ts";

/** An item that is not on the agenda any more. */
export type TakenOff = {
  readonly id: string;
  /** "5 (e) Assistance": full number and title. */
  readonly item: string;
  /** The name of who took it off, and when. */
  readonly by: string;
  readonly at: number;
};

/** Those of a session, the last first, or one of them. Whoever calls has asked who presides. */
export async function listTakenOff(
  db: Reading,
  { sessionId, itemId }: { readonly sessionId: string; readonly itemId?: string },
  limit = 50,
): Promise<(TakenOff & { readonly number: string })[]> {
  const rows = await db
    .select({ item: agendaItem, by: person.name, at: event.at })
    .from(agendaItem)
    .innerJoin(
      event,
      and(
        eq(event.thing, "agenda_item"),
        eq(event.thingId, agendaItem.id),
        eq(event.act, "deleteAgendaItem"),
      ),
    )
    .innerJoin(person, eq(person.id, event.personId))
    .where(
      and(
        eq(agendaItem.sessionId, sessionId),
        isNotNull(agendaItem.deletedAt),
        itemId === undefined ? undefined : eq(agendaItem.id, itemId),
      ),
    )
    .orderBy(desc(event.seq))
    .limit(limit);
  if (rows.length === 0) return [];
  const all = [...(await listItems(db, sessionId)), ...rows.map(({ item }) => item)];
  return rows.map(({ item: { id, title }, by, at }) => {
    const number = fullNumber(all, id);
    return { id, number, item: `${number} ${title}`, by, at };
  });
}

/** The newest such acts on items of a session, the last first, with the names of those who acted. */
export async function listItemActs(
  db: Reading,
  which: {
    readonly sessionId: string;
    /** Undefined: on whichever. */
    readonly itemIds?: readonly string[];
    readonly acts: readonly string[];
    readonly limit: number;
  },
) {
  const { sessionId, itemIds, acts, limit } = which;
  return db
    .select({ itemId: event.thingId, act: event.act, detail: event.detail, by: person.name })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(
      and(
        eq(event.sessionId, sessionId),
        eq(event.thing, "agenda_item"),
        inArray(event.act, [...acts]),
        itemIds === undefined ? undefined : inArray(event.thingId, [...itemIds]),
      ),
    )
    .orderBy(desc(event.seq))
    .limit(limit);
}

/** Who gave an item the status that it has, by setting it or by taking the item up; null where no act says so. */
export async function findStatusGiver(
  db: Reading,
  { id, sessionId, statusAt }: Pick<AgendaItemRow, "id" | "sessionId" | "statusAt">,
): Promise<string | null> {
  const acts = await db
    .select({ act: event.act, thingId: event.thingId, detail: event.detail, by: person.name })
    .from(event)
    .innerJoin(person, eq(person.id, event.personId))
    .where(
      and(
        eq(event.sessionId, sessionId),
        eq(event.at, statusAt),
        inArray(event.act, ["setItemStatus", "takeUpItem"]),
      ),
    )
    .orderBy(desc(event.seq));
  const gave = acts.find(({ act, thingId, detail }) =>
    act === "takeUpItem" ? detail["itemId"] === id : thingId === id,
  );
  return gave?.by ?? null;
}
