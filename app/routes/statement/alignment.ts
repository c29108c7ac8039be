/** For whom a statement or position is made, and who aligned: as at its release, or the group's members on a day. */
import type { Alignment } from "#app/components/record/for-whom.tsx";
import { type Language, nameIn } from "#app/rules/language.ts";
import { aligned } from "#app/rules/spoken-for.ts";
import type { Reading } from "#db/database.ts";
import { listEntities } from "#db/stores/entity.ts";
import { findGroup, listMembers } from "#db/stores/group.ts";

/**
 * Null for a national statement. `day` as `YYYY-MM-DD`; `released`: who aligned when it was released, which holds whatever
 * is corrected in the group afterwards (rule SM22). Left out for a draft, null where the record does not say.
 */
export async function findAlignment(
  { db, language }: { readonly db: Reading; readonly language: Language },
  statement: {
    readonly entityId: string;
    readonly groupId: string | null;
    readonly exceptions: readonly string[];
  },
  day: string,
  released: readonly string[] | null = null,
): Promise<Alignment | null> {
  if (statement.groupId === null) return null;
  const group = await findGroup(db, statement.groupId);
  if (!group) return null;
  const members = await listMembers(db, group.id, day);
  const excepted =
    statement.exceptions.length === 0 ? [] : await listEntities(db, { ids: statement.exceptions });
  const now = aligned(members, statement);
  const kept =
    released === null ? now : released.length === 0 ? [] : await listEntities(db, { ids: released });
  const ids = new Set(kept.map(({ id }) => id));
  return {
    group: { code: group.code, name: nameIn(group.names, language) },
    aligned: kept.map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) })),
    corrected: now.length !== ids.size || now.some(({ id }) => !ids.has(id)),
    exceptions: excepted.map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) })),
  };
}
