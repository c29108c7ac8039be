/** How many are on the list of a group: members, those in another role, and members that are no entities here. */
import { useTranslation } from "react-i18next";
import type { MemberCounts } from "#app/rules/reference.ts";

export function MemberCount({ counts }: { readonly counts: MemberCounts }) {
  const { t } = useTranslation("reference");
  const { members, inRoles, elsewhere } = counts;
  const parts = [
    t("groups.members", { count: members }),
    ...inRoles.map(({ role, count }) =>
      t("groups.inRole", { number: count, role: t([`group.role.${role}`, "group.role.participant"]) }),
    ),
    ...(elsewhere === 0 ? [] : [t("groups.elsewhere", { count: elsewhere })]),
  ];
  const said = parts.join(t("chrome:comma"));
  if (parts.length === 1) return <>{said}</>;
  const total = members + elsewhere + inRoles.reduce((sum, { count }) => sum + count, 0);
  return <>{t("groups.onList", { number: total, said })}</>;
}
