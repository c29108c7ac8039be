/** What an act on the agenda is refused with when somebody else has acted meanwhile: by whom, as those who preside may know. */
import { type Standing, standingOf, wasMoved } from "#app/rules/agenda.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { type AgendaItemInList, type AgendaItemRow, listItems } from "#db/stores/agenda.ts";
import { findStatusGiver, listItemActs, listTakenOff } from "#db/stores/agenda-act.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { calledIn } from "./agenda-change.ts";

type Where = Pick<SessionRow, "id" | "timeZone">;

/**
 * For an item that is not on the agenda: who took it off and when (rule AG25), or "not there" for one that never was on
 * it. Whoever calls has asked whether the viewer presides.
 */
export async function refusedOff(db: Reading, session: Where, itemId: string): Promise<Refusal> {
  const [gone] = await listTakenOff(db, { sessionId: session.id, itemId });
  if (!gone) return refuse("not-found", "not-there");
  const { item, by, at } = gone;
  return refuse("conflict", "item-taken-off", { values: { item, by, at, zone: session.timeZone } });
}

const CHANGES = ["editAgendaItem", "moveAgendaItem"];
const PLACEMENTS = [...CHANGES, "addAgendaItem", "deleteAgendaItem"];

/** Who changed last what an item says. */
export async function findEditor(db: Reading, item: AgendaItemRow): Promise<string> {
  const { id, sessionId } = item;
  const [last] = await listItemActs(db, { sessionId, itemIds: [id], acts: CHANGES, limit: 1 });
  return last?.by ?? "";
}

/** Who changed last what the agenda says or its order. */
export async function findAgendaEditor(db: Reading, sessionId: string): Promise<string> {
  const [last] = await listItemActs(db, { sessionId, acts: PLACEMENTS, limit: 1 });
  return last?.by ?? "";
}

/** Of what an act says of itself; null where it moved nothing to another place. */
function placedBy(act: string, detail: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  if (act === "moveAgendaItem") return Array.isArray(detail["order"]) ? detail["order"] : [];
  if (act !== "editAgendaItem") return [];
  const { was } = detail;
  const before = typeof was === "object" && was !== null ? Reflect.get(was, "parentId") : undefined;
  return before === detail["parentId"] ? null : [];
}

/** Who moved an item that stood as `seen`, or its neighbours on both sides. */
export async function findMover(
  db: Reading,
  about: {
    readonly items: readonly AgendaItemInList[];
    readonly item: AgendaItemRow;
    readonly seen: Standing;
  },
): Promise<string> {
  const { items, item, seen } = about;
  const { id, sessionId } = item;
  const now = standingOf(items, item);
  const own = (await listItemActs(db, { sessionId, itemIds: [id], acts: CHANGES, limit: 50 })).find(
    ({ act, detail }) => placedBy(act, detail) !== null,
  );
  if (own && (now.parentId !== seen.parentId || isMovedBy(own, seen))) return own.by;
  const beside = [seen.previousId, seen.nextId, now.previousId, now.nextId].flatMap((one) => one ?? []);
  const which = { sessionId, itemIds: beside, acts: PLACEMENTS, limit: 50 };
  const acts = await listItemActs(db, which);
  return acts.find(({ act, detail }) => placedBy(act, detail) !== null)?.by ?? own?.by ?? "";
}

type Placing = Awaited<ReturnType<typeof listItemActs>>[number];

/** Whether an item stood elsewhere than `seen` once this act had moved it: else the page was made after that. */
function isMovedBy({ itemId, act, detail }: Placing, seen: Standing): boolean {
  const order = placedBy(act, detail) ?? [];
  const at = order.indexOf(itemId);
  if (at < 0) return true;
  const named = (id: unknown) => (typeof id === "string" ? id : null);
  const { parentId } = seen;
  return wasMoved({ parentId, previousId: named(order[at - 1]), nextId: named(order[at + 1]) }, seen);
}

/** For an item whose status is not any more as the page showed it: what it is, and who gave it (rule AG26). */
export async function refusedStatus(db: Reading, item: AgendaItemRow): Promise<Refusal> {
  const called = calledIn(await listItems(db, item.sessionId), item.id);
  const by = (await findStatusGiver(db, item)) ?? "";
  return refuse("conflict", "item-status-changed", { values: { item: called, status: item.status, by } });
}
