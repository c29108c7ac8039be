/** Groups that an entity speaks for, and who aligns with what it says. */

/** A group on whose behalf the entity may speak, with its members. */
export type SpokenFor = { readonly id: string; readonly memberIds: readonly string[] };

/** Roles in a group with which an entity speaks for it and aligns; observers, guests and suspended members do not. */
const memberRoles: readonly (string | null)[] = [null, "member", "participant", "associated"];

export function isMember(role: string | null): boolean {
  return memberRoles.includes(role);
}

/** Rule SM3. A member speaks for its group, and a union for the States that form it. */
export function maySpeakFor(
  entity: { readonly id: string; readonly kind: string; readonly code: string },
  group: { readonly code: string },
  members: readonly { readonly id: string; readonly role: string | null }[],
): boolean {
  if (entity.kind === "union" && entity.code === group.code) return true;
  return members.some(({ id, role }) => id === entity.id && isMember(role));
}

/** Rule SM5. Who aligned with a statement on behalf of a group: its members without the speaker and the exceptions. */
export function aligned<T extends { readonly id: string; readonly role: string | null }>(
  members: readonly T[],
  statement: { readonly entityId: string; readonly exceptions: readonly string[] },
): T[] {
  return members.filter(
    ({ id, role }) => isMember(role) && id !== statement.entityId && !statement.exceptions.includes(id),
  );
}
