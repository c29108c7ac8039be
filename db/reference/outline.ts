/**
 * The agenda by subject, a working outline and not an adopted agenda: as the files have it and as the secretariat has
 * corrected it since, item by item.
 */
import { fieldOf } from "#app/rules/outline.ts";
import type { Fields } from "#app/rules/reference.ts";
import type { Reading } from "#db/database.ts";
import { listCorrectedFields } from "#db/stores/reference-correction.ts";
import mechanism from "./mechanism-2026.json" with { type: "json" };

/** How corrections name it, beside the entries of the calendar. */
export const OUTLINE_ID = "agenda";

type Written = {
  readonly number: string;
  readonly title: string;
  readonly topics?: readonly string[];
  readonly items?: readonly Written[];
};

function flat(items: readonly Written[]): [string, string][] {
  return items.flatMap(({ number, title, topics = [], items: below = [] }) => [
    [number, fieldOf({ number, title, topics })] as [string, string],
    ...flat(below),
  ]);
}

const written: Fields = Object.fromEntries(flat(mechanism.agendaOutline.items));

/** By number; null for an item that was taken out. */
export async function findOutline(db: Reading): Promise<Fields> {
  const corrected = await listCorrectedFields(db, "calendar");
  return { ...written, ...corrected.get(OUTLINE_ID) };
}
