/** Members of a chosen group who are counted on a past day although nobody recorded when they began (rule RF19). */
import { sinceUnknown } from "#app/rules/placing.ts";
import type { Reading } from "#db/database.ts";
import { listMembershipsIn } from "#db/stores/group.ts";
import type { Filters } from "./filters.ts";
import type { Named } from "./load.ts";

export type Undated = { readonly group: string; readonly count: number };

/** One for each group by which is filtered and of which there are such members; none of today. `groups`: with their names. */
export async function listUndated(
  db: Reading,
  { isPast, day, region, groupId }: Filters,
  groups: readonly Named[],
): Promise<Undated[]> {
  const chosen = isPast ? groups.filter(({ id }) => id === region || id === groupId) : [];
  const counted = await Promise.all(
    chosen.map(async ({ id, name }) => ({
      group: name,
      count: sinceUnknown(await listMembershipsIn(db, id), day),
    })),
  );
  return counted.filter(({ count }) => count > 0);
}
