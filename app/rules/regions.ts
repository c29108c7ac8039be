/** In which regional group an entity is shown on a day. */
import type { Membership } from "./placing.ts";

/** How it stands there when not as a member: "observer", "participant"; null for a member. */
type Region = { readonly groupId: string; readonly role: string | null };

/** Members first, with or without a say in elections; whoever takes part in another group as well is shown in its own. */
const ROLES: readonly (string | null)[] = [null, "member", "observer"];

/**
 * Rule PS22. By entity, of the memberships that hold on `day` that of a regional group; who is not in it was in none then.
 * `regionalIds`: the regional groups, in their order.
 */
export function regionsOn(
  memberships: readonly Membership[],
  { regionalIds, day }: { readonly regionalIds: readonly string[]; readonly day: string },
): ReadonlyMap<string, Region> {
  const rank = ({ role, groupId }: Membership) => {
    const place = ROLES.indexOf(role);
    return (place < 0 ? ROLES.length : place) * regionalIds.length + regionalIds.indexOf(groupId);
  };
  const held = memberships
    .filter(
      ({ groupId, from, to }) => regionalIds.includes(groupId) && from <= day && (to === null || day < to),
    )
    .toSorted((a, b) => rank(a) - rank(b));
  const regions = new Map<string, Region>();
  for (const { entityId, groupId, role } of held) {
    if (!regions.has(entityId)) regions.set(entityId, { groupId, role: role === "member" ? null : role });
  }
  return regions;
}
