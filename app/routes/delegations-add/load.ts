/** What the page for adding delegations shows: groups, and whom of one of them the session still lacks. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { isMember } from "#app/rules/spoken-for.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { capacities } from "#app/routes/delegations/add-delegation-form.tsx";
import { listDelegationsByEntity } from "#db/stores/delegation.ts";
import type { EntityRow } from "#db/stores/entity.ts";
import { findGroup, listGroups, listMembers } from "#db/stores/group.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";

/** Throws the answer for a session that is not there, and for whoever does not preside. */
export async function openAdding(
  context: AppLoadContext,
  params: Readonly<Record<string, string | undefined>>,
): Promise<SessionRow> {
  const sessionId = params["session"] ?? "";
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const allowed = may("manageDelegations", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  return session;
}

export type GroupToAdd = NonNullable<Awaited<ReturnType<typeof findGroupToAdd>>>;

/**
 * Rule DL1. The members of a group on the session's first day: who would be added, who takes part already, who was
 * withdrawn, and who only observes the group and is left out. Null for a group that is none, or of the other kind of session.
 */
export async function findGroupToAdd(
  { db: { read: db }, language }: Pick<AppLoadContext, "db" | "language">,
  session: SessionRow,
  groupId: string,
) {
  const group = await findGroup(db, groupId);
  if (!group || group.exercise !== session.exercise) return null;
  const here = await listDelegationsByEntity(db, session.id);
  const members = (await listMembers(db, group.id, session.from)).filter((one) => belongsTo(one, session));
  const named = ({ id, code, names }: EntityRow) => ({ id, code, name: nameIn(names, language) });
  const full = members.filter(({ role }) => isMember(role));
  return {
    id: group.id,
    code: group.code,
    name: nameIn(group.names, language),
    toAdd: full.filter(({ id }) => !here.has(id)).map(named),
    there: full.filter(({ id }) => here.get(id)?.withdrawn === false).map(named),
    withdrawn: full.filter(({ id }) => here.get(id)?.withdrawn === true).map(named),
    observing: members.filter(({ role }) => !isMember(role)).map(named),
  };
}

export async function loadAdding(context: AppLoadContext, session: SessionRow, search: URLSearchParams) {
  const groups = await listGroups(context.db.read, { exercise: session.exercise });
  const asked = search.get("group");
  return {
    sessionId: session.id,
    from: session.from,
    groups: groups
      .map(({ id, code, names }) => ({ id, code, name: nameIn(names, context.language) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    group: asked === null ? null : await findGroupToAdd(context, session, asked),
    capacity: capacities.find((one) => one === search.get("capacity")) ?? "participant",
  };
}
