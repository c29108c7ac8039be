/** For whom a statement is made, and who aligned: the members of the group on a day, without the exceptions. */
import type { Alignment } from "#app/components/record/statement-paper.tsx";
import { type Language, nameIn } from "#app/rules/language.ts";
import { aligned } from "#app/rules/statements.ts";
import type { Reading } from "#db/database.ts";
import { listEntities } from "#db/stores/entity.ts";
import { findGroup, listMembers } from "#db/stores/group.ts";

/** Null for a national statement. `day` as `YYYY-MM-DD`. */
export async function findAlignment(
  { db, language }: { readonly db: Reading; readonly language: Language },
  statement: {
    readonly entityId: string;
    readonly groupId: string | null;
    readonly exceptions: readonly string[];
  },
  day: string,
): Promise<Alignment | null> {
  if (statement.groupId === null) return null;
  const group = await findGroup(db, statement.groupId);
  if (!group) return null;
  const members = await listMembers(db, group.id, day);
  const excepted =
    statement.exceptions.length === 0 ? [] : await listEntities(db, { ids: statement.exceptions });
  return {
    group: { code: group.code, name: nameIn(group.names, language) },
    aligned: aligned(members, statement).map(({ id, code, names }) => ({
      id,
      code,
      name: nameIn(names, language),
    })),
    exceptions: excepted.map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) })),
  };
}
