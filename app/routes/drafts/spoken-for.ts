/** The groups on whose behalf an entity may speak today. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { dayAt } from "#app/rules/positions.ts";
import { isMember, maySpeakFor } from "#app/rules/spoken-for.ts";
import { findEntity } from "#db/stores/entity.ts";
import { listGroups, listGroupsOf, listMembers } from "#db/stores/group.ts";
import type { SessionRow } from "#db/stores/session.ts";

/** With the other members on `day` (`YYYY-MM-DD`), who may be excepted. */
export async function listSpokenFor(
  { db: { read: db }, language, now }: Pick<AppLoadContext, "db" | "language" | "now">,
  session: SessionRow,
  { entityId, day }: { readonly entityId: string; readonly day: string },
) {
  const entity = await findEntity(db, entityId);
  if (!entity) return [];
  const today = dayAt(now(), session.timeZone);
  const own = await listGroupsOf(db, entityId, today);
  const namesakes =
    entity.kind === "union"
      ? (await listGroups(db, { exercise: session.exercise })).filter(({ code }) => code === entity.code)
      : [];
  const groups = [];
  for (const group of new Map([...own, ...namesakes].map((one) => [one.id, one])).values()) {
    if (group.exercise !== session.exercise) continue;
    if (!maySpeakFor(entity, group, await listMembers(db, group.id, today))) continue;
    const members = await listMembers(db, group.id, day);
    groups.push({
      id: group.id,
      code: group.code,
      name: nameIn(group.names, language),
      others: members
        .filter(({ id, role }) => id !== entityId && isMember(role))
        .map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) })),
    });
  }
  return groups;
}
