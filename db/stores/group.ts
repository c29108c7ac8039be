/** Groups of entities, with dated membership: a membership holds on day d when `from <= d < to`. */
import { and, asc, count, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup, membership } from "#db/schema/people.ts";
import { askAll } from "#db/search/asking.ts";
import type { EntityRow } from "./entity.ts";

export type GroupRow = typeof entityGroup.$inferSelect;
export type MembershipRow = typeof membership.$inferSelect;
export type Member = EntityRow & { readonly role: string | null };

export async function findGroup(db: Reading, groupId: string): Promise<GroupRow | null> {
  const [row] = await db.select().from(entityGroup).where(eq(entityGroup.id, groupId)).limit(1);
  return row ?? null;
}

/** By kind, then code. `exercise`: the invented ones of an exercise, or the real ones. */
export async function listGroups(
  db: Reading,
  { exercise }: { readonly exercise?: boolean } = {},
): Promise<GroupRow[]> {
  return db
    .select()
    .from(entityGroup)
    .where(exercise === undefined ? undefined : eq(entityGroup.exercise, exercise))
    .orderBy(asc(entityGroup.kind), asc(entityGroup.code));
}

function holdsOn(day: string) {
  return and(lte(membership.from, day), or(isNull(membership.to), gt(membership.to, day)));
}

/** Who belongs to a group on a day (`YYYY-MM-DD`), in English alphabetical order, observers and guests with their role. */
export async function listMembers(db: Reading, groupId: string, day: string): Promise<Member[]> {
  const rows = await db
    .select({ entity, role: membership.role })
    .from(membership)
    .innerJoin(entity, eq(entity.id, membership.entityId))
    .where(and(eq(membership.groupId, groupId), holdsOn(day)))
    .orderBy(asc(entity.alphabet), asc(entity.id));
  return rows.map((row) => ({ ...row.entity, role: row.role }));
}

/** The groups that an entity belongs to on a day, in any role. */
export async function listGroupsOf(db: Reading, entityId: string, day: string): Promise<GroupRow[]> {
  const rows = await db
    .select({ group: entityGroup })
    .from(membership)
    .innerJoin(entityGroup, eq(entityGroup.id, membership.groupId))
    .where(and(eq(membership.entityId, entityId), holdsOn(day)))
    .orderBy(asc(entityGroup.kind), asc(entityGroup.code));
  return rows.map((row) => row.group);
}

/** All memberships of all days, for lists of groups. */
export async function listMemberships(db: Reading): Promise<MembershipRow[]> {
  const { groupId, entityId, role, from, to, scheduledTo, note } = membership;
  // Thousands at once, as SQLite gives them.
  return askAll<MembershipRow>(
    db,
    sql`
    SELECT ${groupId} AS "groupId", ${entityId} AS "entityId", ${role}, ${from}, ${to},
      ${scheduledTo} AS "scheduledTo", ${note}
    FROM ${membership} ORDER BY ${groupId}, ${entityId}`,
  );
}

/** Adds a group or brings it up to date, and replaces its memberships. */
export async function putGroup(
  tx: WriteTx,
  group: typeof entityGroup.$inferInsert,
  members: readonly Omit<typeof membership.$inferInsert, "groupId">[],
): Promise<void> {
  const { id, ...facts } = group;
  await tx.insert(entityGroup).values(group).onConflictDoUpdate({ target: entityGroup.id, set: facts });
  await tx.delete(membership).where(eq(membership.groupId, id));
  if (members.length === 0) return;
  await tx.insert(membership).values(members.map((member) => ({ ...member, groupId: id })));
}

export async function changeGroup(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<GroupRow, "id">>,
): Promise<void> {
  await tx.update(entityGroup).set(change).where(eq(entityGroup.id, id));
}

type MembershipKey = Pick<MembershipRow, "groupId" | "entityId" | "from">;

function isMembership({ groupId, entityId, from }: MembershipKey) {
  return and(eq(membership.groupId, groupId), eq(membership.entityId, entityId), eq(membership.from, from));
}

export async function findMembership(db: Reading, key: MembershipKey): Promise<MembershipRow | null> {
  const [row] = await db.select().from(membership).where(isMembership(key));
  return row ?? null;
}

export async function insertMembership(tx: WriteTx, row: typeof membership.$inferInsert): Promise<void> {
  await tx.insert(membership).values(row);
}

export async function changeMembership(
  tx: WriteTx,
  key: MembershipKey,
  change: Partial<MembershipRow>,
): Promise<void> {
  await tx.update(membership).set(change).where(isMembership(key));
}

/** Every membership of a group, of all days, with the entity; in English alphabetical order, then by first day. */
export async function listMembershipsIn(
  db: Reading,
  groupId: string,
): Promise<(MembershipRow & { readonly entity: EntityRow })[]> {
  const rows = await db
    .select({ membership, entity })
    .from(membership)
    .innerJoin(entity, eq(entity.id, membership.entityId))
    .where(eq(membership.groupId, groupId))
    .orderBy(asc(entity.alphabet), asc(entity.id), asc(membership.from));
  return rows.map((row) => ({ ...row.membership, entity: row.entity }));
}

/** How many entities belong to each group on a day in which role; `role` null is full membership. */
export async function listMemberCounts(
  db: Reading,
  day: string,
): Promise<{ readonly groupId: string; readonly role: string | null; readonly members: number }[]> {
  return db
    .select({ groupId: membership.groupId, role: membership.role, members: count() })
    .from(membership)
    .where(holdsOn(day))
    .groupBy(membership.groupId, membership.role);
}

/** Every membership of one entity, with its group: those of today first, then those that ended. */
export async function listMembershipsOf(
  db: Reading,
  entityId: string,
): Promise<(MembershipRow & { readonly group: GroupRow })[]> {
  const rows = await db
    .select({ membership, group: entityGroup })
    .from(membership)
    .innerJoin(entityGroup, eq(entityGroup.id, membership.groupId))
    .where(eq(membership.entityId, entityId))
    .orderBy(asc(membership.to), asc(entityGroup.kind), asc(entityGroup.code));
  return rows.map((row) => ({ ...row.membership, group: row.group }));
}
